"""What was paid for land, year by year: numbers to hold a start price against."""

from typing import Any

from django.db.models import Aggregate, Count, FloatField, QuerySet, Sum
from django.db.models.functions import ExtractYear

from landparcels.deals.models import LandDeal

Json = dict[str, Any]  # Any: what JSON holds


class Quantile(Aggregate):
    """PERCENTILE_CONT within the group; rows without the value are left out."""

    function = "PERCENTILE_CONT"
    output_field = FloatField()
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression: str, share: float) -> None:
        super().__init__(expression, share=share)


def yearly(deals: QuerySet[LandDeal]) -> list[Json]:
    """By year of signing, the newest first: how many, how much land, and the quartiles of the price per mu (10k CNY)."""
    rows = (
        deals.annotate(year=ExtractYear("signed_on"))
        .order_by()
        .values("year")
        .annotate(
            deals=Count("pk"),
            mu=Sum("area_mu"),
            priced=Count("price_per_mu"),
            low=Quantile("price_per_mu", 0.25),
            median=Quantile("price_per_mu", 0.5),
            high=Quantile("price_per_mu", 0.75),
        )
        .order_by("-year")
    )
    return [dict(row) for row in rows]
