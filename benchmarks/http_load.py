"""Four connections that ask for addresses one after the other, as fast as answers come; each in a process of its own."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle

CONNECTIONS = 4


def _ask(port: int, paths: Sequence[str], seconds: float, headers: str) -> tuple[int, list[float], int]:
    """(answers, their times in seconds, bytes) of one connection, after a warm-up of one round over eight addresses."""
    stream = socket.create_connection(("127.0.0.1", port))
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    buffer = b""

    def one(path: str) -> int:
        nonlocal buffer
        stream.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode())
        while b"\r\n\r\n" not in buffer:
            buffer += stream.recv(262144)
        head, _, rest = buffer.partition(b"\r\n\r\n")
        status = int(head[9:12])
        if status not in {200, 204}:
            raise RuntimeError(f"{path}: {head[:200]!r}")
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        while len(rest) < length:
            rest += stream.recv(1048576)
        buffer = rest[length:]
        return length

    for path in paths[:8]:
        one(path)
    times, size = [], 0
    ends = time.perf_counter() + seconds
    for path in cycle(paths):
        begun = time.perf_counter()
        size += one(path)
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
