"""An experiment as a Keras script that does the same, to the last bit, as the window does from fresh parameters."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pprint import pformat
from textwrap import indent
from typing import Any

from nnplayground.data.datasets import Dataset
from nnplayground.data.datasets.my_digits import MyDigits
from nnplayground.data.datasets.own_data import OwnData
from nnplayground.engine.layers import Layer as Entry
from nnplayground.keras import losses, optimizers
from nnplayground.keras.compiling import EXPRESSED
from nnplayground.keras.names import code_of, custom_code, source
from nnplayground.keras.saving import stack
from nnplayground.storage.values import to_plain
from nnplayground.storage.weights import trained
from nnplayground.text import Text, one_line
from nnplayground.training.experiment import Experiment

MODULES = ("activations", "initializers", "layers", "losses", "metrics", "optimizers", "regularizers")
WIDTH = 100
"""Characters of a line that loads data."""


def script(experiment: Experiment, language: str = "en", file: str = "") -> str:
    """Python source with comments in `language`; raises `Problem` if the network does not work.

    `file` names the experiment's file, which carries a person's own data; where there is none, a comment asks for it.
    """
    experiment.network()
    body = "\n".join(_lines(experiment, language, file))
    used = [name for name in MODULES if re.search(rf"\b(?<!\.){name}\.", body)]
    return f"""# {one_line(experiment.title.in_(language))}
from nnplayground import keras
from nnplayground.keras import {", ".join(used)}

