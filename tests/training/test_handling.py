"""Silencing, freezing and editing single parts: exact, undoable, and known to whoever predicts."""

import numpy as np
import pytest

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.gradient_check import check_gradients
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.optimizers.momentum import Momentum
from nnplayground.engine.plan import predict
from nnplayground.storage import experiment_file
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment
from nnplayground.training.handling import follow, freeze, is_frozen, silence
from nnplayground.training.run import Run

SMALL = Experiment(layers=(Dense(5, Tanh()), Dense(4, ReLU()), Dense(3, Softmax())), batch_size=10)


def run(experiment: Experiment = SMALL, steps: int = 60) -> Run:
    subject = Run(experiment, lambda e: None)
    subject.load()
    if steps:
        subject.steps(steps)
    return subject


def answers(subject: Run) -> np.ndarray:
    """What the window computes from a snapshot alone."""
    seen = subject.snapshot("paused", 0, ())
    return predict(seen.network, seen.parameters, subject.trainer.data.x_test)


def test_a_silenced_unit_counts_for_nothing_and_comes_back_to_the_last_bit():
    subject = run()
    before = answers(subject)
    subject.configure(silence(SMALL, 0, 2))
    wanted = subject.trainer.parameters.copy()
    subject.trainer.network.views(wanted)[1]["W"][:, 2] = 0
    np.testing.assert_array_equal(answers(subject), predict(SMALL.network(), wanted, subject.trainer.data.x_test))
    assert not np.array_equal(answers(subject), before)
    subject.configure(silence(subject.experiment, 0, 2, on=False))
    assert subject.experiment == SMALL
    np.testing.assert_array_equal(answers(subject), before)


def test_training_goes_on_around_a_silenced_unit():
    subject = run(silence(SMALL.replace(optimizer=Momentum(), learning_rate=0.02), 0, 2), steps=0)
    views = subject.trainer.network.views(subject.trainer.parameters)
    unit, outgoing = views[0]["W"][2].copy(), views[1]["W"][:, 2].copy()
    others = views[0]["W"][1].copy()
    subject.steps(50)
    np.testing.assert_array_equal(views[0]["W"][2], unit)
    np.testing.assert_array_equal(views[1]["W"][:, 2], outgoing)
    assert not np.array_equal(views[0]["W"][1], others)


@pytest.mark.parametrize("silenced", [((0, 1),), ((0, 0), (0, 2), (3, 1))])
def test_gradients_of_a_network_with_silenced_units_are_right(silenced):
    layers = (Conv2D(3, 3, activation=Tanh()), MaxPooling2D(2), Flatten(), Dense(5, Tanh()), Dense(3, Softmax()))
    network = Network(NetworkSpec((1, 6, 6), layers), silenced)
    rng = np.random.default_rng(0)
    report = check_gradients(network, rng.random((4, 36)), np.eye(3)[[0, 1, 2, 1]])
    assert report.passed, str(report)


@pytest.mark.parametrize(("layer", "unit"), [(2, 0), (0, 5), (7, 0), (-1, 0)])
def test_a_unit_that_cannot_be_silenced_says_why(layer, unit):
    with pytest.raises(Problem, match=f"Unit {unit + 1} of layer {layer + 1} cannot be silenced"):
        silence(SMALL, layer, unit)


@pytest.mark.parametrize("optimizer", [Momentum(), Adam()])
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_frozen_parameters_keep_their_values_and_the_others_learn(optimizer, decay):
    start = SMALL.replace(optimizer=optimizer, learning_rate=0.02, l2=decay, weight_decay=decay)
    subject = run(start)
    experiment = freeze(freeze(freeze(start, 0, "W", 3), 1, "b"), 2)
    subject.configure(experiment)
    before = subject.trainer.parameters.copy()
    subject.steps(50)
    moved = [
        {name: a != b for (name, a), b in zip(now.items(), was.values(), strict=True)}
        for now, was in zip(
            subject.trainer.network.views(subject.trainer.parameters),
            subject.trainer.network.views(before),
            strict=True,
        )
    ]
    assert not moved[0]["W"].ravel()[3]
    assert np.delete(moved[0]["W"].ravel(), 3).all()
    assert not moved[1]["b"].any()
    assert moved[1]["W"].any()
    assert not moved[2]["W"].any()
    assert not moved[2]["b"].any()
    subject.configure(start)
    subject.steps(1)
    assert not np.array_equal(subject.trainer.network.views(subject.trainer.parameters)[2]["W"],
                              subject.trainer.network.views(before)[2]["W"])  # fmt: skip


