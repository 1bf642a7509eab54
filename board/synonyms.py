"""Which names mean the same: groups of names that hang together, kept in the process and made again after a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from board.models import Synonym
from geo.versions import Kept

VERSION = "product_synonyms"


def grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Each name with all of its group. Pure: A = B and B = C make one group of three."""
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = groups.get(one, {one}) | groups.get(other, {other})
        for name in joined:
            groups[name] = joined
    return {name: frozenset(group) for name, group in groups.items()}


_groups = Kept((VERSION,), lambda: grouped(Synonym.objects.values_list("normal", "head_normal")))


def meaning_the_same(plain: str) -> list[str]:
    """The other names of a product (normal), in a fixed order; none for a name nobody entered."""
    return sorted(_groups.get().get(plain, frozenset()) - {plain})
