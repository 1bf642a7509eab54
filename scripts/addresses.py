"""Where the pages are found: the address that is printed, and those of this machine for whoever sits elsewhere."""

import fcntl
import socket
import struct
from contextlib import suppress
from pathlib import Path

from config import env

EVERY_IPV4, EVERY_IPV6 = "0.0.0.0", "::"
OF_CONTAINERS = ("docker", "br-", "veth", "virbr", "cni", "podman")
"""Networks within this machine, which nobody else reaches."""
IPV6_INTERFACES = Path("/proc/net/if_inet6")
GLOBAL_SCOPE = "00"
SIOCGIFADDR = 0x8915


def address(host: str, port: int) -> str:
    """From this machine."""
    return _page({EVERY_IPV4: "127.0.0.1", EVERY_IPV6: "::1"}.get(host, host), port)


def addresses_elsewhere(host: str, port: int) -> list[str]:
    """From other machines, where the server listens on every address of this one."""
    if host not in {EVERY_IPV4, EVERY_IPV6}:
        return []
    found = [*_ipv4(), *(_ipv6() if host == EVERY_IPV6 else [])]  # who listens on :: hears IPv4, too
    return [_page(one, port) for one in found]


def _page(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{env.base_path()}/"


def _ipv4() -> list[str]:
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            if _is_outward(name):
                with suppress(OSError):  # it is down, or has none
                    told = fcntl.ioctl(asking, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                    found.append(socket.inet_ntoa(told[20:24]))
    return found


def _ipv6() -> list[str]:
    if not IPV6_INTERFACES.exists():
        return []
    rows = [row.split() for row in IPV6_INTERFACES.read_text().splitlines()]
    return [
        socket.inet_ntop(socket.AF_INET6, bytes.fromhex(number))
        for number, _, _, scope, _, name in rows
        if scope == GLOBAL_SCOPE and _is_outward(name)
    ]


def _is_outward(interface: str) -> bool:
    return interface != "lo" and not interface.startswith(OF_CONTAINERS)
