"""The one function behind the command, the API and the page: a file of one kind into the database, or nothing of it."""

import gc
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from django.db import DataError, IntegrityError, connection, transaction

from accounts.models import AuditEntry
from accounts.rights import Person, may_import, region_scope
from geo import crs as systems
from geo.deployment import covers_everything
from geo.errors import NotAllowed
from geo.importing import cleaning, events, reading
from geo.importing.batch import Batch
from geo.importing.errors import ImportCancelled, ImportRefused, StrictRefused
from geo.importing.kinds import Kind, kind_named
from geo.importing.load import Load
from geo.importing.loading import Staging
from geo.importing.options import Options
from geo.importing.readers import Reader, open_table, sha256_of
from geo.importing.report import Report
from geo.models import RejectedRow, Source
from geo.words import say


class _DryRun(Exception):
    """Takes a dry run's transaction back."""


def load_file(kind: str, path: Path, options: Options | None = None, *, by: Person | None = None) -> Report:
    """Read → map → clean → load → report. `by` None is the system itself (commands without `--user`).

    Raises SpokenError (nothing was loaded) for an unknown kind, an unreadable file, missing required columns, a missing
    or unfit CRS, a missing right, or with `strict` for a single bad row.
    """
    started = monotonic()
    options = options or Options()
    declared = kind_named(kind)
    _check_rights(declared, by, options)
    report = Report(kind=kind, file_name=path.name, dry_run=options.dry_run)
    opened = open_table(path, encoding=options.encoding, layer=options.layer)
    try:
        with _seldom_collecting(), opened as reader, transaction.atomic():
            _load(declared, path, reader, options, by, report)
            if options.dry_run:
                raise _DryRun
            events.announce(kind)
    except _DryRun:
        report.source_id = None
    except (IntegrityError, DataError) as error:
        raise ImportRefused(
            zh=f"数据库拒绝了这批数据，未写入任何行：{_reason(error)}",
            en=f"The database refused these rows and nothing was loaded: {_reason(error)}",
        ) from error
    report.seconds = monotonic() - started
    return report


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Rows are many small objects without cycles: looking for cycles every 700 of them is a third of reading a file."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _load(kind: Kind, path: Path, reader: Reader, options: Options, by: Person | None, report: Report) -> None:
    rules = cleaning.load_rules(options.rules) if options.rules else None
    mapping = reading.mapping_of(kind, reader, rules.header(reader.header) if rules else reader.header, options)
    _check_columns(kind, mapping)
    crs = _crs_of(reader, mapping, options, by)
    source = Source.objects.create(
        name=options.source_name or path.name,
        kind=kind.name,
        file_name=path.name,
        sha256=sha256_of(path),
        owner=options.owner,
        as_of=options.as_of,
        crs=crs.name if crs else "",
        synthetic=options.synthetic,
        loaded_by=by if by is not None and by.is_authenticated else None,
    )
    report.source_id = source.pk
    report.notes += [*reader.notes, *mapping.notes]
    if crs and crs.note:
        report.notes.append(crs.note)
    report.notes += [
        say(
            zh=f"未知列“{unknown.header}”未载入" + (f"；是否指“{unknown.nearest}”？" if unknown.nearest else ""),
            en=f"Unknown column {unknown.header} was kept out"
            + (f"; did you mean {unknown.nearest}?" if unknown.nearest else ""),
        )
        for unknown in mapping.unknown
    ]
    cleaner = reading.cleaner_of(kind, reader, mapping, crs)
    load = Load(kind, options, by, source, report, set(mapping.given))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('luodi.bulk', %s, true)", [str(source.pk)])
    if kind.replaces_source:
        gone, _ = kind.model._default_manager.filter(source__name=source.name, source__kind=kind.name).delete()
        report.deleted = gone
    if kind.before:
        kind.before(load)
    staging: Staging | None = None
    seen: dict[Hashable, int] = {}
    for raw in reader.batches():
        report.read += len(raw)
        if rules:
            raw = rules.apply(raw)
        reading.give_codes(kind, raw, options)
        batch = cleaner.clean(raw)
        _judge_repeats(kind, batch, seen)
        if kind.prepare:
            kind.prepare(batch, load)
        report.refusals += batch.refusals
        report.add_remarks(batch.remarks)
        report.dropped += batch.dropped
        ready = batch.compacted()
        _name_targets(kind, ready)
        ready.columns["source_id"] = [source.pk] * len(ready)
        if staging is None:
            staging = _staging(kind, ready)
        staging.pour(ready, kind.geometry_column if kind.geometry else None)
        options.on_progress(report.read, reader.total)
        _heed(options)
    report.refusals.sort(key=lambda refusal: refusal.row)
    if staging is not None:
        report.inserted, report.updated = staging.merge()
    if options.strict and report.refusals:
        first = report.refusals[0]
        raise StrictRefused(
            report,
            zh=f"严格模式：有 {report.rejected} 行不合格，未写入任何数据。第 {first.row} 行：{first.reason.zh}",
            en=f"Strict: {report.rejected} rows are bad and nothing was loaded. Row {first.row}: {first.reason.en}",
        )
    if kind.after:
        kind.after(load)
    if options.replace:
        report.deleted += _delete_others(kind, source)
    report.notes += [note for note in reader.notes if note not in report.notes]  # told while reading
    report.repairs += cleaner.repairs
    if rules:
        report.repairs += rules.repairs
        report.dropped += rules.dropped
    _finish(source, report, by, crs)
    _heed(options)  # what was asked while the rows were written


