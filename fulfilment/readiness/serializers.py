"""The shape of checklists; what only staff may see is absent for others."""

from typing import Any

from rest_framework import serializers

from fulfilment.models.readiness import Stored
from fulfilment.readiness.checklist import ASSESSMENTS, GROUPS, ITEMS, STATES, department_en
from fulfilment.readiness.standing import Line, Readiness, Record
from fulfilment.readiness.wording import sentence
from geo.forms import StrictSerializer
from geo.words import Words

Json = dict[str, Any]  # Any: what JSON holds


class LineShape(serializers.Serializer[Any]):
    """One item. `reference` and `note` are for the staff of the region; `inherited` from the region named."""

    item = serializers.CharField()
    group = serializers.ChoiceField(choices=GROUPS)
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    recorded = serializers.BooleanField(help_text="False: nobody has entered anything of this item.")
    done_on = serializers.DateField(allow_null=True)
    expires = serializers.DateField(allow_null=True)
    department_zh = serializers.CharField()
    department_en = serializers.CharField()
    inherited = serializers.BooleanField()
    region = serializers.CharField(allow_null=True)
    region_name = serializers.CharField(allow_null=True)
    region_name_en = serializers.CharField(allow_null=True)
    reference = serializers.CharField(required=False)
    note = serializers.CharField(required=False)


class ReadinessShape(serializers.Serializer[Any]):
    code = serializers.CharField()
    recorded = serializers.BooleanField()
    ready = serializers.BooleanField(allow_null=True, help_text="null: nothing is on record.")
    share = serializers.FloatField(allow_null=True, help_text="0..1: done of what is needed.")
    done = serializers.IntegerField()
    needed = serializers.IntegerField()
    assessments = serializers.IntegerField(help_text="Valid area assessments of ten.")
    services_level = serializers.FloatField(allow_null=True, help_text="N of N通一平.")
    words = serializers.CharField(help_text="Ready to start, or what is missing.")
    items = LineShape(many=True)
    editable = serializers.BooleanField()
    version = serializers.CharField(required=False, help_text="To be sent back with a change.")


class AssessmentShape(LineShape):
    """What a region holds itself; `inherited` where one above it does."""


class RegionAssessmentsShape(serializers.Serializer[Any]):
    region = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    parcels = serializers.IntegerField(help_text="In the region and below.")
    valid = serializers.IntegerField()
    items = AssessmentShape(many=True)
    editable = serializers.BooleanField()
    version = serializers.CharField()


class HolderShape(serializers.Serializer[Any]):
    """A region that holds assessments of its own, today."""

    region = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    level = serializers.CharField()
    valid = serializers.IntegerField()
    expired = serializers.IntegerField()
    recorded = serializers.IntegerField()
    next_expiry = serializers.DateField(allow_null=True, help_text="The first of the valid ones to expire.")


class ItemField(serializers.CharField):
    """A code of the checklist."""

    known = ITEMS

    def to_internal_value(self, data: Any) -> str:  # Any: whatever was sent
        code = super().to_internal_value(data)
        if code not in self.known:
            names = ", ".join(self.known)
            words = Words(f"清单中没有“{code}”；可用：{names}。", f"The checklist has no {code}; known: {names}.")
            raise serializers.ValidationError(str(words))
        return code


class AssessmentField(ItemField):
    known = ASSESSMENTS


class ChangeSerializer(StrictSerializer):
    """State null takes the record away; what is left out stays as it is."""

    item = ItemField()
    state = serializers.ChoiceField(choices=Stored.choices, allow_null=True, required=False)
    done_on = serializers.DateField(allow_null=True, required=False)
    expires = serializers.DateField(allow_null=True, required=False)
    department = serializers.CharField(allow_blank=True, max_length=80, required=False)
    reference = serializers.CharField(allow_blank=True, max_length=300, required=False)
    note = serializers.CharField(allow_blank=True, max_length=2000, required=False)


class AssessmentChangeSerializer(ChangeSerializer):
    item = AssessmentField()


class ReadinessChangeSerializer(StrictSerializer):
    version = serializers.CharField(required=False, allow_null=True, max_length=60)
    items = serializers.ListField(child=ChangeSerializer(), allow_empty=False, max_length=len(ITEMS))


class AssessmentsChangeSerializer(StrictSerializer):
    version = serializers.CharField(required=False, allow_null=True, max_length=60)
    items = serializers.ListField(child=AssessmentChangeSerializer(), allow_empty=False, max_length=len(ASSESSMENTS))


def shown(readiness: Readiness, *, papers: bool, home: str = "") -> Json:
    """`papers`: with references and notes; `home`: the region whose own records are not inherited."""
    return {
        "recorded": readiness.recorded,
        "ready": readiness.is_ready,
        "share": readiness.share,
        "done": readiness.done,
        "needed": readiness.needed,
        "assessments": readiness.assessments,
        "words": str(sentence(readiness)),
        "items": [line_shown(line, papers=papers, home=home) for line in readiness.lines],
    }


def line_shown(line: Line, *, papers: bool, home: str = "") -> Json:
    record = line.record or Record("missing")
    region = record.region if record.region != home else ""
    answer: Json = {
        "item": line.item.code,
        "group": line.item.group,
        "name_zh": line.item.zh,
        "name_en": line.item.en,
        "state": line.state,
        "recorded": line.record is not None,
        "done_on": record.done_on,
        "expires": record.expires,
        "department_zh": line.department,
        "department_en": department_en(line.department),
        "inherited": bool(region),
        "region": region or None,
        "region_name": record.region_name if region else None,
        "region_name_en": record.region_name_en if region else None,
    }
    return answer | ({"reference": record.reference, "note": record.note} if papers else {})
