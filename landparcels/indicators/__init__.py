"""The standard land indicators (METHODS 5): typed columns of one abstract model, and the catalogue read from it."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from landparcels.indicators.admission import AdmissionIndicators
from landparcels.indicators.energy import EnergyIndicators
from landparcels.indicators.field import GROUPS, IndicatorField, Origin
from landparcels.indicators.policy import PolicyIndicators
from landparcels.indicators.services import ServicesIndicators
from landparcels.indicators.terms import TermsIndicators

if TYPE_CHECKING:
    from accounts.rights import Person
    from landparcels.indicators.own import Indicator

__all__ = ["IndicatorField", "StandardLandIndicators", "by_name", "catalogue", "indicators_for", "of_origin"]


class StandardLandIndicators(
    AdmissionIndicators, TermsIndicators, EnergyIndicators, PolicyIndicators, ServicesIndicators
):
    """What is known of a parcel. Empty is unknown, never 0.

    `declared` values belong to the parcel, `regional` ones to the nearest ancestor region that has one, `computed` ones
    come from facilities and grid; all are stored, so that filters, tiles and matching read one row.
    """

    class Meta:
        abstract = True


@cache
def catalogue() -> Mapping[str, IndicatorField]:
    """Every standard indicator by code, group by group in the order of declaration, which is the order people see."""
    fields = [field for field in StandardLandIndicators._meta.fields if isinstance(field, IndicatorField)]
    fields.sort(key=lambda field: (GROUPS.index(field.group), field.creation_counter))
    return {field.code: field for field in fields}


def indicators_for(person: "Person | None" = None) -> "Mapping[str, Indicator]":
    """The catalogue with the city's own indicators (those this person may see) at the end of each group."""
    from landparcels.indicators.own import merged, own_indicators  # its model is not there yet while models load

    return merged(catalogue(), own_indicators(person))


def of_origin(origin: Origin) -> dict[str, IndicatorField]:
    """The indicators that are `declared`, `regional` or `computed`, by code."""
    return {code: field for code, field in catalogue().items() if field.origin == origin}


def by_name(name: str) -> IndicatorField | None:
    """The indicator of a code or a Chinese name, as the header of a file may say it."""
    wanted = name.strip()
    return next((field for code, field in catalogue().items() if wanted in (code, field.zh)), None)
