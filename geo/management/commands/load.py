"""manage.py load KIND FILE: import a file, print the report, exit 0 all, 3 some, 1 nothing loaded."""

import csv
import os
import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from geo.importing import events
from geo.importing.errors import StrictRefused
from geo.importing.kinds import kinds
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from geo.words import SpokenError, Words

SHOWN = 20


class Command(BaseCommand):
    help = "Import a file of one kind; rows that fail go to FILE.rejects.csv with the reason."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", help=", ".join(sorted(kind.name for kind in kinds())))
        parser.add_argument("file", type=Path)
        parser.add_argument("--crs", help="EPSG:n, GCJ-02 or BD-09")
        parser.add_argument("--encoding")
        parser.add_argument("--layer", help="sheet of a workbook, layer of a GeoPackage")
        parser.add_argument("--map", nargs="+", action="extend", default=[], metavar="THEIRS=OURS")
        parser.add_argument("--set", nargs="+", action="extend", default=[], metavar="COLUMN=VALUE")
        parser.add_argument("--key", default="", metavar="COLUMN,…", help="make the code from a hash of these columns")
        parser.add_argument("--rules", type=Path, help="cleaning steps")
        parser.add_argument("--rejects", type=Path, help="where rejected rows go")
        parser.add_argument("--user", help="load as this account, with its rights")
        parser.add_argument("--source", default="", help="name of the source (default: the file's)")
        parser.add_argument("--owner", default="", help="department or firm the data belongs to")
        parser.add_argument("--as-of", type=_day, help="day the data describes, 2026-03-01")
        parser.add_argument("--synthetic", action="store_true", help="invented data; every page says so")
        parser.add_argument("--strict", action="store_true", help="one bad row and nothing loads")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")
        parser.add_argument(
            "--replace", action="store_true", help="delete rows of this kind that the file does not have"
        )

    def handle(self, *args: Any, **given: Any) -> None:
        path: Path = given["file"]
        if not path.is_file():
            raise CommandError(f"找不到文件 {path}。 / There is no file {path}.", returncode=1)
        rejects: Path = given["rejects"] or _default_rejects(path)
        if not os.access(rejects.parent, os.W_OK):
            raise CommandError(
                f"不能在 {rejects.parent} 中写入未载入的行；请用 --rejects 指明别处。 / "
                f"Cannot write rejected rows into {rejects.parent}: name another place with --rejects.",
                returncode=1,
            )
        options = Options(
            crs=given["crs"],
            encoding=given["encoding"],
            layer=given["layer"],
            mapping=_pairs(given["map"], "--map"),
            constants=_pairs(given["set"], "--set"),
            key=tuple(name.strip() for name in given["key"].split(",") if name.strip()),
            rules=given["rules"],
            strict=given["strict"],
            dry_run=given["dry_run"],
            replace=given["replace"],
            source_name=given["source"],
            owner=given["owner"],
            as_of=given["as_of"],
            synthetic=given["synthetic"],
            on_progress=self._progress,
        )
        try:
            with events.together(self._following):
                report = load_file(given["kind"], path, options, by=_account(given["user"]))
                self._tell(report)
        except StrictRefused as error:
            _write_rejects(error.report, rejects)
            raise CommandError(error.words.both(), returncode=1) from None
        except SpokenError as error:
            raise CommandError(error.words.both(), returncode=1) from None
        if report.refusals:
            _write_rejects(report, rejects)
            self._tell_refusals(report)
            self.stdout.write(f"  未载入的行 / rejected rows: {rejects}")
        sys.exit(report.status)

    def _progress(self, done: int, total: int | None) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r  {done:,}" + (f" / {total:,}" if total else ""), ending="")

    def _following(self, words: Words) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"  {words.both()} …")

    def _tell(self, report: Report) -> None:
        speed = f"{report.read / report.seconds:,.0f}/s" if report.seconds else "-"
        trial = "（试运行，未保存 / dry run, nothing kept）" if report.dry_run else ""
        self.stdout.write(
            f"{report.kind} {report.file_name}{trial}: 读 read {report.read:,} · 新增 new {report.inserted:,} · "
            f"更新 updated {report.updated:,} · 拒绝 rejected {report.rejected:,} · {report.seconds:.1f} s · {speed}"
        )
        for words, times in report.repairs.most_common():
            self.stdout.write(f"  修正 repaired ×{times:,}: {words.both()}")
        if report.dropped:
            self.stdout.write(f"  按规则略过 dropped by rule: {report.dropped:,}")
        for note in report.notes:
            self.stdout.write(f"  {note.both()}")
        for remark in report.remarks[:SHOWN]:
            self.stdout.write(f"  {remark.row} {remark.column}: {remark.reason.both()}")
        more = len(report.remarks) - SHOWN + report.remarks_more
        if more > 0:
            self.stdout.write(f"  … +{more:,}")

    def _tell_refusals(self, report: Report) -> None:
        """The first of each reason: a file with swapped axes says so once, not in every row."""
        first = {refusal.reason: refusal for refusal in reversed(report.refusals)}
        for refusal in list(reversed(first.values()))[:SHOWN]:
            where = " ".join(part for part in (str(refusal.row), refusal.column) if part)
            self.stdout.write(f"  {where}: {refusal.reason.both()}")
        if len(first) > SHOWN:
            self.stdout.write(f"  … +{len(first) - SHOWN:,}")


def _pairs(texts: list[str], option: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, separator, value = text.partition("=")
        if not separator or not name:
            raise CommandError(f"{option} 应写作 名称=值：{text} / {option} wants NAME=VALUE: {text}", returncode=1)
        pairs[name.strip()] = value.strip()
    return pairs


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            f"应为日期，如 2026-03-01，收到“{text}” / a day like 2026-03-01 is wanted, got {text}"
        ) from None


def _account(name: str | None) -> User | None:
    if name is None:
        return None
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(
            f"没有账号“{name}”；请用 manage.py user 建立。 / There is no account {name}; make it with manage.py user.",
            returncode=1,
        ) from None


def _default_rejects(path: Path) -> Path:
    return Path(f"{path.name}.rejects.csv")


def _write_rejects(report: Report, target: Path) -> None:
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row", "column", "value", "reason_zh", "reason_en"])
        for refusal in report.refusals:
            writer.writerow([refusal.row, refusal.column, refusal.value, refusal.reason.zh, refusal.reason.en])
