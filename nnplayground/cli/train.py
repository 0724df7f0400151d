"""`nnplayground train`: learning without a window."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from nnplayground.cli import settings
from nnplayground.cli.progress import Bar
from nnplayground.cli.words import Parser, say, write
from nnplayground.storage import atomic, project
from nnplayground.text import Text
from nnplayground.training import threads
from nnplayground.training.experiment import Experiment
from nnplayground.training.history import History
from nnplayground.training.kept import KeptRun
from nnplayground.training.stopping import KEPT, Watch, has_condition
from nnplayground.training.trainer import Diverged, Trainer

DIVERGED = 3
SLICE = 0.05
"""Seconds of training between two looks at the clock for the bar."""


def run(arguments: list[str]) -> int:
    """Train, report, and save if asked to. Returns 3 if the numbers went out of bounds."""
    options = _parse(arguments)
    experiment = _experiment(options)
    if options.save:
        atomic.check(Path(options.save))
    trainer = Trainer(experiment, experiment.load_data())
    seconds, code, history, watch = 0.0, 0, History(), Watch()
    try:
        with threads.limited:
            seconds = _train(trainer, experiment.epochs, history, watch)
    except Diverged as diverged:
        say(diverged.text.in_(options.language))
        code = DIVERGED
    except KeyboardInterrupt:
        _save(options, trainer, history, watch)
        raise
    if code == 0:
        _save(options, trainer, history, watch)
        report = _report(trainer, seconds)
        write(sys.stdout, json.dumps(report) + "\n" if options.json else _words(report).in_(options.language))
    return code


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(
        arguments, "train", Text("Train an experiment without a window.", "ウィンドウを開かずに学習します。"),
        Text(
            "Learning starts from weights drawn from the seed, whatever parameters the experiment comes with.\n"
            "KEY is a setting as the experiment file spells it: learning_rate, batch_size, dataset, samples, ...\n"
            "Exit code: 0 done, 2 bad input, 3 the numbers became infinite.",
            "実験に学習済みパラメータがあっても、シードから作った重みで学習を始めます。\n"
            "KEY は実験ファイルでの設定の名前です: learning_rate, batch_size, dataset, samples など。\n"
            "終了コード: 0 完了、2 入力の誤り、3 値が無限大になった。",
        ),
    )  # fmt: skip
    words = parser.words
    parser.add_argument(
        "experiment", metavar="EXPERIMENT",
        help=words("name of a ready-made experiment, or a file", "用意された実験の名前か、ファイル"),
    )  # fmt: skip
    parser.add_argument(
        "--epochs", metavar="N", help=words("how often to go through the data", "データを何回繰り返すか")
    )
    parser.add_argument("--seed", metavar="N", help=words("seed of the weights", "重みの乱数シード"))
    parser.add_argument(
        "--set", metavar="KEY=VALUE", action="append", default=[], help=words("change a setting", "設定を変える")
    )
    parser.add_argument("--save", metavar="FILE", help=words("save the trained experiment", "学習した実験を保存する"))
    parser.add_argument(
        "--json", action="store_true", help=words("print the result as one line of JSON", "結果を 1 行の JSON で出す")
    )
    options = parser.parse_args(arguments)
    options.language = parser.lang
    return options


def _experiment(options: argparse.Namespace) -> Experiment:
    """The experiment with its changes, from fresh parameters: training starts from the seed."""
    changes = list(options.set)
    changes += [f"epochs={options.epochs}"] if options.epochs is not None else []
    changes += [f"seed={options.seed}"] if options.seed is not None else []
    return settings.apply(project.find(options.experiment).experiment, changes).replace(weights="")


def _train(trainer: Trainer, epochs: int, history: History, watch: Watch) -> float:
    """Do the steps of `epochs` epochs, unless a condition ends them; returns the seconds that the steps took."""
    left = total = trainer.steps_per_epoch * epochs
    seconds, count, reason = 0.0, 1, None
    watched = has_condition(trainer.experiment)
    with Bar() as bar:
        while left and reason is None:
            count = min(count, left if not watched else (left - 1) % trainer.steps_per_epoch + 1)
            began = time.perf_counter()
            losses = trainer.steps(count)
            took = time.perf_counter() - began
            history.extend(losses)
            seconds += took
            left -= count
            count = max(1, min(2 * count, int(count * SLICE / max(took, 1e-9))))
            done = trainer.epoch
            bar.show(1 - left / total, f"{done:.1f}/{epochs}  loss {losses[-1]:.4f}  {seconds:.0f} s")
            if watched and left % trainer.steps_per_epoch == 0:
                reason = watch.look(trainer)
                if watch.evaluation is not None:
                    history.evaluate(watch.evaluation)
    if watch.back is not None:
        epoch, best = watch.back
        trainer.rewrite(best)
        history.mark(trainer.step_count, KEPT.format(epoch=epoch))
    return seconds


def _save(options: argparse.Namespace, trainer: Trainer, history: History, watch: Watch) -> None:
    """With how far it has come, as the window does: there, play goes on from here to the last bit."""
    file: str | None = options.save
    if file is None:
        return
    history.evaluate(trainer.evaluate())
    run = KeptRun(trainer.checkpoint(), trainer.epoch, watch.back is not None, history.kept(), watch.kept())
    whole = run if Path(file).suffix.lower() == project.SUFFIX else None
    told = project.write(Path(file), project.Project(trainer.experiment, trainer.parameters, whole))
    if told is not None:
        say(told.in_(options.language))


def _report(trainer: Trainer, seconds: float) -> dict[str, Any]:
    found = trainer.evaluate(limit=None)
    samples = round(trainer.epoch * trainer.samples)
    return {
        "epochs": trainer.epoch_count,
        "steps": trainer.step_count,
        "samples": samples,
        "seconds": round(seconds, 6),
        "samples_per_second": round(samples / max(seconds, 1e-9), 1),
        "parameters": trainer.network.trainable,
        "train_loss": found.train_loss,
        "train_accuracy": found.train_accuracy,
        "test_loss": found.test_loss,
        "test_accuracy": found.test_accuracy,
    }


def _words(report: dict[str, Any]) -> Text:
    sides = [
        Text("{side}: loss {loss:.4f}{accuracy}\n", "{side}: 損失 {loss:.4f}{accuracy}\n").format(
            side=side,
            loss=report[f"{key}_loss"],
            accuracy=_accuracy(report[f"{key}_accuracy"]),
        )
        for key, side in (
            ("train", Text("training data", "訓練データ  ")),
            ("test", Text("test data    ", "テストデータ")),
        )
    ]
    return Text("{done}{train}{test}", "{done}{train}{test}").format(
        done=_DONE.format(**report), train=sides[0], test=sides[1]
    )


def _accuracy(share: float | None) -> Text:
    if share is None:
        return Text("", "")
    return Text(", accuracy {share:.2f} %", "、精度 {share:.2f} %").format(share=100 * share)


_DONE = Text(
    "{epochs} epochs, {steps} steps, {parameters} parameters in {seconds:.2f} s ({samples_per_second:.0f} samples/s)\n",
    "{epochs} エポック、{steps} ステップ、パラメータ {parameters} 個、{seconds:.2f} 秒（毎秒 {samples_per_second:.0f} 件）\n",
)
