import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def programs_hear_ctrl_c() -> Iterator[None]:
    """A shell starts what it puts in the background deaf to Ctrl-C, and so would be every program the tests start from there."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before or signal.SIG_DFL)
