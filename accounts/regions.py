"""Which regions a role may be bound to. The room of places lies above this one, so it says where to look."""

from collections.abc import Callable, Mapping

_sources: list[Callable[[], Mapping[str, str]]] = []


def told_by(source: Callable[[], Mapping[str, str]]) -> None:
    """Hook of the room that keeps regions: adcode → name, the largest first."""
    _sources.append(source)


def known_regions() -> dict[str, str]:
    """Adcode → name of every region of this deployment, the largest first."""
    return {adcode: name for source in _sources for adcode, name in source().items()}
