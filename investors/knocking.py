"""How often one address may register or enquire within an hour. Addresses are kept as keyed hashes, for a day."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.contacts import fingerprint
from geo.errors import TooMany
from investors.models import Attempt

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)


def knock(purpose: str, origin: str, most: int) -> None:
    """Count one more; raises TooMany where it is one too many. Refused ones count, too."""
    hashed = fingerprint(f"origin {origin}")
    now = timezone.now()
    Attempt.objects.create(purpose=purpose, origin=hashed, at=now)
    if Attempt.objects.filter(purpose=purpose, origin=hashed, at__gt=now - WINDOW).count() > most:
        raise TooMany(
            zh=f"来自同一地址的请求过多（每小时最多 {most} 次）；请稍后再试，或电话联系承办部门。",
            en=f"Too many requests from one address (at most {most} an hour); try again later, or call the office.",
        )


def origin_of(request: HttpRequest) -> str:
    """The address of the one who asks; behind our proxy the one that the proxy saw."""
    if settings.TRUSTED_PROXY:
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if seen:
            return str(seen[-1])
    return str(request.META.get("REMOTE_ADDR", ""))


def forget_old() -> int:
    deleted, _ = Attempt.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return deleted
