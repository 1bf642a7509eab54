"""Which regions lie below which, kept in the process: for what asks it with every request (a map that is dragged, a slider)."""

from collections import defaultdict

from django.db.models.functions import Length

from geo.filters import subtree_of
from geo.models import Region
from geo.versions import Kept


def _read() -> dict[str, list[str]]:
    below: defaultdict[str, list[str]] = defaultdict(list)
    for adcode, path in Region.objects.order_by("adcode").values_list("adcode", "path"):
        for above in path.strip("/").split("/"):
            below[above].append(adcode)
    return dict(below)


_below: Kept[dict[str, list[str]]] = Kept(("regions",), _read)


def adcodes_below(adcode: str) -> list[str]:
    """The region and all below it; an unknown adcode is an error in words."""
    return _below.recent().get(adcode) or list(subtree_of(adcode).values_list("adcode", flat=True))


def names_of_all() -> dict[str, str]:
    """Adcode → name of every region, the largest first."""
    return dict(Region.objects.order_by(Length("path"), "adcode").values_list("adcode", "name"))
