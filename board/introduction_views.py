"""Asking for a post through the office, and the office's own way to the firm."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from board import services
from board.introductions import introduce
from board.models import Post
from board.serializers import IntroductionFormSerializer
from board.views import OnePostView
from geo.errors import BadParameter, Conflict
from investors.knocking import knock, origin_of
from investors.models import Enquiry
from investors.shapes import AskedShape, ContactShape
from investors.views.enquiries import Unstored, contact_in, needs_consent, shown


class IntroductionView(OnePostView):
    """POST asks the office for what is on the board; visitors may ask, too."""

    reads = frozenset({"POST"})

    @extend_schema(request=IntroductionFormSerializer, responses={201: AskedShape})
    def post(self, request: Request, number: int) -> Response:
        by = request.user if isinstance(request.user, User) else None
        knock("enquiry", f"account {by.pk}" if by else origin_of(request._request), settings.ENQUIRIES_PER_HOUR)
        post = self.post_numbered(number)
        if post.state != Post.State.PUBLISHED or post.until < timezone.localdate():
            raise Conflict(zh="这条供需信息已不在榜上。", en="This post is no longer on the board.")
        form = IntroductionFormSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        enquiry = introduce(
            post=post,
            counterpart=self._counterpart(given.get("counterpart")),
            text=given["message"],
            by=by,
            agreed=needs_consent(given, by),
            **contact_in(given, by),
        )
        row = shown(Enquiry.objects.filter(pk=enquiry.pk).with_unread(request.user)).get()
        return Response(AskedShape(row, context={"person": request.user}).data, status=status.HTTP_201_CREATED)

    def _counterpart(self, number: int | None) -> Post | None:
        if number is None:
            return None
        found = self.posts().filter(pk=number).first()
        if found is None:
            raise BadParameter("counterpart", zh=f"没有编号为 {number} 的供需信息。", en=f"There is no post {number}.")
        return found


class ContactView(Unstored, OnePostView):
    """How to reach the firm's person, in clear, for the staff who keep the post; each time is written into the audit."""

    @extend_schema(request=None, responses=ContactShape)
    def post(self, request: Request, number: int) -> Response:
        return Response(services.reveal(self.post_numbered(number), by=request.user))
