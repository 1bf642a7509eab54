"""What follows from time passing is scheduled, and the worker that `make run` starts takes all of it."""

import pytest
from procrastinate.contrib.django import app

from tests.conftest import ROOT

HOURLY, NIGHTLY, MINUTELY = 24, 1, 24 * 60


def runs_a_day(cron: str) -> int:
    minute, hour, *rest = cron.split()
    assert rest == ["*", "*", "*"]
    return (60 if minute == "*" else 1) * (24 if hour == "*" else 1)


@pytest.mark.parametrize(
    ("task", "times"),
    [
        ("investors.look_at_searches", MINUTELY),
        ("accounts.forget_notifications", NIGHTLY),
        ("accounts.take_up_stalled", MINUTELY),
        ("investors.erase_what_is_due", NIGHTLY),
        ("fulfilment.warn_before_listing", HOURLY),
        ("fulfilment.follow_the_calendar", NIGHTLY),
        ("landparcels.follow_the_calendar", HOURLY),
    ],
)
def test_a_task_of_the_calendar_is_run_so_often_a_day(task: str, times: int) -> None:
    crons = {name: one.cron for (name, _), one in app.periodic_registry.periodic_tasks.items()}

    assert runs_a_day(crons[task]) == times


def test_the_workers_take_every_queue() -> None:
    """A worker that is told of queues takes these alone, and warnings would wait for ever."""
    for file in ("scripts/run.py", "docker-compose.yml"):
        text = (ROOT / file).read_text(encoding="utf-8")
        assert '"procrastinate", "worker"' in text
        assert "--queues" not in text
