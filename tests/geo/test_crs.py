import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import crs, offsets
from geo.measure import area_m2, area_mu
from geo.plausibility import misfit, plausible, sibling

METRES_PER_DEGREE = 111_320
mainland_lon = st.floats(73.6, 134.7)
mainland_lat = st.floats(18.2, 53.5)


def metres_between(lon: np.ndarray, lat: np.ndarray, other_lon: np.ndarray, other_lat: np.ndarray) -> np.ndarray:
    east = (lon - other_lon) * np.cos(np.radians(lat))
    return np.asarray(np.hypot(east, lat - other_lat) * METRES_PER_DEGREE)


def mainland_points(count: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(20240229)
    return random.uniform(73.6, 134.7, count), random.uniform(18.2, 53.5, count)


@pytest.mark.parametrize(
    ("convert", "expected"),
    [
        (offsets.gcj02_from_wgs84, (116.41024449916938, 39.91640428150164)),
        (offsets.bd09_from_gcj02, (116.41036949371029, 39.92133699351021)),
    ],
)
def test_offsets_give_the_published_values_for_the_published_point(convert, expected) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    lon, lat = convert(116.404, 39.915)
    assert (float(lon), float(lat)) == pytest.approx(expected, abs=1e-9)


def test_gcj02_gives_the_values_published_for_a_point_in_shanghai() -> None:
    lon, lat = offsets.gcj02_from_wgs84(121.5272106, 31.1774276)
    assert (float(lon), float(lat)) == pytest.approx((121.531541859215, 31.17530398364597), abs=1e-9)


@pytest.mark.parametrize("system", [crs.GCJ02, crs.BD09], ids=lambda system: system.name)
def test_a_hundred_thousand_mainland_points_return_within_a_centimetre(system: crs.Crs) -> None:
    lon, lat = mainland_points(100_000)
    back = crs.to_storage(system, *crs.from_storage(system, lon, lat))
    assert float(metres_between(lon, lat, *back).max()) < 0.01


@pytest.mark.parametrize("system", [crs.GCJ02, crs.BD09], ids=lambda system: system.name)
def test_reading_and_writing_back_a_hundred_thousand_offset_points_changes_nothing(system: crs.Crs) -> None:
    lon, lat = mainland_points(100_000)
    forth = crs.from_storage(system, *crs.to_storage(system, lon, lat))
    assert float(metres_between(lon, lat, *forth).max()) < 0.01


@given(mainland_lon, mainland_lat)
def test_any_mainland_point_returns_from_bd09(lon: float, lat: float) -> None:
    back_lon, back_lat = crs.to_storage(crs.BD09, *crs.from_storage(crs.BD09, lon, lat))
    assert (float(back_lon), float(back_lat)) == pytest.approx((lon, lat), abs=5e-8)


@given(mainland_lon, mainland_lat)
def test_any_mainland_point_returns_from_its_gauss_kruger_zone(lon: float, lat: float) -> None:
    for prefix in (False, True):
        system = crs.gauss_kruger(lon, prefix=prefix)
        x, y = crs.from_storage(system, lon, lat)
        assert plausible(system, x, y)
        back_lon, back_lat = crs.to_storage(system, x, y)
        assert (float(back_lon), float(back_lat)) == pytest.approx((lon, lat), abs=5e-8)


def test_the_offsets_leave_places_outside_china_alone() -> None:
    for system in (crs.GCJ02, crs.BD09):
        lon, lat = crs.to_storage(system, [20.468, -51.16], [44.593, -30.05])
        assert lon.tolist() == [20.468, -51.16]
        assert lat.tolist() == [44.593, -30.05]


def test_an_unknown_coordinate_stays_unknown() -> None:
    for system in (crs.GCJ02, crs.BD09, crs.parse("EPSG:4549")):
        lon, lat = crs.to_storage(system, [np.nan, 120.0], [36.0, np.nan])
        assert np.isnan(lon[0])
        assert np.isnan(lat[1])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("EPSG:4549", "EPSG:4549"),
        ("epsg 4549", "EPSG:4549"),
        ("4549", "EPSG:4549"),
        ("urn:ogc:def:crs:EPSG::4549", "EPSG:4549"),
        ("urn:ogc:def:crs:EPSG:9.8.1:4549", "EPSG:4549"),
        ("http://www.opengis.net/def/crs/EPSG/0/4490", "EPSG:4490"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("CGCS2000", "EPSG:4490"),
        ("国家2000", "EPSG:4490"),
        ("CGCS2000 3-degree Gauss-Kruger zone 40", "EPSG:4528"),
        ("CGCS2000_3_Degree_GK_CM_120E", "EPSG:4549"),
        ("国家2000 3度带 中央经线120", "EPSG:4549"),
        ("gcj02", "GCJ-02"),
        ("GCJ-02", "GCJ-02"),
        ("火星坐标", "GCJ-02"),
        ("bd09ll", "BD-09"),
        ("百度坐标系", "BD-09"),
    ],
)
def test_a_system_is_known_by_the_names_people_write(text: str, name: str) -> None:
    assert crs.parse(text).name == name


