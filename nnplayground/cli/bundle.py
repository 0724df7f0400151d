"""`nnplayground bundle`: training the parameters that the program ships, from MNIST and generated digits."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from nnplayground import __version__, resources
from nnplayground.cli.progress import Bar
from nnplayground.cli.words import Parser, write
from nnplayground.data.augmentations.images import Images
from nnplayground.data.datasets.mixed_digits import MixedDigits
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.schedules.cosine import Cosine
from nnplayground.storage import atomic, ready_made, weights
from nnplayground.storage.values import to_plain
from nnplayground.text import Text
from nnplayground.training.averaging import train_averaged
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

EPOCHS = {"digits": 80, "digits-cnn": 30}
AUGMENT = Images(shift=1.5, rotate=12, scale=0.12, shear=0.25, elastic=1.2, pen=0.6)
DTYPE = np.float16
"""Costs nothing measurable and halves the files."""


def run(arguments: list[str]) -> int:
    """Train each network; write its parameters and its card, NAME.safetensors and NAME.json."""
    options = _parse(arguments)
    for name in options.names or EPOCHS:
        file = Path(options.folder) / f"{name}.safetensors"
        atomic.check(file)
        experiment = recipe(name, epochs=options.epochs, generated=options.generated, seed=options.seed)
        trainer, seconds = _train(name, experiment)
        data = weights.dumps(trainer.network, trainer.parameters, DTYPE)
        trainer.parameters[...] = weights.loads(data, trainer.network)
        card = _card(name, trainer, len(data))
        atomic.write_bytes(file, data)
        atomic.write_bytes(file.with_suffix(".json"), (json.dumps(card, indent=2, ensure_ascii=False) + "\n").encode())
        write(sys.stdout, json.dumps({"name": name, "seconds": round(seconds), **card["figures"]}) + "\n")
    return 0


def recipe(name: str, *, epochs: int | None = None, generated: int = 60_000, seed: int = 1) -> Experiment:
    """The ready-made network `name` with the data and the settings that it is trained with to be shipped."""
    return ready_made.load(name).replace(
        dataset=MixedDigits(generated=generated, seed=seed), augment=AUGMENT, optimizer=Adam(), learning_rate=2e-3,
        batch_size=128, epochs=epochs or EPOCHS[name], schedule=Cosine(length=epochs or EPOCHS[name]), seed=seed,
        weights="",
    )  # fmt: skip


def _train(name: str, experiment: Experiment) -> tuple[Trainer, float]:
    dataset = experiment.dataset
    assert isinstance(dataset, MixedDigits)
    trainer = Trainer(experiment, dataset.load())
    began = time.perf_counter()
    with Bar() as bar:
        trainer.parameters[...] = train_averaged(
            trainer, experiment.epochs,
            renew=lambda epoch: dataset.replace(seed=dataset.seed + epoch).load(),
            tell=lambda share: bar.show(share, f"{name}  loss {trainer.loss:.4f}"),
        )  # fmt: skip
    return trainer, time.perf_counter() - began


def _card(name: str, trainer: Trainer, size: int) -> dict[str, Any]:
    """What the parameters are, where they come from, and how good they are."""
    experiment = trainer.experiment
    found = trainer.evaluate(limit=None)
    return {
        "name": name,
        "made_by": f"nnplayground {__version__}: nnplayground bundle {name} --epochs {experiment.epochs}"
        f" --generated {experiment.dataset.generated} --seed {experiment.seed}",  # type: ignore[attr-defined]
        "data": "MNIST's training digits and digits made by nnplayground, new ones in each epoch; no other",
        "settings": {
            "augment": to_plain(experiment.augment), "optimizer": to_plain(experiment.optimizer),
            "learning_rate": experiment.learning_rate, "schedule": to_plain(experiment.schedule), "batch_size": experiment.batch_size,
            "parameters": "exponential mean over the last steps",
        },
        "figures": {
            "parameters": trainer.network.trainable, "bytes": size, "mnist_test_accuracy": found.test_accuracy,
            "mnist_test_loss": round(found.test_loss, 5),
        },
    }  # fmt: skip


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(
        arguments, "bundle",
        Text(
            "Train the parameters that nnplayground ships (needs MNIST).",
            "nnplayground に同梱する学習済みパラメータを学習します（MNIST が必要です）。",
        ),
    )  # fmt: skip
    words = parser.words
    parser.add_argument("names", metavar="NAME", nargs="*", choices=[*EPOCHS, []], help=" / ".join(EPOCHS))
    parser.add_argument("--epochs", type=int, help=words("how often to go through the data", "データを何回繰り返すか"))
    parser.add_argument(
        "--generated", type=int, default=60_000, help=words("generated digits in each epoch", "エポックごとに生成する数字の数")
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=int, default=1, help=words("seed of data and weights", "データと重みの乱数シード")
    )
    parser.add_argument(
        "--folder", default=str(resources.path("models")), help=words("where the files go", "ファイルを置くフォルダー")
    )  # fmt: skip
    return parser.parse_args(arguments)
