"""Slices through the loss: they go through the present point and show where the run came from."""

import numpy as np
import pytest

from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.training.experiment import Experiment
from nnplayground.training.inspection.loss_function import LossFunction
from nnplayground.training.inspection.loss_slice import loss_along, path_directions, random_direction
from nnplayground.training.probes.loss_landscape import LossLandscape
from nnplayground.training.probes.loss_of_parameter import LossOfParameter
from nnplayground.training.run import Run


def run(steps: int = 300) -> Run:
    experiment = Experiment(layers=(Dense(5, Tanh()), Dense(3, Softmax())), batch_size=100, learning_rate=0.3)
    subject = Run(experiment, lambda e: None)
    subject.load()
    subject.steps(steps)
    return subject


@pytest.mark.parametrize("directions", ["path", "random", "parameters"])
def test_the_loss_at_the_present_point_is_the_loss_of_the_run(directions):
    subject = run()
    plane = LossLandscape(directions=directions, samples=100, resolution=11).look(subject)
    trainer = subject.trainer
    assert plane.losses.shape == (11, 11)
    loss = LossFunction(trainer.network, trainer.parameters, trainer.data.x_train, trainer.targets).loss()
    assert loss == pytest.approx(trainer.evaluate().train_loss, abs=1e-6)
    np.testing.assert_allclose(plane.path[-1], 0, atol=1e-5)
    assert plane.path_steps[-1] == 300
    assert (np.diff(plane.path_steps) > 0).all()
    if directions != "path":
        assert plane.losses[5, 5] == pytest.approx(loss, abs=1e-6)


def test_the_path_of_the_run_goes_downhill_on_its_own_plane():
    plane = LossLandscape(directions="path", samples=100, resolution=25).look(run())
    assert (plane.path.min(axis=0) >= [plane.x[0], plane.y[0]]).all()
    assert (plane.path.max(axis=0) <= [plane.x[-1], plane.y[-1]]).all()
    heights = [
        plane.losses[np.abs(plane.y - y).argmin(), np.abs(plane.x - x).argmin()]
        for x, y in plane.path[[0, len(plane.path) // 2, -1]]
    ]
    assert heights[0] > heights[1] > heights[2] - 0.01
    assert plane.aside.max() < np.linalg.norm(plane.path, axis=1).max() / 3


def test_a_slice_along_a_parameter_is_the_loss_with_that_parameter_changed():
    subject = run()
    valley = LossOfParameter(index=4, span=2.0, points=5, samples=100).compute(subject.trainer)
    for w, loss in zip(valley.w, valley.losses, strict=True):
        subject.trainer.parameters[4] = w
        assert subject.trainer.evaluate().train_loss == pytest.approx(loss, abs=1e-5)
    assert valley.secant.w == valley.w[2]
    assert LossOfParameter(index=9999).compute(subject.trainer) is None


def test_a_random_direction_is_as_long_as_the_weights_of_each_unit():
    subject = run(10)
    network, parameters = subject.trainer.network, subject.trainer.parameters
    direction = random_direction(network, parameters, 1)
    for moved, weights in zip(network.views(direction), network.views(parameters), strict=True):
        np.testing.assert_allclose(np.linalg.norm(moved["W"], axis=1), np.linalg.norm(weights["W"], axis=1), rtol=1e-5)
        assert not moved["b"].any()


def test_directions_of_a_path_that_stands_still_are_none():
    assert path_directions(np.zeros((5, 10)), np.zeros(10)) is None
    assert path_directions(np.outer(np.arange(5.0), np.ones(10)), np.zeros(10)) is None
    first, second = path_directions(np.eye(10)[:4] * [[4], [3], [0.1], [0]], np.zeros(10))
    np.testing.assert_allclose(np.abs(first), np.eye(10)[0], atol=1e-9)
    np.testing.assert_allclose(np.abs(second), np.eye(10)[1], atol=1e-9)


def test_the_loss_function_comes_back_to_its_origin():
    subject = run(10)
    trainer = subject.trainer
    function = LossFunction(trainer.network, trainer.parameters, trainer.data.x_train, trainer.targets)
    before = function.loss()
    loss_along(function, np.ones(trainer.network.size), np.linspace(-1, 1, 7))
    function.at(3, 0.7)
    assert function.loss() == before


def test_the_path_ends_where_the_layers_changed():
    subject = run(200)
    subject.configure(subject.experiment.replace(layers=(Dense(6, Tanh()), Dense(3, Softmax()))))
    subject.steps(200)
    plane = LossLandscape(samples=20, resolution=5).look(subject)
    assert plane.path_steps[0] == 200
