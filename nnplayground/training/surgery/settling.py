from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan


def settle_normalization(network: Network, parameters: Array, inserted: Iterable[int], rows: Array) -> None:
    """Let batch normalizations among the layers `inserted` start as the identity on `rows` (samples, features).

    Their running means and scales are set to what they meet there; training then begins from the same function,
    and not only inference.
    """
    for index in sorted(inserted):
        named = network.views(parameters)[index]
        if "gamma" not in named or not len(rows):
            continue
        plan = Plan(network, len(rows), parameters)
        plan.rows[...] = rows
        with np.errstate(all="ignore"):
            plan.forward()
        seen = plan.activations(index - 1) if index else plan.rows.T
        values = seen.reshape(len(named["gamma"]), -1).astype(np.float64)
        mean, variance = values.mean(1), values.var(1)
        epsilon = getattr(network.spec.layers[index], "epsilon", 0.0)
        named["moving_mean"][...], named["moving_variance"][...] = mean, variance
        named["gamma"][...], named["beta"][...] = np.sqrt(variance + epsilon), mean
