"""What was printed and handed out; written once per content, never changed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from accounts.rights import Person


class IssuedCardQuerySet(models.QuerySet["IssuedCard"]):
    def visible_to(self, user: Person) -> Self:
        """There is no list of cards: whoever names a card's code or hash holds the paper. Its values have rights of their own."""
        return self

    def named(self, code: str) -> Self:
        """By the code in the address (the first quarter of the hash) or by the whole hash."""
        return self.filter(digest=code) if len(code) == 64 else self.filter(code=code)


class IssuedCard(models.Model):
    """The content of a card as it was printed first; printing the same content again finds the same row."""

    code = models.CharField(max_length=16, unique=True, help_text="The first 16 hexadecimal digits of the hash.")
    digest = models.CharField(max_length=64, unique=True, help_text="SM3 of the canonical content.")
    parcel = models.CharField(max_length=60, db_index=True, help_text="Code of the parcel, whatever becomes of it.")
    language = models.CharField(max_length=2, choices=[("zh", "中文"), ("en", "English")])
    content = models.TextField(help_text="The very text that was hashed: JSON with sorted keys and no blanks.")
    issued_at = models.DateTimeField(db_default=Now())
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: a visitor.",
    )

    objects = IssuedCardQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="issuedcard_code_begins_the_hash", condition=models.Q(digest__startswith=models.F("code"))
            )
        ]

    def __str__(self) -> str:
        return self.code
