import numpy as np
import pytest

from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.plan import predict
from nnplayground.storage import ready_made
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes.decision_map import DecisionMap, PlaneMap
from nnplayground.training.trainer import Trainer


def trainer(experiment: Experiment) -> Trainer:
    made = Trainer(experiment, experiment.dataset.load())
    made.steps(20)
    return made


def test_each_cell_holds_what_the_network_says_there() -> None:
    subject = trainer(Experiment())
    answer = DecisionMap(resolution=50).compute(subject)
    assert isinstance(answer, PlaneMap)
    assert answer.values.shape == (50, 50, 3)
    width = (answer.high - answer.low) / 50
    for row, column in ((0, 0), (3, 40), (49, 7)):
        point = [[answer.low + (column + 0.5) * width, answer.low + (row + 0.5) * width]]
        expected = predict(subject.network, subject.parameters, np.array(point, np.float32))[0]
        np.testing.assert_allclose(answer.values[row, column], expected, atol=1e-6)


def test_all_data_lies_on_the_map() -> None:
    subject = trainer(Experiment())
    answer = DecisionMap().compute(subject)
    assert answer is not None
    for points in (subject.data.x_train, subject.data.x_test):
        assert answer.low < points.min()
        assert points.max() < answer.high


def test_one_output_unit_gives_the_shares_of_two_classes() -> None:
    experiment = ready_made.load("circle")
    answer = DecisionMap(resolution=20).compute(trainer(experiment))
    assert answer is not None
    np.testing.assert_allclose(answer.values.sum(axis=2), 1, atol=1e-6)


@pytest.mark.parametrize("name", ["sine"])
def test_data_that_is_no_plane_has_no_map(name: str) -> None:
    assert DecisionMap().compute(trainer(ready_made.load(name))) is None


def test_changed_layers_change_the_map() -> None:
    subject = trainer(Experiment())
    subject.configure(Experiment(layers=(Dense(4, Tanh()), *Experiment().layers[1:])))
    answer = DecisionMap(resolution=10).compute(subject)
    assert answer is not None
    assert answer.values.shape == (10, 10, 3)


def test_contours_lie_where_the_class_has_that_share() -> None:
    subject = trainer(Experiment())
    subject.steps(1000)
    answer = DecisionMap(levels=(0.5, 0.8)).compute(subject)
    assert answer is not None
    assert len(answer.contours) == 3
    for k, lines in enumerate(answer.contours):
        shares = predict(subject.network, subject.parameters, lines.astype(np.float32))[:, k]
        assert len(lines) > 50
        assert np.minimum(np.abs(shares - 0.5), np.abs(shares - 0.8)).max() < 0.02
        for level in (0.5, 0.8):
            assert (np.abs(shares - level) < 0.02).any()


def test_samples_that_are_taken_for_another_class_are_told() -> None:
    subject = trainer(Experiment())
    subject.steps(500)
    answer = DecisionMap(samples=60).compute(subject)
    assert answer is not None
    data = subject.data
    for rows, labels, wrong in (
        (data.x_train, data.train_labels, answer.wrong_train), (data.x_test, data.test_labels, answer.wrong_test)
    ):  # fmt: skip
        found = predict(subject.network, subject.parameters, rows[:60]).argmax(axis=1)
        np.testing.assert_array_equal(wrong, found != labels[:60])
        assert 0 < wrong.sum() < 30
