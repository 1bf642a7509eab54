"""GET, POST enquiries/; one thread, its messages, state and owner; contacts for the office assigned alone."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.rights import Person, may_answer_enquiries
from geo.api import ApiView, ListView
from geo.errors import BadParameter, NotAllowed, NotThere
from geo.words import say
from investors import consents, threads
from investors.knocking import knock, origin_of
from investors.models import Enquiry, Message
from investors.models.enquiries import State
from investors.offices import colleagues, may_handle
from investors.serializers import EnquiryChangeSerializer, EnquirySerializer, ExportSerializer, MessageSerializer
from investors.shapes import AskedShape, ContactShape, CreatedShape, EnquiryRowShape, EnquiryShape, masked
from investors.views.people import check_version, own
from landparcels.exporting.delimited import written
from landparcels.models import Parcel

MOST_EXPORTED = 10_000


class EnquiryFilterSet(django_filters.FilterSet):  # type: ignore[misc]  # the package has no types
    state = django_filters.MultipleChoiceFilter(choices=State.choices)
    owner = django_filters.CharFilter(method="of_owner", label="me, none, or a name of an account")
    asked_by = django_filters.ChoiceFilter(choices=[("me", "me"), ("others", "others")], method="of_asker")
    unread = django_filters.BooleanFilter()

    class Meta:
        model = Enquiry
        fields: tuple[str, ...] = ()

    def of_owner(self, rows: QuerySet[Enquiry], name: str, asked: str) -> QuerySet[Enquiry]:
        if asked == "none":
            return rows.filter(owner=None)
        return rows.filter(owner=self.request.user.pk) if asked == "me" else rows.filter(owner__username=asked)

    def of_asker(self, rows: QuerySet[Enquiry], name: str, asked: str) -> QuerySet[Enquiry]:
        mine = Q(user=self.request.user.pk)
        return rows.filter(mine) if asked == "me" else rows.filter(~mine)


def shown(rows: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """With everything a row tells, in a few queries for all."""
    parcels = Prefetch("parcels", Parcel.objects.only("id", "code", "name"))
    messages = Prefetch("messages", Message.objects.select_related("author").order_by("pk"))
    return (
        rows.select_related("region", "owner")
        .defer("region__outline", "region__web")
        .prefetch_related(parcels, messages)
    )


class EnquiryListView(ListView):
    """One's own threads, and for staff those of their region, the liveliest first; POST asks. Visitors may ask, too."""

    reads = frozenset({"POST"})
    serializer_class = EnquiryRowShape
    filterset_class = EnquiryFilterSet
    queryset = Enquiry.objects.none()

    def get_queryset(self) -> QuerySet[Enquiry]:
        return shown(Enquiry.objects.visible_to(own(self.request)).with_unread(self.request.user))

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "person": self.request.user}

    def ordering_for(self, request: Request) -> tuple[str, ...]:
        return ("-moved_at", "-pk")

    @extend_schema(request=EnquirySerializer, responses={201: CreatedShape})
    def post(self, request: Request) -> Response:
        by = request.user if isinstance(request.user, User) else None
        origin = f"account {by.pk}" if by else origin_of(request._request)
        knock("enquiry", origin, settings.ENQUIRIES_PER_HOUR)
        asked = EnquirySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        contact = contact_in(given, by)
        agreed = needs_consent(given, by)
        made = threads.enquire(
            parcels=parcels_of(given["parcels"], request.user), text=given["message"], by=by, agreed=agreed, **contact
        )
        rows = shown(Enquiry.objects.filter(pk__in=[enquiry.pk for enquiry in made]).with_unread(request.user))
        context = {"person": request.user}
        return Response({"results": AskedShape(rows, many=True, context=context).data}, status=201)


class OneEnquiryView(ApiView, generics.GenericAPIView[Enquiry]):
    reads = frozenset[str]()
    serializer_class = EnquiryShape
    queryset = Enquiry.objects.none()

    def enquiry(self, number: int) -> Enquiry:
        rows = Enquiry.objects.visible_to(own(self.request)).with_unread(self.request.user)
        found = shown(rows).filter(pk=number).first()
        if found is None:
            raise NotThere(zh="没有这条咨询。", en="There is no such enquiry.")
        return found

    def answer(self, number: int, status: int = 200) -> Response:
        enquiry = self.enquiry(number)
        able = colleagues(enquiry.region) if may_handle(self.request.user, enquiry) else []
        enquiry.colleagues = [  # type: ignore[attr-defined]  # for the serializer
            {"username": user.get_username(), "name": str(user)} for user in able if user.pk != enquiry.user_id
        ]
        return Response(EnquiryShape(enquiry, context={"person": self.request.user}).data, status=status)


class EnquiryView(OneEnquiryView):
    """One thread; PATCH changes its state and owner, on the revision that was seen."""

    @extend_schema(responses=EnquiryShape)
    def get(self, request: Request, number: int) -> Response:
        return self.answer(number)

    @extend_schema(request=EnquiryChangeSerializer, responses=EnquiryShape)
    def patch(self, request: Request, number: int) -> Response:
        enquiry = self.enquiry(number)
        asked = EnquiryChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        threads.change(enquiry, by=own(request), **asked.validated_data)
        return self.answer(number)


