"""POST enquiries/thread/ and enquiries/thread/messages/: a visitor's own thread, by the token of the link they were given."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from geo.api import ApiView
from geo.words import say
from investors import threads, visitors
from investors.knocking import knock, origin_of
from investors.models import Enquiry
from investors.models.enquiries import State
from investors.serializers import MessageSerializer, TokenSerializer
from investors.shapes import link_of, parcels_of, subject_of
from investors.views.enquiries import Unstored, shown


class SaidShape(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    by_office = serializers.BooleanField()
    text = serializers.CharField()
    at = serializers.DateTimeField()


class VisitorThreadShape(serializers.Serializer[Enquiry]):
    parcels = serializers.SerializerMethodField()
    parcel_names = serializers.SerializerMethodField(help_text="In the order of `parcels`.")
    subject = serializers.SerializerMethodField(help_text="What it is about where no parcels are; else blank.")
    link = serializers.SerializerMethodField(help_text="Path of that subject's page; else blank.")
    region_name = serializers.SerializerMethodField()
    state = serializers.ChoiceField(State.choices)
    created_at = serializers.DateTimeField()
    messages = serializers.SerializerMethodField()

    def get_parcels(self, enquiry: Enquiry) -> list[str]:
        return [parcel.code for parcel in parcels_of(enquiry)]

    def get_parcel_names(self, enquiry: Enquiry) -> list[str]:
        return [parcel.name or parcel.code for parcel in parcels_of(enquiry)]

    def get_subject(self, enquiry: Enquiry) -> str:
        return subject_of(enquiry)

    def get_link(self, enquiry: Enquiry) -> str:
        return link_of(enquiry)

    def get_region_name(self, enquiry: Enquiry) -> str:
        region = enquiry.region
        return str(say(zh=region.name, en=region.name_en or region.name)) if region else ""

    @extend_schema_field(SaidShape(many=True))
    def get_messages(self, enquiry: Enquiry) -> Any:  # plain data
        return SaidShape(enquiry.messages.all(), many=True).data


class VisitorMessageSerializer(TokenSerializer, MessageSerializer):
    """More in one's own thread."""


class VisitorThreadView(Unstored, ApiView):
    """The thread behind a link."""

    reads = frozenset({"POST"})

    @extend_schema(request=TokenSerializer, responses=VisitorThreadShape)
    def post(self, request: Request) -> Response:
        asked = TokenSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return self.told(visitors.thread_of(asked.validated_data["token"]))

    def told(self, enquiry: Enquiry, status: int = 200) -> Response:
        row = shown(Enquiry.objects.filter(pk=enquiry.pk)).get()
        return Response(VisitorThreadShape(row).data, status=status)


class VisitorMessageView(VisitorThreadView):
    """Write into it; a closed thread is opened again."""

    @extend_schema(request=VisitorMessageSerializer, responses={201: VisitorThreadShape})
    def post(self, request: Request) -> Response:
        asked = VisitorMessageSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        enquiry = visitors.thread_of(asked.validated_data["token"])
        knock("enquiry", origin_of(request._request), settings.ENQUIRIES_PER_HOUR)
        threads.write(enquiry, asked.validated_data["text"], by=None)
        return self.told(enquiry, 201)
