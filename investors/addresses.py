"""Which addresses of other servers may be called: a name is resolved, every address behind it checked, and that one called.

Without this, a webhook could make this server ask its own database, or a neighbour in the closed network, on behalf of a stranger.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from geo.errors import BadParameter
from geo.words import SpokenError

IpAddress = IPv4Address | IPv6Address
MAIL_AND_SUCH = 1024
"""Below this port only the two of the web are called."""


class Forbidden(SpokenError):
    """The address leads to where this server does not call."""


def read_address(text: str) -> SplitResult:
    """An address in words that a form may show; what it leads to is checked each time it is called."""
    wrong = BadParameter(
        "webhook",
        zh="回调地址应形如 https://example.cn/hook，不含用户名和密码，不超过 500 个字符。",
        en="A webhook is an address like https://example.cn/hook, without user and password, of at most 500 characters.",
    )
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise wrong from None
    schemes = {"https", "http"} if settings.WEBHOOKS == "all" else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password or len(text) > 500:
        raise wrong
    if any(letter.isspace() or not letter.isprintable() for letter in text) or not text.isascii():
        raise wrong
    if port is not None and port not in (80, 443) and port < MAIL_AND_SUCH:
        raise wrong
    return parts


def resolve(host: str, port: int) -> IpAddress:
    """The address to call. Raises Forbidden where any address behind the name is internal; OSError where there is none."""
    found = {
        ip_address(str(entry[4][0]).split("%")[0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    }
    if settings.WEBHOOKS != "all" and not all(is_public(one) for one in found):
        raise Forbidden(
            zh="回调地址指向内部网络，本站不调用。",
            en="The webhook leads into an internal network, which this site does not call.",
        )
    return min(found, key=lambda one: (one.version, int(one)))


def is_public(address: IpAddress) -> bool:
    """On the open internet; an IPv4 address inside of an IPv6 one counts as what it is."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


class _Nat64:
    def __contains__(self, address: IPv6Address) -> bool:
        return int(address) >> 32 == 0x0064FF9B0000000000000000


NAT64 = _Nat64()
