"""What has to be worked out again because time has passed."""

from procrastinate.contrib.django import app

from landparcels.refreshing import catch_up, refresh_regional


@app.periodic(cron="3 * * * *")
@app.task(name="landparcels.follow_the_calendar", queue="calendar", queueing_lock="landparcels.calendar")
def follow_the_calendar(timestamp: int) -> None:
    """Prices and policies begin and end with a day; rows that stay the same are not written."""
    refresh_regional()
    catch_up()
