import json
from pathlib import Path

import numpy as np
import pytest

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.storage import experiment_file, project, ready_made
from nnplayground.training.trainer import Trainer

KEYS = [
    "epochs", "steps", "samples", "seconds", "samples_per_second", "parameters", "train_loss", "train_accuracy",
    "test_loss", "test_accuracy",
]  # fmt: skip


def report(said) -> dict:
    assert said.code == 0, said.errors
    return json.loads(said.splitlines()[-1])


def test_the_report_is_what_the_trainer_comes_to(run):
    found = report(run("train", "circle", "--epochs", "3", "--json"))
    experiment = ready_made.load("circle")
    trainer = Trainer(experiment, experiment.dataset.load())
    trainer.steps(75)
    evaluation = trainer.evaluate(limit=None)
    assert list(found) == KEYS
    assert (found["epochs"], found["steps"], found["samples"], found["parameters"]) == (3, 75, 750, 25)
    assert found["train_loss"] == evaluation.train_loss
    assert found["test_accuracy"] == evaluation.test_accuracy
    assert found["samples_per_second"] == pytest.approx(found["samples"] / found["seconds"], rel=1e-2)


def test_a_regression_has_no_accuracy(run):
    found = report(run("train", "sine", "--epochs", "1", "--json"))
    assert found["train_accuracy"] is None and found["test_accuracy"] is None and found["test_loss"] > 0


def test_the_experiment_says_how_long_to_train(run):
    assert report(run("train", "logic-gates", "--json"))["epochs"] == ready_made.load("logic-gates").epochs


def test_without_json_the_same_is_said_in_words(run):
    said = run("train", "circle", "--epochs", "2")
    assert said.code == 0 and "2 epochs, 50 steps" in said and "accuracy" in said and said.errors == ""
    assert "エポック" in run("train", "circle", "--epochs", "1", "--lang", "ja")


def test_the_seed_decides_the_weights(run):
    losses = [
        report(run("train", "xor", "--epochs", "1", "--seed", s, "--json"))["train_loss"] for s in ("1", "2", "1")
    ]
    assert losses[0] == losses[2] != losses[1]


def test_settings_are_found_in_the_experiment_and_its_parts(run):
    found = report(
        run("train", "circle", "--json", "--epochs", "2", "--set", "dataset=xor", "--set", "samples=80", "--set", "noise=0.1",
            "--set", "batch_size=4", "--set", "optimizer=adam", "--set", "beta_1=0.5", "--set", "activation=relu",
            "--set", "dataset.seed=5", "--set", "initializer=normal", "--set", "std=0.2")
    )  # fmt: skip
    assert (found["steps"], found["samples"]) == (20, 80)


def test_augmentation_is_switched_on_by_true_or_by_name(run):
    losses = [
        report(run("train", "circle", "--json", "--epochs", "1", "--set", change))["train_loss"]
        for change in ("augment=false", "augment=none", "augment=true", "augment=noise")
    ]
    # Points are no images: `true` leaves them alone.
    assert losses[0] == losses[1] == losses[2] != losses[3]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("lr=1", "no such setting"),
        ("learning_rate=11", "Learning rate"),
        ("learning_rate=abc", "learning_rate"),
        ("learning_rate=NaN", "learning_rate"),
        ("learning_rate", "--set learning_rate=0.1"),
        ("batch_size=1.5", "batch_size"),
        ("batch_size=0", "Batch size"),
        ("batch_size=true", "batch_size"),
        ("samples=1", "Samples"),
        ("dataset=nope", "nope"),
        ("dataset.nope=1", "dataset.nope"),
        ("optimizer=3", "optimizer"),
        ("activation=nope", "nope"),
        ("dataset=three-classes", "3"),
        ("layers=3", "layers"),
        ("seed=" + "9" * 5000, "seed"),
        ("noise=" + "[" * 100_000, "noise"),
    ],
)
def test_a_wrong_setting_is_said_in_one_line(run, change, words):
    said = run("train", "circle", "--set", change)
    assert said.code == 2 and said == ""
    assert words in said.errors and said.errors.count("\n") == 1 and len(said.errors) < 500


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "EXPERIMENT"),
        (["nope"], "circle"),
        (["nope.json"], "nope.json"),
        (["/"], "not a file"),
        (["circle", "--epochs", "0"], "Epochs"),
        (["circle", "--epochs", "x"], "epochs"),
        (["circle", "--seed", "-1"], "Seed"),
        (["circle", "--nope"], "--nope"),
        (["circle", "--epochs"], "--epochs"),
        (["circle", "--save", "/no/such/folder/a.nnp"], "saved"),
        (["circle", "--save", "/"], "saved"),
    ],
)
def test_bad_usage_is_said_in_one_line(run, arguments, words):
    said = run("train", *arguments)
    assert said.code == 2 and said == ""
    assert words in said.errors and said.errors.count("\n") == 1


