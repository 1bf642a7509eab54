"""What is printed: fonts inside, nothing fetched, maps of our own tables with all that a map needs."""

import re
import zlib

import pytest
from django.contrib.gis.geos import LineString, MultiLineString, MultiPolygon, Polygon
from django.test import override_settings
from django.utils.html import format_html
from weasyprint.urls import FatalURLFetchingError

from geo.printing import Frame, framed, pdf, qr, sentence
from geo.printing.furniture import nice_length
from geo.printing.maps import Area, Line, Place, Shape, View, around, map_svg, rings_of
from tests.factories.geo import RegionFactory, RoadFactory
from tests.shapes import rectangle

PAGE = format_html("<h1>{}</h1>", "标准地卡片 Card")


def inside(written: bytes) -> bytes:
    """A PDF with its compressed streams laid open."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", written, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:  # a picture or a font, packed otherwise
            continue
    return written + b"\n".join(opened)


# ------------------------------------------------------------------ the sheet


def test_fonts_are_embedded_and_hold_only_the_letters_used() -> None:
    opened = inside(pdf(framed(PAGE, Frame("标准地卡片"))))

    names = re.findall(rb"/FontName\s*/([^\s/]+)", opened)
    assert names
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in names)  # the mark of a subset
    assert opened.count(b"/FontFile") >= len(set(names))
    assert len(pdf(framed(PAGE, Frame("标准地卡片")))) < 200_000  # the whole font is 16 MB


def test_a_printed_page_fetches_nothing() -> None:
    for address in ("https://example.org/a.png", "file:///etc/hostname"):
        with pytest.raises(FatalURLFetchingError):
            pdf(framed(format_html('<img src="{}">', address), Frame("x")))


def test_what_a_page_brings_along_is_drawn() -> None:
    pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="

    assert pdf(framed(format_html('<img src="{}">', pixel), Frame("x"))).startswith(b"%PDF")


def test_the_frame_says_source_day_and_what_is_invented_and_escapes_what_it_is_given() -> None:
    html = framed(PAGE, Frame("<b>甲</b>", source="青岛市自然资源和规划局", synthetic=True))

    assert "&lt;b&gt;甲&lt;/b&gt;" in html
    assert "数据来源：青岛市自然资源和规划局" in html
    assert "演示数据 · synthetic" in html
    assert "审图号" not in html  # none is set


@override_settings(MAP_REVIEW_NUMBER="鲁SG(2026)001号")
def test_a_map_review_number_is_printed_where_one_is_set() -> None:
    assert "审图号：鲁SG(2026)001号" in framed(PAGE, Frame("x"))
    assert "Map review number 审图号 鲁SG(2026)001号" in framed(PAGE, Frame("x", english=True))


def test_paper_can_be_wide_a3() -> None:
    opened = inside(pdf(framed(PAGE, Frame("x", paper="A3", landscape=True))))

    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", opened).groups())  # type: ignore[union-attr]
    assert (round(width), round(height)) == (1191, 842)  # 420 by 297 mm in points


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (None, "mu", "—", "—"),
        (35.8, "mu", "35.8 亩", "35.8 mu"),
        (40, "%", "40.0%", "40.0%"),
        (9_999, "10k CNY", "9,999 万元", "100 M CNY"),
        (70, "10k CNY", "70 万元", "700 k CNY"),
        (33.2, "10k CNY/mu", "33.2 万元/亩", "33.2 ×10k CNY/mu"),
        (25_000, "10k CNY", "2.5 亿元", "0.25 bn CNY"),
        (0.0123, "tce/10k CNY", "0.012 吨标准煤/万元", "0.012 tce/10k CNY"),
        (2, "1", "2", "2"),
        (24, "month", "24 月", "24 months"),
    ],
)
def test_numbers_read_as_on_the_pages(value: float | None, unit: str, zh: str, en: str) -> None:
    assert sentence(value, unit, english=False) == zh
    assert sentence(value, unit, english=True) == en


def test_a_code_is_black_squares_and_nothing_else() -> None:
    drawn = qr("https://luodi.example/verify/0123")

    assert drawn.startswith("<svg")
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


# ------------------------------------------------------------------ the map


def test_the_window_takes_the_shape_of_the_paper_and_knows_its_scale() -> None:
    view = View.of((0, -0.01, 0.1, 0.01), 100, 50)  # 11.1 km wide on the equator

    assert view.at(0.05, 0) == pytest.approx((50, 25))
    assert view.metres_per_mm == pytest.approx(111.3, abs=0.1)
    assert view.box == pytest.approx((0, -0.025, 0.1, 0.025), abs=1e-6)
    assert (
        View.of((0, 59.9, 0.1, 60.1), 100, 100).metres_per_mm < view.metres_per_mm * 4 * 0.51
    )  # degrees shrink northwards


def test_a_window_around_one_place_is_as_wide_as_asked() -> None:
    west, south, east, north = around([(120, 60)], least_km=2)

    assert (north - south) * 111.32 == pytest.approx(2)
    assert (east - west) * 111.32 / 2 == pytest.approx(2)  # cos 60° is a half


def test_a_scale_bar_has_a_round_length() -> None:
    assert [nice_length(metres) for metres in (999, 2500, 7000, 50)] == [500, 2000, 5000, 50]


@pytest.mark.django_db
def test_a_map_has_land_roads_names_degrees_scale_north_and_a_legend() -> None:
    RegionFactory(name="港区", name_en="Harbour", outline=rectangle(0, 0, 0.05, 0.1))
    RoadFactory(
        name="G1 大道", road_class="motorway", line=MultiLineString(LineString((0, 0.02), (0.1, 0.02)), srid=4490)
    )
    outline = rectangle(0.06, 0.04, 0.07, 0.05)
    shapes: list[Shape] = [
        Area(rings_of(outline), said="本宗地 <一>"),
        Line([(0.065, 0.045), (0.08, 0.08)], dashed=True, label="7.2 公里", said="直线距离"),
        Place(0.08, 0.08, "triangle", label="港口", said="交通"),
        Place(0.081, 0.02, "triangle", said="交通"),
    ]

    zh = map_svg((0, 0, 0.1, 0.1), (120, 120), shapes)
    en = map_svg((0, 0, 0.1, 0.1), (120, 120), shapes, english=True)

    assert ">港区<" in zh
    assert ">Harbour<" in en
    assert all(words in zh for words in (">G1 大道<", ">7.2 公里<", ">港口<", "0°02′E", "0°02′N", " km<", ">北<"))
    assert zh.count(">直线距离<") == zh.count(">交通<") == 1  # once in the legend
    assert "&lt;一&gt;" in zh
    assert pdf(framed(format_html("{}", zh), Frame("x"))).startswith(b"%PDF")


@pytest.mark.django_db
def test_a_road_of_several_pieces_is_drawn_wherever_they_lie() -> None:
    for pieces in (
        [((0, 0.02), (0.1, 0.02))],
        [((0.01, 0.05), (0.02, 0.06)), ((0.1, 0.1), (0.3, 0.3))],
        [((0.1, 0), (0.1, 0.3))],
    ):
        line = MultiLineString(*(LineString(*piece) for piece in pieces), srid=4490)
        RoadFactory(name="G1", road_class="motorway", line=line)

    assert map_svg((0, 0, 0.1, 0.1), (120, 120)).count(">G1<") == 2  # the letters and their halo, once


@pytest.mark.django_db
def test_outlines_come_thinned_and_cut_to_the_window() -> None:
    ring = [
        (index / 20_000, 0.000001 * (index % 2)) for index in range(20_001)
    ]  # 20,001 corners a few centimetres apart
    outline = MultiPolygon(Polygon([*ring, (1, 1), (0, 1), ring[0]]), srid=4490)
    RegionFactory(outline=outline)

    assert len(map_svg((0, 0, 0.1, 0.1), (120, 120))) < 10_000