ESRI_ZONE_40 = (
    'PROJCS["CGCS2000_3_Degree_GK_Zone_40",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
    'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",40500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",120.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],'
    'UNIT["Meter",1.0]]'
)


def test_the_text_of_an_esri_prj_file_is_recognised() -> None:
    assert crs.parse(ESRI_ZONE_40).name == "EPSG:4528"


def test_a_local_projection_without_a_code_still_converts() -> None:
    local = crs.parse(
        ESRI_ZONE_40.replace("120.0", "119.25").replace("40500000.0", "500000.0").replace("Zone_40", "here")
    )
    assert not local.name.startswith("EPSG")
    lon, _ = crs.to_storage(local, 500_000, 4_000_000)
    assert float(lon) == pytest.approx(119.25)


@pytest.mark.parametrize("text", ["banana", "EPSG:999999", "", "PROJCS[broken"])
def test_an_unknown_system_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(crs.UnknownCrs) as caught:
        crs.parse(text)
    assert "EPSG:4549" in caught.value.words.zh
    assert "EPSG:4549" in caught.value.words.en


def test_easting_comes_first_although_the_register_puts_northing_first() -> None:
    lon, lat = crs.to_storage(crs.parse("EPSG:4549"), 527_014.9540, 3_996_680.3342)
    assert (float(lon), float(lat)) == pytest.approx((120.3, 36.1), abs=1e-8)


def test_a_zone_with_prefix_and_its_twin_without_name_the_same_place() -> None:
    with_prefix = crs.to_storage(crs.parse("EPSG:4528"), 40_527_014.954, 3_996_680.334)
    without = crs.to_storage(crs.parse("EPSG:4549"), 527_014.954, 3_996_680.334)
    assert float(metres_between(*with_prefix, *without)) < 0.001
    assert sibling(crs.parse("EPSG:4528")).name == "EPSG:4549"
    assert sibling(crs.parse("EPSG:4549")).name == "EPSG:4528"


@pytest.mark.parametrize(
    ("lon", "without", "with_prefix"),
    [(120.3, "EPSG:4549", "EPSG:4528"), (104.06, "EPSG:4544", "EPSG:4523"), (121.5, "EPSG:4549", "EPSG:4528")],
)
def test_the_zone_of_a_longitude(lon: float, without: str, with_prefix: str) -> None:
    assert crs.gauss_kruger(lon).name == without
    assert crs.gauss_kruger(lon, prefix=True).name == with_prefix


@pytest.mark.parametrize(
    ("named", "x", "y", "advice"),
    [
        ("EPSG:4549", 40_527_000, 3_996_000, "EPSG:4528"),  # has a prefix, the name wants none
        ("EPSG:4528", 527_000, 3_996_000, "EPSG:4549"),  # has none, the name wants one
        ("EPSG:4528", 39_527_000, 3_996_000, "EPSG:4527"),  # another zone
        ("EPSG:4549", 21_427_000, 3_996_000, "EPSG:4499"),  # a 6-degree zone
        ("EPSG:4549", 3_996_000, 527_000, "swapped"),
        ("EPSG:4528", 3_996_000, 39_527_000, "northing first"),
        ("EPSG:4490", 36.1, 120.3, "swapped"),
        ("GCJ-02", 36.1, 120.3, "swapped"),
        ("EPSG:4490", 40_527_000, 3_996_000, "EPSG:4528"),
        ("EPSG:4490", 527_000, 3_996_000, "central meridian"),
        ("EPSG:4549", 120.3, 36.1, "degrees"),
        ("EPSG:32650", 120.3, 36.1, "degrees"),
        ("EPSG:4490", -51.16, -30.05, "outside"),
        ("BD-09", 20.468, 44.593, "outside"),
        ("EPSG:4549", float("nan"), 3_996_000, "not numbers"),
    ],
)
def test_a_name_that_does_not_fit_the_coordinates_is_answered_with_advice(
    named: str, x: float, y: float, advice: str
) -> None:
    system = crs.parse(named)
    assert not plausible(system, x, y)
    words = misfit(system, x, y)
    assert advice in words.en
    assert words.zh


@pytest.mark.parametrize(
    ("named", "x", "y"),
    [
        ("EPSG:4490", 120.3, 36.1),
        ("EPSG:4326", 36.98, -1.45),
        ("EPSG:4549", 527_000, 3_996_000),
        ("EPSG:4528", 40_527_000, 3_996_000),
        ("EPSG:3857", 13_391_000, 4_316_000),
        ("EPSG:21037", 275_000, 9_839_000),
        ("GCJ-02", 104.06, 30.66),
    ],
)
def test_coordinates_that_fit_are_left_in_peace(named: str, x: float, y: float) -> None:
    assert plausible(crs.parse(named), x, y)


