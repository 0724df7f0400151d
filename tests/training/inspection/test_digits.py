"""Why a digit is read as it is: shares that add up, ink that turns the answer, slices, neighbours, and a sentence."""

import numpy as np
import pytest

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.gradient_check import check_gradients
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import predict
from nnplayground.training.handling import silence
from nnplayground.training.inspection.attribution import attribution, input_gradient
from nnplayground.training.inspection.counterfactual import MOST, ink_change
from nnplayground.training.inspection.digit_plane import slice_map
from nnplayground.training.inspection.lesions import lesion_effects
from nnplayground.training.inspection.loss_function import LossFunction
from nnplayground.training.inspection.neighbours import as_seen, nearest
from nnplayground.training.inspection.refining import refined
from nnplayground.training.inspection.why_not import why_not
from tests.training.digits import SEER, answers, reader, seer


@pytest.mark.parametrize("make", [reader, seer])
def test_the_shares_of_the_pixels_add_up_to_the_lead(make):
    trainer = make()
    for row in trainer.data.x_test[:5]:
        shares = predict(trainer.network, trainer.parameters, row[None])[0]
        first, second = np.argsort(-shares)[:2]
        found = attribution(trainer.network, trainer.parameters, row, int(first), int(second))
        assert found.inputs.sum() == pytest.approx(found.score - found.empty, rel=0.02, abs=0.05)
        assert found.score == pytest.approx(float(np.log(shares[first] / shares[second])), abs=1e-3)
        assert not found.inputs[row == 0].any(), "where there is no ink, nothing speaks for anything"
        biases = trainer.network.views(trainer.parameters)[-1]["b"]
        assert found.units.sum() + biases[first] - biases[second] == pytest.approx(found.score, abs=1e-3)


@pytest.mark.parametrize("make", [reader, seer])
def test_thirty_pixels_turn_the_answer_of_most_digits(make):
    trainer = make()
    flipped, fast = 0, 25 if make is seer else 50
    for row in trainer.data.x_test[:fast]:
        shares = predict(trainer.network, trainer.parameters, row[None])[0]
        target = int(np.argsort(-shares)[1])
        change = ink_change(trainer.network, trainer.parameters, row, target)
        by_hand = row.copy()
        by_hand[change.add], by_hand[change.erase] = 1, 0
        np.testing.assert_array_equal(by_hand, change.row)
        assert len(change.add) + len(change.erase) <= MOST
        assert (row[change.add] < 0.5).all()
        assert (row[change.erase] >= 0.5).all()
        assert change.flips == (predict(trainer.network, trainer.parameters, by_hand[None])[0].argmax() == target)
        flipped += change.flips
    assert flipped >= 0.8 * fast


def test_any_chosen_digit_can_be_asked_for():
    trainer = reader()
    rng = np.random.default_rng(0)
    turned = [
        ink_change(trainer.network, trainer.parameters, row, int(rng.choice(np.delete(np.arange(10), given)))).flips
        for row, given in zip(trainer.data.x_test[:30], answers(trainer), strict=False)
    ]
    assert np.mean(turned) >= 0.8


def test_what_already_is_the_wish_needs_no_ink():
    trainer = reader()
    change = ink_change(trainer.network, trainer.parameters, trainer.data.x_test[0], int(answers(trainer)[0]))
    assert change.flips
    assert not len(change.add)
    assert not len(change.erase)


@pytest.mark.parametrize("make", [reader, seer])
def test_the_corners_of_the_slice_are_the_digits_themselves(make):
    trainer = make()
    corners = trainer.data.x_test[:3]
    found, _ = slice_map(trainer.network, trainer.parameters, corners, 64)
    assert found.shape == (64, 64, 10)
    direct = predict(trainer.network, trainer.parameters, corners)
    np.testing.assert_allclose([found[0, 0], found[0, -1], found[-1, 0]], direct, atol=1e-5)
    x, y = 20 / 63, 40 / 63
    between = (1 - x - y) * corners[0] + x * corners[1] + y * corners[2]
    np.testing.assert_allclose(found[40, 20], predict(trainer.network, trainer.parameters, between[None])[0], atol=0.05)


@pytest.mark.parametrize("make", [reader, seer])
def test_every_point_of_the_whole_slice_is_what_the_network_says_there(make):
    trainer = make()
    a, b, c = corners = trainer.data.x_test[:3]
    found, whole = slice_map(trainer.network, trainer.parameters, corners, 32, everywhere=True)
    assert whole
    y, x = (place.reshape(-1, 1).astype(np.float32) / 31 for place in np.indices((32, 32)))
    direct = predict(trainer.network, trainer.parameters, a + x * (b - a) + y * (c - a))
    np.testing.assert_allclose(found.reshape(-1, 10), direct, atol=1e-5)


def test_the_slice_knows_of_maps_silenced_before_and_after_pooling():
    layers = (
        Conv2D(4, 5, activation=ReLU()),
        MaxPooling2D(),
        Conv2D(3, 3, activation=ReLU()),
        MaxPooling2D(3),
        Flatten(),
    )
    experiment = SEER.replace(layers=(*layers, Dense(10, Softmax())))
    parameters, corners = experiment.network().initial_parameters(np.random.default_rng(2)), seer().data.x_test[3:6]
    networks = [experiment.network()]
    for layer in range(5):
        if experiment.network().can_silence(layer, 0):
            networks.append(silence(experiment, layer, 0).network())
    assert len(networks) > 2
    for network in networks:
        found, _ = slice_map(network, parameters, corners, 9)
        direct = predict(network, parameters, corners)
        np.testing.assert_allclose([found[0, 0], found[0, -1], found[-1, 0]], direct, atol=1e-5)


