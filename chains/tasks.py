"""What is kept of chains as time passes."""

from django.utils import timezone
from procrastinate.contrib.django import app

from chains.history import record_health


@app.periodic(cron="23 16 * * *")  # shortly after midnight in Shanghai
@app.task(name="chains.keep_health", queue="calendar", queueing_lock="chains.keep_health")
def keep_health(timestamp: int) -> None:
    """A day's health of the chains whose figures moved, whatever moved them."""
    record_health(on=timezone.localdate())
