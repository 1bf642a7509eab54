from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema


def test_the_schema_describes_every_address_without_a_warning() -> None:
    GENERATOR_STATS.reset()
    with GENERATOR_STATS.silence():
        schema = SchemaGenerator().get_schema(request=None, public=True)

    validate_schema(schema)
    said = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    assert said == []
    assert {"/api/v1/session/", "/api/v1/parcels/match/", "/api/v1/siting/fit/", "/api/v1/imports/"} <= set(
        schema["paths"]
    )
