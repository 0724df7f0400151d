"""What each probe says is what the network does, looked at in another way."""

import numpy as np
import pytest

from nnplayground.data.datasets.sine import Sine
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.step import Step
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.initializers.glorot import GlorotUniform
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.plan import predict
from nnplayground.storage import ready_made
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes import probes
from nnplayground.training.probes.confusion import ConfusionMatrix
from nnplayground.training.probes.embedding import LayerEmbedding, principal
from nnplayground.training.probes.gradient_sizes import GradientSizes
from nnplayground.training.probes.histograms import Histograms, count
from nnplayground.training.probes.regression_curve import RegressionCurve
from nnplayground.training.probes.training_sample import TrainingSample
from nnplayground.training.probes.unit_health import UnitHealth
from nnplayground.training.probes.unit_maps import UnitMaps
from nnplayground.training.probes.worst_mistakes import WorstMistakes
from nnplayground.training.run import Run
from nnplayground.training.trainer import Trainer
from tests.training.probes.trainers import trained

OUT = Dense(3, Softmax())


@pytest.mark.parametrize("kind", list(probes.values()), ids=lambda k: k.id)
@pytest.mark.parametrize("name", ["three-classes", "circle", "sine", "spiral"])
def test_every_probe_answers_every_experiment_and_leaves_the_run_alone(kind, name):
    experiment = ready_made.load(name)
    layers = (experiment.layers[0], BatchNormalization(), Dropout(0.2), *experiment.layers[1:])
    experiment = experiment.replace(layers=layers, batch_size=10)
    watched, alone = (Run(experiment, lambda e: None) for _ in range(2))
    watched.steps(3)
    kind().look(watched)
    kind().look(watched)
    watched.steps(30)
    alone.steps(33)
    np.testing.assert_array_equal(watched.trainer.parameters, alone.trainer.parameters)
    np.testing.assert_array_equal(watched.history.curves().mean, alone.history.curves().mean)


def test_a_units_map_is_its_output_over_the_plane():
    subject = trained(Dense(5, Tanh()), Dense(4, ReLU()), OUT)
    answer = UnitMaps(resolution=10).compute(subject)
    width = (answer.high - answer.low) / 10
    point = np.array([[answer.low + 7.5 * width, answer.low + 2.5 * width]], np.float32)
    np.testing.assert_allclose(answer.inputs.maps[:, 2, 7], point[0], rtol=1e-5)
    first = np.tanh(
        subject.network.views(subject.parameters)[0]["W"] @ point[0] + subject.network.views(subject.parameters)[0]["b"]
    )
    np.testing.assert_allclose(answer.layers[0].maps[:, 2, 7], first, atol=1e-6)
    np.testing.assert_allclose(
        answer.layers[2].maps[:, 2, 7], predict(subject.network, subject.parameters, point)[0], atol=1e-6
    )
    assert [layer.total for layer in answer.layers] == [5, 4, 3]


def test_of_wide_layers_the_most_active_or_chosen_units_are_shown():
    subject = trained(Dense(30, Tanh()), OUT)
    weights = subject.network.views(subject.parameters)[0]["W"]
    weights[...] = 0
    weights[[3, 17]] = 1
    answer = UnitMaps(resolution=10, most=2, choice="active").compute(subject)
    assert answer.layers[0].units.tolist() == [3, 17]
    assert answer.layers[0].total == 30
    assert UnitMaps(resolution=5, most=4).compute(subject).layers[0].units.tolist() == [0, 1, 2, 3]
    chosen = UnitMaps(resolution=5, most=4, choice="chosen", chosen=((0, 9), (0, 99), (1, 1))).compute(subject)
    assert chosen.layers[0].units.tolist() == [9]
    nothing = UnitMaps(resolution=5, most=1, choice="chosen", chosen=((0, 9),)).compute(subject).layers[1]
    assert (nothing.units.shape, nothing.maps.shape, nothing.total) == ((0,), (0, 5, 5), 3)


