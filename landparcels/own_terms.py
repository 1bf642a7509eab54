"""A city's own admission indicators in the pre-check: a plan states the figure itself, under the indicator's code."""

from collections.abc import Mapping

from landparcels.admission import TERMS, Term
from landparcels.indicators.own import OwnIndicator


def own_terms(own: Mapping[str, OwnIndicator]) -> dict[str, Term]:
    """Those that a project must reach or stay within: numbers of the group 准入指标 with a bound."""
    return {
        code: Term(code, at_least=one.bound == "at_least")
        for code, one in own.items()
        if one.group == "admission" and one.kind == "decimal" and one.bound in ("at_least", "at_most")
    }


def terms_with(own: Mapping[str, OwnIndicator]) -> dict[str, Term]:
    """All that a plan is checked for, the standard ones first."""
    return {**TERMS, **own_terms(own)}
