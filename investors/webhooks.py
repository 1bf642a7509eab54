"""Calls of other servers, signed so that the one who is called knows who calls; see docs/investors.md.

`X-Luodi-Signature: v1=HEX` is HMAC-SHA256 over `TIMESTAMP.BODY` with the secret of the search.
"""

import hmac
import http.client
import socket
import ssl
import time
from hashlib import sha256
from threading import Timer

from django.conf import settings
from django.utils import timezone

from geo.errors import BadParameter
from investors.addresses import Forbidden, IpAddress, read_address, resolve
from investors.models import Delivery

MOST_ATTEMPTS = 6
PATIENCE_S = 5.0
DEADLINE_S = 15.0
"""For a whole call: a server that drips its answer byte by byte does not hold up the worker."""


class NotDelivered(Exception):
    """To be tried again later."""


def sign(secret: str, timestamp: str, body: bytes) -> str:
    return "v1=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256).hexdigest()


def attempt(delivery: Delivery) -> None:
    """One try; what came of it is written down. Raises NotDelivered when it is worth another."""
    if delivery.state != Delivery.State.WAITING:
        return
    status, problem = call(delivery)
    delivery.attempts += 1
    delivery.status, delivery.problem, delivery.tried_at = status, problem, timezone.now()
    hopeless = problem in {"forbidden", "off", "address"}
    if not problem:
        delivery.state = Delivery.State.DELIVERED
    elif hopeless or delivery.attempts >= MOST_ATTEMPTS:
        delivery.state = Delivery.State.FAILED
    delivery.save(update_fields=["attempts", "status", "problem", "tried_at", "state"])
    if delivery.state == Delivery.State.WAITING:
        raise NotDelivered(problem)


def call(delivery: Delivery) -> tuple[int | None, str]:
    """HTTP status and what was wrong, both as far as there is such a thing."""
    search = delivery.search
    if settings.WEBHOOKS == "off" or not search.webhook:
        return None, "off"
    try:
        parts = read_address(search.webhook)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        address = resolve(parts.hostname or "", port)
    except Forbidden:
        return None, "forbidden"
    except OSError:
        return None, "unknown_host"
    except (BadParameter, ValueError):  # saved when the settings allowed more
        return None, "address"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    body = delivery.body.encode()
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Luodi",
        "X-Luodi-Event": "parcels.matched",
        "X-Luodi-Delivery": str(delivery.pk),
        "X-Luodi-Timestamp": timestamp,
        "X-Luodi-Signature": sign(search.secret, timestamp, body),
    }
    try:
        status = post(parts.hostname or "", port, address, path, body, headers, secure=secure)
    except TimeoutError:
        return None, "timeout"
    except ssl.SSLError:
        return None, "certificate"
    except (OSError, http.client.HTTPException):
        return None, "unreachable"
    return status, "" if 200 <= status < 300 else "refused"  # a redirect is not followed


def post(
    host: str, port: int, address: IpAddress, path: str, body: bytes, headers: dict[str, str], *, secure: bool
) -> int:
    """The status of the answer; of the answer itself nothing is read."""
    connection = _Checked(host, port, address, secure=secure)
    deadline = Timer(DEADLINE_S, connection.cut)
    deadline.start()
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        deadline.cancel()
        connection.close()


class _Checked(http.client.HTTPConnection):
    """Goes to the address that was checked, whatever the name means by now; the certificate is that of the name."""

    def __init__(self, host: str, port: int, address: IpAddress, *, secure: bool) -> None:
        super().__init__(host, port, timeout=PATIENCE_S)
        if secure:
            self.default_port = 443
        self._address = str(address)
        self._secure = secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        if self.sock is not None:
            self.sock.shutdown(socket.SHUT_RDWR)
