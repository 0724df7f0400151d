"""What the network is fed of a point, and that data, map and network agree on it."""

import numpy as np
import pytest

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets.circle import Circle
from nnplayground.data.datasets.curve import Curve
from nnplayground.data.datasets.logic_gates import LogicGates
from nnplayground.data.datasets.spiral import Spiral
from nnplayground.data.features import FEATURES, of_points, switched
from nnplayground.storage.experiment_file import dumps, loads
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment

POINTS = np.array([[0.5, -2.0], [3.0, 0.25]])


def test_each_feature_is_what_its_name_says():
    a, b = POINTS.T
    wanted = [a, b, a**2, b**2, a * b, np.sin(a), np.sin(b), np.cos(a), np.cos(b)]
    assert np.allclose(of_points(POINTS, tuple(FEATURES)), np.stack(wanted, axis=1))


@pytest.mark.parametrize("kind", [kind for kind in datasets.values() if "features" in {o.name for o in kind.options()}])
def test_the_inputs_of_the_network_are_the_chosen_features_of_the_points(kind):
    dataset = kind(features=("x2", "x1^2", "x1*x2"))
    data = dataset.load()
    assert dataset.input_shape == data.input_shape == (3,)
    for rows, points in ((data.x_train, data.train_points), (data.x_test, data.test_points)):
        assert np.array_equal(rows, dataset.on_plane(points))
        assert np.allclose(rows[:, 2], points[:, 0] * points[:, 1], rtol=1e-6)
    assert np.array_equal(data.train_points, kind().load().x_train)  # the points stay where they were
    Experiment(dataset=kind().replace(features=("x1",)), layers=Experiment().layers[:1]).dataset.load()


def test_a_switched_on_feature_comes_last_so_that_the_others_keep_their_weights():
    assert switched(("x2",), "x1", True) == ("x2", "x1")
    assert switched(("x2", "x1", "sin x1"), "x1", False) == ("x2", "sin x1")


@pytest.mark.parametrize("features", [(), ("x3",), ("x1", "x1"), "x1", ("x1", 2)])
def test_no_feature_or_an_unknown_one_is_refused(features):
    with pytest.raises(Problem, match="Input features"):
        Circle(features=features)


def test_another_dataset_takes_over_what_a_person_had_set():
    before = Circle(features=("x1^2", "x2^2"), noise=0.2, samples=60)
    now = Spiral().after(before)
    assert (now.features, now.noise, now.samples, now.seed) == (("x1^2", "x2^2"), 0.2, 60, 1)
    assert Spiral().after(Curve(noise=5.0)).noise == 0.0  # more than a spiral takes
    assert Spiral().after(Circle()) == Spiral()


def test_a_file_keeps_them():
    experiment = Experiment(dataset=LogicGates(gate="xor", features=("x1*x2", "x1")))
    assert loads(dumps(experiment)) == experiment
