"""Work that outlives a request: it runs in the worker, from the queue in the database."""

from contextlib import suppress
from pathlib import Path

import psycopg
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from psycopg import sql
from psycopg.types.json import Jsonb

from accounts import audit
from geo.importing import events
from geo.importing.errors import ImportCancelled
from geo.importing.options import Options
from geo.importing.run import load_file
from geo.models import ImportJob
from geo.words import SpokenError, Words

BEGINNING = Words("推算由此得出的数值", "Working out what follows")


@app.task(name="geo.run_import", queue="imports")
def run_import(job_id: int) -> None:
    """Load the file of a job, then work out what follows from it; the rows are there for everyone before that begins."""
    waiting = ImportJob.objects.filter(pk=job_id, state=ImportJob.State.QUEUED)
    if not waiting.update(state=ImportJob.State.RUNNING, started_at=timezone.now()):
        _give_up(job_id)  # unless cancelled until now: of the two the database lets one be first
        return
    job = ImportJob.objects.select_related("asked_by").get(pk=job_id)
    audit.act_as(job.asked_by.get_username())
    try:
        with events.together(lambda words: _tell(job_id, following=words.as_json())):
            _load(job)
    finally:
        _tell(job_id, following=None)
        audit.act_as("")


def _give_up(job_id: int) -> None:
    """Where a worker that is gone had begun it: what happens to the rows happens in one transaction, so none of it stayed."""
    ImportJob.objects.filter(pk=job_id).update(following=None)
    job = ImportJob.objects.filter(pk=job_id, state=ImportJob.State.RUNNING).first()
    if job is not None:
        words = Words(
            "服务在导入途中停止，未写入任何数据；请再次导入该文件。",
            "The service stopped in the middle of the import and nothing was loaded; load the file again.",
        )
        _end(job_id, ImportJob.State.FAILED, _said(words))
        discard(Path(job.path))


def _load(job: ImportJob) -> None:
    """What happens to the rows happens in one transaction, what is told of it does not."""
    path = Path(job.path)
    try:
        options = Options.of(
            job.options,
            on_progress=lambda done, total: _tell(job.pk, done=done, total=total),
            is_cancelled=lambda: _is_cancelled(job.pk),
        )
        report = load_file(job.kind, path, options, by=job.asked_by)
        _tell(job.pk, following=BEGINNING.as_json())
        _end(job.pk, ImportJob.State.DONE, report.as_json(), source_id=report.source_id)
    except ImportCancelled as error:
        _end(job.pk, ImportJob.State.CANCELLED, _said(error.words))
    except SpokenError as error:
        report_of = getattr(error, "report", None)
        _end(job.pk, ImportJob.State.FAILED, {**(report_of.as_json() if report_of else {}), **_said(error.words)})
    except Exception as error:
        words = Words(
            f"导入中断（{type(error).__name__}），未写入任何数据；文件可以再次导入。编号 {job.pk}。",
            f"The import broke off ({type(error).__name__}) and nothing was loaded; the file can be loaded again. Reference {job.pk}.",
        )
        _end(job.pk, ImportJob.State.FAILED, _said(words))
        raise
    finally:
        discard(path)


def discard(path: Path) -> None:
    """An uploaded file and the folder that was made for it."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def _tell(job_id: int, **values: object) -> None:
    """Written beside the running transaction, so that others see it at once."""
    if not connection.in_atomic_block:
        ImportJob.objects.filter(pk=job_id).update(**values)
        return
    changes = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values)
    shown = [Jsonb(value) if isinstance(value, dict) else value for value in values.values()]
    statement = sql.SQL("UPDATE geo_importjob SET {} WHERE id = %s").format(changes)
    with psycopg.connect(**connector_params(), autocommit=True) as beside:
        beside.execute(statement, [*shown, job_id])


def _is_cancelled(job_id: int) -> bool:
    return ImportJob.objects.filter(pk=job_id, cancel_asked=True).exists()


def _end(job_id: int, state: str, report: dict[str, object], source_id: int | None = None) -> None:
    ImportJob.objects.filter(pk=job_id).update(state=state, report=report, source_id=source_id, ended_at=timezone.now())


def _said(words: Words) -> dict[str, object]:
    return {"error": words.as_json()}
