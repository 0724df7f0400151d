"""Models in files: parameters as safetensors, the rest as JSON inside; no code, no pickle.

A name that ends in .nnp gives a file that the window opens; any other gives one for `load_model` alone.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.engine.arrays import Shape
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.keras import losses, optimizers
from nnplayground.keras.building import Built, image_after
from nnplayground.keras.compiling import Compiled, frozen
from nnplayground.keras.described import Labels, labels_of, metric_of, named_layers, rate_of, settings_of
from nnplayground.keras.initializers import of as initializer_of
from nnplayground.keras.layers.base import has_order, keras_shape
from nnplayground.keras.layers.convert import layers_of
from nnplayground.keras.layers.core import Custom, InputLayer
from nnplayground.keras.layers.core import Flatten as FlattenLayer
from nnplayground.keras.problems import refuse
from nnplayground.keras.regularizers import L1L2
from nnplayground.storage import experiment_file, project, weights
from nnplayground.storage.atomic import write_bytes
from nnplayground.storage.parsing import damaged, not_ours
from nnplayground.storage.project import Project
from nnplayground.storage.tensors import pack, unpack
from nnplayground.storage.values import fields_to_plain
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.stopping import MEASURED

if TYPE_CHECKING:
    from nnplayground.keras.models import Sequential


def experiment_of(model: Sequential, dataset: Dataset | None = None) -> Experiment:
    """The model as an experiment for the window, on `dataset` or the first one here that fits; raises `InputProblem`."""
    built, compiled = model._ready(), model._compilation()
    trainer = compiled.trainer
    steps, batch = (1, 32) if trainer is None else (trainer.steps_per_epoch, trainer.experiment.batch_size)
    made = compiled.optimizer.in_window(compiled.experiment(built, model.seed, batch), steps)
    entries = compiled.entries(built)
    for wanted in [dataset] if dataset is not None else [kind() for kind in datasets.values()]:
        layers = (Flatten(), *entries) if _flat(built.input_shape, wanted.input_shape) else entries
        fitting = built.input_shape == wanted.input_shape or len(layers) > len(entries)
        if fitting and wanted.task.fits(built.units) and wanted.task.is_classification == _classifies(compiled):
            before = len(layers) - len(entries)
            return made.replace(
                dataset=wanted, layers=layers, title=Text.same(model.name),
                silenced=tuple((i + before, unit) for i, unit in made.silenced),
                frozen=tuple((i + before, name, index) for i, name, index in made.frozen),
            )  # fmt: skip
    raise refuse(
        "No dataset of the window has inputs of {shape} and {units} outputs that are {kind}; save to a name that ends in "
        ".keras.",
        "入力 {shape}・出力 {units} 個（{kind}）のデータセットがウィンドウにありません。名前の末尾を .keras にして保存してください。",
        shape=keras_shape(built.input_shape), units=built.units,
        kind=Text("classes", "クラス") if _classifies(compiled) else Text("values", "数値"),
    )  # fmt: skip


def _flat(shape: Shape, image: Shape) -> bool:
    return len(shape) == 1 and len(image) == 3 and image[0] == 1 and shape[0] == image[1] * image[2]


def _classifies(compiled: Compiled) -> bool:
    loss = compiled.loss.entry.id
    return "crossentropy" in loss or loss == "hinge" or any("accuracy" in metric.name for metric in compiled.metrics)


def save_model(model: Sequential, filepath: str | PathLike[str], overwrite: bool) -> None:
    """Write the model's file; raises `Problem`."""
    path = _free(filepath, overwrite)
    built = model._ready()
    if path.suffix == project.SUFFIX:
        project.write(path, Project(experiment_of(model), built.parameters))
    else:
        write_bytes(path, _dumps(model, built))


def save_weights(model: Sequential, filepath: str | PathLike[str], overwrite: bool) -> None:
    """Write the parameters alone; raises `Problem`."""
    path, built = _free(filepath, overwrite), model._ready()
    write_bytes(path, weights.dumps(built.network, built.parameters))


def load_weights(model: Sequential, filepath: str | PathLike[str]) -> None:
    """Put in place the parameters in a file of `save_weights` or `save_model`; raises `Problem`."""
    built = model._ready()
    built.parameters[...] = weights.read(_path(filepath), built.network)


def _dumps(model: Sequential, built: Built) -> bytes:
    compiled = model._compiled
    made = (compiled or Compiled("sgd", "mse", None, {})).experiment(built, model.seed, 32)
    made = made.replace(dataset=Experiment().dataset, layers=built.entries, title=Text.same(model.name))
    plain = experiment_file.to_dict(made)
    del plain["dataset"]
    description = {"experiment": plain, "model": msgspec.to_builtins(labels_of(model))}
    state = () if compiled is None else compiled.state()
    arrays = {f"optimizer/{i}": slot for i, slot in enumerate(state)}
    return pack(weights.to_arrays(built.network, built.parameters) | arrays, description)