{body}
"""


def _lines(experiment: Experiment, language: str, file: str) -> Iterator[str]:
    yield f"keras.utils.set_random_seed({experiment.seed})  # {_SEED.in_(language)}"
    yield ""
    yield f"# {_DATA.in_(language)}"
    if isinstance(experiment.dataset, OwnData) and not file:
        yield f"# {_SAVE.in_(language)}"
        file = "experiment.nnp"
    yield from _data(experiment.dataset, file)
    yield from _targets(experiment, language)
    yield ""
    yield f"# {_NETWORK.in_(language)}"
    yield "model = keras.Sequential(["
    yield from (f"    {layer.code()}," for layer in stack(experiment, experiment.dataset.input_shape))
    yield "])"
    if trained(experiment) is not None:
        yield f"keras.utils.load_trained(model, {source(experiment.weights)})  # {_TRAINED.in_(language)}"
    yield "model.summary()"
    yield ""
    yield f"# {_LEARNING.in_(language)}"
    yield from _compile(experiment)
    yield "history = model.fit("
    yield f"    x_train, y_train, batch_size={experiment.batch_size}, epochs={experiment.epochs},"
    share = experiment.validation
    yield f"    validation_split={share!r}," if share else "    validation_data=(x_test, y_test),"
    if experiment.class_weights:
        yield f"    class_weight={dict(enumerate(experiment.class_weights))},"
    yield ")"
    yield ""
    yield f"# {(_USE if experiment.dataset.task.is_classification else _USE_VALUES).in_(language)}"
    yield "print(model.evaluate(x_test, y_test, verbose=0))"
    yield "print(model.predict(x_test[:5], verbose=0))"


def _data(dataset: Dataset, file: str = "") -> Iterator[str]:
    brought: dict[str, Any] = {"file": file} if file and isinstance(dataset, (OwnData, MyDigits)) else {}
    options = brought | {f.name: to_plain(getattr(dataset, f.name)) for f in dataclasses.fields(dataset)}
    if dataset.id not in ("mnist", "fashion-mnist"):
        yield from _load(options, dataset.id)
        return
    yield f"(x_train, y_train), (x_test, y_test) = keras.datasets.{dataset.id.replace('-', '_')}.load_data()"
    if options["samples"] != 60_000:
        yield f"x_train, y_train = x_train[:{options['samples']}], y_train[:{options['samples']}]"
    yield 'x_train = x_train.astype("float32").reshape(-1, 28, 28, 1) / 255'
    yield 'x_test = x_test.astype("float32").reshape(-1, 28, 28, 1) / 255'


def _load(options: dict[str, Any], id: str) -> Iterator[str]:
    """The call that loads a dataset; where it is long, lines break between arguments or elements of a list only."""
    sides, call = "(x_train, y_train), (x_test, y_test) = ", code_of("keras.datasets.load", options, id)
    if len(sides + call) <= WIDTH:
        yield sides + call
        return
    yield f"{sides}keras.datasets.load("
    line = f"    {source(id)},"
    for name, value in options.items():
        words = f"{name}={source(value)},"
        if isinstance(value, list) and len(words) > WIDTH:
            words = f"{name}={pformat(value, width=WIDTH, compact=True)},"
        if len(line) + 1 + len(words) <= WIDTH:
            line += f" {words}"
        else:
            yield line
            line = indent(words, "    ")
    yield line
    yield ")"


def _signed(experiment: Experiment) -> bool:
    """Whether two classes share one output that is to be -1 or +1."""
    last: Entry = experiment.layers[-1]
    single = experiment.dataset.task.is_classification and experiment.network().output_shape == (1,)
    return single and last.activation.id != "sigmoid"


def _targets(experiment: Experiment, language: str) -> Iterator[str]:
    task, units = experiment.dataset.task, experiment.network().output_shape[0]
    if _signed(experiment):
        yield f"y_train, y_test = 2.0 * y_train - 1, 2.0 * y_test - 1  # {_SIGNED.in_(language)}"
    elif task.is_classification and units > 1:
        yield f"y_train = keras.utils.to_categorical(y_train, {units})  # {_ONE_HOT.in_(language)}"
        yield f"y_test = keras.utils.to_categorical(y_test, {units})"


def _compile(experiment: Experiment) -> Iterator[str]:
    optimizer = optimizers.of(experiment.optimizer, experiment.learning_rate, experiment.weight_decay)
    yield "model.compile("
    yield f"    optimizer={optimizer.code()},"
    yield f"    loss={_loss(experiment)},"
    if _signed(experiment):
        yield '    metrics=[metrics.SignAccuracy("accuracy")],'
    elif experiment.dataset.task.is_classification:
        yield '    metrics=["accuracy"],'
    for field in dataclasses.fields(experiment):
        value = getattr(experiment, field.name)
        if field.name == "stop_accuracy" and not experiment.dataset.task.is_classification:
            continue  # never reached
        if field.name not in EXPRESSED and value != field.default:
            yield f"    {field.name}={to_plain(value)!r},"
    yield ")"


def _loss(experiment: Experiment) -> str:
    """Keras takes categorical cross-entropy for one-hot rows only, the window for whatever it is asked to."""
    one_hot = experiment.dataset.task.is_classification and experiment.network().output_shape != (1,)
    if experiment.loss.id == "categorical_crossentropy" and not one_hot:
        return custom_code("losses", experiment.loss, means_another=True)
    return losses.of(experiment.loss).code()


_SEED = Text("the same weights and order each time", "毎回同じ重みと順番になる")
_DATA = Text("Data", "データ")
_SAVE = Text(
    "Your own data is in the experiment's file: save the experiment, and write that file's name as file below",
    "自分のデータは実験ファイルの中にある。実験を保存し、そのファイル名を下の file に書く",
)
_NETWORK = Text("Network", "ネットワーク")
_TRAINED = Text("trained weights that come with the program", "プログラムに付属する学習済みの重み")
_LEARNING = Text("Learning", "学習")
_USE = Text(
    "Loss and accuracy on the test data, and the first answers", "テストデータでの損失と精度、最初のいくつかの答え"
)
_USE_VALUES = Text("Loss on the test data, and the first answers", "テストデータでの損失と、最初のいくつかの答え")
_SIGNED = Text("classes 0 and 1 as −1 and +1", "クラス 0 と 1 を −1 と +1 にする")
_ONE_HOT = Text("class numbers as one-hot rows", "クラス番号を one-hot の行にする")
