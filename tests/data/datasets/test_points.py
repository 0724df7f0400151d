"""The point sets: where their points lie, how they are labelled, and that options do what they say."""

import math

import numpy as np
import pytest

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.datasets.above_curve import AboveCurve
from nnplayground.data.datasets.checkerboard import Checkerboard
from nnplayground.data.datasets.circle import Circle
from nnplayground.data.datasets.curve import Curve
from nnplayground.data.datasets.gaussians import Gaussians
from nnplayground.data.datasets.hills import Hills
from nnplayground.data.datasets.linear import Linear
from nnplayground.data.datasets.logic_gates import LogicGates
from nnplayground.data.datasets.moons import Moons
from nnplayground.data.datasets.my_points import MyPoints
from nnplayground.data.datasets.plane import Plane
from nnplayground.data.datasets.sine import Sine
from nnplayground.data.datasets.spiral import Spiral
from nnplayground.data.datasets.sum_and_difference import SumAndDifference
from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.data.datasets.xor import Xor
from nnplayground.text import Problem

POINT_SETS = [kind for kind in datasets.values() if math.prod(kind.input_shape) <= 2]


def everything(dataset: Dataset) -> tuple[np.ndarray, np.ndarray]:
    data = dataset.load()
    return np.concatenate([data.x_train, data.x_test]), np.concatenate([data.train_labels, data.test_labels])


@pytest.mark.parametrize("kind", POINT_SETS)
def test_the_same_options_give_the_same_bytes(kind):
    once, again = kind().load(), kind().load()
    assert once.train_rows.tobytes() == again.train_rows.tobytes()
    assert once.test_labels.tobytes() == again.test_labels.tobytes()


@pytest.mark.parametrize("kind", [kind for kind in POINT_SETS if kind not in (LogicGates, MyPoints)])
def test_options_do_what_they_say(kind):
    data = kind(samples=40, test_share=0.25, seed=3).load()
    assert (len(data.x_train), len(data.x_test)) == (30, 10)
    assert not np.array_equal(data.x_train, kind(samples=40, test_share=0.25, seed=4).load().x_train)


@pytest.mark.parametrize("kind", POINT_SETS)
def test_what_is_known_before_loading_is_true(kind):
    dataset = kind()
    x, labels = everything(dataset)
    assert x.shape[1:] == dataset.input_shape and np.isfinite(x).all()
    if dataset.task.is_classification:
        assert set(np.unique(labels)) == set(range(dataset.task.units))


def test_the_default_is_250_samples_to_train_and_250_to_test():
    data = Circle().load()
    assert (len(data.x_train), len(data.x_test)) == (250, 250)


def test_a_circle_is_a_disc_in_a_ring_half_and_half():
    x, labels = everything(Circle())
    radius = np.hypot(*x.T)
    assert labels.sum() == 250
    assert radius[labels == 1].max() < 2.5
    assert 3.5 <= radius[labels == 0].min() and radius.max() < 5
    assert np.median(radius[labels == 1]) == pytest.approx(1.25, abs=0.15)  # the radius is even, not the area


def test_xor_keeps_off_the_axes():
    x, labels = everything(Xor())
    assert np.array_equal(labels == 1, x[:, 0] * x[:, 1] > 0)
    assert np.abs(x).min() >= 0.3 and np.abs(x).max() < 5.3


def test_a_spiral_has_two_arms_that_are_each_other_turned_by_half():
    x, labels = everything(Spiral())
    x = x[np.argsort(np.hypot(*x.T), kind="stable")]
    arms = [a[np.lexsort(np.round(a, 4).T)] for a in (x, -x)]
    assert np.allclose(*arms, atol=1e-5)
    assert labels.sum() == 250
    assert np.hypot(*x.T).max() == pytest.approx(5 * 249 / 250, rel=1e-5)


def test_two_clouds_lie_at_opposite_corners_and_widen_with_noise():
    for noise, variance in ((0.0, 0.5), (0.5, 4.0)):
        x, labels = everything(Gaussians(samples=20_000, noise=noise))
        assert np.allclose(x[labels == 1].mean(axis=0), 2, atol=0.1)
        assert np.allclose(x[labels == 0].var(axis=0), variance, rtol=0.05)


