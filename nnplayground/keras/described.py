"""What a model's file says beside its experiment: layers, metrics and the learning rate by the names they have in scripts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from nnplayground.engine.activations import Activation
from nnplayground.engine.initializers import Initializer
from nnplayground.engine.layers import Layer as Entry
from nnplayground.keras import activations, initializers, layers, metrics
from nnplayground.keras.building import assemble
from nnplayground.keras.compiling import EXPRESSED, Compiled
from nnplayground.keras.layers.base import Layer
from nnplayground.keras.layers.core import Custom, InputLayer
from nnplayground.keras.names import plain
from nnplayground.keras.optimizers import schedules
from nnplayground.keras.regularizers import L1L2
from nnplayground.storage.values import from_plain, to_plain
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment

if TYPE_CHECKING:
    from nnplayground.keras.models import Sequential

T = TypeVar("T")


class LayerLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A layer: the name of its class, its own name, and its arguments."""

    kind: str
    name: str
    arguments: dict[str, Any]


class MetricLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A metric: the name of its class, its own name, and its options."""

    kind: str
    name: str
    options: dict[str, int | float] = {}


class ScheduleLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A schedule of the learning rate."""

    kind: str
    arguments: dict[str, float | bool]


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the experiment does not say of a model."""

    input_shape: list[int]
    compiled: bool = True
    sparse: bool = False
    from_logits: bool = False
    label_smoothing: float = 0.0
    metrics: list[str | MetricLabel] = []
    layers: list[LayerLabel] = []
    learning_rate: float | ScheduleLabel | None = None
    """None: that of the experiment."""
    steps: int = 0
    """Steps that the optimizer has done."""


def _offered(module: ModuleType, name: str, base: type[T]) -> Callable[..., T]:
    """The class `name` of `module`, which is a kind of `base`; raises `TypeError`."""
    found = getattr(module, name, None)
    if not isinstance(found, type) or not issubclass(found, base) or found is base or name.startswith("_"):
        raise TypeError(name)
    return found


def labels_of(model: Sequential) -> Labels:
    """What is to be said of a model."""
    compiled, stack = model._compiled, model._layers
    start = [] if isinstance(stack[0], InputLayer) else [InputLayer(model.input_shape[1:], name="input_layer")]
    shape = model._ready().input_shape
    known = Labels(list(shape), compiled=False, layers=[_label(layer) for layer in (*start, *stack)])
    if compiled is None:
        return known
    loss, named = compiled.loss, [_metric_label(metric) for metric in compiled.metrics]
    return msgspec.structs.replace(
        known, compiled=True, sparse=loss.sparse, from_logits=loss.from_logits, label_smoothing=float(loss.label_smoothing),
        metrics=[label for label in named if label is not None], learning_rate=_rate_label(compiled),
        steps=compiled.steps_done(),
    )  # fmt: skip


def _label(layer: Layer) -> LayerLabel:
    arguments = {name: _plain(value) for name, value in layer.get_config().items() if name != "name"}
    own = {"id": layer.entry(()).id} if isinstance(layer, Custom) else {}
    return LayerLabel(type(layer).__name__, layer.name, own | arguments)


def _plain(value: Any) -> Any:
    if isinstance(value, L1L2):
        return {"l1": value.l1, "l2": value.l2}
    return to_plain(plain(getattr(value, "entry", value)))


def named_layers(labels: Labels, entries: tuple[Entry, ...]) -> list[Layer] | None:
    """The layers that the labels tell of, or None if they are not those of a network of `entries`."""
    shape = tuple(labels.input_shape)
    try:
        found = [_layer(label) for label in labels.layers]
        return found if found and assemble(found, shape)[0] == entries else None
    except (Problem, TypeError, ValueError, AttributeError, ArithmeticError):
        return None


def _layer(label: LayerLabel) -> Layer:
    given = {name: _argument(name, value) for name, value in label.arguments.items()}
    return _offered(layers, label.kind, Layer)(**{**given, "name": label.name})


def _argument(name: str, value: Any) -> Any:
    match name:
        case "activation":
            return activations.of(from_plain(Activation, value, name))
        case "kernel_initializer" | "bias_initializer":
            return initializers.of(from_plain(Initializer, value, name))
        case "kernel_regularizer":
            return L1L2(**value)
    return value


def _metric_label(metric: metrics.Metric) -> str | MetricLabel | None:
    """None for a metric of one's own: no code is in the file."""
    kind = type(metric).__name__
    if getattr(metrics, kind, None) is type(metric) is not metrics.Metric and not kind.startswith("_"):
        options = {name: _plain(getattr(metric, name)) for name in ("threshold", "k") if hasattr(metric, name)}
        return MetricLabel(kind, metric.name, options)
    return metric.name if metric.name in ("accuracy", "acc") else None


def metric_of(label: str | MetricLabel) -> str | metrics.Metric:
    """What to give `compile` for a label; raises `TypeError`."""
    if isinstance(label, str):
        return label
    options: dict[str, Any] = {"name": label.name, **label.options}
    return _offered(metrics, label.kind, metrics.Metric)(**options)


def _rate_label(compiled: Compiled) -> float | ScheduleLabel:
    """Of a schedule of one's own, the rate that it has come to."""
    given = compiled.optimizer.given
    kind = type(given).__name__
    if isinstance(given, schedules.LearningRateSchedule) and getattr(schedules, kind, None) is type(given):
        return ScheduleLabel(kind, given.arguments())
    return compiled.optimizer.learning_rate


def rate_of(label: float | ScheduleLabel) -> float | schedules.LearningRateSchedule:
    """What to give an optimizer; raises `Problem` or `TypeError`."""
    if not isinstance(label, ScheduleLabel):
        return label
    return _offered(schedules, label.kind, schedules.LearningRateSchedule)(**label.arguments)


def settings_of(experiment: Experiment) -> dict[str, Any]:
    """Settings of an experiment for which Keras has no words, as further arguments of `compile`."""
    fields = [field for field in dataclasses.fields(experiment) if field.name not in EXPRESSED | {"clip"}]
    values = {field.name: (getattr(experiment, field.name), field.default) for field in fields}
    return {name: to_plain(value) for name, (value, default) in values.items() if value != default}
