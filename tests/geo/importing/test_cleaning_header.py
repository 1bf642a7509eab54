import pytest

from geo.importing.cleaning import BadHeader, HeaderMap, map_header
from geo.importing.kinds import Column, Shape, Type

COLUMNS = (
    Column("code", "宗地编号", Type.CODE, required=True),
    Column("land_mu", "用地面积", Type.DECIMAL, unit="mu"),
    Column("tax_per_mu_min", "亩均税收", Type.DECIMAL, unit="10k CNY/mu/yr"),
    Column("energy_per_value_added_max", "单位增加值能耗上限", Type.DECIMAL, unit="tce/10k CNY"),
    Column("water_per_value_added_max", "单位增加值用水量上限", Type.DECIMAL, unit="m3/10k CNY"),
    Column("cod_per_value_added_max", "单位增加值COD排放上限", Type.DECIMAL, unit="kg/10k CNY"),
    Column("far_max", "容积率上限", Type.DECIMAL, unit="1"),
    Column("name", "名称"),
)


def sources(found: HeaderMap) -> dict[str, str | None]:
    return {field.column.name: field.header for field in found.fields}


@pytest.mark.parametrize(
    "header", ["code", "CODE", " Code ", "ｃｏｄｅ", "宗地编号", "宗地 编号", "code【宗地编号】", "code*", "宗地编号*"]
)
def test_a_column_is_known_by_either_name(header: str) -> None:
    assert sources(map_header([header], COLUMNS)) == {"code": header}


@pytest.mark.parametrize(
    "header", ["用地面积（公顷）", "用地面积(公顷)", "land_mu[ha]", "用地面积【单位：公顷】", "Land Mu (hectare)"]
)
def test_a_unit_in_brackets_is_split_off(header: str) -> None:
    found = map_header([header], COLUMNS)
    assert sources(found) == {"land_mu": header}
    assert found.fields[0].unit is not None
    assert any("单位换算" in note.zh for note in found.notes)


def test_a_unit_that_does_not_fit_the_column_is_refused() -> None:
    with pytest.raises(BadHeader, match="万元"):
        map_header(["用地面积（万元）"], COLUMNS)


def test_words_in_brackets_that_are_no_unit_make_it_another_column() -> None:
    found = map_header(["亩均税收（含罚款）"], COLUMNS)
    assert not found.fields
    assert found.unknown[0].nearest == "亩均税收（tax_per_mu_min）"


def test_what_was_asked_for_wins_over_names() -> None:
    found = map_header(["名称", "地块名"], COLUMNS, explicit={"地块名": "name", "名称": "code"})
    assert sources(found) == {"name": "地块名", "code": "名称"}


def test_asking_for_what_is_not_there_is_refused_with_what_is() -> None:
    with pytest.raises(BadHeader, match="地块"):
        map_header(["名称"], COLUMNS, explicit={"地块": "name"})
    with pytest.raises(BadHeader, match="land_mu"):
        map_header(["面积"], COLUMNS, explicit={"面积": "land_m"})


def test_two_columns_for_one_of_ours_are_refused() -> None:
    with pytest.raises(BadHeader, match="name"):
        map_header(["名称", "name"], COLUMNS)


def test_unknown_columns_are_reported_with_the_nearest_of_ours() -> None:
    found = map_header(["cod", "亩均税", "qwerty"], COLUMNS)
    assert [(one.header, one.nearest) for one in found.unknown] == [
        ("cod", "code"),
        ("亩均税", "亩均税收（tax_per_mu_min）"),
        ("qwerty", None),
    ]


def test_a_required_column_that_is_nowhere_is_missing() -> None:
    assert [column.name for column in map_header(["名称"], COLUMNS).missing] == ["code"]
    assert not map_header(["名称"], COLUMNS, constants={"code": "1"}).missing


def test_a_constant_for_a_column_of_the_file_or_of_nobody_is_refused() -> None:
    with pytest.raises(BadHeader):
        map_header(["code"], COLUMNS, constants={"code": "1"})
    with pytest.raises(BadHeader):
        map_header(["code"], COLUMNS, constants={"colour": "1"})


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        ("单位能耗增加值", "energy_per_value_added_max"),
        ("单位能耗工业增加值（万元/吨标煤）", "energy_per_value_added_max"),
        ("单位用水量增加值（万元/立方米）", "water_per_value_added_max"),
        ("单位COD排放增加值", "cod_per_value_added_max"),
    ],
)
def test_a_reciprocal_header_is_turned_round_with_a_note(header: str, ours: str) -> None:
    found = map_header([header], COLUMNS)
    assert [(field.column.name, field.inverted) for field in found.fields] == [(ours, True)]
    assert any("reciprocal" in note.en for note in found.notes)


@pytest.mark.parametrize("header", ["单位能耗产值", "单位能耗总产值（万元/吨标煤）", "单位用水量税收"])
def test_another_ratio_is_refused(header: str) -> None:
    with pytest.raises(BadHeader, match=r"比值|another ratio"):
        map_header([header], COLUMNS)


def test_places_are_found_in_columns_where_the_kind_wants_them() -> None:
    for header in (["lng", "lat"], ["经度", "纬度"], ["LON", "Latitude"]):
        found = map_header(["code", *header], COLUMNS, shape=Shape.POINT)
        assert found.places == {"lng": header[0], "lat": header[1]}
        assert found.needs_crs
    assert map_header(["code", "WKT"], COLUMNS, shape=Shape.POLYGON).places == {"wkt": "WKT"}
    assert not map_header(["code", "lng", "lat"], COLUMNS).needs_crs
    assert not map_header(["code"], COLUMNS, shape=Shape.POINT).needs_crs


def test_half_a_place_is_refused() -> None:
    with pytest.raises(BadHeader, match="lat"):
        map_header(["code", "lng"], COLUMNS, shape=Shape.POINT)


def test_geometry_of_the_file_comes_before_columns() -> None:
    found = map_header(["code", "lng", "lat"], COLUMNS, shape=Shape.POINT, has_geometry=True)
    assert found.origin is not None
    assert found.origin.value == "file"
    assert any("not used" in note.en for note in found.notes)


def test_other_names_for_places_can_be_asked_for() -> None:
    found = map_header(["x", "y"], COLUMNS, shape=Shape.POINT, explicit={"x": "lng", "y": "lat"})
    assert found.places == {"lng": "x", "lat": "y"}