@pytest.mark.parametrize("kind", [Gaussians, Spiral])
@pytest.mark.parametrize("classes", [3, 10])
def test_more_classes_have_equal_shares_and_places_of_their_own(kind, classes):
    dataset = kind(classes=classes, samples=600)
    x, labels = everything(dataset)
    assert len(dataset.task.classes) == classes
    assert set(np.bincount(labels)) == {600 // classes}
    nearest = np.array([np.hypot(*(x - p).T).argsort()[1] for p in x])
    assert np.mean(labels[nearest] == labels) > 0.8


def test_two_moons_are_half_circles_that_reach_into_each_other():
    x, labels = everything(Moons())
    for label, centre, side in ((1, (-1.5, -0.75), 1), (0, (1.5, 0.75), -1)):
        away = x[labels == label] - centre
        assert np.allclose(np.hypot(*away.T), 3, atol=1e-5)
        assert (side * away[:, 1] >= -1e-5).all()


def test_a_line_and_a_curve_part_their_points():
    x, labels = everything(Linear())
    assert np.array_equal(labels == 1, x[:, 1] > x[:, 0] / 2 - 1)
    x, labels = everything(AboveCurve(curve="x^2 / 4"))
    assert np.array_equal(labels == 1, x[:, 1] > x[:, 0] ** 2 / 4)


def test_a_checkerboard_alternates():
    x, labels = everything(Checkerboard(fields=5))
    assert np.array_equal(labels, np.floor((x + 5) / 2).sum(axis=1) % 2)


def test_a_typed_curve_is_the_target():
    x, t = everything(Curve(curve="x^2 - 1", reach=2, noise=0))
    assert np.allclose(t, x**2 - 1, atol=1e-5) and 1.9 < np.abs(x).max() <= 2


@pytest.mark.parametrize("kind", [AboveCurve, Curve])
@pytest.mark.parametrize("typed", ["sqrt(x)", "x +", "import os", "1/(x-x)"])
def test_a_formula_that_cannot_be_used_is_refused(kind, typed):
    with pytest.raises(Problem):
        kind(curve=typed)


def test_a_hundred_thousand_points_are_drawn():
    assert len(Spiral(samples=100_000, classes=3).load().x_train) == 50_000


def test_noise_mixes_the_classes():
    x, labels = everything(Circle(noise=0.5))
    assert 0.05 < np.mean((np.hypot(*x.T) < 2.5) != (labels == 1)) < 0.5


def test_the_plane_and_the_hills_have_the_heights_of_their_formulas():
    x, height = everything(Plane())
    assert np.allclose(height, x.sum(axis=1) / 10, atol=1e-6)
    x, height = everything(Hills(samples=20_000))
    for centre, top in (((0, -2.5), 1), ((0, 2.5), -1), ((0, 0), 0)):
        near = height[np.hypot(*(x - centre).T) < 0.2]
        assert np.allclose(near, top, atol=0.1)
    assert np.abs(height).max() <= 1


def test_a_sine_without_noise_is_a_sine():
    x, t = everything(Sine(noise=0))
    assert np.allclose(t, np.sin(np.pi * x), atol=1e-6)


@pytest.mark.parametrize(("gate", "answer"), [("and", 0b0001), ("or", 0b0111), ("nand", 0b1110), ("xor", 0b0110)])
def test_a_gate_is_its_truth_table(gate, answer):
    data = LogicGates(gate=gate).load()
    answers = {tuple(row): label for row, label in zip(data.x_train, data.train_labels, strict=True)}
    assert [answers[a, b] for a in (0, 1) for b in (0, 1)] == [int(bit) for bit in f"{answer:04b}"]


def test_the_worked_example_comes_first():
    data = SumAndDifference().load()
    assert data.x_train[0].tolist() == [1.0, 0.5]
    assert np.allclose(data.train_labels[0], [0.75, 0.25])


def test_the_textbook_data_has_the_textbook_counts():
    data = ThreeClasses().load()
    assert np.bincount(data.train_labels).tolist() == [30, 44, 26]
    assert np.bincount(data.test_labels).tolist() == [46, 38, 16]
