"""The parameters that are shipped: small enough, and good at digits that they have never seen."""

import json
import os

import numpy as np
import pytest

from nnplayground import resources
from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.handwriting import Style, generate, strokes_of
from nnplayground.data.sources import MNIST
from nnplayground.data.strokes import digit_image
from nnplayground.engine.plan import predict
from nnplayground.storage import ready_made
from nnplayground.storage.weights import bundled
from nnplayground.training import teaching
from nnplayground.training.inspection.counterfactual import ink_change

NAMES = ("digits", "digits-cnn")
UNSEEN = 987_654_321
"""A seed that no digit of the training was made with."""


def share_right(name: str, images: np.ndarray, labels: np.ndarray) -> float:
    experiment = ready_made.load(name)
    answers = predict(experiment.network(), bundled(experiment), images.reshape(len(images), -1).astype(np.float32))
    return float((answers.argmax(axis=1) == labels).mean())


def test_the_files_are_small_and_have_cards_that_say_where_they_come_from():
    files = [resources.path("models", f"{name}.safetensors") for name in NAMES]
    assert sum(f.stat().st_size for f in files) <= 800_000
    for name, file in zip(NAMES, files, strict=True):
        card = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        assert "MNIST" in card["data"] and f"bundle {name}" in card["made_by"]
        assert card["figures"]["bytes"] == file.stat().st_size
        assert card["figures"]["parameters"] == ready_made.load(name).network().trainable
    assert ready_made.load("digits-cnn").network().trainable <= 100_000


@pytest.mark.parametrize("name", NAMES)
def test_generated_digits_are_read(name):
    assert share_right(name, *generate(3000, seed=UNSEEN)) >= 0.97


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [0.15, 0.8])
def test_digits_drawn_small_or_large_in_a_corner_are_read(name, size):
    rng = np.random.default_rng(UNSEEN)
    labels = np.arange(300) % 10
    images = np.stack([digit_image([s * size for s in strokes_of(int(k), rng)]) for k in labels])
    assert share_right(name, images, labels) >= 0.95


@pytest.mark.skipif(
    not os.environ.get("NNPLAYGROUND_DATA_DIR") or bool(MNIST.missing()),
    reason="NNPLAYGROUND_DATA_DIR has no mnist folder",
)
@pytest.mark.parametrize("name", NAMES)
def test_real_digits_are_read(name):
    (images, labels) = MNIST.load()[1]
    assert share_right(name, images[:3000] / 255, labels[:3000]) >= 0.98


@pytest.mark.parametrize("name", NAMES)
def test_thirty_pixels_turn_the_answer_of_most_digits(name):
    experiment = ready_made.load(name)
    network, parameters = experiment.network(), bundled(experiment)
    rows = generate(50, seed=UNSEEN)[0].reshape(50, -1).astype(np.float32)
    targets = predict(network, parameters, rows).argsort(axis=1)[:, -2]
    changes = [ink_change(network, parameters, row, int(k)) for row, k in zip(rows, targets, strict=True)]
    changed = np.stack([change.row for change in changes])
    assert ((changed != rows).sum(axis=1) <= 30).all()
    assert (predict(network, parameters, changed).argmax(axis=1) == targets).mean() >= 0.8


@pytest.mark.parametrize(("name", "steps"), [("digits", 120), ("digits-cnn", 45)])
def test_a_drawing_is_learnt_in_as_many_steps_as_its_time_allows(name, steps, monkeypatch):
    monkeypatch.setattr(teaching, "SECONDS", 1e9)
    monkeypatch.setattr(teaching, "STEPS", steps)
    experiment = ready_made.load(name)
    network, parameters, data = experiment.network(), bundled(experiment), GeneratedDigits(samples=3000).load()
    images, labels = generate(2000, UNSEEN, Style(variety=2, warp=2, jitter=2))
    rows = images.reshape(len(images), -1).astype(np.float32)
    wrong = np.flatnonzero(predict(network, parameters, rows).argmax(axis=1) != labels)[:3]
    lessons = [teaching.teach(network, parameters, data, rows[i], int(labels[i])) for i in wrong]
    assert all(lesson.is_learnt for lesson in lessons)
    assert np.mean([lesson.forgotten for lesson in lessons]) < 0.01
    told_wrong = teaching.teach(network, parameters, data, rows[0], (int(labels[0]) + 3) % 10)
    assert told_wrong.is_learnt, "also where the network was sure of something else"
