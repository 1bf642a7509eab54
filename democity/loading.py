"""Loads the demo city into the database, through the import path that every other file takes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from democity.accounts import make_demo_accounts
from democity.chainhistory import remember_health, set_limits
from democity.fulfilment import measure_completed
from democity.generate import CITY, DemoFile, generate
from democity.investors import look_for_land
from democity.papers import hand_in_papers
from democity.promotion import follow_and_call
from democity.publication import remember_publication
from democity.referrals import pass_on
from geo.founding import found_city
from geo.importing import events
from geo.importing.options import Options
from geo.importing.readers import sha256_of
from geo.importing.report import Report
from geo.importing.run import load_file
from geo.models import Source
from geo.words import SpokenError, Words
from landparcels.publication.loads import history_apart

AS_OF = date(2026, 9, 30)
Progress = Callable[[DemoFile, int, int | None], None]
"""Told of a file, rows done and rows in all."""


class NotEmpty(SpokenError):
    """The database holds data already."""


class DemoRefused(SpokenError):
    """An importer did not take a row of the demo: a fault of the demo or of the importer."""


def load_demo(
    *,
    seed: int,
    scale: float = 1.0,
    again: bool = False,
    resume: bool = False,
    on_progress: Progress = lambda file, done, total: None,
    on_loaded: Callable[[DemoFile, Report], None] = lambda file, report: None,
    on_words: Callable[[Words], None] = lambda words: None,
) -> None:
    """The city's regions, then file after file; what rooms work out from them follows once, at the end.

    Raises NotEmpty where something was loaded before, unless `again`; the same seed then renews the same rows. With
    `resume` the files that an earlier load of this seed, cut short, left whole are not loaded once more.
    """
    if not (again or resume) and Source.objects.exists():
        raise NotEmpty(
            zh="数据库里已经有数据，演示城市只装进空库。要在原有演示数据上重装，请加 --again。",
            en="The database holds data already; the demo goes into an empty one. Add --again to load it over itself.",
        )
    with history_apart(), events.together(on_words), TemporaryDirectory(prefix="luodi-demo-") as folder:
        found_city(adcodes=[CITY], by=None)
        make_demo_accounts()
        for file in generate(Path(folder), seed, scale):
            if resume and is_loaded(file):
                events.announce(file.kind)  # what follows from it was to come at the end, which that load never saw
            else:
                on_loaded(file, _load(file, on_progress))
        set_limits()
        measure_completed(seed)
        follow_and_call(seed)
        remember_health()
    remember_publication(seed)
    look_for_land(seed)
    hand_in_papers(seed)
    pass_on()


def is_loaded(file: DemoFile) -> bool:
    """Whether this very file is in the database; a load is whole or not at all."""
    return Source.objects.filter(kind=file.kind, sha256=sha256_of(file.path)).exists()


def _load(file: DemoFile, on_progress: Progress) -> Report:
    def tell(done: int, total: int | None) -> None:
        on_progress(file, done, total or file.rows)

    options = Options(
        source_name=f"{file.title}（演示）" if file.synthetic else file.title,
        owner=file.owner,
        as_of=AS_OF if file.synthetic else date(2020, 11, 1),
        synthetic=file.synthetic,
        crs="EPSG:4490",
        strict=True,
        on_progress=tell,
    )
    report = load_file(file.kind, file.path, options, by=None)
    if report.rejected:
        first = report.refusals[0]
        raise DemoRefused(
            zh=f"演示数据 {file.kind} 第 {first.row} 行 {first.column} 未被接受：{first.reason.zh}",
            en=f"Demo file {file.kind}, row {first.row}, {first.column}: {first.reason.en}",
        )
    return report
