"""What a person expects of the network when the data changes: it takes the new inputs and answers the new task."""

from __future__ import annotations

from nnplayground.data.datasets import Dataset
from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.arrays import Shape
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.losses import Loss
from nnplayground.engine.losses.cross_entropy import CategoricalCrossEntropy
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.gui.designer.edits import has_activation
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment, advice


def with_dataset(experiment: Experiment, dataset: Dataset) -> tuple[Experiment, list[Text]]:
    """The experiment on other data, and what else had to change for it, in words.

    Hidden layers are kept. Only layers that cannot take the new input are replaced or left out, and the
    output layer gets the units, and if need be the activation and loss, that the new task asks for.
    """
    old = experiment
    new = experiment.replace(dataset=dataset)
    if (dataset.input_shape, dataset.task) == (old.dataset.input_shape, old.dataset.task):
        return new, []
    said: list[Text] = []
    if dataset.input_shape != old.dataset.input_shape:
        new = new.replace(layers=_take_input(new.layers, dataset.input_shape, said))
    if dataset.task != old.dataset.task:
        new = _answer(old, _fit_output(new, said), said)
        if len(new.class_weights) != len(dataset.task.classes):
            new = new.replace(class_weights=())
    return new, said


def _take_input(layers: tuple[Layer, ...], shape: Shape, said: list[Text]) -> tuple[Layer, ...]:
    """The layers with what stands between them and an input of `shape` mended."""
    kept: list[Layer] = []
    for layer in layers:
        for part in _fitting(layer, shape, said):
            kept.append(part)
            shape = part.output_shape(shape)
    return tuple(kept)


def _fitting(layer: Layer, shape: Shape, said: list[Text]) -> list[Layer]:
    """What stands in for `layer` on an input of `shape`: mostly the layer itself."""
    if isinstance(layer, Flatten) and len(shape) == 1:
        said.append(_LEFT_OUT.format(layer=layer.label))
        return []
    try:
        layer.output_shape(shape)
        return [layer]
    except Problem:
        pass
    if len(shape) > 1 and _works_on((layer,), Flatten().output_shape(shape)):
        said.append(_PUT_BEFORE.format(new=Flatten.label, layer=layer.label))
        return [Flatten(), layer]
    if has_activation(layer):
        said.append(_REPLACED.format(layer=layer.label, dense=Dense.label))
        return (
            [Dense(activation=layer.activation)] if len(shape) == 1 else [Flatten(), Dense(activation=layer.activation)]
        )
    said.append(_LEFT_OUT.format(layer=layer.label))
    return []


def _works_on(layers: tuple[Layer, ...], shape: Shape) -> bool:
    try:
        for layer in layers:
            shape = layer.output_shape(shape)
    except Problem:
        return False
    return True


def _fit_output(experiment: Experiment, said: list[Text]) -> Experiment:
    """Give the output layer the units that the task asks for."""
    layers, task = experiment.layers, experiment.dataset.task
    last = next((i for i in reversed(range(len(layers))) if isinstance(layers[i], Dense)), None)
    if last is None or task.fits(getattr(layers[last], "units", 0)):
        return experiment
    said.append(_UNITS.format(units=task.units))
    changed = layers[last].replace(units=task.units)
    return experiment.replace(layers=(*layers[:last], changed, *layers[last + 1 :]))


def _answer(old: Experiment, new: Experiment, said: list[Text]) -> Experiment:
    """Take the usual output activation and loss of the task if those of the old one no longer do."""
    task = new.dataset.task
    other_kind = task.is_classification != old.dataset.task.is_classification
    from_one_unit = _units(old) == 1 and _units(new) > 1
    if not new.layers or not (other_kind or from_one_unit or (advice(new) and not advice(old))):
        return new
    activation: Activation = Softmax() if task.is_classification else Identity()
    loss: Loss = CategoricalCrossEntropy() if task.is_classification else MeanSquaredError()
    last = new.layers[-1]
    if has_activation(last) and last.activation != activation:
        said.append(_ACTIVATION.format(activation=activation.label))
        last = last.replace(activation=activation)
    if type(loss) is not type(new.loss):
        said.append(_LOSS.format(loss=loss.label))
        new = new.replace(loss=loss)
    return new.replace(layers=(*new.layers[:-1], last))


def _units(experiment: Experiment) -> int:
    """Units of the output layer, 0 if it has none."""
    return getattr(experiment.layers[-1], "units", 0) if experiment.layers else 0


_UNITS = Text("output units: {units}", "出力層のユニット数を {units} に")
_ACTIVATION = Text("{activation} at the output", "出力の活性化関数を{activation}に")
_LOSS = Text("loss: {loss}", "損失関数を{loss}に")
_LEFT_OUT = Text("no {layer} layer, which has no use here", "不要になった{layer}を削除")
_REPLACED = Text(
    "{dense} instead of {layer}, because these inputs are no image", "入力が画像ではないので{layer}を{dense}に置き換え"
)
_PUT_BEFORE = Text("{new} before {layer}", "{layer}の前に{new}を追加")
