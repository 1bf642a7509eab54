"""Which office an enquiry goes to, and who works there."""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import User
from accounts.rights import ANSWERERS, Person, may_answer_enquiries, region_scope
from geo.models import Region
from investors.models import Enquiry
from landparcels.models import Parcel


def by_office(parcels: Iterable[Parcel]) -> list[tuple[Region | None, list[Parcel]]]:
    """Parcels of one district go to one office: with the smallest region that holds them all, in the order of codes."""
    parcels = sorted(parcels, key=lambda parcel: parcel.code)
    adcodes = {parcel.region_id for parcel in parcels if parcel.region_id}
    paths = {region.adcode: region.path for region in Region.objects.filter(pk__in=adcodes).only("adcode", "path")}
    above = {part for path in paths.values() for part in _parts(path)}
    regions = {region.adcode: region for region in Region.objects.filter(pk__in=above).defer("outline")}
    groups: dict[str, list[Parcel]] = defaultdict(list)
    for parcel in parcels:
        groups[_district(_parts(paths.get(parcel.region_id or "", "")), regions)].append(parcel)
    return [
        (_around([paths.get(one.region_id or "", "") for one in group], regions), group) for group in groups.values()
    ]


def _district(parts: list[str], regions: dict[str, Region]) -> str:
    """The district in a path from the top; where there is none, the last part."""
    districts = [part for part in parts if regions[part].level == Region.Level.DISTRICT]
    return districts[0] if districts else parts[-1] if parts else ""


def _around(paths: list[str], regions: dict[str, Region]) -> Region | None:
    """The smallest region in all of these paths."""
    shared = _parts(paths[0])
    for path in paths[1:]:
        shared = [part for part, other in zip(shared, _parts(path), strict=False) if part == other]
    return regions[shared[-1]] if shared else None


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def covers(person: Person, region: Region | None) -> bool:
    """Whether a staff role holds for this region."""
    scope = region_scope(person)
    return scope is None or (region is not None and scope in _parts(region.path))


def may_handle(person: Person, enquiry: Enquiry) -> bool:
    """The office assigned: those of the region who answer enquiries. One does not answer oneself."""
    return may_answer_enquiries(person) and covers(person, enquiry.region) and enquiry.user_id != person.pk


def colleagues(region: Region | None) -> list[User]:
    """Everyone who may take an enquiry of this region over, those with the smallest region first."""
    parts = _parts(region.path) if region else []
    people = User.objects.filter(role__in=ANSWERERS, is_active=True, region_code__in=["", *parts])
    depth = {"": -1, **{part: at for at, part in enumerate(parts)}}
    return sorted(people, key=lambda user: (-depth[user.region_code], user.role == "admin", user.username))


def desk(region: Region | None) -> list[User]:
    """Who is told of what nobody has taken over: the office nearest to the land; administrators only where nobody else is."""
    people = colleagues(region)
    people = [user for user in people if user.role != "admin"] or people
    return [user for user in people if user.region_code == people[0].region_code]
