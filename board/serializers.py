"""What the board answers, and what may be sent to it."""

from __future__ import annotations

import math
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.contacts import mask_email, mask_person, mask_phone
from accounts.rights import Person
from board.filters import EXPIRED, STATES
from board.models import LONGEST_WORDS, Post, Synonym
from board.names import LONGEST, How
from board.services import may_keep
from board.units import UNITS
from chains.models import ChainNode
from geo.forms import StrictSerializer
from geo.words import Words, say
from investors.serializers import LONGEST_MESSAGE, Phone, Text
from investors.shapes import ContactShape
from promotion.serializers import NodeNameSerializer, RegionNameSerializer

LARGEST = 1e12


class LikenessSerializer(serializers.Serializer[Any]):
    how = serializers.ChoiceField([(how.value, how.value) for how in How])
    value = serializers.FloatField(help_text="0..1")
    through = serializers.CharField(help_text="The synonym that led here; else blank.")


class PostSerializer(serializers.ModelSerializer[Post]):
    """A post without contacts; `person` is in the context, and `likeness` by the post's number where somebody searched."""

    uscc = serializers.CharField(source="enterprise.uscc")
    firm = serializers.CharField(source="enterprise.name")
    in_city = serializers.BooleanField(source="enterprise.in_city")
    node = serializers.SerializerMethodField()
    unit_name = serializers.SerializerMethodField()
    region = RegionNameSerializer()
    state = serializers.SerializerMethodField()
    yours = serializers.SerializerMethodField(help_text="You may change it.")
    likeness = serializers.SerializerMethodField()

    class Meta:
        model = Post
        fields: tuple[str, ...] = (
            *("id", "kind", "uscc", "firm", "in_city", "product", "node", "quantity", "unit", "unit_name", "region"),
            *("until", "words", "state", "published_at", "revision", "yours", "likeness"),
        )

    @property
    def person(self) -> Person:
        person: Person = self.context["person"]
        return person

    @extend_schema_field(NodeNameSerializer(allow_null=True))
    def get_node(self, post: Post) -> dict[str, Any] | None:
        return None if post.node is None else told_node(post.node)

    def get_unit_name(self, post: Post) -> str:
        unit = UNITS.get(post.unit)
        return str(say(zh=unit.zh, en=unit.en)) if unit else ""

    @extend_schema_field(serializers.ChoiceField([(value, value) for value, _ in STATES]))
    def get_state(self, post: Post) -> str:
        over = post.state == Post.State.PUBLISHED and post.until < timezone.localdate()
        return EXPIRED if over else post.state

    def get_yours(self, post: Post) -> bool:
        return may_keep(self.person, post)

    @extend_schema_field(LikenessSerializer(allow_null=True))
    def get_likeness(self, post: Post) -> dict[str, Any] | None:
        like = self.context.get("likeness", {}).get(post.pk)
        return None if like is None else dict(LikenessSerializer(like).data)


class OpenedPostSerializer(PostSerializer):
    """With the firm's contact, masked, for those who keep the post; null for everyone else."""

    contact = serializers.SerializerMethodField()

    class Meta(PostSerializer.Meta):
        fields = (*PostSerializer.Meta.fields, "contact")

    @extend_schema_field(ContactShape(allow_null=True))
    def get_contact(self, post: Post) -> dict[str, str] | None:
        if not self.get_yours(post):
            return None
        return {"person": mask_person(post.person), "phone": mask_phone(post.phone), "email": mask_email(post.email)}


class PartsSerializer(serializers.Serializer[Any]):
    """Each 0..1; null: unknown, and left out of the score."""

    name = serializers.FloatField()
    node = serializers.FloatField(allow_null=True)
    region = serializers.FloatField(allow_null=True)
    quantity = serializers.FloatField(allow_null=True)


class CounterpartSerializer(serializers.Serializer[Any]):
    score = serializers.FloatField(help_text="0..100")
    parts = PartsSerializer()
    likeness = LikenessSerializer(allow_null=True, help_text="Null: another name, but the same node.")
    post = PostSerializer()


class CounterpartListSerializer(serializers.Serializer[Any]):
    results = CounterpartSerializer(many=True)


class SynonymSerializer(serializers.ModelSerializer[Synonym]):
    class Meta:
        model = Synonym
        fields = ("id", "name", "head")


class SuggestedNodesSerializer(serializers.Serializer[Any]):
    results = NodeNameSerializer(many=True)


class PostFormSerializer(StrictSerializer):
    kind = serializers.ChoiceField(Post.Kind.choices)
    uscc = serializers.CharField(max_length=80)
    product = Text(max_length=LONGEST)
    node = serializers.CharField(max_length=181, required=False, allow_blank=True, help_text="chain/node")
    quantity = serializers.FloatField(required=False, allow_null=True)
    unit = serializers.ChoiceField([(unit.code, unit.zh) for unit in UNITS.values()], required=False, allow_blank=True)
    region = serializers.CharField(max_length=12, required=False, allow_blank=True, help_text="Blank: the firm's.")
    until = serializers.DateField()
    words = Text(lines=True, max_length=LONGEST_WORDS, required=False, allow_blank=True)
    person = Text(max_length=80, required=False, allow_blank=True)
    phone = Phone(max_length=30, required=False, allow_blank=True)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)

    def validate_quantity(self, amount: float | None) -> float | None:
        if amount is not None and not (math.isfinite(amount) and 0 < amount <= LARGEST):
            words = Words("数量应为大于 0 的数。", "A quantity is a number above 0.")
            raise serializers.ValidationError(str(words))
        return amount


class PostChangeSerializer(PostFormSerializer):
    """What is given is changed."""

    revision = serializers.IntegerField(min_value=1, help_text="Of the post as it was seen.")


class SynonymFormSerializer(StrictSerializer):
    name = Text(max_length=LONGEST)
    head = Text(max_length=LONGEST, help_text="The name it means the same as.")


class IntroductionFormSerializer(StrictSerializer):
    message = Text(lines=True, max_length=LONGEST_MESSAGE)
    counterpart = serializers.IntegerField(
        required=False, allow_null=True, help_text="A post of the other kind that answers it."
    )
    person = Text(max_length=80, required=False, allow_blank=True)
    phone = Phone(required=False, allow_blank=True, max_length=30)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)
    consent = serializers.CharField(max_length=20, required=False, allow_blank=True)


def told_node(node: ChainNode) -> dict[str, Any]:
    return {
        "code": f"{node.chain.code}/{node.code}",
        "chain": node.chain.code,
        "chain_name": node.chain.name,
        "chain_name_en": node.chain.name_en,
        "node": node.code,
        "name": node.name,
        "name_en": node.name_en,
    }