def test_the_curve_is_what_the_network_gives_and_the_sum_of_its_hidden_units():
    experiment = Experiment(dataset=Sine(), layers=(Dense(6, Tanh()), Dense(1)), loss=MeanSquaredError())
    subject = Trainer(experiment, experiment.dataset.load())
    subject.steps(20)
    curve = RegressionCurve(points=50).compute(subject)
    np.testing.assert_allclose(
        curve.y[0], predict(subject.network, subject.parameters, curve.x[:, None])[:, 0], atol=1e-6
    )
    last = subject.network.views(subject.parameters)[1]
    np.testing.assert_allclose(last["W"] @ curve.hidden + last["b"][:, None], curve.y, atol=1e-5)
    assert curve.x[0] < subject.data.x_train.min()
    assert RegressionCurve().compute(trained(OUT)) is None


def test_histograms_count_every_number_of_a_layer():
    subject = trained(Dense(6, ReLU()), BatchNormalization(), OUT)
    first, second, last = Histograms(samples=80).compute(subject)
    for histogram in (first.pre_activations, first.activations, second.activations):
        assert histogram.counts.sum() == 6 * 80
    assert first.parameters.counts.sum() == first.gradients.counts.sum() == 18
    assert second.parameters.counts.sum() == 12, "running means are no trainable parameters"
    values = subject.network.views(subject.parameters)[2]
    everything = np.concatenate([values["W"].ravel(), values["b"]])
    assert last.parameters.mean == pytest.approx(everything.mean(), abs=1e-6)
    assert last.parameters.std == pytest.approx(everything.std(), abs=1e-6)
    assert first.activations.edges[0] == 0.0


@pytest.mark.parametrize("values", [np.array([]), np.full(5, 3.0), np.array([np.nan, np.inf, 1.0]), np.zeros((2, 0))])
def test_a_histogram_of_odd_numbers_is_still_one(values):
    found = count(values, 7)
    assert np.isfinite(found.edges).all()
    assert (np.diff(found.edges) > 0).all()
    assert found.counts.sum() + found.bad == values.size


def test_dead_and_saturated_units_are_counted():
    subject = trained(Dense(4, ReLU()), Dense(5, Sigmoid()), Dense(3, Identity()), Dense(2, Step()), OUT, steps=0)
    views = subject.network.views(subject.parameters)
    views[0]["b"][...] = [-100, 100, 100, -100]
    views[1]["W"][...] = 0
    views[1]["b"][...] = [0, 6, -6, 3, 0]
    relu, sigmoid = UnitHealth().compute(subject)
    assert (relu.index, relu.dead, relu.saturated) == (0, 0.5, 0.0)
    assert relu.zero.tolist() == [1, 0, 0, 1]
    assert (sigmoid.index, sigmoid.dead, sigmoid.saturated) == (1, 0.0, 0.4)


def test_gradient_sizes_are_those_of_a_step():
    subject = trained(Dense(5, Tanh()), OUT, steps=0, learning_rate=0.5)
    subject.configure(subject.experiment.replace(batch_size=100))
    sizes = GradientSizes(samples=100).compute(subject)
    before = subject.parameters.copy()
    subject.step()
    moved = subject.network.views(before - subject.parameters)
    for found, layer in zip(sizes.gradients, moved, strict=True):
        assert found == pytest.approx(np.sqrt(np.mean((layer["W"] / 0.5) ** 2)), rel=1e-4)
    assert sizes.weights[0] == pytest.approx(np.sqrt(np.mean(subject.network.views(before)[0]["W"] ** 2)), rel=1e-5)


def test_a_deep_sigmoid_network_loses_its_gradient_on_the_way_back_and_relu_does_not():
    deep = trained(*[Dense(50, Sigmoid())] * 8, OUT, steps=0, initializer=GlorotUniform())
    relu = trained(*[Dense(50, ReLU())] * 8, OUT, steps=0, initializer=HeNormal())
    assert GradientSizes().compute(deep).ratio < 1e-3
    assert GradientSizes().compute(relu).ratio > 0.05


