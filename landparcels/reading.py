"""Parcels out of the database into an offer: one COPY, whose numbers come as the database holds them."""

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray
from psycopg import sql

from geo import hexes
from geo.columns import Block, numbers, read_blocks
from geo.sql import load
from landparcels.indicators import catalogue
from landparcels.indicators.columns import as_number
from landparcels.indicators.own import own_indicators
from landparcels.ledger import Ledger
from landparcels.matching import USABLE, USABLE_AT_MOST
from landparcels.models import Parcel
from landparcels.offer import DIRECTION, REPEATED, WHOLE, Offer
from landparcels.power import POWER, VOLTAGES, usable
from landparcels.querysets import ON_OFFER

NUMBERS = {
    "area_mu": "parcel.area_mu",
    "lng": "ST_X(parcel.label_point)",
    "lat": "ST_Y(parcel.label_point)",
    "divisible": "parcel.divisible::integer",
}


def read_offer(ids: Collection[int] | None = None, statuses: Collection[str] = (ON_OFFER,)) -> Offer:
    """Everything in these statuses, or these parcels where they are."""
    figures: dict[str, sql.Composable] = {name: sql.SQL(how) for name, how in NUMBERS.items()}
    figures |= {code: sql.Identifier("parcel", code) for code in (*VOLTAGES, *catalogue())}
    figures |= {code: as_number(one) for code, one in own_indicators().items()}
    statement = sql.SQL(load("offer.sql", "landparcels.sql")).format(
        figures=numbers(list(figures.values())),
        statuses=sql.Literal(list(statuses)),
        chosen=sql.SQL("true") if ids is None else sql.SQL("parcel.id = ANY({})").format(sql.Literal(list(ids))),
    )
    expected = Parcel.objects.filter(status__in=statuses).count() if ids is None else len(ids)
    blocks = read_blocks(statement, texts=2 + len(REPEATED), wholes=len(WHOLE), floats=len(figures))
    return offer_of(*_worked_out(list(figures), blocks), expected)


def _worked_out(names: list[str], blocks: Iterable[Block]) -> tuple[list[str], Iterator[Block]]:
    """With directions, and with the power that needs may count on in place of the two figures that tell it."""
    lng, lat = names.index("lng"), names.index("lat")
    power, high, unsaid = (names.index(name) for name in (POWER, *VOLTAGES))
    names[high], names[unsaid] = POWER + USABLE, POWER + USABLE_AT_MOST

    def told() -> Iterator[Block]:
        for block in blocks:
            figures = block.eights[len(WHOLE) :].view(np.float64)
            figures[high], figures[unsaid] = usable(figures[power], figures[high], figures[unsaid])
            directions = hexes.directions(figures[lng], figures[lat])
            yield Block(block.texts, np.concatenate((block.eights, directions.view(np.uint64))))

    return [*names, *DIRECTION], told()


def offer_of(figures: Iterable[str], blocks: Iterable[Block], expected: int) -> Offer:
    """Of each block the texts are codes, names, and those that repeat; `expected` rows, or about as many."""
    ledger = Ledger((*WHOLE, *figures, *REPEATED), expected)
    codes, names = [pa.array([], pa.string())], [pa.array([], pa.string())]
    known: dict[str, dict[str, int]] = {name: {} for name in REPEATED}
    for block in blocks:
        code, name, *repeated = block.texts
        entries = [_entries(known[what], texts) for what, texts in zip(REPEATED, repeated, strict=True)]
        if len(code) > ledger.free:
            ledger = ledger.taken(np.arange(ledger.filled), ledger.filled)
        ledger.add(np.concatenate((block.eights, entries)))
        codes.append(code)
        names.append(name)
    every_code = pa.concat_arrays(codes)
    return Offer(
        ledger,
        {name: tuple(texts) for name, texts in known.items()},
        pa.chunked_array([every_code]),
        pa.chunked_array([pa.concat_arrays(names)]),
        np.ones(ledger.filled, dtype=bool),
        pa.compute.sort_indices(every_code).to_numpy().astype(np.intp),
    )


def _entries(known: dict[str, int], texts: pa.StringArray) -> NDArray[np.uint64]:
    """Of each text its place among those known, to which it is added."""
    told = texts.dictionary_encode()
    places = np.array([known.setdefault(text, len(known)) for text in told.dictionary.to_pylist()], dtype=np.uint64)
    entries: NDArray[np.uint64] = places[told.indices.to_numpy(zero_copy_only=False)]
    return entries