def test_letting_go_of_one_parameter_lets_go_of_its_array():
    experiment = freeze(freeze(SMALL, 0, "W"), 1, "b", 2)
    assert is_frozen(experiment, 0, "W", 7)
    assert not is_frozen(experiment, 0, "b", 0)
    experiment = freeze(experiment, 0, "W", 7, on=False)
    assert experiment.frozen == ((1, "b", 2),)
    assert freeze(freeze(experiment, 1), 1, on=False).frozen == ()


def test_the_way_back_in_time_knows_what_was_silenced_and_edited():
    subject = run(steps=70)
    subject.configure(silence(SMALL, 1, 1))
    subject.steps(70)
    subject.edit(0, "W", 3, 1.25)
    subject.steps(70)
    end = subject.trainer.parameters.copy()
    subject.travel(100)
    assert subject.experiment.silenced == ((1, 1),)
    subject.travel(139)
    assert subject.trainer.network.views(subject.trainer.parameters)[0]["W"].ravel()[3] != 1.25
    subject.travel(140)
    assert subject.trainer.network.views(subject.trainer.parameters)[0]["W"].ravel()[3] == 1.25
    subject.travel(210)
    np.testing.assert_array_equal(subject.trainer.parameters, end)


def test_an_edited_weight_is_there_before_training_and_marked_during_it():
    subject = Run(SMALL, lambda e: None)
    subject.edit(0, "b", 1, 0.5)
    assert subject.network.views(subject.parameters)[0]["b"][1] == 0.5
    subject.load()
    subject.steps(3)
    subject.edit(0, "W", 3, 0.5)
    (mark,) = subject.history.curves().marks
    assert (mark.step, mark.text.en) == (3, "layer 1: W[2, 2] = 0.5")
    before = subject.trainer.parameters.copy()
    assert subject.trainer.network.views(before)[0]["W"][1, 1] == 0.5


@pytest.mark.parametrize("edit", [(0, "W", 99, 1.0), (0, "Q", 0, 1.0), (9, "W", 0, 1.0), (0, "W", 0, float("nan"))])
def test_an_edit_that_cannot_be_done_changes_nothing(edit):
    subject = run()
    before = subject.trainer.parameters.copy()
    with pytest.raises(Problem, match="cannot be set"):
        subject.edit(*edit)
    with pytest.raises(Problem, match="another shape"):
        subject.rewrite(np.zeros(3, np.float32), SMALL.label)
    np.testing.assert_array_equal(subject.trainer.parameters, before)


def test_silenced_and_frozen_parts_are_in_the_file():
    experiment = freeze(silence(SMALL, 0, 2), 1, "W", 4)
    assert experiment_file.loads(experiment_file.dumps(experiment)) == experiment


def test_silenced_and_frozen_parts_follow_their_layers():
    experiment = freeze(freeze(silence(silence(SMALL, 0, 3), 1, 2), 1, "W", 2 * 5 + 3), 0)
    inserted = experiment.replace(layers=(Dense(2), *SMALL.layers))
    assert follow(experiment, inserted).silenced == ((1, 3), (2, 2))
    assert follow(experiment, inserted).frozen == ((1, "", -1), (2, "W", 13))
    narrower = experiment.replace(layers=(Dense(4, Tanh()), *SMALL.layers[1:]))
    found = follow(experiment, narrower, {0: (1,)})
    assert found.silenced == ((0, 2), (1, 2))
    assert found.frozen == ((0, "", -1), (1, "W", 2 * 4 + 2))
    assert follow(experiment, experiment.replace(layers=SMALL.layers[1:])).silenced == ((0, 2),)
