"""manage.py city ADCODE [ADCODE …]: set the deployment up for a Chinese city, offline."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.founding import found_city
from geo.words import SpokenError


class Command(BaseCommand):
    help = "Give the deployment a city's outlines, extent and grid. A province or a district will do, too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("adcode", nargs="+", metavar="ADCODE", help="six digits, such as 370200 for Qingdao")

    def handle(self, *args: Any, **options: Any) -> None:
        adcodes = list(dict.fromkeys(options["adcode"]))
        try:
            founded = found_city(adcodes=adcodes, by=None)
        except SpokenError as error:
            raise CommandError(error.words.both()) from error
        districts = sum(division.level == "district" for division in founded.divisions)
        self.stdout.write(
            f"{founded.city.name_zh} / {founded.city.name_en}: {len(founded.divisions)} 个行政区 regions "
            f"({districts} 个区县 districts), {founded.cells:,} 个网格单元 grid cells (H3 {founded.resolution})"
        )
