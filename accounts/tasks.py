"""What the worker does for people: it sends their mails, and forgets what they were told long ago."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts import mail, notifications


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
