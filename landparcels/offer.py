"""What is on offer, as columns in the process: matching and histograms read this copy, not the table (DESIGN, Scale).

It holds published parcels alone, which everyone may see, and is made again when parcels change.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
from django.db import connection
from numpy.typing import NDArray

from geo.sql import load
from geo.versions import Kept
from landparcels.admission import IndustryOutcome, industry_outcome
from landparcels.indicators import catalogue
from landparcels.matching import Columns, Mask, Rows
from landparcels.querysets import ON_OFFER

OUTCOMES: tuple[IndustryOutcome, ...] = ("not_stated", "admitted", "excluded")
TEXTS = ("code", "name", "region", "admits", "excludes")
NUMBERS = ("area_mu", "lng", "lat")


@dataclass(frozen=True)
class Offer:
    """Parcels in the order of their codes; NaN is unknown, texts that repeat are kept once."""

    columns: Columns
    """Every indicator, and `area_mu`, `lng`, `lat` (of the label point)."""
    codes: pa.Array
    names: pa.Array
    regions: pa.DictionaryArray
    rules: pa.DictionaryArray
    """`admits` and `excludes` of a parcel, as `384;385|25`."""

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def code_order(self) -> Rows:
        return np.arange(len(self), dtype=np.intp)

    def in_regions(self, adcodes: Sequence[str]) -> Mask:
        """Parcels that lie directly in one of these regions."""
        wanted = frozenset(adcodes)
        return _lookup(self.regions, [adcode in wanted for adcode in self.regions.dictionary.to_pylist()]).astype(bool)

    def in_box(self, box: Sequence[float]) -> Mask:
        """By label point, edges included."""
        west, south, east, north = box
        lng, lat = self.columns["lng"], self.columns["lat"]
        return (lng >= west) & (lng <= east) & (lat >= south) & (lat <= north)

    def industry_outcomes(self, industry: str) -> NDArray[np.uint8]:
        """Per parcel the position of the outcome in `OUTCOMES`; worked out once per distinct pair of lists."""
        judged = [
            OUTCOMES.index(industry_outcome(industry, *_lists(rule))) for rule in self.rules.dictionary.to_pylist()
        ]
        return _lookup(self.rules, judged).astype(np.uint8)

    def values_of(self, row: int) -> Mapping[str, float | None]:
        """Every indicator of one parcel; None is unknown."""
        return {code: known(self.columns[code][row]) for code in catalogue()}


def read_offer() -> Offer:
    """One COPY of everything published, parsed in parallel."""
    statement = load("offer.sql", "landparcels.sql").format(
        indicators=", ".join(f"parcel.{code}" for code in catalogue()), status=ON_OFFER
    )
    content = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            content.write(block)
    content.seek(0)
    floats = (*NUMBERS, *catalogue())
    table = pyarrow.csv.read_csv(
        content,
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pa.string() for name in TEXTS} | {name: pa.float64() for name in floats},
            strings_can_be_null=False,
        ),
    )
    rules = pyarrow.compute.binary_join_element_wise(_column(table, "admits"), _column(table, "excludes"), "|")
    return Offer(
        columns={name: _column(table, name).to_numpy(zero_copy_only=False) for name in floats},
        codes=_column(table, "code"),
        names=_column(table, "name"),
        regions=_column(table, "region").dictionary_encode(),
        rules=rules.dictionary_encode(),
    )


offer = Kept(("parcels",), read_offer)


def known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _column(table: pa.Table, name: str) -> pa.Array:
    """One array; a table without rows has no chunks."""
    chunks = table[name].chunks
    return pa.concat_arrays(chunks) if chunks else pa.array([], table.schema.field(name).type)


def _lookup(encoded: pa.DictionaryArray, values: Sequence[int]) -> NDArray[np.int64]:
    """The value of each row's entry."""
    entries: NDArray[np.int64] = np.array(values, dtype=np.int64)
    found: NDArray[np.int64] = entries[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def _lists(rule: str) -> tuple[list[str], list[str]]:
    admits, excludes = rule.split("|")
    return [code for code in admits.split(";") if code], [code for code in excludes.split(";") if code]
