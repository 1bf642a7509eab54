from geo.importing.cleaning import map_header
from geo.importing.kinds import Column


def test_a_column_named_by_map_wins_over_one_that_bears_our_name() -> None:
    mapping = map_header(["name", "fullname"], [Column("name", "名称")], explicit={"fullname": "name"})
    assert [(field.column.name, field.header) for field in mapping.fields] == [("name", "fullname")]
    assert [unknown.header for unknown in mapping.unknown] == ["name"]
