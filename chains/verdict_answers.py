"""How each verdict on a node arose: its value, its inputs, how sure it is, why, and the smallest change that flips it."""

from __future__ import annotations

from dataclasses import asdict

from chains import confidence
from chains.answers import Answer
from chains.figures import known, node_inputs
from chains.flips import Flip, smallest_chokepoint_flip, smallest_single_source_flip, smallest_state_flip
from chains.picture import ChainPicture
from chains.verdicts import STATES
from chains.wording import explain_chokepoint, explain_flip, explain_single_source, explain_state


def verdict(picture: ChainPicture, at: int) -> Answer:
    """Each verdict on a leaf: its value, the inputs it was made from, why, and the smallest change that flips it."""
    figures, row, limits = picture.figures, picture.nodes[at], picture.limits.values
    inputs = node_inputs(picture.graph, picture.facts, figures, at)
    rate, lq = known(figures.supply.rate[at]), known(figures.lq[at])
    critical, dependence, barrier = (
        float(values[at]) for values in (figures.criticality, figures.dependence, figures.barrier)
    )
    return {
        "state": {
            "value": STATES[figures.state[at]].value,
            "why": str(explain_state(STATES[figures.state[at]], inputs, rate=rate, lq=lq, limits=limits)),
            "inputs": {
                "supply": inputs.supply,
                "demand": inputs.demand,
                "rate": rate,
                "lq": lq,
                "essential": row.essential,
                "without_output": int(figures.supply.without_output[at]),
            },
            "flip": _flip(smallest_state_flip(inputs, limits)),
            **_sure(confidence.of_state(picture.assumed, figures.supply.supply, at)),
        },
        "behind_missing": {
            "value": bool(figures.behind_missing[at]),
            "users": [picture.nodes[user].code for user in picture.graph.target[picture.graph.source == at].tolist()],
        },
        "single_source": {
            "value": bool(figures.single_source[at]),
            "why": str(explain_single_source(inputs, limits)),
            "inputs": {"largest": inputs.largest, "supply": inputs.supply},
            "flip": _flip(smallest_single_source_flip(inputs, limits)),
            **_sure(confidence.of_single_source(picture.assumed, at)),
        },
        "chokepoint": {
            "value": bool(figures.chokepoint[at]),
            "why": str(explain_chokepoint(criticality=critical, dependence=dependence, barrier=barrier, limits=limits)),
            "inputs": {
                "criticality": critical,
                "dependence": dependence,
                "dependence_origin": _origin_of_dependence(row.import_share, rate),
                "barrier": barrier,
                "barrier_origin": "assumed" if row.barrier is None else "recorded",
                "risk": known(figures.chokepoint_risk[at]),
            },
            "flip": _flip(smallest_chokepoint_flip(inputs, limits)),
            **_sure(confidence.of_chokepoint(picture.assumed, at)),
        },
        "thresholds": picture.limits.as_answer(),
    }


def _origin_of_dependence(import_share: float | None, rate: float | None) -> str:
    if import_share is not None:
        return "recorded"
    return "computed" if rate is not None else "no_local_demand"


def _flip(flip: Flip | None) -> Answer | None:
    if flip is None:
        return None
    answer = asdict(flip) | {"words": str(explain_flip(flip))}
    answer.pop("size")
    return answer


def _sure(of: confidence.Confidence) -> Answer:
    return {"confidence": of.value, "assumed": dict(of.assumed)}
