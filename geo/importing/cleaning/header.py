"""Their header onto our columns: what was asked for, then our names, then the Chinese ones. Nothing is guessed."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from geo.importing.cleaning.shapes import Origin
from geo.importing.cleaning.texts import folded
from geo.importing.cleaning.units import Unit, conversion_note, factor, misfit, parse_unit
from geo.importing.kinds import Column, Shape, Type, short_name
from geo.words import SpokenError, Words, say

_PLACES = {
    "lng": ("lng", "lon", "long", "longitude", "经度", "东经", "easting", "横坐标"),
    "lat": ("lat", "latitude", "纬度", "北纬", "northing", "纵坐标"),
    "wkt": ("wkt", "geomwkt", "几何", "坐标串"),
}
_BRACKETS = re.compile(r"^(.+?)\s*[(\[【](.+?)[)\]】]\s*$")
_NUMBERS = frozenset((Type.INTEGER, Type.DECIMAL, Type.SHARE))
_OVER_VALUE_ADDED = re.compile(r"单位(?:工业)?增加值(.+?)(?:上限|下限)?$")
_LIMITS = re.compile(r"(?:上限|下限)$")
_OTHER_RATIO = re.compile(r"^单位(.+?)(?:总产值|产值|营收|营业收入|销售收入|税收|利润|gdp)$")


class BadHeader(SpokenError):
    """The header cannot be taken as it is; says which column and what to do."""


@dataclass(frozen=True, slots=True)
class Field:
    """One of our columns and where it comes from: their header (None: the same value in every row), its unit."""

    column: Column
    header: str | None
    unit: Unit | None = None
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    header: str
    nearest: str | None


@dataclass
class HeaderMap:
    """What `map_header` found; see the package's docstring."""

    fields: list[Field] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    unknown: list[Unknown] = field(default_factory=list)
    missing: list[Column] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    shape: Shape | None = None
    origin: Origin | None = None
    places: dict[str, str] = field(default_factory=dict)
    """`lng`, `lat` or `wkt` → their header."""

    @property
    def given(self) -> set[str]:
        return {one.column.name for one in self.fields}

    @property
    def needs_crs(self) -> bool:
        return self.origin is not None


def map_header(
    header: Sequence[str],
    columns: Iterable[Column],
    *,
    explicit: Mapping[str, str] | None = None,
    shape: Shape | None = None,
    has_geometry: bool = False,
    constants: Mapping[str, str] | None = None,
) -> HeaderMap:
    """`has_geometry`: the file carries geometry of its own; `shape`: what the kind wants, None: it wants none."""
    named = {column.name: column for column in columns}
    found = HeaderMap(shape=shape, constants=dict(constants or {}))
    taken: dict[str, str] = {}  # ours → theirs
    asked = _asked(explicit or {}, header, named, shape)
    settled = frozenset(asked.values())
    for theirs in header:
        if theirs in asked:
            ours, unit, inverted = asked[theirs], _own_unit(theirs), False
        elif _names_one_of(theirs, settled, named):
            found.unknown.append(Unknown(theirs, None))  # `--map` said that another column is meant
            continue
        elif (hit := _recognised(theirs, named)) is not None:
            ours, unit, inverted = hit
        elif shape is not None and (place := _place_name(theirs)) and place not in named:
            ours, unit, inverted = place, None, False
        else:
            found.unknown.append(Unknown(theirs, _nearest(theirs, named)))
            continue
        if ours in taken:
            raise BadHeader(
                zh=f"“{taken[ours]}”和“{theirs}”都对应 {ours}；请删去一列，或用 --map 指明",
                en=f"“{taken[ours]}” and “{theirs}” both stand for {ours}; drop one, or name one with --map",
            )
        taken[ours] = theirs
        if ours in named:
            found.fields.append(_field(named[ours], theirs, unit, inverted, found.notes))
        else:
            found.places[ours] = theirs
    _add_constants(found, named, taken)
    _choose_origin(found, shape, has_geometry)
    given = found.given
    found.missing = [column for column in named.values() if column.required and column.name not in given]
    return found


