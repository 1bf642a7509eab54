"""What the worker does for people: it sends their mails, and forgets what they were told long ago. And for itself."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from accounts import mail, notifications

MOST_BEGINNINGS = 3


@app.task(
    name="accounts.send_mails",
    queue="mails",
    lock="accounts.mails",
    retry=RetryStrategy(max_attempts=mail.MOST_ATTEMPTS, exponential_wait=4),
)
def send_mails() -> None:
    """Everything queued; the job knows no names and no addresses."""
    mail.send_queued()


@app.periodic(cron="47 18 * * *")  # in the small hours in Shanghai
@app.task(name="accounts.forget_notifications", queue="calendar", queueing_lock="accounts.forgetting")
def forget_notifications(timestamp: int) -> None:
    notifications.forget_old()


@app.periodic(cron="* * * * *")
@app.task(name="accounts.take_up_stalled", queue="upkeep", queueing_lock="accounts.stalled")
async def take_up_stalled(timestamp: int) -> None:
    """Jobs whose worker is gone, as after a power cut, begin again: whatever shares a lock with them waits for their end.

    One that took its worker along more than twice is given up, and so is one that the calendar has asked for again.
    """
    for job in await app.job_manager.get_stalled_jobs():
        if job.id is None:
            continue
        try:
            if job.attempts < MOST_BEGINNINGS:
                await app.job_manager.retry_job(job)
                continue
        except ConnectorException:
            pass  # another of its kind is queued already
        await app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=False)
