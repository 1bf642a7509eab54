"""GET, POST referrals/; POST referrals/{id}/accept/, decline/, withdraw/: staff only."""

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from geo.api import ApiView, ListView
from geo.errors import BadParameter
from landparcels.referrals.models import Referral
from landparcels.referrals.serializers import ReferralAnswerSerializer, ReferralSerializer, ReferSerializer
from landparcels.referrals.services import answer, refer

STEPS = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}


class ReferralListView(ListView):
    """Referrals from and to the regions of one's role, the newest first."""

    staff_only = True
    parameters = frozenset({"state"})
    versions = ("referrals", "regions")
    serializer_class = ReferralSerializer
    queryset = Referral.objects.none()
    tie_break = "-pk"

    def get_queryset(self) -> QuerySet[Referral]:
        rows = Referral.objects.visible_to(self.request.user).with_names()
        state = self.request.query_params.get("state")
        if state is not None and state not in Referral.State.values:
            known = ", ".join(Referral.State.values)
            raise BadParameter(
                "state", zh=f"没有状态“{state}”；可用：{known}。", en=f"There is no state {state}; known: {known}."
            )
        return rows.filter(state=state) if state else rows

    @extend_schema(parameters=[OpenApiParameter("state", enum=Referral.State.values)])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # Any: the library's
        return super().get(request, *args, **kwargs)

    @extend_schema(request=ReferSerializer, responses={201: ReferralSerializer})
    def post(self, request: Request) -> Response:
        asked = ReferSerializer(data=request.data, context={"person": request.user})
        asked.is_valid(raise_exception=True)
        made = refer(**asked.validated_data, by=cast(User, request.user), at=timezone.now())
        return Response(ReferralSerializer(made).data, status=201)


class ReferralStepView(ApiView):
    """The receiving region accepts or declines, the referring one withdraws; while it is open."""

    staff_only = True
    step: ClassVar[str] = ""

    @extend_schema(request=ReferralAnswerSerializer, responses=ReferralSerializer)
    def post(self, request: Request, referral: int) -> Response:
        asked = ReferralAnswerSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        done = answer(
            referral=referral,
            state=STEPS[self.step],
            note=asked.validated_data["note"],
            by=cast(User, request.user),
            at=timezone.now(),
        )
        return Response(ReferralSerializer(done).data)