def test_the_confusion_matrix_holds_each_sample_in_its_cell():
    subject = trained(steps=30)
    found = ConfusionMatrix().compute(subject)
    shares = predict(subject.network, subject.parameters, subject.data.x_test)
    np.testing.assert_array_equal(found.predicted, shares.argmax(axis=1))
    assert found.counts.sum() == len(subject.data.x_test)
    for label in range(3):
        for answer in range(3):
            cell = found.samples(label, answer)
            assert len(cell) == found.counts[label, answer]
            assert (subject.data.test_labels[cell] == label).all()
            assert (shares[cell].argmax(axis=1) == answer).all()
    assert found.accuracy == pytest.approx(subject.evaluate().test_accuracy)
    np.testing.assert_allclose(found.recall, found.counts.diagonal() / found.counts.sum(axis=1))


def test_the_worst_mistakes_come_first_and_are_all_wrong():
    subject = trained(steps=30)
    found = WorstMistakes(most=5).compute(subject)
    shares = predict(subject.network, subject.parameters, subject.data.x_test)
    wrong = np.flatnonzero(shares.argmax(axis=1) != subject.data.test_labels)
    assert found.count == len(wrong)
    assert set(found.samples) <= set(wrong)
    right = shares[wrong, subject.data.test_labels[wrong]]
    np.testing.assert_allclose(found.errors, -np.log(np.sort(right)[:5]), rtol=1e-5)
    np.testing.assert_array_equal(found.rows, subject.data.x_test[found.samples])


def test_the_embedding_finds_the_two_directions_of_a_flat_cloud():
    rng = np.random.default_rng(0)
    plane = rng.normal(size=(200, 2)) * [5, 2]
    turn = np.linalg.qr(rng.normal(size=(10, 10)))[0][:2]
    points, share = principal(plane @ turn)
    assert share.sum() == pytest.approx(1)
    assert share[0] > share[1] > 0
    between = np.linalg.norm(plane[:50, None] - plane[None, :50], axis=2)
    np.testing.assert_allclose(np.linalg.norm(points[:50, None] - points[None, :50], axis=2), between, atol=1e-9)


def test_the_embedding_of_a_layer_keeps_its_side_from_look_to_look():
    subject = trained(Dense(6, Tanh()), OUT)
    before = LayerEmbedding(index=0).compute(subject)
    subject.steps(1)
    after = LayerEmbedding(index=0).compute(subject)
    assert np.abs(after.points - before.points).max() < 0.2
    assert before.right.mean() == pytest.approx(ConfusionMatrix(limit=500).compute(subject).accuracy, abs=0.05)
    assert LayerEmbedding(index=9).compute(subject) is None
    assert LayerEmbedding(index=-1).compute(subject).points.shape == (100, 2)


def test_a_network_far_off_still_gets_answers():
    subject = trained(Dense(6, Tanh()), OUT)
    subject.parameters[...] = np.nan
    run = Run(subject.experiment, lambda e: None)
    run.trainer = subject
    for kind in probes.values():
        kind().look(run)


def test_units_over_a_line_are_curves():
    experiment = ready_made.load("sine")
    subject = Trainer(experiment, experiment.dataset.load())
    answer = UnitMaps(resolution=30).compute(subject)
    x = np.linspace(answer.low, answer.high, 30, dtype=np.float32)[:, None]
    assert answer.layers[0].maps.shape == (16, 1, 30)
    np.testing.assert_allclose(
        answer.layers[-1].maps[0, 0], predict(subject.network, subject.parameters, x)[:, 0], atol=1e-6
    )


def test_a_sample_is_a_row_of_the_training_data():
    subject = trained()
    found = TrainingSample(103).compute(subject)
    np.testing.assert_array_equal(found.row, subject.data.x_train[3])
    assert found.label == subject.data.train_labels[3] and found.target.argmax() == found.label
