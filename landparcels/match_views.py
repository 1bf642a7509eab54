"""What is asked of the land: the match, what is on offer behind its sliders, the pre-check both ways, similar parcels."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from geo.api import ApiView
from geo.errors import BadParameter
from geo.filters import parse_bbox
from geo.parameters import whole_number
from landparcels.admission import PLAN_FIELDS, industry_outcome, precheck
from landparcels.admitting import admitting
from landparcels.answers import histograms, matched
from landparcels.areas import area_of_text, place_of
from landparcels.indicators import indicators_for
from landparcels.indicators.own import VERSION as OWN_VERSION
from landparcels.indicators.own import own_indicators
from landparcels.likeness import similar_to
from landparcels.on_offer import offer
from landparcels.own_terms import own_terms, terms_with
from landparcels.parcel_answers import checked
from landparcels.power import around, supply
from landparcels.questions import distances, looked_at
from landparcels.requests import AdmittingSerializer, MatchSerializer, PlanSerializer
from landparcels.shapes import AdmittingShape, MatchShape, PrecheckShape, SimilarShape
from landparcels.views import OneParcelView


class MatchView(ApiView):
    """What is on offer, ranked for a requirement, with reasons; what to relax, or where else, when nothing meets it."""

    reads = frozenset({"GET", "HEAD", "POST"})

    @extend_schema(request=MatchSerializer, responses=MatchShape)
    def post(self, request: Request) -> Response:
        asked = MatchSerializer(data=request.data, context={"person": request.user})
        asked.is_valid(raise_exception=True)
        return Response(matched(offer.get(), asked.validated_data))


class AdmittingView(ApiView):
    """Parcels on offer that would admit a planned project."""

    reads = frozenset({"GET", "HEAD", "POST"})

    @extend_schema(request=AdmittingSerializer, responses=AdmittingShape)
    def post(self, request: Request) -> Response:
        asked = AdmittingSerializer(data=request.data, context={"person": request.user})
        asked.is_valid(raise_exception=True)
        return Response(admitting(offer.get(), asked.validated_data))


class PrecheckView(OneParcelView):
    """A planned project against this parcel's admission indicators."""

    reads = frozenset({"GET", "HEAD", "POST"})

    @extend_schema(request=PlanSerializer, responses=PrecheckShape)
    def post(self, request: Request, code: str) -> Response:
        parcel = self.parcel(code)
        asked = PlanSerializer(data=request.data, context={"person": request.user})
        asked.is_valid(raise_exception=True)
        own = own_indicators(request.user)
        terms = terms_with(own)
        plan = {name: asked.validated_data.get(name) for name in (*PLAN_FIELDS, *own_terms(own))}
        required = {code: parcel.extra.get(code) if code in own else getattr(parcel, code) for code in terms}
        checks = precheck(plan, required, parcel.area_mu, terms)
        industry = industry_outcome(asked.validated_data.get("industry") or "", parcel.admits, parcel.excludes)
        need = asked.validated_data.get("power_mva")
        power = {} if need is None else {"power": supply(need, *around(parcel))}
        answer = {"code": parcel.code, "area_mu": parcel.area_mu, "industry": industry, **checked(checks), **power}
        return Response(answer)


class SimilarView(OneParcelView):
    """The parcels on offer that are most like this one."""

    parameters = frozenset({"limit"})
    versions = ("parcels", "regions", OWN_VERSION)
    most = 50

    @extend_schema(
        parameters=[OpenApiParameter("limit", OpenApiTypes.INT, description="1 to 50; 6 by default.")],
        responses=SimilarShape,
    )
    def get(self, request: Request, code: str) -> Response:
        most = whole_number(request.query_params, "limit", 6, least=1, most=self.most)
        own = own_indicators(request.user)
        return Response(similar_to(offer.get(), self.parcel(code), most, own))


class HistogramView(ApiView):
    """What is on offer of each indicator: `{"start_price": {"edges", "counts", "unknown", "min", "max"}}`.

    With `place` (longitude,latitude) also of `place_km`, the distance to it.
    """

    parameters = frozenset({"indicators", "region", "bbox", "within", "place"})
    versions = ("parcels", "regions", OWN_VERSION)

    @extend_schema(
        parameters=[OpenApiParameter(name) for name in ("indicators", "region", "bbox", "within", "place")],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        query = request.query_params
        known = indicators_for(request.user)
        asked = [code for code in query.get("indicators", "").split(",") if code] or ["area_mu", *known]
        for code in asked:
            if code != "area_mu" and code not in known:
                raise BadParameter(
                    "indicators",
                    zh=f"没有指标“{code}”；目录见 indicators/。",
                    en=f"There is no indicator {code}; see indicators/.",
                )
        on_offer = offer.get()
        where = looked_at(
            on_offer,
            region=query.get("region"),
            box=parse_bbox(query["bbox"]) if query.get("bbox") else None,
            area=area_of_text(query["within"]) if query.get("within") else None,
        )
        bars = histograms(on_offer.columns, asked, where)
        if query.get("place"):
            distance = distances(on_offer, where, place_of(query["place"]))
            bars |= histograms({"place_km": distance}, ["place_km"], where)
        return Response(bars)