def _names_one_of(theirs: str, settled: frozenset[str], named: Mapping[str, Column]) -> bool:
    hit = _recognised(theirs, {ours: named[ours] for ours in settled if ours in named}) if settled else None
    return hit is not None


def _asked(
    explicit: Mapping[str, str], header: Sequence[str], named: Mapping[str, Column], shape: Shape | None
) -> dict[str, str]:
    """Their exact header → ours, from `--map`."""
    by_fold = {folded(theirs): theirs for theirs in header}
    known = {folded(name): name for name in (*named, *(_PLACES if shape is not None else ()))}
    known |= {folded(column.zh): column.name for column in named.values() if column.zh}
    asked = {}
    for theirs, ours in explicit.items():
        if folded(theirs) not in by_fold:
            raise BadHeader(
                zh=f"--map 中的列“{theirs}”不在文件里；文件有：{'、'.join(header[:40])}",
                en=f"--map names “{theirs}”, which the file does not have; it has: {', '.join(header[:40])}",
            )
        if folded(ours) not in known:
            near = difflib.get_close_matches(ours, named, 1)
            raise BadHeader(
                zh=f"--map 中没有“{ours}”这一列" + (f"；是否指 {near[0]}？" if near else ""),
                en=f"--map names “{ours}”, which is no column of ours" + (f"; did you mean {near[0]}?" if near else ""),
            )
        asked[by_fold[folded(theirs)]] = known[folded(ours)]
    return asked


def _recognised(theirs: str, named: Mapping[str, Column]) -> tuple[str, Unit | None, bool] | None:
    """(ours, unit, inverted): the whole header, its part before a bracket, or a reciprocal we can turn round."""
    plain = theirs.rstrip("*＊ ").strip()
    spellings = {folded(other): name for name, column in named.items() for other in column.also}
    spellings |= {folded(short_name(name)): name for name in named}
    spellings |= {folded(name): name for name in named}
    spellings |= {folded(column.zh): column.name for column in named.values() if column.zh}
    spellings |= {folded(f"{column.name}【{column.zh}】"): column.name for column in named.values() if column.zh}
    if folded(plain) in spellings:
        return spellings[folded(plain)], None, False
    head, unit = plain, None
    if bracketed := _BRACKETS.match(unicodedata.normalize("NFKC", plain)):
        unit = parse_unit(bracketed[2])
        if unit is None:
            return None
        head = bracketed[1].rstrip("*")
        if folded(head) in spellings:
            return spellings[folded(head)], unit, False
    ours = _reciprocal(folded(head), theirs, named)
    return (ours, unit, True) if ours else None


def _own_unit(theirs: str) -> Unit | None:
    bracketed = _BRACKETS.match(unicodedata.normalize("NFKC", theirs.strip()))
    return parse_unit(bracketed[2]) if bracketed else None


def _reciprocal(head: str, theirs: str, named: Mapping[str, Column]) -> str | None:
    """单位能耗增加值 is 单位增加值能耗 upside down; 单位能耗产值 is another ratio, and refused."""
    for column in named.values():
        if column.reciprocal_of and head == folded(column.reciprocal_of):
            return column.name
        over = _OVER_VALUE_ADDED.match(folded(column.zh)) if column.zh else None
        if over is None:
            continue
        what = re.escape(re.sub(r"(?:排放|使用|消耗)?量?$", "", over[1]))
        if re.fullmatch(rf"单位{what}(?:排放|使用|消耗)?量?(?:的)?(?:工业)?增加值", _LIMITS.sub("", head)):
            return column.name
        other = _OTHER_RATIO.fullmatch(_LIMITS.sub("", head))
        if other and re.fullmatch(rf"{what}(?:排放|使用|消耗)?量?", other[1]):
            raise BadHeader(
                zh=f"“{theirs}”与“{column.zh}”是不同的比值，不能换算；请提供{column.zh}",
                en=f"“{theirs}” is another ratio than {column.name} and cannot be turned into it; give {column.name}",
            )
    return None


