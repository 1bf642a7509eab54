"""What stops in a what-if: firms of the city and suppliers elsewhere, those in a park or a region, imports of a node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from accounts.rights import Person
from chains.graph import Bools, Floats
from chains.outside_suppliers import bought_outside, share_of_imports
from chains.picture import ChainPicture
from enterprises.models import Enterprise
from geo.errors import BadParameter
from geo.models import Region, Zone

MOST_NAMED = 5


@dataclass(frozen=True)
class Stops:
    stopped: Bools
    """Per enterprise of the city."""
    lost: Floats
    """Per node: share of its imports that fails to come."""
    outside_suppliers: int
    """Of the enterprises named: they stand elsewhere, and the chain's makers are known to buy from them."""
    not_in_chain: list[str]
    """Of the enterprises named: they make nothing here, and nothing is known to be bought from them."""

    @property
    def enterprises(self) -> int:
        return int(self.stopped.sum())


def stops_of(
    picture: ChainPicture,
    user: Person,
    *,
    enterprises: Sequence[str] = (),
    zones: Sequence[str] = (),
    regions: Sequence[str] = (),
    outside: Mapping[str, float] | None = None,
) -> Stops:
    """Everything named must exist; of a park and a region, those that make something in this chain stop."""
    makers = set(picture.made.enterprise.tolist())
    named = _named(enterprises, user)
    position = {code: picture.city.position(named[code]) for code in enterprises}
    inside = [at for key in _inside(zones, regions, user) if (at := picture.city.position(key)) is not None]
    stopped = np.zeros(picture.city.ids.size, dtype=np.bool_)
    stopped[[at for at in (*position.values(), *inside) if at is not None and at in makers]] = True
    elsewhere = [named[code] for code, at in position.items() if at not in makers]
    bought = bought_outside(picture, user, elsewhere) if elsewhere else {}
    failing = share_of_imports(picture, bought)
    return Stops(
        stopped=stopped,
        lost=1 - (1 - failing) * (1 - _lost(picture, outside or {})),
        outside_suppliers=len(bought),
        not_in_chain=[code for code, at in position.items() if at not in makers and named[code] not in bought],
    )


def _named(codes: Sequence[str], user: Person) -> dict[str, int]:
    found = dict(Enterprise.objects.visible_to(user).filter(uscc__in=codes).values_list("uscc", "id"))
    if unknown := [code for code in codes if code not in found]:
        raise BadParameter(
            "enterprises",
            zh=f"没有标识为 {'、'.join(unknown[:MOST_NAMED])} 的企业。",
            en=f"There is no enterprise {', '.join(unknown[:MOST_NAMED])}.",
        )
    return found


def _inside(zones: Sequence[str], regions: Sequence[str], user: Person) -> list[int]:
    """Keys of the city's enterprises that stand in any of these parks and regions."""
    firms = Enterprise.objects.visible_to(user).in_city()
    found: set[int] = set()
    for code in zones:
        zone = Zone.objects.visible_to(user).filter(code=code).first()
        if zone is None:
            raise BadParameter("zones", zh=f"没有代码为 {code} 的园区。", en=f"There is no zone {code}.")
        found.update(firms.filter(place__intersects=zone.outline).values_list("pk", flat=True))
    for adcode in regions:
        if not Region.objects.visible_to(user).filter(adcode=adcode).exists():
            raise BadParameter(
                "regions",
                zh=f"没有代码为 {adcode} 的区划；目录见 regions/。",
                en=f"There is no region {adcode}; see regions/.",
            )
        found.update(firms.within_region(adcode).values_list("pk", flat=True))
    return list(found)


def _lost(picture: ChainPicture, outside: Mapping[str, float]) -> Floats:
    lost = np.zeros(picture.graph.size)
    for code, share in outside.items():
        at = picture.position.get(code)
        if at is None or not picture.graph.is_leaf[at]:
            raise BadParameter(
                "outside",
                zh=f"产业链“{picture.chain.name}”中没有末级环节“{code}”。",
                en=f"Chain {picture.chain.code} has no leaf node {code}.",
            )
        lost[at] = share
    return lost