def test_a_divergence_ends_with_three_and_names_layer_and_step(run):
    said = run(
        "train", "sine", "--set", "optimizer=sgd", "--set", "activation=relu", "--set", "learning_rate=10",
        "--set", "batch_size=1", "--json",
    )  # fmt: skip
    assert said.code == 3 and said == ""
    assert "step" in said.errors and "layer" in said.errors and said.errors.count("\n") == 1


def test_what_is_saved_can_be_opened_with_its_parameters(run, tmp_path: Path):
    path = tmp_path / "mine.nnp"
    found = report(run("train", "circle", "--epochs", "5", "--set", "noise=0.1", "--save", str(path), "--json"))
    saved = project.read(path)
    trainer = Trainer(saved.experiment, saved.experiment.dataset.load(), saved.parameters)
    assert saved.experiment.dataset.noise == 0.1
    assert trainer.evaluate(limit=None).test_loss == found["test_loss"]
    # It goes on from there to the last bit, and its curve is there.
    saved.run.resume(trainer)
    assert (trainer.step_count, trainer.epoch) == (found["steps"], 5)
    trainer.steps(40)
    whole = Trainer(saved.experiment, saved.experiment.dataset.load())
    losses = whole.steps(found["steps"] + 40)
    np.testing.assert_array_equal(trainer.parameters, whole.parameters)
    curves = saved.run.history.curves()
    assert len(curves.mean) * curves.steps_per_point == found["steps"]
    np.testing.assert_allclose(curves.mean, losses[: found["steps"]])
    assert curves.evaluations[-1].step == found["steps"]


def test_a_file_is_trained_like_a_ready_made_experiment(run, tmp_path: Path):
    path = tmp_path / "mine.json"
    experiment = ready_made.load("three-classes").replace(dataset=ThreeClasses(samples=30), epochs=7)
    path.write_bytes(experiment_file.dumps(experiment))
    assert report(run("train", str(path), "--json"))["samples"] == 7 * 15


def test_stopping_keeps_what_was_learnt(run, tmp_path: Path, monkeypatch):
    steps, calls = Trainer.steps, []

    def interrupted(self, count):
        calls.append(count)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return steps(self, count)

    monkeypatch.setattr(Trainer, "steps", interrupted)
    said = run("train", "circle", "--save", str(tmp_path / "a.nnp"))
    assert said.code == 130 and said.errors.count("\n") == 1
    experiment = ready_made.load("circle")
    fresh = Trainer(experiment, experiment.dataset.load()).parameters
    assert not np.array_equal(project.read(tmp_path / "a.nnp").parameters, fresh)


def test_a_fault_of_the_program_is_one_line_too(run, monkeypatch):
    def broken(self, count):
        raise RuntimeError("as a test")

    monkeypatch.setattr(Trainer, "steps", broken)
    said = run("train", "circle")
    assert said.code == 1 and "as a test" in said.errors and said.errors.count("\n") == 1


def test_too_large_a_network_is_said(run, monkeypatch):
    def full(self, count):
        raise MemoryError

    monkeypatch.setattr(Trainer, "steps", full)
    said = run("train", "circle")
    assert said.code == 2 and "memory" in said.errors
