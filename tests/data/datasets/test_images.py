"""Datasets of 28x28 images: generated, and fetched when they are here."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from nnplayground.data.datasets.fashion_mnist import FashionMnist
from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.mnist import Mnist
from nnplayground.data.files import FileProblem
from nnplayground.data.handwriting import generate
from nnplayground.data.sources import MNIST, Source
from nnplayground.text import Problem


def test_generated_digits_are_rows_of_numbers_from_0_to_1():
    dataset = GeneratedDigits(samples=600)
    data = dataset.load()
    assert data.x_train.shape == (600, 784) and data.x_test.shape == (100, 784)
    assert data.x_train.dtype == np.float32 and data.x_train.min() == 0 and data.x_train.max() == 1
    assert (data.train_rows[:, -1] == 1).all()
    assert data.input_shape == dataset.input_shape == (1, 28, 28)
    assert set(data.train_labels) == set(range(dataset.task.units))


def test_the_seed_and_the_sliders_choose_other_digits():
    usual = GeneratedDigits(samples=100).load()
    assert usual.train_rows.tobytes() == GeneratedDigits(samples=100).load().train_rows.tobytes()
    assert not np.array_equal(usual.x_train, GeneratedDigits(samples=100, seed=2).load().x_train)
    assert GeneratedDigits(samples=100, pen=2.0).load().x_train.mean() > 1.3 * usual.x_train.mean()


def test_training_and_test_digits_are_not_the_same():
    data = GeneratedDigits(samples=600).load()
    train = {row.tobytes() for row in data.x_train}
    assert not any(row.tobytes() in train for row in data.x_test)


def test_real_digits_can_be_the_test(monkeypatch):
    real = generate(30, seed=9, dtype=np.uint8)
    monkeypatch.setattr(Source, "load", lambda self: (None, real))
    data = GeneratedDigits(samples=100, test_on="mnist").load()
    assert data.test_labels.tolist() == real[1].tolist()
    assert np.array_equal(data.x_train, GeneratedDigits(samples=100).load().x_train)


def test_options_out_of_bounds_are_refused():
    with pytest.raises(Problem, match="Training samples"):
        GeneratedDigits(samples=1)
    with pytest.raises(Problem, match="Training samples"):
        Mnist(samples=70_000)


@pytest.mark.parametrize("kind", [Mnist, FashionMnist])
def test_w13_what_is_not_here_is_offered_and_never_fetched_unasked(kind, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("NNPLAYGROUND_DATA_DIR", str(tmp_path))
    with pytest.raises(FileProblem, match=f"nnplayground download {kind.id}"):
        kind().load()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    not os.environ.get("NNPLAYGROUND_DATA_DIR") or bool(MNIST.missing()),
    reason="NNPLAYGROUND_DATA_DIR has no mnist folder",
)
def test_mnist_in_the_data_folder_is_taken():
    data = Mnist(samples=1000).load()
    assert data.x_train.shape == (1000, 784) and data.x_test.shape == (10_000, 784)
    assert data.train_labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert data.test_labels[:5].tolist() == [7, 2, 1, 0, 4]
