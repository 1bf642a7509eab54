"""What is to be remembered as days go by."""

from django.utils import timezone
from procrastinate.contrib.django import app

from promotion.telling import remind


@app.periodic(cron="10 * * * *")
@app.task(name="promotion.remind", queue="calendar", queueing_lock="promotion.remind")
def remind_of_targets(timestamp: int) -> None:
    """Every hour, so that a worker that was down makes up for it; nobody is told the same twice."""
    remind(timezone.localdate())
