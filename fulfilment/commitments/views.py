"""commitments/: for the staff of the region alone. To everyone else these addresses do not exist."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.rights import may_see_staff_data
from fulfilment.commitments import answers
from fulfilment.commitments.filters import FILTERS, filtered
from fulfilment.commitments.serializers import (
    CommitmentFormSerializer,
    CommitmentRowShape,
    CommitmentShape,
    JudgementFormSerializer,
    MeasurementFormSerializer,
    MilestoneFormSerializer,
    NewCommitmentSerializer,
    SummaryShape,
)
from fulfilment.commitments.services import change_commitment, keep_date, record_commitment
from fulfilment.commitments.summary import summary
from fulfilment.commitments.terms import promisable
from fulfilment.commitments.verifying import judge_measurement, record_measurement
from fulfilment.models import Commitment, Verification
from geo.api import ApiView, ListView
from geo.errors import BadParameter, NotThere
from landparcels.models import Parcel

VERSIONS = ("commitments", "parcels", "enterprises", "regions", "city_indicators")
QUERY = [OpenApiParameter(name) for name in sorted(FILTERS)]


def nothing_here() -> NotThere:
    """In the words of an address that nobody knows."""
    return NotThere(
        zh="没有这个地址；接口说明见 api/docs/。",
        en="There is nothing at this address; the interface is described at api/docs/.",
    )


class SecretView(ApiView):
    """For staff; to others it answers as if it were not there."""

    versions = VERSIONS

    def check_permissions(self, request: Request) -> None:
        if not may_see_staff_data(request.user):
            raise nothing_here()
        super().check_permissions(request)

    def commitment(self, pk: int) -> Commitment:
        found = answers.read(Commitment.objects.visible_to(self.request.user)).filter(pk=pk).first()
        if found is None:
            raise nothing_here()
        return found

    def person(self) -> User:
        return cast(User, self.request.user)

    def shown(self, pk: int) -> dict[str, Any]:  # Any: JSON
        return answers.whole(self.commitment(pk), timezone.localdate(), self.person())


class CommitmentListView(SecretView, ListView):
    """What firms committed to, the most urgent first; POST records a commitment for a reserved or transferred parcel."""

    parameters = FILTERS
    filter_backends = []  # the filters are checked by hand: running ones unless asked otherwise
    serializer_class = CommitmentRowShape
    queryset = Commitment.objects.none()
    sort_fields = ("next_due", "hand_over", "recorded_at")

    def ordering_for(self, request: Request) -> tuple[str, ...]:
        return super().ordering_for(request) if request.query_params.get("sort") else ("next_due", self.tie_break)

    @extend_schema(parameters=[*QUERY, OpenApiParameter("sort")], responses=CommitmentRowShape(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        today, indicators = timezone.localdate(), promisable()
        return self.get_paginated_response([answers.row(one, today, indicators) for one in page])

    def get_queryset(self) -> QuerySet[Commitment]:
        visible = Commitment.objects.visible_to(self.request.user)
        return answers.read_rows(filtered(visible, self.request.query_params))

    @extend_schema(request=NewCommitmentSerializer, responses={201: CommitmentShape})
    def post(self, request: Request) -> Response:
        asked = NewCommitmentSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = record_commitment(
            parcel=self._parcel(asked.validated_data["parcel"]),
            form=asked.columns(),
            promises=asked.validated_data.get("promises", ()),
            by=self.person(),
        )
        return Response(self.shown(made.pk), status=status.HTTP_201_CREATED)

    def _parcel(self, code: str) -> Parcel:
        visible = Parcel.objects.visible_to(self.request.user).select_related("region")
        parcel = visible.defer("outline", "web", "region__outline", "region__web").filter(code=code).first()
        if parcel is None:
            raise BadParameter(
                "parcel", zh=f"没有编号为 {code} 的宗地；请核对编号。", en=f"There is no parcel {code}; check its code."
            )
        return parcel


class CommitmentSummaryView(SecretView):
    """Counts by state, and how many of the measured promises are met; by the filters of the list."""

    parameters = FILTERS

    @extend_schema(parameters=QUERY, responses=SummaryShape)
    def get(self, request: Request) -> Response:
        visible = Commitment.objects.visible_to(request.user)
        return Response(summary(filtered(visible, request.query_params), timezone.localdate()))


class CommitmentView(SecretView):
    """One commitment with contracts, dates, promises and the history of what was measured."""

    @extend_schema(responses=CommitmentShape)
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.shown(pk))

    @extend_schema(request=CommitmentFormSerializer, responses=CommitmentShape)
    def patch(self, request: Request, pk: int) -> Response:
        commitment = self.commitment(pk)
        asked = CommitmentFormSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        change_commitment(
            commitment=commitment,
            form=asked.columns(),
            promises=asked.validated_data.get("promises", ()),
            revision=asked.validated_data.get("revision"),
            by=self.person(),
        )
        return Response(self.shown(pk))


class MilestoneView(SecretView):
    """Enter that a date was kept, with the paper that shows it."""

    @extend_schema(request=MilestoneFormSerializer, responses=CommitmentShape)
    def post(self, request: Request, pk: int) -> Response:
        commitment = self.commitment(pk)
        asked = MilestoneFormSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        keep_date(commitment=commitment, by=self.person(), **{"revision": None, **asked.validated_data})
        return Response(self.shown(pk))


class MeasurementView(SecretView):
    """Record what was measured of a promise; another person has to judge it."""

    @extend_schema(request=MeasurementFormSerializer, responses={201: CommitmentShape})
    def post(self, request: Request, pk: int) -> Response:
        commitment = self.commitment(pk)
        asked = MeasurementFormSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        record_measurement(commitment=commitment, by=self.person(), **asked.validated_data)
        return Response(self.shown(pk), status=status.HTTP_201_CREATED)


class JudgementView(SecretView):
    """Confirm a measurement, with a period to put a shortfall right, or return it."""

    @extend_schema(
        operation_id="commitments_verifications_judge", request=JudgementFormSerializer, responses=CommitmentShape
    )
    def post(self, request: Request, pk: int, verification: int) -> Response:
        commitment = self.commitment(pk)
        found = Verification.objects.filter(pk=verification, promise__commitment=commitment).first()
        if found is None:
            raise nothing_here()
        asked = JudgementFormSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        judge_measurement(verification=found, by=self.person(), **asked.validated_data)
        return Response(self.shown(pk))
