"""`nnplayground predict`: what a trained network reads in pictures of digits."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from nnplayground.cli.words import Parser, write
from nnplayground.data.pictures import picture_image
from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import predict
from nnplayground.storage import project, weights
from nnplayground.storage.parsing import shorten
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment

IMAGE = (1, 28, 28)


def run(arguments: list[str]) -> int:
    """Read pictures and print the answers."""
    parser = Parser(
        arguments, "predict", Text("Read pictures of digits with a trained network.", "学習済みのネットワークで数字の画像を読みます。"),
        Text("A picture without any ink has the prediction -1.", "何も描かれていない画像の予測は -1 です。"),
    )  # fmt: skip
    words = parser.words
    parser.add_argument(
        "model", metavar="MODEL",
        help=words("an experiment with trained weights, or a file", "学習済みの重みがある実験の名前か、ファイル"),
    )  # fmt: skip
    parser.add_argument(
        "images", metavar="IMAGE", nargs="+", help=words("a picture (PNG, JPEG, ...)", "画像（PNG、JPEG など）")
    )
    parser.add_argument("--json", action="store_true", help=words("print JSON", "JSON で出す"))
    options = parser.parse_args(arguments)
    experiment, parameters = _model(options.model)
    found = _answers(experiment, parameters, options.images)
    write(sys.stdout, json.dumps(found) + "\n" if options.json else _table(found, experiment, parser.lang))
    return 0


def _model(name: str) -> tuple[Experiment, Array]:
    """The experiment and its parameters; raises `Problem` if there are none, or if it does not read pictures."""
    found = project.find(name)
    experiment = found.experiment
    parameters = found.parameters if found.parameters is not None else weights.bundled(experiment)
    if parameters is None:
        raise Problem(_UNTRAINED.format(name=shorten(name)))
    if experiment.dataset.input_shape != IMAGE or not experiment.dataset.task.is_classification:
        raise Problem(_NO_PICTURES.format(name=shorten(name)))
    return experiment, parameters


def _answers(experiment: Experiment, parameters: Array, files: list[str]) -> list[dict[str, Any]]:
    from nnplayground.gui import display

    display.require(offscreen=True)  # pictures are unpacked by Qt, whose libraries may be missing
    from nnplayground.gui.pictures import read_picture

    images = np.stack([picture_image(read_picture(Path(file))) for file in files])
    network = experiment.network()
    outputs = predict(network, parameters, images.reshape(len(files), -1))
    shares = experiment.dataset.task.probabilities(outputs, network.output_activation)
    answers = []
    for file, image, share in zip(files, images, shares, strict=True):
        inked = bool(image.any())
        share = share if inked else np.zeros_like(share)
        answer = int(share.argmax()) if inked else -1
        answers.append({"file": file, "prediction": answer, "probabilities": [float(p) for p in share]})
    return answers


def _table(found: list[dict[str, Any]], experiment: Experiment, language: str) -> str:
    classes = experiment.dataset.task.classes
    lines = []
    for answer in found:
        best = answer["prediction"]
        if best < 0:
            said = _NO_INK.in_(language)
        else:
            said = f"{classes[best]}  ({100 * answer['probabilities'][best]:.1f} %)"
        lines.append(f"{answer['file']}: {said}\n")
    return "".join(lines)


_UNTRAINED = Text(
    "{name} has no trained parameters; train it first: nnplayground train {name} --save FILE.nnp",
    "{name} には学習済みパラメータがありません。先に学習してください: nnplayground train {name} --save FILE.nnp",
)
_NO_PICTURES = Text(
    "{name} does not read pictures; choose one that reads digits, such as digits.",
    "{name} は画像を読みません。digits のように数字を読むものを選んでください。",
)
_NO_INK = Text("nothing is drawn there", "何も描かれていません")
