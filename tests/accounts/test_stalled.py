"""Jobs of a worker that is gone hold nobody up."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from accounts.tasks import MOST_BEGINNINGS, take_up_stalled

pytestmark = pytest.mark.django_db(transaction=True)
LOOK, FOLLOW = "investors.look_at_searches", "landparcels.follow_the_calendar"


def begun(task: str, *, attempts: int = 0, heard: str | None = None) -> int:
    """A job that a worker has begun, which was last heard of so long ago; none: that worker is known no more."""
    number = app.configure_task(task).defer(timestamp=0)
    with connection.cursor() as cursor:
        worker = None
        if heard is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id", [heard]
            )
            (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, worker_id = %s WHERE id = %s",
            [attempts, worker, number],
        )
    return number


def state_of(number: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [number])
        return str(cursor.fetchone()[0])


def what_a_worker_takes() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [cursor.fetchone()[0]])
        found: int | None = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("heard", [None, "1 hour"])
def test_what_a_worker_that_is_gone_had_begun_begins_again(heard: str | None) -> None:
    """Else no search is looked at any more: two looks never run beside each other."""
    gone = begun(LOOK, heard=heard)
    app.configure_task(LOOK).defer(timestamp=0)
    assert what_a_worker_takes() is None
    async_to_sync(take_up_stalled.func)(0)
    assert state_of(gone) == "todo"
    assert what_a_worker_takes() == gone


def test_what_a_worker_is_at_goes_on() -> None:
    running = begun(LOOK, heard="1 second")
    async_to_sync(take_up_stalled.func)(0)
    assert state_of(running) == "doing"


def test_what_took_its_workers_along_is_given_up() -> None:
    deadly = begun(LOOK, attempts=MOST_BEGINNINGS)
    async_to_sync(take_up_stalled.func)(0)
    assert state_of(deadly) == "failed"


def test_what_the_calendar_has_asked_for_again_is_given_up() -> None:
    old = begun(FOLLOW)
    fresh = app.configure_task(FOLLOW).defer(timestamp=0)
    async_to_sync(take_up_stalled.func)(0)
    assert (state_of(old), state_of(fresh)) == ("failed", "todo")
