"""Four connections that ask for addresses one after the other, as fast as answers come; each in a process of its own."""

import re
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle

CONNECTIONS = 4


_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")


def _ask(port: int, paths: Sequence[str], seconds: float, headers: str) -> tuple[int, list[float], int]:
    """(answers, their times in seconds, bytes) of one connection, after a warm-up of one round over eight addresses.

    It does as little as can be done, for it runs on the processors that it measures.
    """
    stream = socket.create_connection(("127.0.0.1", port))
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    requests = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode() for path in paths]

    room = bytearray(262144)
    view = memoryview(room)

    def one(request: bytes) -> int:
        stream.sendall(request)
        have = stream.recv_into(room)
        while (head := room.find(b"\r\n\r\n", 0, have)) < 0:
            have += stream.recv_into(view[have:])
        if bytes(room[9:12]) not in {b"200", b"204"}:
            raise RuntimeError(f"{request!r}: {bytes(room[:200])!r}")
        told = _LENGTH.search(room, 0, head)
        length = int(told[1]) if told else 0
        missing = head + 4 + length - have
        while missing > 0:
            missing -= stream.recv_into(room, min(missing, len(room)))
        return length

    for request in requests[:8]:
        one(request)
    times, size = [], 0
    ends = time.perf_counter() + seconds
    for request in cycle(requests):
        begun = time.perf_counter()
        size += one(request)
        done = time.perf_counter()
        times.append(done - begun)
        if done > ends:
            break
    stream.close()
    return len(times), times, size


def rate(port: int, paths: Sequence[str], *, seconds: float, headers: str = "") -> tuple[float, list[float]]:
    """(answers per second, every answer's time) with CONNECTIONS connections."""
    shares = [list(paths[start::CONNECTIONS]) or list(paths) for start in range(CONNECTIONS)]
    with ProcessPoolExecutor(CONNECTIONS) as pool:
        jobs = [pool.submit(_ask, port, share, seconds, headers) for share in shares]
        answers = [job.result() for job in jobs]
    times = [one for _, all_times, _ in answers for one in all_times]
    return sum(count for count, _, _ in answers) / seconds, times


def wait_for(port: int, path: str, seconds: float = 60) -> None:
    """Until the server answers."""
    ends = time.monotonic() + seconds
    while True:
        try:
            _ask(port, [path], 0, "")
            return
        except (OSError, RuntimeError, ValueError):
            if time.monotonic() > ends:
                raise
            time.sleep(0.3)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
