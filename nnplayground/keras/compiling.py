"""What `compile` chose, and the trainer that carries it out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnplayground.data.datasets import Dataset
from nnplayground.data.task import Data, Labels, Task, with_ones
from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.layers import Layer as Entry
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.network import Network
from nnplayground.keras import losses, metrics, optimizers
from nnplayground.keras.building import Built
from nnplayground.keras.inputs import Fed
from nnplayground.keras.problems import InputProblem, refuse
from nnplayground.keras.regularizers import L1L2
from nnplayground.storage.values import build
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.stopping import has_condition
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True)
class Arrays(Dataset):
    """Samples that somebody has in memory already."""

    id = "arrays"
    label = Text("Arrays", "配列")

    input_shape: Shape = ()
    task: Task = Task()


EXPRESSED = frozenset({
    "name", "title", "description", "dataset", "layers", "loss", "initializer", "optimizer", "weights", "learning_rate",
    "batch_size", "epochs", "seed", "l1", "l2", "weight_decay", "class_weights",
    "stop_epochs", "validation",
})  # fmt: skip
"""Fields of an experiment that Keras has words for; the others are further arguments of `compile`, as files spell them."""


class Compiled:
    """Optimizer, loss and metrics of a model, and the trainer once there is one."""

    def __init__(self, optimizer: Any, loss: Any, wanted: Any, others: Mapping[str, Any]) -> None:
        if loss is None:
            raise refuse(
                'compile needs a loss, as in loss="categorical_crossentropy".',
                'compile には損失関数が必要です。例: loss="categorical_crossentropy"',
            )
        self.settings = _settings(others)
        self.optimizer = optimizers.get(optimizer)
        self.loss = losses.get(loss)
        names = list(wanted or ()) if wanted is None or isinstance(wanted, (list, tuple)) else [wanted]
        self.metrics = [metrics.get(name) for name in names]
        self.trainer: Trainer | None = None
        self.optimizer.steps_done = self.steps_done
        self._kept: tuple[int, tuple[Array, ...]] = 0, ()

    def steps_done(self) -> int:
        """Steps done since the optimizer started afresh."""
        return self._kept[0] if self.trainer is None else self.trainer.step_count

    def state(self) -> tuple[Array, ...]:
        """What the optimizer remembers."""
        return self._kept[1] if self.trainer is None else self.trainer.state

    def go_on(self, network: Network, steps: int, state: Sequence[Array]) -> None:
        """Begin the next training with what the optimizer remembered after `steps` steps; raises `ValueError`."""
        fits = all(s.shape == (network.trainable,) and s.dtype == np.float32 and np.isfinite(s).all() for s in state)
        if steps < 0 or not fits or len(state) not in (0, self.optimizer.entry.slots):
            raise ValueError("optimizer")
        self._kept = steps, tuple(state)

    def entries(self, built: Built) -> tuple[Entry, ...]:
        """The layers as they learn: an image is laid out flat, and with logits the last one gets the loss's activation."""
        entries = _flat(built)
        if not self.loss.from_logits:
            return entries
        last = entries[-1]
        head = Sigmoid() if self.loss.entry.id == "binary_crossentropy" else Softmax()
        if last.activation.id != "identity" or not hasattr(last, "units"):
            raise refuse(
                "from_logits=True means that the last layer is a Dense layer without activation; leave one of them out.",
                "from_logits=True では、最後の層は活性化関数なしの Dense です。どちらかを外してください。",
            )
        return (*entries[:-1], last.replace(activation=head))

    def network(self, built: Built) -> Network:
        """The network that answers: units that the settings silence are silent."""
        silenced = self.settings.get("silenced")
        return Network(built.network.spec, map(tuple, silenced)) if silenced else built.network

    def experiment(self, built: Built, seed: int, batch_size: int) -> Experiment:
        """What the trainer is to do, but for the learning rate; raises `InputProblem`."""
        rules = [layer.initializer.entry for layer in built.places if layer.initializer is not None]
        penalty = _penalty(built)
        decay = self.optimizer.weight_decay
        try:
            made = Experiment(
                dataset=Arrays(built.input_shape, Task(outputs=built.units)), layers=self.entries(built),
                loss=self.loss.entry, initializer=rules[0] if rules else Experiment().initializer,
                optimizer=self.optimizer.entry, batch_size=batch_size, seed=seed, l1=penalty.l1, l2=2 * penalty.l2,
                weight_decay=decay, clip=self.optimizer.global_clipnorm,
            )  # fmt: skip
            made = build(Experiment, self.settings, base=made) if self.settings else made
            return made.replace(frozen=tuple(dict.fromkeys((*made.frozen, *frozen(built)))))
        except Problem as problem:
            raise InputProblem(problem.text) from None

    def prepare(self, built: Built, seed: int, batch_size: int, fed: Fed, held: Fed | None) -> Trainer:
        """The trainer for these samples: the same as before, its state kept, if there is one.

        Settings that end the training by themselves look at the samples `held` back.
        """
        steps = -(-len(fed.rows) // batch_size)
        ahead = self.steps_done() - (0 if self.trainer is None else self.trainer.epoch_count * steps)
        experiment = self.optimizer.paced(self.experiment(built, seed, batch_size), steps, ahead)
        if self.trainer is None:
            self.loss.advise(_last_activation(built), stacklevel=5)  # where `fit` is called
            self.trainer = _started(experiment, built, fed, held)
            self._remember(self.trainer)
            built.parameters = self.trainer.parameters
            return self.trainer
        old = self.trainer.data
        data = None if _same(old, fed) else _data(experiment, built, fed, held)
        if data is not None or experiment != self.trainer.experiment:
            self.trainer.configure(experiment, data)
        return self.trainer

    def _remember(self, trainer: Trainer) -> None:
        (steps, state), fresh = self._kept, trainer.checkpoint()
        if [s.shape for s in state] == [s.shape for s in fresh.state]:  # no other layers since
            trainer.restore(dataclasses.replace(fresh, step=steps, state=state))


def _last_activation(built: Built) -> Activation:
    """The activation of the outputs, whatever shape they are given afterwards."""
    found = [entry.activation for entry in built.entries if entry.id not in ("flatten", "reshape")]
    return found[-1] if found else Identity()


def _flat(built: Built) -> tuple[Entry, ...]:
    """The layers, so that they end flat; without a Reshape that alone makes an image of the outputs."""
    *_, before, after = map(len, built.network.shapes)
    if after == 1:
        return built.entries
    return built.entries[:-1] if before == 1 and len(built.entries) > 1 else (*built.entries, Flatten())


def frozen(built: Built) -> list[tuple[int, str, int]]:
    """The arrays of layers that are not to learn, as an experiment names them."""
    return [
        (place.index, name, -1)
        for layer, place in built.places.items()
        for name in layer.blocks
        if not layer.trainable and place.index is not None
    ]


def _settings(others: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the further arguments of `compile` that are settings of an experiment; the others must be idle."""
    names = {f.name for f in dataclasses.fields(Experiment)} - EXPRESSED
    for argument, value in others.items():
        if argument not in names and value not in (None, False, "auto", 1):
            raise refuse(
                "compile: {argument} is not offered here; leave it out.", "compile: {argument} は使えません。省いてください。",
                argument=argument,
            )  # fmt: skip
    return {name: value for name, value in others.items() if name in names}


def _started(experiment: Experiment, built: Built, fed: Fed, held: Fed | None) -> Trainer:
    try:
        return Trainer(experiment, _data(experiment, built, fed, held), built.parameters)
    except Problem as problem:
        raise InputProblem(problem.text) from None


def _data(experiment: Experiment, built: Built, fed: Fed, held: Fed | None) -> Data:
    rows, task = fed.rows if _serves(fed.rows) else with_ones(fed.rows), Task(outputs=built.units)
    if not has_condition(experiment):
        return Data(built.input_shape, task, rows, fed.targets, rows[:0], fed.targets[:0], fed.weights)
    if held is None:
        raise refuse(
            "Settings that end the training need validation_data in fit.",
            "学習を自動で終える設定を使うには、fit に validation_data が必要です。",
        )
    sides = _as_classes(experiment, fed, held)
    if sides is not None:
        task = Task(tuple(map(str, range(max(built.units, 2)))))
    elif experiment.stop_accuracy:
        raise refuse(
            "stop_accuracy needs labels of classes: one-hot rows, or 0 and 1 for a sigmoid unit; leave it out for other targets.",
            "stop_accuracy にはクラスのラベル（one-hot の行、またはシグモイドユニット 1 個に対する 0 と 1）が必要です。ほかの目標値では省いてください。",
        )
    labels = sides or (fed.targets, held.targets)
    return Data(built.input_shape, task, rows, labels[0], with_ones(held.rows), labels[1], fed.weights)


def _as_classes(experiment: Experiment, fed: Fed, held: Fed) -> tuple[Labels, Labels] | None:
    """Class numbers (samples,) of both sides, if the targets are what classes give; None: values of a regression."""
    network = experiment.network()
    units, activation = network.output_shape[0], network.output_activation
    task = Task(tuple(map(str, range(max(units, 2)))))
    found = []
    for side in (fed.targets, held.targets):
        labels = side.argmax(axis=1) if units > 1 else (side[:, 0] > 0).astype(np.int64)
        if not np.array_equal(task.targets(labels, units, activation), side):
            return None
        found.append(labels)
    return found[0], found[1]


def _serves(rows: Array) -> bool:
    """Whether batches can be gathered from `rows` as they are: a copy takes room, and time to compare with in each `fit`."""
    return rows.dtype == np.float32 and rows.flags.c_contiguous


def _same(data: Data, fed: Fed) -> bool:
    """Whether these are the samples that the trainer has already, looked at in pieces that stay in the cache."""
    rows, kept = fed.rows, data.x_train
    if len(rows) != len(kept) or not np.array_equal(fed.targets, data.train_labels):
        return False
    if (fed.weights is None) != (data.train_weights is None):
        return False
    if fed.weights is not None and not np.array_equal(fed.weights, data.train_weights):  # type: ignore[arg-type]
        return False
    if rows.__array_interface__ == kept.__array_interface__:
        return True
    return all(np.array_equal(rows[i : i + 512], kept[i : i + 512]) for i in range(0, len(rows), 512))


def _penalty(built: Built) -> L1L2:
    """The one regularizer of all layers with weights; raises `InputProblem` if they differ."""
    found = {layer.regularizer or L1L2() for layer in built.places if layer.initializer is not None}
    if len(found) > 1:
        raise refuse(
            "Give every layer with weights the same kernel_regularizer; it acts on the whole model here.",
            "重みのある層すべてに同じ kernel_regularizer を指定してください。ここではモデル全体に働きます。",
        )
    return found.pop() if found else L1L2()
