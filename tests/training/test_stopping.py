"""Training that ends by itself: at the right step, with the right parameters, and with the reason told."""

import json

import numpy as np
import pytest

from nnplayground.cli import train
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.race import Lane, Race
from nnplayground.training.run import Run

BASE = Experiment(layers=(Dense(6, Tanh()), Dense(3, Softmax())), learning_rate=0.3, batch_size=30)
PER_EPOCH = 4


def run(experiment: Experiment, steps: int = 100_000) -> Run:
    """A run that was asked for `steps` steps."""
    subject = Run(experiment, lambda e: None)
    advance(subject, steps)
    return subject


def advance(subject: Run, steps: int) -> None:
    while steps > 0:
        steps -= subject.steps(min(steps, 7))
        if subject.finished is not None:
            return


def test_without_a_condition_nothing_ends_and_nothing_is_evaluated():
    subject = run(BASE, 200)
    assert (subject.step, subject.finished, subject.history.last_evaluation) == (200, None, None)


def test_epochs_end_the_training_and_play_adds_as_many():
    subject = run(BASE.replace(stop_epochs=True, epochs=5))
    assert (subject.step, subject.trainer.epoch) == (5 * PER_EPOCH, 5.0)
    assert subject.finished.en == "Finished: 5 epochs are done."
    advance(subject, 1000)
    assert subject.trainer.epoch == 10.0


@pytest.mark.parametrize(
    ("setting", "value", "measure"),
    [("stop_loss", 0.4, "train_loss"), ("stop_test_loss", 0.5, "test_loss"), ("stop_accuracy", 0.85, "test_accuracy")],
)
def test_a_limit_ends_the_training_at_the_first_epoch_that_reaches_it(setting, value, measure):
    subject = run(BASE.replace(**{setting: value}))
    step = subject.step
    assert step % PER_EPOCH == 0
    found = [getattr(e, measure) for e in subject.history.curves().evaluations]
    reached = [x >= value if setting == "stop_accuracy" else x <= value for x in found]
    assert len(found) == step / PER_EPOCH
    assert reached.index(True) == len(reached) - 1
    assert f"{value:.1%}" in subject.finished.en if setting == "stop_accuracy" else f"{value:g}" in subject.finished.ja
    advance(subject, 40)
    assert subject.step == step + 40, "a limit that holds is told once"


def test_patience_goes_back_to_the_best_parameters_and_says_which():
    subject = run(BASE.replace(patience=3, learning_rate=2.0))
    losses = [e.test_loss for e in subject.history.curves().evaluations]
    best = int(np.argmin(losses))
    assert len(losses) == best + 1 + 3
    assert f"after epoch {best + 1}" in subject.finished.en
    assert subject.trainer.evaluate().test_loss == pytest.approx(losses[best], rel=1e-6)
    assert subject.history.curves().marks[-1].text.en == f"best parameters, of epoch {best + 1}"
    kept = run(BASE.replace(patience=3, learning_rate=2.0, keep_best=False))
    assert kept.step == subject.step
    assert kept.trainer.evaluate().test_loss > losses[best] * (1 + 1e-6)


def test_the_same_settings_stop_at_the_same_step_however_the_steps_are_asked_for():
    experiment = BASE.replace(patience=2, learning_rate=2.0)
    whole = Run(experiment, lambda e: None)
    while whole.finished is None:
        whole.steps(1)
    assert whole.step == run(experiment).step


def test_in_a_race_a_lane_that_is_done_waits_for_the_others():
    quick, slow = BASE.replace(stop_epochs=True, epochs=2), BASE.replace(stop_epochs=True, epochs=4)
    subject = Race(run(BASE, 1), [Lane(Text.same("a"), slow), Lane(Text.same("b"), quick)])
    subject.steps(10)
    assert subject.finished is None
    views = subject.snapshot("running", 0, ()).lanes
    assert [v.snapshot.step for v in views] == [11, 8]
    assert views[1].stopped.en == "Finished: 2 epochs are done."
    subject.steps(100)
    assert subject.finished is not None


def test_the_command_line_stops_too(capsys):
    assert train.run(["three-classes", "--epochs", "500", "--set", "stop_loss=0.6", "--json"]) == 0
    assert 1 < json.loads(capsys.readouterr().out.splitlines()[-1])["epochs"] < 500
