"""Whether a person's role reaches a region; the rights themselves are accounts.rights'."""

from accounts.rights import Person, region_scope
from geo.errors import NotAllowed
from geo.models import Region


def reaches(person: Person, region: Region | None) -> bool:
    """A role bound to a region holds for its subtree; what lies in no region is for roles that hold everywhere."""
    scope = region_scope(person)
    return scope is None or (region is not None and f"/{scope}/" in region.path)


def check_reach(person: Person, region: Region | None) -> None:
    if not reaches(person, region):
        raise NotAllowed(
            zh=f"超出您的管辖区域 {region_scope(person)}。",
            en=f"This is outside the region of your role, {region_scope(person)}.",
        )
