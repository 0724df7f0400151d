"""Plans: what works in common arrays gives the same as what has arrays of its own."""

import math
import re

import numpy as np
import pytest

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.gradient_check import BlockCheck, GradientReport, check_gradients
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.layers.reshape import Reshape
from nnplayground.engine.losses.binary_cross_entropy import BinaryCrossEntropy
from nnplayground.engine.losses.cross_entropy import CategoricalCrossEntropy
from nnplayground.engine.losses.half_squared_error import HalfSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import Plan, judge, predict
from nnplayground.text import Problem

BATCH = 5
SPECS = {
    "dense": NetworkSpec((3,), (Dense(4, Tanh()), Dense(2, Tanh())), HalfSquaredError()),
    "one layer, judged by its sums": NetworkSpec((3,), (Dense(3, Softmax()),)),
    "an activation first": NetworkSpec((3,), (ActivationLayer(Tanh()), Dense(2, Softmax()))),
    "an image made flat": NetworkSpec((1, 4, 4), (Flatten(), Dense(3, ReLU()), Dense(2, Softmax()))),
    "a convolution": NetworkSpec((1, 4, 4), (Conv2D(2, 3, activation=ReLU()), Flatten(), Dense(2, Softmax()))),
    "pooled": NetworkSpec((1, 4, 4), (Conv2D(2, 3, activation=ReLU()), MaxPooling2D(), Flatten(), Dense(2, Softmax()))),
    "numbers as an image": NetworkSpec((16,), (Reshape(1, 4, 4), Conv2D(2, 3), Flatten(), Dense(2, Softmax()))),
}


@pytest.mark.parametrize("name", SPECS)
def test_plans_beside_each_other_are_as_good_as_plans_alone(name):
    network, rng = Network(SPECS[name]), np.random.default_rng(0)
    parameters, gradients = network.initial_parameters(rng), np.zeros(network.trainable, np.float32)
    features, outputs = math.prod(network.spec.input_shape), math.prod(network.output_shape)

    def drawn() -> tuple[np.ndarray, np.ndarray]:
        rows = np.hstack([rng.normal(size=(BATCH, features)), np.ones((BATCH, 1))])
        return rows.astype(np.float32), rng.dirichlet(np.ones(outputs), BATCH).astype(np.float32)

    samples = [drawn() for _ in range(3)]
    first, *_ = alone = [Plan(network, BATCH, parameters, gradients, rows=r, targets=t) for r, t in samples]
    beside = [first.beside(rows, targets) for rows, targets in samples]
    for i, (mine, own) in [*enumerate(zip(beside, alone, strict=True))] * 2:
        mine.step_size = own.step_size = 0.5 + i
        found = []
        for plan in (own, mine):
            for do in plan.passes:
                do()
            found.append((plan.loss(), plan.outputs.copy(), gradients.copy()))
        for expected, value in zip(*found, strict=True):
            np.testing.assert_array_equal(value, expected)


class Early(ReLU):
    """ReLU in its place, whatever follows it."""

    commutes_with_maximum = False


@pytest.mark.parametrize("silenced", [(), ((0, 1),), ((1, 1),)])
@pytest.mark.parametrize("pooling", [MaxPooling2D(), MaxPooling2D(3, 2, "same"), MaxPooling2D(3, 1)])
def test_relu_and_max_pooling_may_be_computed_in_either_order(pooling, silenced):
    rng = np.random.default_rng(1)
    rows = np.hstack([rng.integers(-2, 3, (BATCH, 72)), np.ones((BATCH, 1))]).astype(np.float32)  # many are equal
    targets = np.eye(3, dtype=np.float32)[rng.integers(0, 3, BATCH)]
    seen = []
    for relu in (ReLU(), Early()):
        layers = (Conv2D(3, 3, activation=relu), pooling, ActivationLayer(relu), MaxPooling2D(2, 1), Flatten())
        network = Network(NetworkSpec((2, 6, 6), (*layers, Dense(3, Softmax()))), silenced)
        parameters = np.random.default_rng(2).integers(-2, 3, network.size).astype(np.float32)
        gradients = np.empty(network.trainable, np.float32)
        plan = Plan(network, BATCH, parameters, gradients, rows=rows, targets=targets, to_input=True)
        for do in plan.passes:
            do()
        plain = Plan(network, BATCH, parameters, rows=rows)
        plain.forward()
        numbers = [plan.outputs, gradients, plan.input_gradient, plan.sum_gradients(0), plan.pre_activations(0)]
        numbers += [plan.activations(i) for i in range(6)]
        for i in range(6):
            np.testing.assert_array_equal(plan.activations(i), plain.activations(i))
        seen.append([n.copy() for n in numbers])
    late, early = seen
    assert np.abs(late[1]).max() > 0
    for one, other in zip(late, early, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("shape", [(5, 1), (5, 2), (3,), (1, 5, 3)])
def test_samples_of_another_shape_are_refused_with_the_one_that_is_needed(shape):
    network = Network(SPECS["dense"])
    with pytest.raises(Problem, match=re.escape(f"shape {shape}; give one row of 3 numbers for each sample")):
        predict(network, np.zeros(network.size), np.ones(shape))
    with pytest.raises(Problem, match="one row of 3 numbers"):
        check_gradients(network, np.ones(shape), np.ones((5, 2)))


def test_targets_of_another_shape_are_refused_when_gradients_are_checked():
    with pytest.raises(Problem, match=r"targets have the shape \(5,\); give one row of 2 numbers"):
        check_gradients(Network(SPECS["dense"]), np.ones((5, 3)), np.ones(5))


@pytest.mark.parametrize(
    ("loss", "last", "weights", "target", "each"),
    [
        (BinaryCrossEntropy(), Dense(1, Sigmoid()), [20, 0], [0], 20),
        (BinaryCrossEntropy(), Dense(2, Sigmoid()), [18, 0, -18, 0], [0, 1], 18),
        (CategoricalCrossEntropy(), Dense(2, Softmax()), [200, 0, 0, 0], [0, 1], 200),
    ],
)  # fmt: skip
def test_a_very_sure_wrong_answer_is_judged_alike_in_training_and_afterwards(loss, last, weights, target, each):
    network = Network(NetworkSpec((1,), (last,), loss))
    parameters, targets = np.array(weights, np.float32), np.array([target] * 3, np.float32)
    plan = Plan(network, 3, parameters, np.zeros_like(parameters), training=True)
    plan.rows[...], plan.targets[...] = 1, targets
    plan.forward()
    outputs, losses = judge(network, parameters, np.ones((3, 1)), targets, batch=2)
    np.testing.assert_array_equal(outputs, plan.outputs.T)
    assert losses.tolist() == plan.losses().tolist() == pytest.approx([each] * 3)


def test_a_gradient_that_is_no_number_fails_the_check():
    blocks = [BlockCheck(0, "dense", "W", 1, 1, 1.0, error) for error in (1e-9, math.nan)]
    report = GradientReport(tuple(blocks))
    assert math.isnan(report.error) and not report.passed
    assert GradientReport(tuple(blocks[:1])).error == 1e-9
