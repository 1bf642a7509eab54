"""What follows from a day having passed: counts, warnings and reminders."""

from procrastinate.contrib.django import app

from fulfilment.readiness.counting import count_assessments
from fulfilment.reminding import remind_of_dates, warn_of_gaps


@app.periodic(cron="7 * * * *")
@app.task(name="fulfilment.warn_before_listing", queue="calendar", queueing_lock="fulfilment.warnings")
def warn_before_listing(timestamp: int) -> None:
    """Every hour, so that a listing date entered at short notice is warned of too."""
    warn_of_gaps()


@app.periodic(cron="12 16 * * *")  # shortly after midnight in Shanghai
@app.task(name="fulfilment.follow_the_calendar", queue="calendar", queueing_lock="fulfilment.calendar")
def follow_the_calendar(timestamp: int) -> None:
    """Assessments expire and dates fall due at midnight."""
    count_assessments()
    remind_of_dates()