def _field(column: Column, theirs: str, unit: Unit | None, inverted: bool, notes: list[Words]) -> Field:
    """Refuses a header whose unit does not fit; says what is converted or turned round."""
    if inverted:
        notes.append(
            say(
                zh=f"“{theirs}”是“{column.zh}”的倒数，已逐行取倒数",
                en=f"“{theirs}” is the reciprocal of {column.name} and was turned round in every row",
            )
        )
    if unit is None or column.type not in _NUMBERS:
        return Field(column, theirs, None, inverted)
    kept = parse_unit("1" if column.type == Type.SHARE else column.unit or "")
    read = unit.inverted() if inverted else unit
    scale = factor(read, kept) if kept is not None else None
    if kept is None or scale is None:
        words = misfit(unit.text, None if kept is None else kept.text)
        raise BadHeader(zh=f"列“{theirs}”：{words.zh}", en=f"Column “{theirs}”: {words.en}")
    if scale != 1:
        note = conversion_note(read, kept)
        notes.append(say(zh=f"列“{theirs}”{note.zh}", en=f"Column “{theirs}”: {note.en}"))
    return Field(column, theirs, unit, inverted)


def _place_name(theirs: str) -> str | None:
    plain = folded(theirs)
    return next((ours for ours, names in _PLACES.items() if plain in names), None)


def _nearest(theirs: str, named: Mapping[str, Column]) -> str | None:
    spellings = {folded(name): name for name in named}
    spellings |= {folded(column.zh): f"{column.zh}（{column.name}）" for column in named.values() if column.zh}
    bracketed = _BRACKETS.match(unicodedata.normalize("NFKC", theirs))
    wanted = folded(bracketed[1] if bracketed else theirs)
    near = difflib.get_close_matches(wanted, spellings, 1, cutoff=0.6)
    return spellings[near[0]] if near else None


def _add_constants(found: HeaderMap, named: Mapping[str, Column], taken: Mapping[str, str]) -> None:
    """`--set` wins nothing over a column of the file: both is a contradiction."""
    for ours in found.constants:
        if ours not in named:
            near = difflib.get_close_matches(ours, named, 1)
            raise BadHeader(
                zh=f"--set 中没有“{ours}”这一列" + (f"；是否指 {near[0]}？" if near else ""),
                en=f"--set names “{ours}”, which is no column of ours" + (f"; did you mean {near[0]}?" if near else ""),
            )
        if ours in taken:
            raise BadHeader(
                zh=f"文件里已有 {ours}（“{taken[ours]}”），不能再用 --set 给定",
                en=f"The file has {ours} already (“{taken[ours]}”), so --set cannot give it",
            )
        found.fields.append(Field(named[ours], None))


def _choose_origin(found: HeaderMap, shape: Shape | None, has_geometry: bool) -> None:
    if shape is None:
        return
    if has_geometry:
        found.origin = Origin.FILE
        if found.places:
            found.notes.append(
                say(
                    zh=f"文件自带几何，未用坐标列：{'、'.join(found.places.values())}",
                    en=f"The file has geometry of its own; columns not used: {', '.join(found.places.values())}",
                )
            )
    elif "wkt" in found.places:
        found.origin = Origin.WKT
    elif "lng" in found.places or "lat" in found.places:
        missing = [name for name in ("lng", "lat") if name not in found.places]
        if missing:
            raise BadHeader(
                zh=f"有 {'、'.join(found.places.values())}，缺少 {missing[0]} 列",
                en=f"There is {', '.join(found.places.values())} but no column {missing[0]}",
            )
        found.origin = Origin.LNG_LAT
