"""Whom a firm supplies and who supplies it, the largest first."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from rest_framework import serializers

from accounts.rights import Person
from enterprises.models import Enterprise, SupplyTie

MOST_TIES = 50


class TieSerializer(serializers.Serializer[Any]):
    uscc = serializers.CharField()
    name = serializers.CharField()
    in_city = serializers.BooleanField()
    hq_region = serializers.CharField()
    amount = serializers.FloatField(allow_null=True, help_text="10k CNY; null: unknown.")
    year = serializers.IntegerField(allow_null=True)


class TiesSerializer(serializers.Serializer[Any]):
    """The largest fifty each way; `local` is the share of recorded amounts with firms of the city, null without any."""

    suppliers = TieSerializer(many=True)
    customers = TieSerializer(many=True)
    suppliers_in_all = serializers.IntegerField()
    customers_in_all = serializers.IntegerField()
    local_purchases = serializers.FloatField(allow_null=True)
    local_sales = serializers.FloatField(allow_null=True)


def ties_of(firm: Enterprise, user: Person) -> dict[str, Any]:  # what the serializer reads
    found: dict[str, Any] = {}
    for name, own, other in (("suppliers", "customer", "supplier"), ("customers", "supplier", "customer")):
        rows = (
            SupplyTie.objects.visible_to(user)
            .filter(**{own: firm}, **{f"{other}__in": Enterprise.objects.visible_to(user)})
            .order_by(F("amount").desc(nulls_last=True), f"{other}__name")
        )
        told = [
            {"uscc": uscc, "name": called, "in_city": here, "hq_region": region, "amount": amount, "year": year}
            for uscc, called, here, region, amount, year in rows.values_list(
                f"{other}__uscc", f"{other}__name", f"{other}__in_city", f"{other}__hq_region", "amount", "year"
            )
        ]
        total = sum(row["amount"] or 0.0 for row in told)
        near = sum(row["amount"] or 0.0 for row in told if row["in_city"])
        found |= {name: told[:MOST_TIES], f"{name}_in_all": len(told)}
        found["local_purchases" if name == "suppliers" else "local_sales"] = near / total if total > 0 else None
    return found


def amounts_of(firm: Enterprise, user: Person) -> tuple[list[float], list[float]]:
    """Known amounts sold and bought, by partner."""
    ties = SupplyTie.objects.visible_to(user).filter(amount__gt=0)
    sold = list(ties.filter(supplier=firm).values_list("amount", flat=True))
    bought = list(ties.filter(customer=firm).values_list("amount", flat=True))
    return [amount for amount in sold if amount], [amount for amount in bought if amount]
