"""One sample's way through the network and back: every sum, every activation, and the chain rule factor by factor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan


@dataclass(frozen=True, eq=False)
class LayerStep:
    """One layer, on the way there and back, values laid out flat.

    `x` (inputs,) comes in, `u` (sums,) are the sums, `a` (units,) goes out; `delta` (sums,) is dL/du. `slope` (sums,) is
    f'(u), None where the activation mixes units (softmax) or has several sums per unit. `W` (sums, inputs) and `b`
    (sums,) are None unless the layer is dense.
    """

    index: int
    x: Array
    u: Array
    a: Array
    delta: Array
    slope: Array | None
    W: Array | None
    b: Array | None


@dataclass(frozen=True, eq=False)
class SampleWay:
    """The way of one sample with target `t` (outputs,): the layers, the loss, the gradient (trainable,)."""

    t: Array
    layers: tuple[LayerStep, ...]
    loss: float
    gradient: Array


@dataclass(frozen=True, eq=False)
class Chain:
    """dL/dw of one weight = input * slope * upstream, and where the upstream comes from.

    `upstream` is dL/da of the weight's unit: the sum over the next dense layer's units k of `weights`[k] `deltas`[k].
    Both are None where the next layer is not dense. In the output layer behind softmax, or whatever fuses with the loss,
    `slope` and `upstream` are None and dL/du comes at once: `delta` = y - t.
    """

    input: float
    slope: float | None
    upstream: float | None
    weights: Array | None
    deltas: Array | None
    delta: float
    gradient: float


def sample_way(network: Network, parameters: Array, row: Array, target: Array) -> SampleWay:
    """Send one sample `row` (features,) with its `target` (outputs,) forward and back, as the engine does it.

    In inference mode; in the precision of `parameters`.
    """
    gradient = np.zeros(network.trainable, parameters.dtype)
    plan = Plan(network, 1, parameters, gradient, to_input=True)
    plan.rows[0], plan.targets[0] = row, target
    with np.errstate(all="ignore"):
        plan.forward()
        loss = plan.loss()
        plan.backward()
    steps: list[LayerStep] = []
    x = plan.rows[0].copy()
    for index in range(len(network.spec.layers)):
        steps.append(_step(network, parameters, plan, index, x))
        x = steps[-1].a
    return SampleWay(np.array(plan.targets[0]), tuple(steps), loss, gradient)


def chain(network: Network, way: SampleWay, layer: int, unit: int, source: int) -> Chain:
    """How the loss depends on the weight from input `source` (-1: the bias) to `unit` of the dense layer `layer`."""
    step = way.layers[layer]
    entering = 1.0 if source < 0 else float(step.x[source])
    delta = float(step.delta[unit])
    name = "b" if source < 0 else "W"
    places = network.addresses[layer][name]
    gradient = float(way.gradient[places[unit] if source < 0 else places[unit, source]])
    last = layer == len(way.layers) - 1
    if step.slope is None or (last and network.spec.loss.fuses(network.output_activation)):
        return Chain(entering, None, None, None, None, delta, gradient)
    slope = float(step.slope[unit])
    following = _next_dense(network, way, layer)
    if following is None:
        return Chain(entering, slope, delta / slope if slope else None, None, None, delta, gradient)
    assert following.W is not None
    weights = following.W[:, unit].copy()
    upstream = float(weights @ following.delta)
    return Chain(entering, slope, upstream, weights, following.delta, delta, gradient)


@dataclass(frozen=True, eq=False)
class Terms:
    """How a sum comes about: `products` (inputs,) = weights * inputs, `partial` (inputs + 1,) the sum after each, from b."""

    inputs: Array
    weights: Array
    products: Array
    partial: NDArray[np.float64]


def terms(way: SampleWay, layer: int, unit: int) -> Terms | None:
    """The products that the sum of `unit` is made of, one multiplication after another; None unless `layer` is dense."""
    step = way.layers[layer]
    if step.W is None or step.b is None:
        return None
    products = step.W[unit] * step.x
    partial = np.cumsum(np.concatenate([[step.b[unit]], products]), dtype=np.float64)
    return Terms(step.x, step.W[unit].copy(), products, partial)


def _step(network: Network, parameters: Array, plan: Plan, index: int, x: Array) -> LayerStep:
    layer, named = network.spec.layers[index], network.views(parameters)[index]
    u = plan.pre_activations(index)[..., 0].copy()
    slope = None
    if layer.activation.elementwise and layer.activation.sums_per_unit == 1:
        own = {n: p.reshape(-1, *(1 for _ in u.shape[1:])) for n, p in named.items() if n not in ("W", "b")}
        slope = _slopes(network, index, u, own).ravel()
    dense = layer.id == "dense"
    return LayerStep(
        index, x, u.ravel(), plan.activations(index)[..., 0].ravel().copy(),
        plan.sum_gradients(index)[..., 0].ravel().copy(), slope,
        named["W"].copy() if dense else None, named["b"].copy() if dense else None,
    )  # fmt: skip


def _slopes(network: Network, index: int, u: Array, own: dict[str, Array]) -> Array:
    """f'(u) unit by unit where each has parameters of its own."""
    activation = network.spec.layers[index].activation
    with np.errstate(all="ignore"):
        if not own:
            return activation.curve(u)[1]
        rows = [activation.curve(u[i], {n: p[i] for n, p in own.items()})[1] for i in range(len(u))]
        return np.stack(rows)


def _next_dense(network: Network, way: SampleWay, layer: int) -> LayerStep | None:
    """The dense layer that gets what `layer` gives, if only changes of shape lie between and no unit is silenced."""
    if any(index == layer for index, _ in network.silenced):
        return None
    for step in way.layers[layer + 1 :]:
        if step.W is not None:
            return step
        operations = [o for o in network.operations if o.index == step.index]
        if not all(o.is_view for o in operations):
            return None
    return None