def test_old_chinese_datums_carry_a_warning_and_cgcs2000_does_not() -> None:
    assert crs.parse("EPSG:2334").note is not None
    assert crs.parse("EPSG:4214").note is not None
    for name in ("EPSG:4490", "EPSG:4549", "EPSG:4326", "GCJ-02"):
        assert crs.parse(name).note is None


def test_only_the_offset_systems_need_a_right_of_their_own() -> None:
    assert crs.GCJ02.is_offset
    assert crs.BD09.is_offset
    assert not crs.parse("EPSG:4549").is_offset


def test_geometries_are_moved_point_by_point_and_lose_their_height() -> None:
    line = shapely.LineString([(527_014.9540, 3_996_680.3342, 12.0), (528_000, 3_996_680, 13.0)])
    moved, nothing = crs.geometries_to_storage(crs.parse("EPSG:4549"), [line, None])
    assert not shapely.has_z(moved)
    assert moved.coords[0] == pytest.approx((120.3, 36.1), abs=1e-8)
    assert nothing is None


def test_a_square_on_the_ground_has_the_area_it_was_drawn_with() -> None:
    """1 km x 1 km on the central meridian, where the projection has no scale error to speak of."""
    drawn = shapely.box(499_500, 3_996_000, 500_500, 3_997_000)
    hole = shapely.box(499_900, 3_996_400, 500_100, 3_996_600)
    on_ground = crs.geometries_to_storage(crs.parse("EPSG:4549"), [drawn, drawn - hole])
    whole, with_hole = area_m2(on_ground)
    assert whole == pytest.approx(1_000_000, rel=1e-5)
    assert with_hole == pytest.approx(960_000, rel=1e-5)
    assert area_mu(on_ground)[0] == pytest.approx(1500, rel=1e-5)


def test_area_does_not_depend_on_the_direction_of_rings_and_unknown_is_not_zero() -> None:
    clockwise = shapely.Polygon([(120, 36), (120, 36.01), (120.01, 36.01), (120.01, 36)])
    both = shapely.MultiPolygon([clockwise, shapely.box(121, 36, 121.01, 36.01)])
    one, two, nothing = area_m2([clockwise, both, None])
    assert one > 0
    assert two == pytest.approx(2 * one)
    assert np.isnan(nothing)


def _districts(folder: Path, name: str) -> dict[str, object]:
    path = folder / "boundaries" / name
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return {
        feature["properties"]["name"]: shapely.geometry.shape(feature["geometry"])
        for feature in json.loads(text)["features"]
    }


def test_the_districts_of_chengdu_in_gcj02_land_on_the_official_ones(shared_data: Path) -> None:
    """Outlines drawn apart, each generalised by its own hand (lines lie 100 m from each other, to either side).

    So what is measured is the shift: the median displacement, east and north, from points every 100 m along our
    outlines to the nearest place on theirs.
    """
    official = _districts(shared_data, "chengdu-510100-districts.geojson")
    offset = _districts(shared_data, "chengdu-510100-districts-gcj02.json")
    names = sorted(official.keys() & offset.keys())
    assert len(names) == 19  # of 20: Xinjin was renamed between the two
    theirs = [shapely.boundary(offset[name]) for name in names]
    zone = crs.gauss_kruger(104.06)

    def shift(lines: np.ndarray) -> float:
        steps = []
        for name, line in zip(names, crs.geometries_from_storage(zone, lines), strict=True):
            ours = crs.geometries_from_storage(zone, [shapely.boundary(official[name])])[0]
            points = shapely.points(shapely.get_coordinates(shapely.segmentize(ours, 100)))
            ends = shapely.get_coordinates(shapely.shortest_line(points, line)).reshape(-1, 2, 2)
            steps.append(ends[:, 1] - ends[:, 0])
        return float(np.hypot(*np.median(np.concatenate(steps), axis=0)))

    assert shift(crs.geometries_to_storage(crs.GCJ02, theirs)) <= 20
    assert shift(np.array(theirs, dtype=object)) > 60  # untouched they are far off: the test can tell


def test_the_conversion_of_bd09_agrees_with_pairs_found_in_the_wild(shared_data: Path) -> None:
    rows = json.loads((shared_data / "shanghai-enterprises" / "enterprises-bd09-gcj02.json").read_text())
    pairs = [(row["bdLocation"], row["gdLocation"]) for row in rows if row.get("bdLocation") and row.get("gdLocation")]
    assert len(pairs) > 50
    baidu, amap = (np.array([[pair[side]["lon"], pair[side]["lat"]] for pair in pairs], float).T for side in (0, 1))
    lon, lat = offsets.gcj02_from_bd09(*baidu)
    assert float(np.median(metres_between(lon, lat, *amap))) < 400  # each provider geocoded the address anew
