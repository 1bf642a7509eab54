"""What the commands say to the person at the terminal: short progress lines, and a sentence when they must stop."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(Exception):
    """The command cannot go on; the message says why and what to do, in Chinese and English."""

    def __init__(self, *, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh}\n{en}")


def line(text: str = "") -> None:
    """One line, at once, also when the output is a pipe."""
    print(text, flush=True)


def warn(problem: Exception) -> None:
    """A sentence on standard error."""
    print(f"\n{problem}\n", file=sys.stderr, flush=True)


@contextmanager
def step(zh: str, en: str) -> Iterator[None]:
    """Name the step when it begins; say how long it took when that was noticeable."""
    line(f"· {zh} · {en}")
    begun = time.monotonic()
    yield
    took = time.monotonic() - begun
    if took >= 2:
        line(f"  {took:.1f} s")
