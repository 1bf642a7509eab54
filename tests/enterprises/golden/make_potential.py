"""Writes potential.json beside it: what two packages for multi-criteria decisions say of one table of firms.

Not part of the test run; in an environment of its own: `pip install pymcdm==1.4.0 pyrepo-mcda==0.1.15`, then run this file.
pymcdm calls the entropy of a column with a zero in it 0, which min–max always gives; its weights are therefore taken on a
table without zeros, and its TOPSIS is given the weights of the other.
"""

import json
from pathlib import Path

import numpy as np
from pymcdm.methods import TOPSIS as PymcdmTopsis
from pymcdm.weights import entropy_weights
from pyrepo_mcda.mcda_methods import TOPSIS as PyrepoTopsis
from pyrepo_mcda.normalizations import minmax_normalization
from pyrepo_mcda.weighting_methods import entropy_weighting


def main() -> None:
    rng = np.random.Generator(np.random.PCG64(20260930))
    firms = np.round(
        np.column_stack(
            [
                rng.normal(0.06, 0.12, 12),
                rng.gamma(2.0, 0.015, 12),
                rng.normal(0.07, 0.05, 12),
                rng.lognormal(2.6, 0.6, 12),
                rng.lognormal(4.6, 0.5, 12),
                rng.gamma(1.5, 2.0, 12),
            ]
        ),
        4,
    )
    benefit = np.ones(6)
    normal = minmax_normalization(firms, benefit)
    weights = entropy_weighting(normal)
    positive = np.round(rng.uniform(1, 9, (10, 4)), 3)
    golden = {
        "criteria": firms.tolist(),
        "weights": weights.tolist(),
        "closeness_pyrepo": PyrepoTopsis()(firms, weights, benefit).tolist(),
        "closeness_pymcdm": PymcdmTopsis()(firms, weights, benefit).tolist(),
        "positive": positive.tolist(),
        "positive_weights_pymcdm": entropy_weights(positive).tolist(),
        "positive_weights_pyrepo": entropy_weighting(positive).tolist(),
    }
    Path(__file__).with_name("potential.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
