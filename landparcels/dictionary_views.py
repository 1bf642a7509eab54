"""GET and POST city-indicators/, PATCH city-indicators/{code}/: the dictionary of a city's own indicators."""

from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rights import may_keep_dictionary
from geo import locking
from geo.api import ApiView
from geo.errors import BadParameter, NotAllowed, NotThere
from geo.forms import StrictSerializer
from geo.locking import changed_meanwhile
from geo.words import say
from landparcels.indicators.city import CityIndicator
from landparcels.indicators.dictionary import faults, refuse_faults
from landparcels.indicators.own import VERSION
from landparcels.models import Parcel

COLUMNS = (
    *("code", "name_zh", "name_en", "group", "type", "unit", "bound", "low", "high", "choices"),
    *("department_zh", "department_en", "legal_basis_zh", "legal_basis_en", "note_zh", "note_en", "position", "public"),
)


class CityChoiceSerializer(StrictSerializer):
    code = serializers.CharField(max_length=40)
    zh = serializers.CharField(max_length=60)
    en = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")


class CityIndicatorSerializer(serializers.ModelSerializer[CityIndicator]):
    """An entry; `mark` tells one state of it from another, `values` how many parcels have one."""

    choices = CityChoiceSerializer(many=True, required=False)
    mark = serializers.SerializerMethodField()
    values = serializers.SerializerMethodField()

    class Meta:
        model = CityIndicator
        fields = (*COLUMNS, "mark", "values")

    def get_mark(self, row: CityIndicator) -> str:
        return mark_of(row)

    def get_values(self, row: CityIndicator) -> int:
        return Parcel.objects.visible_to(self.context["request"].user).filter(extra__has_key=row.code).count()


class CityIndicatorChangeSerializer(CityIndicatorSerializer):
    """What is to change; with the `mark` one has seen, a change made meanwhile by somebody else is told of."""

    mark = serializers.CharField(required=False, write_only=True)  # type: ignore[assignment]  # given here, not worked out

    class Meta(CityIndicatorSerializer.Meta):
        fields = (*COLUMNS, "mark")  # type: ignore[assignment]  # one less
        read_only_fields = ("code",)


LABELS: locking.Labels = {
    **{name: say(zh=name, en=name) for name in COLUMNS},
    "name_zh": say(zh="中文名称", en="the Chinese name"),
    "name_en": say(zh="英文名称", en="the English name"),
    "group": say(zh="分组", en="the group"),
    "unit": say(zh="单位", en="the unit"),
    "bound": say(zh="约束方向", en="the bound"),
    "low": say(zh="下限", en="the least value"),
    "high": say(zh="上限", en="the largest value"),
    "choices": say(zh="选项", en="the choices"),
    "position": say(zh="次序", en="its place"),
    "public": say(zh="是否公开", en="whether it is public"),
}


def mark_of(row: CityIndicator) -> str:
    return locking.mark_of((row, LABELS))


class DictionaryView(ApiView, generics.GenericAPIView[CityIndicator]):
    staff_only = True
    versions = (VERSION, "parcels")
    serializer_class = CityIndicatorSerializer
    queryset = CityIndicator.objects.none()

    def checked_keeper(self) -> None:
        if not may_keep_dictionary(self.request.user):
            raise NotAllowed(
                zh="指标字典由土地管理人员和管理员维护。",
                en="The dictionary of indicators is kept by land officers and administrators.",
            )

    def shown(self, row: CityIndicator) -> dict[str, Any]:  # Any: JSON
        return dict(CityIndicatorSerializer(row, context={"request": self.request}).data)

    def stored(self, row: CityIndicator, before: CityIndicator | None) -> CityIndicator:
        """Refuses an entry that cannot stand, in words; nothing is half done."""
        entry = {name: getattr(row, name) for name in COLUMNS}
        others = CityIndicator.objects.exclude(code=row.code).values_list("code", flat=True)
        refuse_faults(faults(entry, before, others))
        row.save()
        return row


class CityIndicatorListView(DictionaryView):
    """All entries, in order; POST declares one."""

    @extend_schema(responses=CityIndicatorSerializer(many=True), operation_id="city_indicators_list")
    def get(self, request: Request) -> Response:
        rows = CityIndicator.objects.visible_to(request.user)
        return Response({"results": [self.shown(row) for row in rows], "next": None})

    @extend_schema(responses={201: CityIndicatorSerializer})
    @transaction.atomic
    def post(self, request: Request) -> Response:
        self.checked_keeper()
        asked = CityIndicatorSerializer(data=_known(request.data), context={"request": request})
        asked.is_valid(raise_exception=True)
        row = self.stored(CityIndicator(**asked.validated_data), None)
        return Response(self.shown(row), status=status.HTTP_201_CREATED)


class CityIndicatorView(DictionaryView):
    """One entry; PATCH changes what is given, so that what parcels have goes on meaning what it meant."""

    def get(self, request: Request, code: str) -> Response:
        return Response(self.shown(self._row(code)))

    @extend_schema(request=CityIndicatorChangeSerializer, responses=CityIndicatorSerializer)
    @transaction.atomic
    def patch(self, request: Request, code: str) -> Response:
        self.checked_keeper()
        row, before = self._row(code, locked=True), self._row(code)
        asked = CityIndicatorChangeSerializer(
            row, data=_known(request.data), partial=True, context={"request": request}
        )
        asked.is_valid(raise_exception=True)
        seen = asked.validated_data.pop("mark", None)
        if seen is not None and seen != mark_of(row):
            raise changed_meanwhile((row, LABELS))
        for name, value in asked.validated_data.items():
            setattr(row, name, value)
        return Response(self.shown(self.stored(row, before)))

    def _row(self, code: str, *, locked: bool = False) -> CityIndicator:
        rows = CityIndicator.objects.visible_to(self.request.user)
        row = (rows.select_for_update(of=("self",)) if locked else rows).filter(code=code).first()
        if row is None:
            raise NotThere(zh=f"没有自有指标 {code}。", en=f"There is no indicator {code} in the dictionary.")
        return row


def _known(data: Any) -> Any:  # Any: whatever was sent
    """A field nobody knows is named; `values` is told, not given."""
    if isinstance(data, dict):
        known = {*COLUMNS, "mark"}
        for name in data:
            if name not in known:
                names = ", ".join(COLUMNS)
                raise BadParameter(
                    name, zh=f"不认识字段“{name}”；可用：{names}。", en=f"Unknown field {name}; known: {names}."
                )
    return data
