"""GET, POST saved-searches/; GET, PATCH, DELETE one; its deliveries, and a trial call of its webhook."""

import json
import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from geo.api import ApiView, ListView
from geo.errors import BadParameter, NotThere
from geo.locking import check_fresh, seen_by
from investors.addresses import read_address
from investors.knocking import knock
from investors.models import Delivery, SavedSearch
from investors.searching import MOST_MET, kept_of
from investors.serializers import SavedSearchSerializer
from investors.shapes import SEARCH_LABELS as LABELS
from investors.shapes import DeliveryShape, SavedSearchShape
from investors.views.people import own
from investors.watching import remember, send
from landparcels.matching import RequirementError

MOST_SEARCHES = 50
TRIALS_PER_HOUR = 10


class SavedSearchListView(ListView):
    """One's own saved searches, the newest first; POST saves one."""

    reads = frozenset[str]()
    serializer_class = SavedSearchShape
    queryset = SavedSearch.objects.none()

    def get_queryset(self) -> Any:  # Any: a queryset of SavedSearch
        own(self.request)
        return SavedSearch.objects.visible_to(self.request.user)

    def ordering_for(self, request: Request) -> tuple[str, ...]:
        return ("-pk",)

    @extend_schema(request=SavedSearchSerializer, responses={201: SavedSearchShape})
    @transaction.atomic
    def post(self, request: Request) -> Response:
        if SavedSearch.objects.visible_to(request.user).count() >= MOST_SEARCHES:
            raise BadParameter(
                "name",
                zh=f"最多保存 {MOST_SEARCHES} 个条件；请先删去不用的。",
                en=f"At most {MOST_SEARCHES} searches are kept; delete some first.",
            )
        asked = SavedSearchSerializer(data=request.data, context={"person": request.user})
        asked.is_valid(raise_exception=True)
        search = SavedSearch(user=own(request))
        take(search, asked.validated_data)
        return Response(SavedSearchShape(search).data, status=201)


class OneSearchView(ApiView, generics.GenericAPIView[SavedSearch]):
    reads = frozenset[str]()
    serializer_class = SavedSearchShape
    queryset = SavedSearch.objects.none()

    def search(self, number: int) -> SavedSearch:
        found = SavedSearch.objects.visible_to(own(self.request)).filter(pk=number).first()
        if found is None:
            raise NotThere(zh="没有这个已存条件。", en="There is no such saved search.")
        return found

    def locked(self, number: int) -> SavedSearch:
        """As it is now, unless another window of the same person was quicker."""
        search = SavedSearch.objects.select_for_update(of=("self",)).get(pk=self.search(number).pk)
        check_fresh(seen_by(self.request), (search, LABELS))
        return search


class SavedSearchView(OneSearchView):
    """One saved search; PATCH changes what is given, DELETE forgets it."""

    @extend_schema(responses=SavedSearchShape)
    def get(self, request: Request, number: int) -> Response:
        return Response(SavedSearchShape(self.search(number)).data)

    @extend_schema(request=SavedSearchSerializer(partial=True), responses=SavedSearchShape)
    @transaction.atomic
    def patch(self, request: Request, number: int) -> Response:
        search = self.locked(number)
        asked = SavedSearchSerializer(data=request.data, partial=True, context={"person": request.user})
        asked.is_valid(raise_exception=True)
        take(search, asked.validated_data)
        return Response(SavedSearchShape(search).data)

    @extend_schema(responses={204: None})
    @transaction.atomic
    def delete(self, request: Request, number: int) -> Response:
        self.locked(number).delete()
        return Response(status=204)


class DeliveryListView(ListView):
    """What the webhook of a search was sent, and what came of it, the newest first."""

    reads = frozenset[str]()
    serializer_class = DeliveryShape
    queryset = Delivery.objects.none()

    def get_queryset(self) -> Any:  # Any: a queryset of Delivery
        own(self.request)
        number = self.kwargs["number"]
        if not SavedSearch.objects.visible_to(self.request.user).filter(pk=number).exists():
            raise NotThere(zh="没有这个已存条件。", en="There is no such saved search.")
        return Delivery.objects.visible_to(self.request.user).filter(search=number)

    def ordering_for(self, request: Request) -> tuple[str, ...]:
        return ("-created_at", "-pk")


class TrialView(OneSearchView):
    """Have the webhook called once, with no parcels in it."""

    @extend_schema(request=None, responses={202: DeliveryShape})
    @transaction.atomic
    def post(self, request: Request, number: int) -> Response:
        search = self.search(number)
        if not search.webhook:
            raise BadParameter("webhook", zh="这个条件没有回调地址。", en="This search has no webhook.")
        knock("trial", f"account {request.user.pk}", TRIALS_PER_HOUR)
        body = {
            "event": "parcels.trial",
            "at": timezone.now().isoformat(timespec="seconds"),
            "search": {"id": search.pk, "name": search.name},
            "total": 0,
            "parcels": [],
        }
        return Response(DeliveryShape(send(search, json.dumps(body, ensure_ascii=False))).data, status=202)


def take(search: SavedSearch, given: dict[str, Any]) -> None:  # Any: validated values
    """What was given, checked and kept; a new requirement starts from what meets it today."""
    for name in ("name", "address", "active", "by_app", "by_mail"):
        if name in given:
            setattr(search, name, given[name])
    if "webhook" in given and given["webhook"] != search.webhook:
        if given["webhook"]:
            if settings.WEBHOOKS == "off":
                raise BadParameter("webhook", zh="本站未开放回调。", en="This site does not call webhooks.")
            read_address(given["webhook"])
        search.webhook = given["webhook"]
        search.secret = secrets.token_urlsafe(32) if search.webhook else ""
    if "requirement" in given:
        search.requirement = kept_of(given["requirement"])
    if "requirement" in given or given.get("active"):
        try:
            remember(search)
        except RequirementError as error:
            raise BadParameter(f"requirement.{error.part}", zh=error.words.zh, en=error.words.en) from error
        if len(search.meets) > MOST_MET:
            raise BadParameter(
                "requirement",
                zh=f"现有 {len(search.meets):,} 宗符合，范围太宽，通知没有意义；请收窄到 {MOST_MET:,} 宗以内。",
                en=f"{len(search.meets):,} parcels meet this now: too wide to be told of; narrow it to {MOST_MET:,}.",
            )
    search.save()
