"""The training of a dense network, from the same first weights over the same batches, as a page of NumPy."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.exports import Material
from nnplayground.exports._numbers import expression
from nnplayground.exports._steps import Step
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment

MOST_NUMBERS = 60_000
"""Numbers of the data that a script may carry."""
_DRAWS = {
    "glorot_uniform": "rng.uniform(-a, a, (out, inputs))  # a = √(6 / (inputs + out))",
    "glorot_normal": "rng.normal(0.0, np.sqrt(2.0 / (inputs + out)), (out, inputs))",
    "he_normal": "rng.normal(0.0, np.sqrt(2.0 / inputs), (out, inputs))",
    "he_uniform": "rng.uniform(-a, a, (out, inputs))  # a = √(6 / inputs)",
    "lecun_normal": "rng.normal(0.0, np.sqrt(1.0 / inputs), (out, inputs))",
    "lecun_uniform": "rng.uniform(-a, a, (out, inputs))  # a = √(3 / inputs)",
    "normal": "rng.normal(0.0, {std!r}, (out, inputs))",
    "uniform": "rng.uniform(-{limit!r}, {limit!r}, (out, inputs))",
    "zeros": "np.zeros((out, inputs))",
    "constant": "np.full((out, inputs), {value!r})",
}
_BOUNDS = {"glorot_uniform": "6.0 / (inputs + out)", "he_uniform": "6.0 / inputs", "lecun_uniform": "3.0 / inputs"}
_LOSSES = {
    "categorical_crossentropy": ("-np.sum(t * np.log(np.maximum(y, 1e-37))) / len(t)", "-t / np.maximum(y, 1e-37)"),
    "binary_crossentropy": (
        "-np.mean(t * np.log(np.maximum(y, 1e-37)) + (1 - t) * np.log(np.maximum(1 - y, 1e-37)))",
        "(y - t) / np.maximum(y * (1 - y), 1e-37) / t.shape[1]",
    ),
    "half_squared_error": ("np.sum((y - t) ** 2) / 2 / len(t)", "y - t"),
    "mean_squared_error": ("np.mean((y - t) ** 2)", "2 * (y - t) / t.shape[1]"),
    "mean_absolute_error": ("np.mean(np.abs(y - t))", "np.sign(y - t) / t.shape[1]"),
}
_RULES = {
    "sgd": ("", "p -= rate * g"),
    "momentum": ("v", "v *= {momentum!r}\nv -= rate * g\np += v"),
    "nesterov": ("v", "v *= {momentum!r}\nv -= rate * g\np += {momentum!r} * v - rate * g"),
    "adagrad": ("h", "h += g * g\np -= rate * g / np.sqrt(h + {start!r} + {epsilon!r})"),
    "rmsprop": ("h", "h *= {rho!r}\nh += (1 - {rho!r}) * g * g\np -= rate * g / np.sqrt(h + {epsilon!r})"),
    "adam": (
        "m, v",
        "m *= {beta_1!r}\nm += (1 - {beta_1!r}) * g\nv *= {beta_2!r}\nv += (1 - {beta_2!r}) * g * g\n"
        "scale = np.sqrt(1 - {beta_2!r} ** step) / (1 - {beta_1!r} ** step)\n"
        "p -= rate * scale * m / (np.sqrt(v) + {epsilon!r})",
    ),
}  # fmt: skip


def in_numpy(formula: str, variable: str) -> str:
    """A formula over `u` as NumPy over `variable`; `erf` is a helper of the script."""
    words = re.sub(r"\bu\b", variable, formula)
    words = re.sub(r"\bgreater\(", "np.greater(", words)
    words = re.sub(r"(?<![\w.])(exp|log|tanh|abs|maximum|minimum)\(", r"np.\1(", words)
    return re.sub(r"np\.greater\(([^()]*(?:\([^()]*\))?[^()]*)\)", r"np.greater(\1).astype(np.float32)", words)


def code(material: Material, found: Sequence[Step]) -> str:
    """The function `train`, or nothing if this training cannot be said in a page of NumPy."""
    experiment = material.experiment
    if not _is_plain(experiment, found):
        return ""
    try:
        data = experiment.dataset.load()
    except Problem:
        return ""
    network = material.network
    targets = data.task.targets(data.train_labels, network.output_shape[0], network.output_activation)
    if data.train_weights is not None or data.x_train.size + targets.size > MOST_NUMBERS:
        return ""
    return _script(material, found, data, targets)


def _is_plain(experiment: Experiment, found: Sequence[Step]) -> bool:
    kinds = {"dense", "function", "softmax", "reshape"}
    softmaxes = [i for i, step in enumerate(found) if step.kind == "softmax"]
    plain = all(step.kind in kinds for step in found) and softmaxes in ([], [len(found) - 1])
    dense = all(layer.id in ("dense", "flatten") for layer in experiment.layers)
    known = experiment.loss.id in _LOSSES and experiment.optimizer.id in _RULES and experiment.initializer.id in _DRAWS
    random = any(step.values.get("id") in ("rrelu", "step") for step in found)
    others = (
        experiment.l1, experiment.l2, experiment.weight_decay, experiment.clip, experiment.class_weights,
        experiment.silenced, experiment.frozen, experiment.augment.id != "none", experiment.schedule.id != "constant",
    )  # fmt: skip
    fused = not softmaxes or experiment.loss.id == "categorical_crossentropy"
    return plain and dense and known and fused and not random and not any(others)


def _script(material: Material, found: Sequence[Step], data: Data, targets: Array) -> str:
    experiment, say = material.experiment, {k: w.in_(material.language) for k, w in _WORDS.items()}
    state, rule = _RULES[experiment.optimizer.id]
    options = {o.name: getattr(experiment.optimizer, o.name) for o in experiment.optimizer.options()}
    loss, slope = _LOSSES[experiment.loss.id]
    fused = found[-1].kind == "softmax" or (found[-1].values.get("id"), experiment.loss.id) == (
        "sigmoid",
        "binary_crossentropy",
    )
    forward, backward = _passes(found, fused)
    last = _temperature(found[-1])
    first = f"(y - t){last}{' / t.shape[1]' if experiment.loss.id == 'binary_crossentropy' else ''}" if fused else slope
    names = ", ".join(f"W{step.layer}, b{step.layer}" for step in found if step.kind == "dense")
    slots = f"    for {', '.join(['p', 'g', *filter(None, [state])])} in zip(parameters, gradients" + (
        "".join(f", {slot}s" for slot in state.split(", ")) if state else ""
    )
    made = "".join(f"    {slot}s = [np.zeros_like(p) for p in parameters]\n" for slot in state.split(", ") if state)
    steps_ = "\n".join(f"                {line}" for line in rule.format(**options).split("\n"))
    bounds = _BOUNDS.get(experiment.initializer.id)
    draw = _DRAWS[experiment.initializer.id].format(
        **{o.name: getattr(experiment.initializer, o.name) for o in experiment.initializer.options()}
    )
    sizes = ", ".join(f"({s.arrays['W'].shape[0]}, {s.arrays['W'].shape[1]})" for s in found if s.kind == "dense")
    return f'''
# {say["data"]}
X = {expression(_rows(data.x_train))}
T = {expression(targets)}


def first_parameters():
    """{say["first"]}"""
    rng, made = np.random.default_rng({experiment.seed}), []
    for out, inputs in [{sizes}]:
{f"        a = np.sqrt({bounds})" + chr(10) if bounds else ""}        made += [({draw.split("  #")[0]}).astype(np.float32), np.zeros(out, np.float32)]
    return made


def train(epochs={experiment.epochs}, batch={experiment.batch_size}, rate={experiment.learning_rate!r}):
    """{say["train"]}"""
    parameters, losses, step = first_parameters(), [], 0
    {names} = parameters
{made}    order = np.random.default_rng(({experiment.seed}, 1))
    for epoch in range(epochs):
        rows = order.permutation(len(X))
        for start in range(0, len(X), batch):
            x, t = X[rows[start : start + batch]], T[rows[start : start + batch]]
            step += 1
            # {say["forward"]}
{forward}
            losses.append({loss})
            # {say["backward"]}
            d = ({first}) / len(t)
{backward}
            gradients = [{_gradients(found)}]
        {slots}):
{steps_}
        print(f"{{epoch + 1}}: {{losses[-1]:.6f}}")
    return parameters, losses

'''


def _rows(x: Array) -> NDArray[np.float32]:
    return np.ascontiguousarray(x, np.float32)


def _temperature(step: Step) -> str:
    entry = step.values.get("entry")
    temperature = step.values.get("temperature", getattr(entry, "temperature", 1.0))
    return "" if temperature == 1 else f" / {temperature!r}"


def _passes(found: Sequence[Step], fused: bool) -> tuple[str, str]:
    """Lines that make the sums u1, u2, ... and outputs y1, y2, ..., and the gradients; the last output is `y`."""
    there, back, now = [], [], "x"
    dense = [step.layer for step in found if step.kind == "dense"]
    for place, step in enumerate(found):
        n, end = step.layer, place == len(found) - 1
        if step.kind == "dense":
            there.append(f"u{n} = {now} @ W{n}.T + b{n}")
            lower = [f"d = d @ W{n}"] if n != dense[0] else []
            back.append([f"gW{n}, gb{n} = d.T @ {now}, d.sum(0)", *lower])
            now = f"u{n}"
        elif step.kind in ("softmax", "function"):
            f = f"softmax(u{n}{_temperature(step)})" if step.kind == "softmax" else in_numpy(step.values["f"], f"u{n}")
            there.append(f"y{n} = {f}")
            if not (end and fused):
                derivative = re.sub(r"\by\b", f"y{n}", in_numpy(step.values["derivative"], f"u{n}"))
                back.append([f"d = d * ({derivative})"])
            now = f"y{n}"
    there.append(f"y = {now}")
    lines = [line for part in reversed(back) for line in part]
    return _indented(there), _indented(lines)


def _gradients(found: Sequence[Step]) -> str:
    return ", ".join(f"gW{step.layer}, gb{step.layer}" for step in found if step.kind == "dense")


def _indented(lines: Sequence[str]) -> str:
    return "\n".join(" " * 12 + line for line in lines)


_WORDS = {
    "data": Text("The training data: inputs and targets, one sample a row", "訓練データ: 1 行が 1 件の入力と目標"),
    "first": Text("Weights as the seed draws them, biases 0.", "乱数シードから作った重みと、0 のバイアス。"),
    "train": Text(
        "Learn from the first weights; returns parameters and the loss of each step.",
        "初期値から学習し、パラメータと各ステップの損失を返す。",
    ),
    "forward": Text("forward", "順伝播"),
    "backward": Text("backward: d is the gradient of the loss", "逆伝播: d は損失の勾配"),
}
