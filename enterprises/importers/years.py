"""Years of figures and ties: none lies ahead, as the newest of all says which still count (METHODS 4)."""

from django.utils import timezone

from geo.importing.batch import Batch
from geo.words import say


def refuse_years_ahead(batch: Batch) -> None:
    now = timezone.localdate().year
    years = batch.values("year")
    for index in list(batch.alive()):
        if (year := years[index]) is not None and year > now:
            batch.refuse(index, "year", year, say(zh=f"{year} 年还没有到", en=f"the year {year} lies ahead"))
