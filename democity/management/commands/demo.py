"""manage.py demo [--seed N] [--scale X] [--again | --resume] | --accounts: the demo city, or its accounts."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from democity.accounts import demo_accounts
from democity.generate import DemoFile
from democity.loading import load_demo
from geo.importing.report import Report
from geo.words import SpokenError, Words

BAR = 24


class Command(BaseCommand):
    help = "Load the demo city: Qingdao's outlines with an invented economy. Goes into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same city")
        parser.add_argument(
            "--scale", type=float, default=1.0, help="1 is as large as a real city, 0.05 loads in seconds"
        )
        parser.add_argument("--again", action="store_true", help="load over a demo that is there already")
        parser.add_argument("--resume", action="store_true", help="go on with a load that was cut short")
        parser.add_argument("--accounts", action="store_true", help="only print the demo's accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            for username, password, role in demo_accounts():
                self.stdout.write(f"{username:16} {password:12} {role}")
            return
        if not 0 < options["scale"] <= 2:
            raise CommandError("--scale 应大于 0、不大于 2 / must be above 0 and at most 2")
        started = monotonic()
        try:
            load_demo(
                seed=options["seed"],
                scale=options["scale"],
                again=options["again"],
                resume=options["resume"],
                on_progress=self._show,
                on_loaded=self._tell,
                on_words=self._say,
            )
        except SpokenError as error:
            raise CommandError(error.words.both()) from error
        self.stdout.write(f"演示城市已就绪 / the demo city is ready ({monotonic() - started:.0f} s)")

    def _show(self, file: DemoFile, done: int, total: int | None) -> None:
        """A bar that redraws itself, on a terminal alone."""
        if self.stdout.isatty() and total:
            filled = min(BAR, BAR * done // total)
            self.stdout.write(f"\r  {file.kind:22}{'█' * filled}{'░' * (BAR - filled)} {done:>9,}", ending="")
            self.stdout.flush()

    def _tell(self, file: DemoFile, report: Report) -> None:
        rate = report.loaded / max(report.seconds, 1e-3)
        clear = "\r" if self.stdout.isatty() else ""
        bar = "█" * BAR if self.stdout.isatty() else ""
        self.stdout.write(f"{clear}  {file.kind:22}{bar} {report.loaded:>9,} 行 rows {rate:>10,.0f}/s")
        self.stdout.flush()  # also into a pipe, as of a log: a minute of silence looks like a hang

    def _say(self, words: Words) -> None:
        self.stdout.write(f"  {words.both()}")
