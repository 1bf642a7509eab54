"""What the worker does for people: it sends their mails."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts import mail


@app.task(
    name="accounts.send_mails",
    queue="mails",
    lock="accounts.mails",
    retry=RetryStrategy(max_attempts=mail.MOST_ATTEMPTS, exponential_wait=4),
)
def send_mails() -> None:
    """Everything queued; the job knows no names and no addresses."""
    mail.send_queued()