def _heed(options: Options) -> None:
    """Where somebody cancelled, nothing of it stays."""
    if options.is_cancelled():
        raise ImportCancelled(zh="导入已取消，未写入任何数据。", en="The import was cancelled; nothing was loaded.")


def _check_rights(kind: Kind, by: Person | None, options: Options) -> None:
    if by is None:
        return
    if not may_import(by):
        raise NotAllowed(zh="您的角色不能导入数据。", en="Your role may not import data.")
    if covers_everything(region_scope(by)):
        return
    if kind.citywide:
        raise NotAllowed(
            zh=f"{kind.zh}属于全市，而您的权限限于一个区域；请联系不限区域的同事导入。",
            en=f"{kind.en} belong to the whole city, and your role holds for one region: ask a colleague who holds everywhere.",
        )
    if options.replace:
        raise NotAllowed(
            zh="整体替换会删除其他区域的数据，而您的权限限于一个区域；请不用 --replace 导入。",
            en="Replacing deletes rows of other regions, and your role holds for one region: import without --replace.",
        )


def _check_columns(kind: Kind, mapping: "cleaning.HeaderMap") -> None:
    if mapping.missing:
        names = "、".join(f"{column.name}（{column.zh}）" if column.zh else column.name for column in mapping.missing)
        raise ImportRefused(
            zh=f"{kind.zh}缺少必需列：{names}。可在文件中补上，或用 --map 指明对应列、--set 给定统一的值。",
            en=f"{kind.en}: required columns are missing: {names}. Add them, or name theirs with --map, or give one value with --set.",
        )
    if kind.geometry is not None and kind.geometry_required and not mapping.needs_crs:
        raise ImportRefused(
            zh=f"{kind.zh}要有位置：文件既没有几何，也没有 lng、lat 或 wkt 列；可用 --map 指明对应列。",
            en=f"{kind.en} have a place: the file has no geometry and no columns lng and lat, or wkt; name theirs with --map.",
        )


def _crs_of(reader: Reader, mapping: "cleaning.HeaderMap", options: Options, by: Person | None) -> systems.Crs | None:
    """The named system, or the file's own; an offset system asks for a right of its own."""
    if not mapping.needs_crs:
        return None
    named = options.crs or reader.crs
    if named is None:
        raise ImportRefused(
            zh="文件没有说明坐标系；请用 --crs 指明，如 --crs EPSG:4490、EPSG:4549、GCJ-02 或 BD-09。",
            en="The file does not say its coordinate reference system; name it with --crs, like EPSG:4490, EPSG:4549, GCJ-02 or BD-09.",
        )
    return reading.crs_of(named, by)


def _judge_repeats(kind: Kind, batch: Batch, seen: dict[Hashable, int]) -> None:
    """A key seen earlier in the file is refused, naming the first row; where the last stands, it is only told of."""
    columns = [batch.values(name) for name in kind.key]
    if not columns:
        return
    keys = list(zip(*columns, strict=True))
    if batch.is_whole and not any(None in column for column in columns):
        firsts = dict(zip(keys, batch.numbers, strict=True))
        if len(firsts) == len(keys) and seen.keys().isdisjoint(firsts):
            seen.update(firsts)
            return
    for index, key in enumerate(keys):
        if batch.is_refused(index) or None in key:
            continue
        first = seen.setdefault(key, batch.numbers[index])
        if first != batch.numbers[index]:
            if kind.last_stands:
                batch.remark(index, "+".join(kind.key), say(zh=f"取代第 {first} 行", en=f"replaces row {first}"))
                batch.dropped += 1
                seen[key] = batch.numbers[index]
                continue
            shown = " + ".join(str(part) for part in key)
            batch.refuse(
                index, "+".join(kind.key), shown, say(zh=f"与第 {first} 行重复", en=f"the same key as row {first}")
            )


def _name_targets(kind: Kind, batch: Batch) -> None:
    """Template names become model columns; a column that `prepare` used up goes."""
    for column in kind.all_columns():
        if column.target != column.name and column.name in batch.columns:
            values = batch.columns.pop(column.name)
            if column.target:
                batch.columns[column.target] = values


def _staging(kind: Kind, batch: Batch) -> Staging:
    columns = list(batch.columns)
    if kind.geometry and batch.geometry is not None:
        columns.append(kind.geometry_column)
    targets = {column.name: column.target for column in kind.all_columns()}
    conflict = kind.conflict if kind.conflict is not None else tuple(targets.get(name, name) for name in kind.key)
    return Staging(kind.model, columns, conflict, last_stands=kind.last_stands)


def _delete_others(kind: Kind, source: Source) -> int:
    """`--replace`: rows of this kind that this file did not give."""
    gone, _ = kind.model._default_manager.exclude(source=source).delete()
    return gone


def _finish(source: Source, report: Report, by: Person | None, crs: systems.Crs | None) -> None:
    source.rows, source.rejected, source.report = report.loaded, report.rejected, report.as_json()
    source.save(update_fields=["rows", "rejected", "report"])
    RejectedRow.objects.bulk_create(
        (
            RejectedRow(
                source=source,
                row=refusal.row,
                column=refusal.column,
                value=refusal.value,
                reason_zh=refusal.reason.zh,
                reason_en=refusal.reason.en,
            )
            for refusal in report.refusals
        ),
        batch_size=2000,
    )
    AuditEntry.objects.create(
        actor=by.get_username() if by is not None else "",
        action="load",
        table=source.kind,
        after={
            "source": source.pk,
            "file": source.file_name,
            "sha256": source.sha256,
            "rows": report.loaded,
            "rejected": report.rejected,
            "crs": source.crs,
            "offset_converted": bool(crs and crs.is_offset),
        },
    )


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0]
