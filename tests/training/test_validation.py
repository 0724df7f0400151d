"""Samples held back from the training ones: they decide when to stop, and the test data decides nothing."""

import dataclasses
import json

import numpy as np
import pytest

from nnplayground.cli import train
from nnplayground.data.task import hold_back
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.storage import project
from nnplayground.storage.project import Project
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment
from nnplayground.training.run import Run
from nnplayground.training.trainer import Trainer

BASE = Experiment(layers=(Dense(6, Tanh()), Dense(3, Softmax())), learning_rate=2.0, batch_size=20, validation=0.2)


def run_to_the_end(experiment: Experiment) -> Run:
    subject = Run(experiment, lambda e: None)
    while subject.finished is None:
        subject.steps(100)
    return subject


def test_the_share_is_taken_from_the_end_of_the_training_samples_and_from_nothing_else():
    whole, split = BASE.dataset.load(), BASE.load_data()
    assert (len(whole.x_train), len(split.x_train), len(split.validation_rows)) == (100, 80, 20)
    np.testing.assert_array_equal(np.concatenate([split.train_rows, split.validation_rows]), whole.train_rows)
    np.testing.assert_array_equal(np.concatenate([split.train_labels, split.validation_labels]), whole.train_labels)
    np.testing.assert_array_equal(split.test_rows, whole.test_rows)
    assert Trainer(BASE, split).samples == 80
    assert BASE.replace(validation=0.0).load_data().validation_rows is None


@pytest.mark.parametrize(("samples", "share", "left"), [(2, 0.9, 1), (3, 0.1, 2), (10, 0.9, 1), (100, 0.001, 99)])
def test_n04_at_least_one_sample_stays_on_each_side(samples, share, left):
    whole = BASE.dataset.load()
    few = dataclasses.replace(whole, train_rows=whole.train_rows[:samples], train_labels=whole.train_labels[:samples])
    split = hold_back(few, share)
    assert (len(split.train_rows), len(split.validation_labels)) == (left, samples - left)


def test_what_is_held_back_is_not_learnt_from():
    split = BASE.load_data()
    other = dataclasses.replace(split, validation_rows=1 - split.validation_rows)
    one, two = Trainer(BASE, split), Trainer(BASE, other)
    one.steps(40), two.steps(40)
    np.testing.assert_array_equal(one.parameters, two.parameters)
    assert one.evaluate().validation_loss != two.evaluate().validation_loss
    assert one.evaluate().test_loss == two.evaluate().test_loss


def test_patience_looks_at_the_samples_held_back_and_goes_back_to_their_best():
    subject = run_to_the_end(BASE.replace(patience=3))
    seen = subject.history.curves().evaluations
    best = int(np.argmin([e.validation_loss for e in seen]))
    assert len(seen) == best + 1 + 3
    assert subject.finished.en.startswith("Finished: the validation loss has not fallen for 3 epochs")
    assert "検証データの損失" in subject.finished.ja
    assert subject.trainer.evaluate().validation_loss == pytest.approx(seen[best].validation_loss, rel=1e-6)


def test_limits_look_at_them_too():
    subject = run_to_the_end(BASE.replace(stop_accuracy=0.85, learning_rate=0.3))
    *before, last = [e.validation_accuracy for e in subject.history.curves().evaluations]
    assert last >= 0.85 and max(before, default=0) < 0.85
    assert "validation accuracy" in subject.finished.en


def test_a_share_that_changes_in_a_run_keeps_what_was_learnt():
    subject = Run(BASE, lambda e: None)
    subject.steps(30)
    before = subject.trainer.parameters.copy()
    subject.configure(BASE.replace(validation=0.5))
    np.testing.assert_array_equal(subject.trainer.parameters, before)
    assert (subject.trainer.samples, subject.step) == (50, 30)
    subject.configure(BASE.replace(validation=0.0))
    assert subject.trainer.samples == 100
    assert subject.trainer.evaluate().validation_loss is None


def test_a_saved_run_remembers_them_and_one_without_them_is_as_it_was():
    subject = Run(BASE, lambda e: None)
    subject.steps(30)
    subject.evaluate()
    for validation in (0.2, 0.0):
        subject.configure(BASE.replace(validation=validation))
        record = subject.record()
        data = project.dumps(Project(record.experiment, record.parameters, record.run))
        again = project.loads(data)
        assert again.experiment.validation == validation
        twin = Run(again.experiment, lambda _: None, again.parameters, again.run)
        assert twin.history.curves().evaluations == subject.history.curves().evaluations
        twin.steps(10)
        assert twin.step == 40


def test_the_command_line_sets_the_share_and_the_weights_of_classes(capsys):
    changes = ["--set", "validation=0.25", "--set", "class_weights=1, 0, 2.5", "--epochs", "2"]
    assert train.run(["three-classes", *changes, "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["samples"] == 2 * 75
    for wrong in ("1,2", "1,2,-3", "1,2,many"):
        with pytest.raises(Problem, match="class"):
            train.run(["three-classes", "--set", f"class_weights={wrong}"])
