"""What people type to sign in: the name of their account, or the address or number they gave."""

from accounts.contacts import fingerprint, fingerprints, is_contact
from accounts.models import User


def account_name(typed: str) -> str:
    """The account's name. For a contact nobody has, a name that stands for it: what is kept of failures names nobody."""
    if not is_contact(typed) or User.objects.filter(username=typed).exists():
        return typed
    owner = owner_of(typed)
    return owner.get_username() if owner else f"nobody-{fingerprint(typed)[:24]}"


def owner_of(contact: str) -> User | None:
    """Whose address or number this is; also where it was stored under an older key."""
    column = "email_fingerprint" if "@" in contact else "phone_fingerprint"
    return User.objects.filter(**{f"{column}__in": fingerprints(contact)}).first()
