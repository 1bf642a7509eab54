"""An import taken back: the rows whose last source it is."""

from django.db import connection, transaction
from django.db.models import ProtectedError

from accounts.models import AuditEntry
from geo.importing import events
from geo.importing.errors import ImportRefused
from geo.importing.kinds import kind_named
from geo.models import Source


@transaction.atomic
def unload(source: str) -> int:
    """Rows deleted. Rows that a later import updated belong to that one and stay.

    Raises ImportRefused when no such source exists or other rows still need these.
    """
    found = Source.objects.filter(pk=int(source)) if source.isdecimal() else Source.objects.filter(name=source)
    chosen = found.order_by("-loaded_at").first()
    if chosen is None:
        raise ImportRefused(zh=f"没有数据来源“{source}”。", en=f"There is no source {source}.")
    kind = kind_named(chosen.kind)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('luodi.bulk', %s, true)", [str(chosen.pk)])
    try:
        rows, _ = kind.model._default_manager.filter(source=chosen).delete()
    except ProtectedError as error:
        others = sorted({str(other._meta.verbose_name) for other in error.protected_objects})
        raise ImportRefused(
            zh=f"仍有数据依赖这些行（{'、'.join(others)}）；请先撤销它们的导入。",
            en=f"Other rows still need these ({', '.join(others)}); unload those first.",
        ) from error
    AuditEntry.objects.create(
        actor="", action="unload", table=chosen.kind, after={"source": chosen.pk, "name": chosen.name, "rows": rows}
    )
    chosen.delete()
    events.announce(kind.name)
    return rows
