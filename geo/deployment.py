"""Which city this deployment is about, and whether what it shows was invented."""

from dataclasses import dataclass

from geo.fields import Extent2D
from geo.models import Region, Source
from geo.versions import Kept


@dataclass(frozen=True, slots=True)
class City:
    """The root regions together; `bbox` is west, south, east, north in degrees, None before any region is loaded."""

    name_zh: str
    name_en: str
    bbox: tuple[float, float, float, float] | None
    regions: tuple[str, ...]
    synthetic: bool


def _city() -> City:
    roots = list(Region.objects.roots().defer("outline"))
    extent = Region.objects.roots().aggregate(extent=Extent2D("outline"))["extent"]
    return City(
        name_zh="、".join(root.name for root in roots),
        name_en=", ".join(root.name_en or root.name for root in roots),
        bbox=extent.extent if extent else None,
        regions=tuple(root.adcode for root in roots),
        synthetic=Source.objects.filter(synthetic=True).exists(),
    )


def covers_everything(scope: str | None) -> bool:
    """Whether a role that holds for this region holds for the whole deployment: None, or a region above every root."""
    if scope is None:
        return True
    roots = Region.objects.roots()
    return roots.exists() and not roots.exclude(path__contains=f"/{scope}/").exists()


CITY = Kept(("regions", "sources"), _city)
