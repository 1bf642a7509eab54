"""Questions about the board; each answer is a queryset, so they chain."""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.rights import Person, may_see_staff_data
from board.names import parts_of
from enterprises.models import Enterprise
from promotion.querysets import within_scope

if TYPE_CHECKING:
    from board.models import Introduction, Post, Synonym  # noqa: F401


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: Person) -> Self:
        """What is published and not over, of firms whose names are public; staff see all firms, and all of their regions."""
        on_board = self.on_board_at(timezone.localdate())
        if not may_see_staff_data(user):
            return on_board.filter(enterprise__in=Enterprise.objects.visible_to(user))
        return (self.filter(within_scope(user)) | on_board).distinct()

    def on_board_at(self, day: date) -> Self:
        return self.filter(state="published", until__gte=day)

    def across(self, post: "Post") -> Self:
        """Of the other kind and of other firms."""
        return self.exclude(kind=post.kind).exclude(enterprise=post.enterprise_id)

    def called(self, asked: str, synonyms: Collection[str]) -> Self:
        """Whose product may be meant by one of these names (normal), with `alike`: pg_trgm's word similarity.

        A part is the start of one of the words in `found_by`, so even two letters are found by the trigram index.
        The threshold of `trigram_word_similar` is the connection's: `board.searching` sets it.
        """
        names = [asked, *synonyms]
        within = [Q(found_by__contains=f" {name}") | Q(found_by__trigram_word_similar=name) for name in names]
        around = Q(normal__in=[part for name in names for part in parts_of(name)])
        alike = [TrigramWordSimilarity(name, "found_by") for name in names]
        return self.filter(reduce(or_, within) | around).annotate(
            alike=Greatest(*alike) if len(alike) > 1 else alike[0]
        )


class SynonymQuerySet(models.QuerySet["Synonym"]):
    def visible_to(self, user: Person) -> Self:
        """Which names mean the same is no secret."""
        return self


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def visible_to(self, user: Person) -> Self:
        """Those whose thread one may read."""
        from investors.models import Enquiry

        return self.filter(enquiry__in=Enquiry.objects.visible_to(user))
