"""A batch of raw rows into clean columns, by the map of its header."""

from collections import Counter
from typing import Any

import numpy as np

from geo.crs import Crs
from geo.importing.batch import Batch
from geo.importing.cleaning import shapes
from geo.importing.cleaning.base import Cells, Cleaned
from geo.importing.cleaning.dates import clean_dates
from geo.importing.cleaning.header import BadHeader, Field, HeaderMap
from geo.importing.cleaning.identifiers import clean_adcode, clean_cells, clean_industry, clean_uscc
from geo.importing.cleaning.numbers import NumberField, clean_numbers
from geo.importing.cleaning.shapes import Origin, Shapes
from geo.importing.cleaning.texts import clean_choice, clean_code, clean_flag, clean_list, clean_text
from geo.importing.kinds import Column, Type
from geo.importing.readers import RawBatch
from geo.words import Words, say

_REQUIRED = say(zh="必填，不能为空", en="is required and must not be blank")


class Cleaner:
    """One import's cleaning: the same for every batch, with a count of what was mended.

    `crs` is needed where `mapping.needs_crs`; `extent` is a shapely geometry in storage, None: anywhere.
    """

    def __init__(
        self,
        mapping: HeaderMap,
        *,
        crs: Crs | None = None,
        extent: Any = None,  # a shapely geometry; shapely has no types
        dates_are_serials: bool = False,
        geometry_required: bool = True,
    ) -> None:
        if mapping.needs_crs and crs is None:
            raise ValueError("these rows have a place, so their coordinate system is needed")
        self.mapping = mapping
        self.crs = crs
        self.extent = extent
        self.serials = dates_are_serials
        self.geometry_required = geometry_required
        self.repairs: Counter[Words] = Counter()
        self._constants = {field.column.name: self._constant(field) for field in mapping.fields if field.header is None}

    def _constant(self, field: Field) -> Any:
        """The cleaned value of `--set`; a bad one stops everything."""
        text = self.mapping.constants[field.column.name]
        done = clean_column([text], field.column)
        if done.rejects:
            reason = done.rejects[0].reason
            raise BadHeader(
                zh=f"--set {field.column.name}={text}：{reason.zh}", en=f"--set {field.column.name}={text}: {reason.en}"
            )
        return done.values[0]

    def clean(self, raw: RawBatch) -> Batch:
        size = len(raw)
        batch = Batch(raw.numbers, {}, None)
        for index, fault in raw.faults.items():
            batch.refuse(index, "", None, fault)
        for field in self.mapping.fields:
            name = field.column.name
            if field.header is None:
                batch.columns[name] = [self._constants[name]] * size
                continue
            cells = raw.columns.get(field.header) or [None] * size
            done = clean_column(cells, field.column, unit=field.unit, inverted=field.inverted, serials=self.serials)
            batch.columns[name] = done.values
            self.repairs.update(done.repairs)
            self._tell(batch, field, cells, done, raw.faults)
        if self.mapping.origin is not None:
            self._place(batch, raw)
        return batch

    def _tell(self, batch: Batch, field: Field, cells: Cells, done: Cleaned, faults: dict[int, Words]) -> None:
        name = field.column.name
        for reject in done.rejects:
            if reject.index not in faults:
                batch.refuse(reject.index, name, reject.value, reject.reason)
        for index, words in done.remarks:
            batch.remark(index, name, words)
        if field.column.required and None in done.values:
            spoken = {reject.index for reject in done.rejects} | faults.keys()
            for index, value in enumerate(done.values):
                if value is None and index not in spoken:
                    batch.refuse(index, name, cells[index], _REQUIRED)

    def _place(self, batch: Batch, raw: RawBatch) -> None:
        """Geometry in storage, from wherever the file keeps it."""
        shape, crs, found = self.mapping.shape, self.crs, self.mapping.places
        if shape is None or crs is None:
            return
        empty: list[object] = [None] * len(raw)
        early: Shapes | None = None
        if self.mapping.origin == Origin.LNG_LAT:
            lng, lat = (raw.columns.get(found[name], empty) for name in ("lng", "lat"))
            made = shapes.clean_points(lng, lat, crs, self.extent)
            if shape.value != "point":
                made = shapes.clean_geometry(made.geometry, crs, family=shape.value)
        else:
            given = raw.geometry if raw.geometry is not None else np.full(len(raw), None, dtype=object)
            if self.mapping.origin == Origin.WKT:
                early = shapes.from_wkt(raw.columns.get(found["wkt"], empty))
                given = early.geometry
            made = shapes.clean_geometry(given, crs, family=shape.value, extent=self.extent)
        batch.geometry = made.geometry
        self.repairs.update(made.repairs)
        for one in (made,) if early is None else (early, made):
            for index, reason in one.reasons.items():
                if index not in raw.faults:
                    batch.refuse(index, "geometry", one.shown.get(index), reason)
        if self.geometry_required:
            spoken = made.reasons.keys() | raw.faults.keys() | (early.reasons.keys() if early else set())
            for index in range(len(raw)):
                if made.geometry[index] is None and index not in spoken:
                    batch.refuse(index, "geometry", None, _REQUIRED)


def clean_column(
    cells: Cells, column: Column, *, unit: Any = None, inverted: bool = False, serials: bool = False
) -> Cleaned:
    """One column of one batch, by its type."""
    match column.type:
        case Type.INTEGER | Type.DECIMAL | Type.SHARE:
            field = NumberField(
                column.unit, column.low, column.high, column.type == Type.INTEGER, column.type == Type.SHARE
            )
            return clean_numbers(cells, field, unit=unit, inverted=inverted)
        case Type.DATE:
            return clean_dates(cells, serials=serials)
        case Type.FLAG:
            return clean_flag(cells)
        case Type.CHOICE:
            return clean_choice(cells, choices=column.choices)
        case Type.LIST:
            return clean_list(cells, choices=column.choices, longest=column.longest)
        case Type.CODE:
            return clean_code(cells, longest=column.longest)
        case Type.ADCODE:
            return clean_adcode(cells)
        case Type.USCC:
            return clean_uscc(cells)
        case Type.INDUSTRY:
            return clean_industry(cells)
        case Type.CELL:
            return clean_cells(cells)
    return clean_text(cells, longest=column.longest)