class MessageView(OneEnquiryView):
    """Write into the thread."""

    @extend_schema(request=MessageSerializer, responses={201: EnquiryShape})
    def post(self, request: Request, number: int) -> Response:
        enquiry = self.enquiry(number)
        asked = MessageSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        threads.write(enquiry, asked.validated_data["text"], by=own(request))
        return self.answer(number, 201)


class ReadView(OneEnquiryView):
    """Everything so far was seen."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, number: int) -> Response:
        threads.read(self.enquiry(number), by=own(request))
        return Response(status=204)


class Unstored:
    """Contacts in clear are kept by no cache, the browser's included."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]  # of the view
        response["Cache-Control"] = "no-store"
        return response


class ContactView(Unstored, OneEnquiryView):
    """How to reach the person, in clear, for the office assigned; each time is written into the audit."""

    @extend_schema(request=None, responses=ContactShape)
    def post(self, request: Request, number: int) -> Response:
        return Response(threads.reveal(self.enquiry(number), by=own(request)))


class EnquiryExportView(Unstored, ApiView):
    """The inbox as CSV; contacts in clear only when asked for, and only where one's office is the one assigned."""

    @extend_schema(request=ExportSerializer, responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def post(self, request: Request) -> HttpResponse:
        by = own(request)
        if not may_answer_enquiries(by):
            raise NotAllowed(
                zh="只有经办咨询的部门可以导出。", en="Only the offices that answer enquiries export them."
            )
        asked = ExportSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        rows = Enquiry.objects.visible_to(by).exclude(user=by.pk).with_unread(by).order_by("-moved_at", "-pk")
        if state := asked.validated_data.get("state"):
            rows = rows.filter(state=state)
        enquiries = list(shown(rows)[:MOST_EXPORTED])
        clear: set[int] = set()
        if asked.validated_data["contacts"]:
            clear = {enquiry.pk for enquiry in threads.export(enquiries, by=by)}
        response = HttpResponse(b"".join(written(headers(), lines(enquiries, clear))), content_type="text/csv")
        response["Content-Disposition"] = 'attachment; filename="enquiries.csv"'
        return response


def headers() -> list[str]:
    return [
        str(words)
        for words in (
            say(zh="编号", en="Number"),
            say(zh="状态", en="State"),
            say(zh="区域", en="Region"),
            say(zh="宗地", en="Parcels"),
            say(zh="经办", en="Owner"),
            say(zh="提出", en="Asked on"),
            say(zh="最近", en="Last moved on"),
            say(zh="称呼", en="Person"),
            say(zh="电话", en="Phone"),
            say(zh="邮箱", en="E-mail"),
        )
    ]


def lines(enquiries: list[Enquiry], clear: set[int]) -> Iterator[list[Any]]:
    for enquiry in enquiries:
        contact = threads.contact_of(enquiry) if enquiry.pk in clear else masked(enquiry)
        zh, _, en = State(enquiry.state).label.partition(" ")
        region = enquiry.region
        yield [
            str(enquiry.pk),
            str(say(zh=zh, en=en)),
            str(say(zh=region.name, en=region.name_en or region.name)) if region else "",
            "、".join(sorted(parcel.code for parcel in enquiry.parcels.all())),
            str(enquiry.owner) if enquiry.owner else "",
            timezone.localdate(enquiry.created_at),
            timezone.localdate(enquiry.moved_at),
            *contact.values(),
        ]


def parcels_of(codes: list[str], person: Person) -> list[Parcel]:
    """Parcels one may see, by their codes; one that may not be seen is as absent as one that never was."""
    found = {
        parcel.code: parcel
        for parcel in Parcel.objects.visible_to(person).filter(code__in=codes).only("code", "region")
    }
    for code in codes:
        if code not in found:
            raise BadParameter(
                "parcels",
                zh=f"没有编号为 {code} 的宗地；请核对编号。",
                en=f"There is no parcel {code}; check its code.",
            )
    return list(found.values())


def contact_in(given: dict[str, Any], by: User | None) -> dict[str, str]:  # Any: validated values
    """What was given; of someone with an account, what is missing comes from there. A way to answer has to remain."""
    contact = {
        "person": given.get("person") or (by.display_name if by else ""),
        "phone": given.get("phone") or (by.phone if by else ""),
        "email": given.get("email") or (by.email if by else ""),
    }
    if by is None and not contact["person"]:
        raise BadParameter("person", zh="请填写称呼。", en="Say whom to ask for.")
    if by is None and not (contact["phone"] or contact["email"]):
        raise BadParameter(
            "phone", zh="请留下电话或邮箱，以便答复。", en="Leave a phone number or an address for the answer."
        )
    return contact


def needs_consent(given: dict[str, Any], by: User | None) -> bool:  # Any: validated values
    """Whether this enquiry carries a consent of its own; refuses one without any."""
    if by is not None and not given.get("consent") and (by.role != "investor" or consents.has_agreed(by)):
        return False
    check_version(given.get("consent", ""))
    return True
