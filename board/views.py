"""board/: what firms offer and want, what answers it, and which names mean the same."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from board import services
from board.counterparts import counterparts
from board.exporting import FORMATS, exported
from board.filters import PostFilterSet
from board.models import Post, Synonym
from board.names import normal
from board.nodes import suggested
from board.querysets import PostQuerySet
from board.searching import search
from board.serializers import (
    CounterpartListSerializer,
    OpenedPostSerializer,
    PostChangeSerializer,
    PostFormSerializer,
    PostSerializer,
    SuggestedNodesSerializer,
    SynonymFormSerializer,
    SynonymSerializer,
    told_node,
)
from board.synonyms import VERSION as SYNONYMS
from geo.api import ApiView, ListView
from geo.errors import BadParameter, Conflict, NotThere

VERSIONS = ("board_posts", SYNONYMS, "enterprises", "chains", "regions")
ASKED = OpenApiParameter("q", description="A product's name, a part of it, its pinyin or initials; the best hundred.")


class Posts:
    """The posts that the one who asks may see."""

    request: Any  # Any: mixed into views

    def posts(self) -> PostQuerySet:
        rows = Post.objects.visible_to(self.request.user).select_related("enterprise", "region", "node__chain")
        return rows.defer("region__outline", "region__web", "enterprise__place", "enterprise__web")

    def post_numbered(self, number: int) -> Post:
        found = self.posts().filter(pk=number).first()
        if found is None:
            raise NotThere(zh="没有这条供需信息。", en="There is no such post.")
        return found

    def opened(self, post: Post, code: int = status.HTTP_200_OK) -> Response:
        fresh = self.post_numbered(post.pk)
        return Response(OpenedPostSerializer(fresh, context={"person": self.request.user}).data, status=code)


class PostListView(Posts, ListView):
    """What is on the board, the newest first; with `q` the best hundred by name, each with its reason. POST writes one down."""

    serializer_class = PostSerializer
    filterset_class = PostFilterSet
    parameters = frozenset({"q"})
    sort_fields = ("until", "published_at")
    versions = VERSIONS
    queryset = Post.objects.none()

    def get_queryset(self) -> QuerySet[Post]:
        return self.posts()

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "person": self.request.user}

    def ordering_for(self, request: Request) -> tuple[str, ...]:
        return super().ordering_for(request) if request.query_params.get("sort") else ("-pk",)

    @extend_schema(parameters=[ASKED])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if "q" not in request.query_params:
            return super().get(request, *args, **kwargs)
        for unfit in ("sort", "cursor"):
            if unfit in request.query_params:
                raise BadParameter(
                    unfit,
                    zh=f"搜索结果按匹配程度排列，不能带 {unfit}。",
                    en=f"What was searched for stands by likeness; leave {unfit} out.",
                )
        rows = cast(PostQuerySet, PostFilterSet(request.query_params, queryset=self.posts(), request=request).checked)
        found = search(rows, request.query_params["q"])
        context = self.get_serializer_context() | {"likeness": {one.post.pk: one.likeness for one in found}}
        shown = PostSerializer([one.post for one in found], many=True, context=context).data
        return Response({"results": shown, "next": None})

    @extend_schema(request=PostFormSerializer, responses={201: OpenedPostSerializer})
    def post(self, request: Request) -> Response:
        form = PostFormSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.draw_up(given=form.validated_data, by=request.user)
        return self.opened(made, status.HTTP_201_CREATED)


class PostExportView(Posts, ApiView):
    """The list's posts, by the list's filters, as XLSX or CSV."""

    parameters = frozenset({"format", "q", *PostFilterSet.base_filters})

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # Any: DRF's pair
        """`format` names the file, not a renderer."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        parameters=[
            OpenApiParameter("format", required=True, enum=list(FORMATS)),
            ASKED,
            *(OpenApiParameter(name) for name in PostFilterSet.base_filters),
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        query = request.query_params
        rows = cast(PostQuerySet, PostFilterSet(query, queryset=self.posts(), request=request).checked)
        posts = [one.post for one in search(rows, query["q"])] if "q" in query else rows.order_by("-pk")
        return exported(posts, query.get("format", ""))


