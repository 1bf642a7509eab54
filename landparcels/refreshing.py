"""Keeps the regional and computed columns of parcels true: reads the ground once, thinks in arrays, writes changes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from django.db import connection, transaction
from django.utils import timezone
from numpy.typing import NDArray
from psycopg import sql

from accounts.audit import machine_writes
from geo import hexes
from geo.categories import FACILITY_CATEGORIES
from geo.fields import Latitude, Longitude
from geo.locating import Locator
from geo.words import Words, say
from landparcels import computed, worked_out
from landparcels.computed import CAPACITIES, LABOUR, LABOUR_KM, NEAREST, RESIDUALS, Floats
from landparcels.indicators import of_origin
from landparcels.models import Parcel
from landparcels.power import HIGH, HIGH_VOLTAGE_KV, POWER, UNSAID
from landparcels.querysets import ParcelQuerySet
from landparcels.regional import inherited, paths_of
from landparcels.surroundings import Ground

Integers = NDArray[np.int64]
Progress = Callable[[Words], None]

CHUNK = 20_000


@transaction.atomic
def refresh(
    parcels: ParcelQuerySet | None = None,
    *,
    on: date | None = None,
    place_again: bool = False,
    progress: Progress = lambda words: None,
) -> int:
    """Every computed and regional column and the cell, of these parcels or of all; answers how many rows changed.

    `place_again`: regions were loaded, so that parcels which lay in none may now lie in one.
    """
    if place_again:
        find_regions()
    chosen = Parcel.objects.all() if parcels is None else parcels
    total, seen, changed = chosen.count(), 0, 0
    if not total:
        return 0
    ground = Ground()
    for ids, points, regions in _chunks(chosen):
        progress(
            say(
                zh=f"计算宗地周边指标：{seen:,} / {total:,} 宗",
                en=f"Working out what surrounds the parcels: {seen:,} of {total:,}",
            )
        )
        seen += len(ids)
        columns = surroundings_of(points, ground) | regional_of(regions, on or timezone.localdate())
        cells = hexes.cells_at(points[:, 0], points[:, 1]).astype(np.int64)
        changed += _store(ids, {**columns, "cell": cells})
    if parcels is None:
        worked_out.note()
        worked_out.note(worked_out.CAPACITIES)
    return changed


@transaction.atomic
def refresh_capacities() -> int:
    """Only what plants can still give, after commitments changed."""
    ground = Ground()
    changed = sum(_store(ids, residuals_of(points, ground)) for ids, points, _ in _chunks(Parcel.objects.all()))
    worked_out.note(worked_out.CAPACITIES)
    return changed


def catch_up() -> int:
    """What a new version added to spare capacities, once, where nothing has been loaded since."""
    return 0 if worked_out.last(worked_out.CAPACITIES) else refresh_capacities()


@transaction.atomic
def refresh_regional(on: date | None = None) -> int:
    """Only prices and policies, after a table was loaded or a period began."""
    day = on or timezone.localdate()
    return sum(_store(ids, regional_of(regions, day)) for ids, _, regions in _chunks(Parcel.objects.all()))


def find_regions() -> int:
    """The smallest region around each parcel that has none."""
    lost = Parcel.objects.filter(region=None)
    locator = Locator.of_deployment()
    placed = 0
    for ids, points, _ in _chunks(lost):
        found: dict[str, list[int]] = {}
        for parcel, region in zip(ids.tolist(), locator.locate(points).regions, strict=True):
            if region is not None:
                found.setdefault(region, []).append(parcel)
        with machine_writes("computed"):
            placed += sum(lost.filter(id__in=here).update(region=region) for region, here in found.items())
    return placed


def surroundings_of(points: Floats, ground: Ground) -> dict[str, Floats]:
    """Every computed indicator at these label points."""
    columns = residuals_of(points, ground)
    for indicator, category in NEAREST.items():
        columns[indicator] = computed.nearest_km(points, ground.any_of(category))
    for indicator, category in CAPACITIES.items():
        columns[indicator] = computed.total_within(points, ground.any_of(category), reach_of(category))
    columns[LABOUR] = computed.covered_total_within(points, ground.workers, LABOUR_KM)
    return columns


def residuals_of(points: Floats, ground: Ground) -> dict[str, Floats]:
    """Spare power is the largest of one substation, by voltage too; the others are what all in reach have left."""
    columns = {}
    for indicator, category in RESIDUALS.items():
        left, reach = ground.residuals(category), reach_of(category)
        if indicator == POWER:
            kilovolts = ground.voltages(category)
            columns[POWER] = computed.largest_within(points, left, reach)
            columns[HIGH] = computed.largest_of(points, left, kilovolts >= HIGH_VOLTAGE_KV, reach)
            columns[UNSAID] = computed.largest_of(points, left, np.isnan(kilovolts), reach)
        else:
            columns[indicator] = computed.total_within(points, left, reach)
    return columns


def regional_of(regions: Sequence[str | None], on: date) -> dict[str, Floats]:
    """Every regional indicator of parcels in these regions."""
    paths = paths_of({adcode for adcode in regions if adcode})
    values = inherited(paths, on)
    columns = {}
    for indicator in of_origin("regional"):
        known = {adcode: found[indicator].value for adcode, found in values.items() if indicator in found}
        columns[indicator] = np.array([known.get(adcode or "", np.nan) for adcode in regions], dtype=float)
    return columns


def reach_of(category: str) -> float:
    """R_r of a facility category in km."""
    reach = FACILITY_CATEGORIES[category].catchment_km
    if reach is None:
        raise ValueError(f"{category} has no catchment")
    return reach


def _chunks(parcels: ParcelQuerySet) -> Iterator[tuple[Integers, Floats, Sequence[str | None]]]:
    """Ids, label points and regions, a block at a time, so that a province fits into memory."""
    rows = list(
        parcels.order_by("id")
        .annotate(lon=Longitude("label_point"), lat=Latitude("label_point"))
        .values_list("id", "lon", "lat", "region_id")
    )
    for start in range(0, len(rows), CHUNK):
        ids, lons, lats, regions = zip(*rows[start : start + CHUNK], strict=True)
        yield np.array(ids), np.column_stack((lons, lats)).astype(float), regions


def _store(ids: Integers, columns: Mapping[str, Floats | Integers]) -> int:
    """Writes the columns where they differ; NaN becomes unknown."""
    names = list(columns)
    fields = [sql.Identifier(name) for name in names]
    kinds = ["bigint" if columns[name].dtype.kind == "i" else "double precision" for name in names]
    create = sql.SQL("CREATE TEMPORARY TABLE fresh (id bigint, {}) ON COMMIT DROP").format(
        sql.SQL(", ").join(
            sql.SQL("{} {}").format(field, sql.SQL(kind)) for field, kind in zip(fields, kinds, strict=True)
        )
    )
    update = sql.SQL(
        "UPDATE landparcels_parcel AS parcel SET ({fields}) = ROW({fresh}) FROM fresh "
        "WHERE fresh.id = parcel.id AND ({stored}) IS DISTINCT FROM ({fresh})"
    ).format(
        fields=sql.SQL(", ").join(fields),
        fresh=sql.SQL(", ").join(sql.SQL("fresh.{}").format(field) for field in fields),
        stored=sql.SQL(", ").join(sql.SQL("parcel.{}").format(field) for field in fields),
    )
    values = [[None if value != value else value for value in columns[name].tolist()] for name in names]
    with machine_writes("computed"), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS fresh")
        cursor.execute(create)
        with cursor.copy(sql.SQL("COPY fresh FROM STDIN")) as copy:
            for row in zip(ids.tolist(), *values, strict=True):
                copy.write_row(row)
        cursor.execute(update)
        return int(cursor.rowcount)
