"""The page itself: the built frontend under the path prefix of this deployment; and the two probes of an operator."""

import logging
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Luodi</title>"
    "<p>前端尚未构建：请运行 <code>make run</code>。 / The frontend is not built yet: run <code>make run</code>.</p>"
)


@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    """Every page address gives the same document; its router reads the address."""
    document = _document()
    if document is None:
        return HttpResponse(NOT_BUILT, status=503)
    response = HttpResponse(document)
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _document() -> str | None:
    index = settings.FRONTEND / "index.html"
    if not index.is_file():
        return None
    head = f'<head><base href="{settings.BASE_PATH}/">'
    return index.read_text(encoding="utf-8").replace("<head>", head, 1)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, migrations and queue are there; 503 says what is not."""
    checks: dict[str, str] = {}
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        checks["database"] = "ok"
        checks["migrations"] = "ok" if not waiting else f"{len(waiting)} to apply: manage.py migrate"
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
            checks["queue"] = f"ok, {cursor.fetchone()[0]} waiting"
    except DatabaseError:
        logger.exception("not ready")  # it may name hosts and users: for the log, not for everyone
        checks["database"] = "cannot be asked; the log of this server says why"
    ready = all(state.startswith("ok") for state in checks.values())
    return JsonResponse(checks, status=200 if ready else 503)
