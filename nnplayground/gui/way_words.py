"""One sample's way in formulas with numbers."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.network import Network
from nnplayground.text import Text
from nnplayground.training.inspection.sample_way import Chain, SampleWay, chain, terms

ALL = 5
"""Sums of more products show the largest ones, and how much the others add."""
MORE = Text("… ({n} more: {sum})", "…（ほか {n} 項: {sum}）")
UNIT = Text("Layer {layer}, unit {unit}", "第 {layer} 層 ユニット {unit}")
WEIGHT = Text("Weight from {source} to it", "{source} からの重み w")
BIAS = Text("Bias b", "バイアス b")
NO_SUM = Text("{unit}: output {a}", "{unit}: 出力 {a}")
LOSS = Text("Loss E = {loss}", "損失 E = {loss}")


def digits(value: float) -> str:
    """Six digits, a true minus sign."""
    return f"{value:.6g}".replace("-", "−")


def unit_name(layer: int, unit: int) -> Text:
    """Counted from 1."""
    return UNIT.format(layer=layer + 1, unit=unit + 1)


def forward_words(network: Network, way: SampleWay, layer: int, unit: int, shown: int | None = None) -> Text:
    """How the output of a unit comes about; of its terms only the first `shown`: the bias, the products, the output."""
    step, name = way.layers[layer], unit_name(layer, unit)
    found = terms(way, layer, unit)
    if found is None:
        return NO_SUM.format(unit=name, a=digits(float(step.a[unit])))
    count = len(found.products)
    done = count + 2 if shown is None else shown
    said = _sum(float(found.partial[0]), found.weights, found.inputs, min(done - 1, count))
    total = digits(float(found.partial[min(done - 1, count)]))
    whole = Text.same("u = ")
    words = Text(f"{whole.en}{said.en} = {total}", f"{whole.ja}{said.ja} = {total}")
    if done > count + 1:
        activation = network.spec.layers[layer].activation
        outcome = Text("{f}(u) = {a}", "{f}(u) = {a}").format(f=activation.id, a=digits(float(step.a[unit])))
        words = Text(f"{words.en},   a = {outcome.en}", f"{words.ja}、  a = {outcome.ja}")
    return Text(f"{name.en}:  {words.en}", f"{name.ja}:  {words.ja}")


def _sum(bias: float, weights: np.ndarray, inputs: np.ndarray, count: int) -> Text:
    """The bias and the first `count` products."""
    products = weights[:count] * inputs[:count]
    shown = np.arange(count)
    if count > ALL:
        shown = np.sort(np.argsort(-np.abs(products), kind="stable")[:ALL])
    parts = [digits(bias), *(f"{_factor(weights[i])}·{_factor(inputs[i])}" for i in shown)]
    said = Text.same(" + ".join(parts))
    if count <= ALL:
        return said
    rest = float(products.sum() - products[shown].sum())
    more = MORE.format(n=count - ALL, sum=digits(rest))
    return Text(f"{said.en} + {more.en}", f"{said.ja} + {more.ja}")


def chain_words(network: Network, way: SampleWay, layer: int, unit: int, source: int) -> Text | None:
    """The chain rule for one weight (`source` -1: the bias), factor by factor; None unless the layer is dense."""
    if way.layers[layer].W is None:
        return None
    found = chain(network, way, layer, unit, source)
    name = BIAS if source < 0 else WEIGHT.format(source=source + 1)
    outcome = digits(found.gradient)
    factors = _factors(found, way, layer, unit)
    return Text(f"{name.en}:  ∂E/∂w = {factors} = {outcome}", f"{name.ja}:  ∂E/∂w = {factors} = {outcome}")


def _factors(found: Chain, way: SampleWay, layer: int, unit: int) -> str:
    entering = _factor(found.input)
    if found.slope is None:
        if layer == len(way.layers) - 1:
            y, t = float(way.layers[layer].a[unit]), float(way.t[unit])
            if abs((y - t) - found.delta) <= 1e-5 * max(abs(found.delta), 1e-3):
                return f"x · (y − t) = {entering} · ({_factor(y)} − {_factor(t)})"
        return f"x · ∂E/∂u = {entering} · {_factor(found.delta)}"
    if found.upstream is None:
        return f"x · ∂E/∂u = {entering} · {_factor(found.delta)}"
    upstream = _factor(found.upstream)
    if found.weights is not None and found.deltas is not None and len(found.weights) <= ALL:
        pairs = zip(found.weights, found.deltas, strict=True)
        upstream = "(" + " + ".join(f"{_factor(w)}·{_factor(d)}" for w, d in pairs) + ")"
    return f"x · f′(u) · ∂E/∂a = {entering} · {_factor(found.slope)} · {upstream}"


def _factor(value: float | np.floating) -> str:
    """In brackets if it is negative."""
    words = f"{float(value):.4g}".replace("-", "−")
    return f"({words})" if words.startswith("−") else words


def loss_words(way: SampleWay) -> Text:
    """The loss."""
    return LOSS.format(loss=digits(way.loss))