def load_model(filepath: str | PathLike[str], compile: bool = True) -> Sequential:
    """The model in a file of `save`, or in one that the window saved; raises `Problem`."""
    path = _path(filepath)
    data = read_bytes(path, weights.MAX_BYTES)
    arrays, description = unpack(data, path.name)
    if "model" not in description:
        return _of_project(project.loads(data, path.name), compile)
    try:
        labels = msgspec.convert(description["model"], Labels)
        plain: dict[str, Any] = {k: v for k, v in dict(description["experiment"]).items() if k != "dataset"}
    except (msgspec.ValidationError, KeyError, TypeError, ValueError):
        raise FileProblem("not-ours", not_ours(path.name)) from None
    experiment = experiment_file.from_dict(plain, path.name)
    try:
        shape = tuple(labels.input_shape)
        network = Network(NetworkSpec(shape, experiment.layers))
        own = {name: array for name, array in arrays.items() if "/" not in name}
        model = _model(experiment, shape, weights.from_arrays(network, own, path.name), labels, compile)
        if model._compiled is not None:
            state = [arrays[f"optimizer/{i}"] for i in range(len(arrays) - len(own))]
            model._compiled.go_on(network, labels.steps, state)
        return model
    except FileProblem:
        raise
    except Problem as problem:
        raise FileProblem("damaged", problem.text) from None
    except (TypeError, ValueError, KeyError) as error:
        raise damaged(path.name, str(error)) from None


def _path(filepath: Any) -> Path:
    try:
        return Path(filepath)
    except TypeError:
        raise refuse(
            'filepath is {given!r}; give the name of a file, such as "model.keras".',
            'filepath が {given!r} です。"model.keras" のようなファイル名を指定してください。',
            given=filepath,
        ) from None  # fmt: skip


def _free(filepath: Any, overwrite: bool) -> Path:
    """Where a file may be written."""
    path = _path(filepath)
    if not overwrite and path.exists():
        raise refuse("{path} is there already.", "{path} はすでにあります。", path=path)
    return path


def _of_project(found: Project, compile: bool) -> Sequential:
    experiment = found.experiment.replace(**dict.fromkeys(MEASURED, 0))  # a script says itself when it ends
    shape = experiment.dataset.input_shape
    labels = Labels(list(shape), compile, metrics=["accuracy"] if experiment.dataset.task.is_classification else [])
    return _model(experiment, shape, found.parameters, labels, compile)


def _model(experiment: Experiment, shape: Shape, parameters: Any, labels: Labels, compile: bool) -> Sequential:
    from nnplayground.keras.models import Sequential

    layers = named_layers(labels, experiment.layers) or stack(experiment, shape)
    model = Sequential(layers, name=experiment.title.en, seed=experiment.seed)
    built = model._ready()
    if parameters is not None:
        built.parameters[...] = parameters
    for layer, place in built.places.items():
        if layer.blocks and all((place.index, name, -1) in experiment.frozen for name in layer.blocks):
            layer.trainable = False
    if compile and labels.compiled:
        loss = _loss(experiment, labels)
        optimizer = optimizers.of(experiment.optimizer, experiment.learning_rate, experiment.weight_decay)
        optimizer.global_clipnorm = experiment.clip
        if labels.learning_rate is not None:
            optimizer.learning_rate = rate_of(labels.learning_rate)
        named = [metric_of(label) for label in labels.metrics]
        others = tuple(place for place in experiment.frozen if place not in frozen(built))
        model.compile(optimizer, loss, named, **settings_of(experiment.replace(frozen=others)))
    return model


def stack(experiment: Experiment, shape: Shape) -> list[Any]:
    """The layers of an experiment whose network works, with their input in front; outputs keep its order.

    A model makes one layer of a weighted layer and the activation behind it; where that would be seen, they stay apart.
    """
    penalty = L1L2(experiment.l1, experiment.l2 / 2) if experiment.l1 or experiment.l2 else None
    rule = initializer_of(experiment.initializer)
    found: list[Any] = [InputLayer(keras_shape(shape))]
    image: Shape | None = None
    for i, entry in enumerate(experiment.layers):
        turned = has_order(shape) or image is not None
        if entry.id == "activation" and _stays_apart(experiment, i):
            found.append(Custom(entry.id, **fields_to_plain(entry)))
        else:
            found += layers_of(entry, len(shape) == 3, rule, penalty, turned)
        image = image_after(entry, shape, image)
        shape = entry.output_shape(shape)
    if image is not None:
        return [Custom("flatten") if isinstance(layer, FlattenLayer) else layer for layer in found]
    return found


def _stays_apart(experiment: Experiment, index: int) -> bool:
    """Whether the activation layer `index` must keep its number, or be the last one, which says what the loss sees."""
    layers, numbered = experiment.layers, experiment.frozen or experiment.silenced or experiment.weights
    if layers[index].activation.id == "identity":
        return bool(numbered) or index == len(layers) - 1
    return bool(numbered) and index > 0 and layers[index - 1].id in ("dense", "conv2d")


def _loss(experiment: Experiment, labels: Labels) -> losses.Loss:
    if labels.sparse:
        return losses.SparseCategoricalCrossentropy(from_logits=labels.from_logits)
    loss = losses.of(experiment.loss)
    if labels.from_logits or labels.label_smoothing:
        kinds = {
            "categorical_crossentropy": losses.CategoricalCrossentropy,
            "binary_crossentropy": losses.BinaryCrossentropy,
        }  # fmt: skip
        kind = kinds.get(loss.entry.id)
        if kind is not None:
            return kind(from_logits=labels.from_logits, label_smoothing=labels.label_smoothing)
    return loss