class OnePostView(Posts, ApiView, generics.GenericAPIView[Post]):
    serializer_class = OpenedPostSerializer
    queryset = Post.objects.none()


class PostView(OnePostView):
    """One post; PATCH changes what is given, on the revision that was seen."""

    versions = VERSIONS

    def get(self, request: Request, number: int) -> Response:
        return self.opened(self.post_numbered(number))

    @extend_schema(request=PostChangeSerializer(partial=True), responses=OpenedPostSerializer)
    def patch(self, request: Request, number: int) -> Response:
        post = self.post_numbered(number)
        form = PostChangeSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        given = dict(form.validated_data)
        if "revision" not in given:
            raise BadParameter(
                "revision", zh="请带上您看到的版本号 revision。", en="Say which revision of the post you saw."
            )
        return self.opened(services.revise(post=post, revision=given.pop("revision"), given=given, by=request.user))


class PublishView(OnePostView):
    """POST puts it on the board."""

    @extend_schema(request=None, responses=OpenedPostSerializer)
    def post(self, request: Request, number: int) -> Response:
        return self.opened(services.publish(post=self.post_numbered(number), by=request.user))


class CloseView(OnePostView):
    """POST takes it off the board."""

    @extend_schema(request=None, responses=OpenedPostSerializer)
    def post(self, request: Request, number: int) -> Response:
        return self.opened(services.close(post=self.post_numbered(number), by=request.user))


class MatchView(OnePostView):
    """What answers a post, the best first, each with its score and what that was made from."""

    versions = VERSIONS

    @extend_schema(responses=CounterpartListSerializer)
    def get(self, request: Request, number: int) -> Response:
        found = counterparts(self.post_numbered(number), request.user)
        context = {"person": request.user}
        return Response(CounterpartListSerializer({"results": found}, context=context).data)


class SuggestedNodeView(ApiView):
    """Nodes that a product may belong to, by its name and by what the firm is known to make."""

    staff_only = True
    parameters = frozenset({"product", "uscc"})

    @extend_schema(
        parameters=[OpenApiParameter("product", required=True), OpenApiParameter("uscc")],
        responses=SuggestedNodesSerializer,
    )
    def get(self, request: Request) -> Response:
        query = request.query_params
        rows = suggested(query.get("product", ""), query.get("uscc", ""), request.user)
        return Response(SuggestedNodesSerializer({"results": [told_node(row) for row in rows]}).data)


class SynonymListView(ListView):
    """Names of products that mean the same as another; POST adds one."""

    versions: ClassVar[tuple[str, ...]] = (SYNONYMS,)
    serializer_class = SynonymSerializer
    tie_break = "pk"
    queryset = Synonym.objects.none()

    def get_queryset(self) -> QuerySet[Synonym]:
        return Synonym.objects.visible_to(self.request.user)

    @extend_schema(request=SynonymFormSerializer, responses={201: SynonymSerializer})
    def post(self, request: Request) -> Response:
        services.keeper(request.user)
        form = SynonymFormSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        name, head = form.validated_data["name"], form.validated_data["head"]
        made = Synonym(name=name, normal=normal(name), head=head, head_normal=normal(head))
        if not made.normal or not made.head_normal or made.normal == made.head_normal:
            raise BadParameter("name", zh="请写两个不同的名称。", en="Give two different names.")
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:
            raise Conflict(
                zh=f"“{name}”已在同义词表中；请先删除原来那条。",
                en=f"{name} is in the table already; delete that line first.",
            ) from None
        return Response(SynonymSerializer(made).data, status=status.HTTP_201_CREATED)


class SynonymView(ApiView):
    """DELETE parts two names."""

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, number: int) -> Response:
        services.keeper(request.user)
        gone, _ = Synonym.objects.visible_to(request.user).filter(pk=number).delete()
        if not gone:
            raise NotThere(zh="没有这条同义词。", en="There is no such synonym.")
        return Response(status=status.HTTP_204_NO_CONTENT)
