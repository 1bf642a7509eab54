"""Projects that the old town had no land for, referred to its sister districts: one answered, one still open."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from geo.models import Region
from landparcels.referrals.models import Referral
from landparcels.referrals.services import answer, refer

Requirement = dict[str, Any]  # Any: what parcels/match/ is asked


def _land(mu: int, power_mva: int) -> Requirement:
    power = {"indicator": "power_capacity", "op": "gte", "value": power_mva}
    return {"hard": [power], "area_mu": [mu, None], "project": {"mu": mu}}


REFERRALS = (
    ("370202", "370211", 200, 20, "智能家电总装项目，需 200 亩，临近港口；企业希望年内开工（演示）", 12, "accepted"),
    ("370203", "370214", 80, 12, "轨道交通部件项目，80 亩，已有两家配套在城阳（演示）", 2, ""),
)
ACCEPTED = "已与企业联系，推荐两宗地，下周实地看地（演示）"


@transaction.atomic
def pass_on() -> None:
    """Through the same steps as people take; nothing where a referral was made before, or the people are not there."""
    people = {person.username: person for person in User.objects.filter(username__startswith="demo-")}
    sender, receiver = people.get("demo-promotion"), people.get("demo-huangdao")
    wanted = {adcode for here, there, *_ in REFERRALS for adcode in (here, there)}
    if sender is None or receiver is None or Referral.objects.exists():
        return
    if Region.objects.filter(adcode__in=wanted).count() < len(wanted):
        return
    for here, there, mu, power_mva, note, days, state in REFERRALS:
        made = refer(
            from_region=here,
            to_region=there,
            requirement=_land(mu, power_mva),
            link=f"/land?region={there}&mu={mu}&want=power_capacity!{power_mva}",
            note=note,
            by=sender,
            at=timezone.now() - timedelta(days=days),
        )
        if state:
            answer(
                referral=made.pk,
                state=state,
                note=ACCEPTED,
                by=receiver,
                at=timezone.now() - timedelta(days=days - 3),
            )
