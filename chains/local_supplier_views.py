"""GET enterprises/{uscc}/local-suppliers/."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from chains.local_suppliers import local_suppliers
from chains.selectors import VERSIONS
from enterprises.models import Enterprise
from geo.api import ApiView
from geo.errors import NotThere


class OutsideSupplierSerializer(serializers.Serializer[Any]):
    uscc = serializers.CharField()
    name = serializers.CharField()


class LocalMakerSerializer(OutsideSupplierSerializer):
    amount = serializers.FloatField(help_text="What it makes for the node, 10k CNY.")


class LocalSupplierSerializer(serializers.Serializer[Any]):
    """One purchase from outside and one node it can be about."""

    supplier = OutsideSupplierSerializer()
    amount = serializers.FloatField(allow_null=True, help_text="Of the purchase, 10k CNY; null: unknown.")
    chain = serializers.CharField()
    node = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    local = LocalMakerSerializer(many=True, help_text="At most five; none: nobody here makes it.")


class LocalSuppliersSerializer(serializers.Serializer[Any]):
    results = LocalSupplierSerializer(many=True)


class LocalSuppliersView(ApiView):
    """Who in the city makes what the firm buys outside."""

    staff_only = True
    versions = VERSIONS

    @extend_schema(responses=LocalSuppliersSerializer)
    def get(self, request: Request, uscc: str) -> Response:
        firm = Enterprise.objects.visible_to(request.user).filter(uscc=uscc).first()
        if firm is None:
            raise NotThere(
                zh=f"没有代码为 {uscc} 的企业；请核对代码。",
                en=f"There is no enterprise with the code {uscc}; check it.",
            )
        return Response(LocalSuppliersSerializer({"results": local_suppliers(firm, request.user)}).data)