@pytest.mark.parametrize("unit", [None, (1, 3), (2, 5)])
def test_the_slice_knows_of_silenced_units(unit):
    trainer = reader()
    network = trainer.network if unit is None else silence(trainer.experiment, *unit).network()
    corners = trainer.data.x_test[3:6]
    found, _ = slice_map(network, trainer.parameters, corners, 9)
    np.testing.assert_allclose(found[0, -1], predict(network, trainer.parameters, corners[1:2])[0], atol=1e-5)


def test_a_refined_map_has_the_classes_of_the_full_one_and_asks_far_less():
    asked = []

    def outputs(rows, columns):
        asked.append(len(rows))
        x, y = columns / 63, rows / 63
        far = np.stack([x**2 + y**2, (x - 1) ** 2 + y**2, (x - 0.3) ** 2 + (y - 1) ** 2], axis=1)
        shares = np.exp(-5 * far)
        return shares / shares.sum(axis=1, keepdims=True)

    found = refined(outputs, 64)
    count = sum(asked)
    every = np.indices((64, 64)).reshape(2, -1)
    full = outputs(*every).reshape(64, 64, 3)
    np.testing.assert_array_equal(found.argmax(axis=2), full.argmax(axis=2))
    np.testing.assert_allclose(found, full, atol=0.03)
    assert count < 64 * 64 / 3


def test_the_nearest_digits_are_found_by_eye_and_by_what_the_network_sees():
    trainer = reader()
    known, row = trainer.data.x_train, trainer.data.x_train[17] + 0.01
    found = nearest(known, row, 5)
    assert found.samples[0] == 17
    assert (np.diff(found.distances) >= 0).all()
    direct = np.linalg.norm(known - row, axis=1)
    np.testing.assert_allclose(found.distances, np.sort(direct)[:5], rtol=1e-4)
    seen = as_seen(trainer.network, trainer.parameters, known)
    assert seen.shape == (len(known), 32)
    labels = trainer.data.train_labels
    by_network = [labels[nearest(seen, seen[i], 6).samples[1:]] == labels[i] for i in range(50)]
    by_eye = [labels[nearest(known, known[i], 6).samples[1:]] == labels[i] for i in range(50)]
    assert np.mean(by_network) > np.mean(by_eye)


@pytest.mark.parametrize(("make", "index"), [(reader, 1), (reader, 2), (seer, 0)])
def test_the_unit_that_matters_most_costs_most_when_it_is_silenced(make, index):
    trainer = make()
    rows, labels = trainer.data.x_test[:100], trainer.data.test_labels[:100]
    effects = lesion_effects(trainer.network, trainer.parameters, rows, labels, index, 10)
    right = predict(trainer.network, trainer.parameters, rows).argmax(axis=1) == labels
    counts = np.bincount(labels, minlength=10)
    for unit in (int(effects.sum(axis=1).argmax()), 0):
        silenced = silence(trainer.experiment, index, unit).network()
        left = predict(silenced, trainer.parameters, rows).argmax(axis=1) == labels
        lost = np.bincount(labels[right], minlength=10) - np.bincount(labels[left], minlength=10)
        np.testing.assert_allclose(effects[unit], lost / np.maximum(counts, 1))
    assert effects.max() > 0


@pytest.mark.parametrize("make", [reader, seer])
def test_why_not_says_it_in_one_breath_with_figures(make):
    trainer = make()
    row, given = trainer.data.x_test[0], int(answers(trainer)[0])
    other = (given + 1) % 10
    found = why_not(trainer.network, trainer.parameters, row, other, trainer.data.task.classes)
    for words in (found.text.en, found.text.ja):
        assert str(given) in words
        assert str(other) in words
        assert f"{found.attribution.score:.2f}" in words
        if found.change.flips:
            assert str(len(found.change.add) + len(found.change.erase)) in words
    assert found.attribution.score > 0
    itself = why_not(trainer.network, trainer.parameters, row, given, trainer.data.task.classes)
    assert itself.text.en.startswith(f"It is read as {given}")


@pytest.mark.parametrize("between", [BatchNormalization(), Dropout(0.5)])
def test_gradients_in_inference_are_right_too(between):
    network = Network(NetworkSpec((5,), (Dense(6, Tanh()), between, Dense(4, Sigmoid()), Dense(3)), MeanSquaredError()))
    rng = np.random.default_rng(0)
    parameters = network.initial_parameters(rng, np.float64)
    if isinstance(between, BatchNormalization):
        named = network.views(parameters)[1]
        for name in ("gamma", "beta", "moving_mean", "moving_variance"):
            named[name][...] = rng.uniform(0.5, 1.5, 6)
    x, t = rng.normal(size=(4, 5)), rng.random((4, 3))
    assert check_gradients(network, x, t, parameters, training=False).passed
    slope = input_gradient(network, parameters, x[0], t[0])
    for k in range(5):
        ends = [x[0] + s * 1e-6 * np.eye(5)[k] for s in (1, -1)]
        high, low = (LossFunction(network, parameters, e[None], t[:1]).loss() for e in ends)
        assert slope[k] == pytest.approx((high - low) / 2e-6, rel=1e-5, abs=1e-9)
