"""Writing down what a card says, once per content."""

from accounts.models import User
from accounts.rights import Person
from landparcels.card.content import Json, canonical, sm3
from landparcels.card.models import IssuedCard

CODE_DIGITS = 16


def issue(content: Json, *, by: Person) -> IssuedCard:
    """The row of this content; a new one only where it was never printed before, however many ask at once."""
    text = canonical(content)
    digest = sm3(text)
    card, _ = IssuedCard.objects.get_or_create(
        digest=digest,
        defaults={
            "code": digest[:CODE_DIGITS],
            "parcel": content["code"],
            "language": content["language"],
            "content": text,
            "issued_by": by if isinstance(by, User) else None,
        },
    )
    return card
