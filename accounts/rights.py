"""Who may do what. Every right is asked here, so that a role's meaning stands in one place."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User

Person = User | AnonymousUser

STAFF = frozenset({Role.PROMOTION, Role.PLANNER, Role.LAND, Role.REVIEWER, Role.ADMIN})
PUBLISHERS = frozenset({Role.REVIEWER, Role.ADMIN})
PLANNERS = frozenset({Role.PROMOTION, Role.PLANNER, Role.ADMIN})
ANSWERERS = frozenset({Role.PROMOTION, Role.LAND, Role.ADMIN})
IMPORTERS = frozenset({Role.PROMOTION, Role.PLANNER, Role.LAND, Role.ADMIN})
DICTIONARY_KEEPERS = frozenset({Role.LAND, Role.ADMIN})
PARCEL_MOVERS = {
    "submit": frozenset({Role.LAND, Role.ADMIN}),
    "approve": PUBLISHERS,  # and never by whoever submitted: landparcels.publication.services
    "publish": PUBLISHERS,
    "send_back": frozenset({Role.LAND, Role.REVIEWER, Role.ADMIN}),
    "reserve": frozenset({Role.LAND, Role.REVIEWER, Role.ADMIN}),
    "release": frozenset({Role.LAND, Role.REVIEWER, Role.ADMIN}),
    "transfer": frozenset({Role.LAND, Role.REVIEWER, Role.ADMIN}),
    "withdraw": frozenset({Role.LAND, Role.REVIEWER, Role.ADMIN}),
    "announce": frozenset({Role.LAND, Role.ADMIN}),
}
"""By step of a parcel's publication; `announce` is all that concerns its notices."""


def role_of(user: Person) -> Role | None:
    """None for a visitor."""
    return Role(user.role) if isinstance(user, User) and user.is_active else None


def may_see_staff_data(user: Person) -> bool:
    """Money, jobs and names of unlisted firms, capacities, siting, targets (API.md)."""
    return role_of(user) in STAFF


def may_publish(user: Person) -> bool:
    return role_of(user) in PUBLISHERS


def may_move_parcel(user: Person, action: str) -> bool:
    """Take this step with a parcel of one's region."""
    return role_of(user) in PARCEL_MOVERS[action]


def may_import(user: Person) -> bool:
    return role_of(user) in IMPORTERS


def may_plan(user: Person) -> bool:
    """Enter projects and commit them to a place."""
    return role_of(user) in PLANNERS


def may_keep_dictionary(user: Person) -> bool:
    """Declare a city's own indicators, and change what they are called, where they stand and who sees them."""
    return role_of(user) in DICTIONARY_KEEPERS


def may_follow_up(user: Person) -> bool:
    """Keep the readiness of parcels, and record what firms committed to for them and what was measured."""
    return role_of(user) in {Role.LAND, Role.ADMIN}


def may_verify(user: Person) -> bool:
    """Confirm or return a measurement that another person recorded."""
    return role_of(user) in {Role.LAND, Role.REVIEWER, Role.ADMIN}


def may_keep_documents(user: Person) -> bool:
    """Add papers to the parcels of one's region, and give them up."""
    return role_of(user) in {Role.LAND, Role.ADMIN}


def may_set_thresholds(user: Person) -> bool:
    """Say from where on a link of a chain counts as weak, critical, single-sourced."""
    return role_of(user) in {Role.PROMOTION, Role.ADMIN}


def may_promote(user: Person) -> bool:
    """Follow firms worth inviting, and draw up and publish calls for what the chains need."""
    return role_of(user) in {Role.PROMOTION, Role.ADMIN}


def may_keep_board(user: Person) -> bool:
    """Write down what firms of one's region offer and want, publish it, and say which names of products mean the same."""
    return role_of(user) in {Role.PROMOTION, Role.ADMIN}


def may_answer_enquiries(user: Person) -> bool:
    """Answer investors of one's region, hand their threads over, and be shown how to reach them."""
    return role_of(user) in ANSWERERS


def may_refer(user: Person) -> bool:
    """Pass a project on that found no land in one's region, and answer what others pass on."""
    return role_of(user) in ANSWERERS


def may_convert_offset(user: Person) -> bool:
    """GCJ-02 and BD-09 coordinates may be turned into the legal datum only by those to whom it was granted."""
    return isinstance(user, User) and (user.role == Role.ADMIN or user.may_convert_offset)


def region_scope(user: Person) -> str | None:
    """Adcode of the region whose subtree a staff role holds for; None: everywhere."""
    return user.region_code or None if isinstance(user, User) else None


def visibility_key(user: Person) -> str:
    """Two people with the same key see the same rows: the part of a cache key that rights govern."""
    return f"staff:{region_scope(user) or '*'}:{role_of(user)}" if may_see_staff_data(user) else "public"
