"""Posts of the board, on it and lasting unless a test says otherwise."""

from datetime import timedelta

import factory
from django.utils import timezone

from board.models import Post, Synonym
from board.names import name_of, normal
from tests.factories.enterprises import EnterpriseFactory


class PostFactory(factory.django.DjangoModelFactory[Post]):
    class Meta:
        model = Post

    kind = "offer"
    enterprise = factory.SubFactory(EnterpriseFactory)
    product = factory.Sequence(lambda number: f"产品{number}")
    normal = factory.LazyAttribute(lambda post: name_of(post.product).normal)
    pinyin = factory.LazyAttribute(lambda post: name_of(post.product).pinyin)
    initials = factory.LazyAttribute(lambda post: name_of(post.product).initials)
    found_by = factory.LazyAttribute(lambda post: name_of(post.product).found_by)
    until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    state = "published"
    published_at = factory.LazyFunction(timezone.now)


class SynonymFactory(factory.django.DjangoModelFactory[Synonym]):
    class Meta:
        model = Synonym

    normal = factory.LazyAttribute(lambda row: normal(row.name))
    head_normal = factory.LazyAttribute(lambda row: normal(row.head))
