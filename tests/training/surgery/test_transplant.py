"""Operations on a trained network: what it computes stays, and it goes on learning."""

import numpy as np
import pytest

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.plan import predict
from nnplayground.training.experiment import Experiment
from nnplayground.training.surgery import transplant
from nnplayground.training.trainer import Trainer

EDGE = np.linspace(-6, 6, 100, dtype=np.float32)
GRID = np.stack(np.meshgrid(EDGE, EDGE), axis=-1).reshape(-1, 2)
OUT = Dense(3, Softmax())


def trained(*layers: Layer, steps: int = 200) -> Trainer:
    experiment = Experiment(layers=layers, batch_size=20, optimizer=Adam(), learning_rate=0.02)
    subject = Trainer(experiment, experiment.dataset.load())
    subject.steps(steps)
    return subject


def change(subject: Trainer, *layers: Layer, **more) -> float:
    """The largest change of any output over the plane."""
    before = predict(subject.network, subject.parameters, GRID)
    subject.configure(subject.experiment.replace(layers=layers), **more)
    return float(np.abs(predict(subject.network, subject.parameters, GRID) - before).max())


@pytest.mark.parametrize("activation", [Sigmoid(), Tanh(), ReLU(), Identity()])
def test_three_more_units_change_nothing_and_then_learn(activation):
    subject = trained(Dense(4, activation), Dense(3, activation), OUT, steps=60)
    assert change(subject, Dense(7, activation), Dense(6, activation), OUT) < 1e-6
    assert subject.step_count == 60
    second = subject.network.views(subject.parameters)[1]
    assert np.abs(second["W"][:3, 4:]).max() == 0
    assert np.abs(second["W"][3:]).min() > 0, "new units must have incoming weights of their own"
    before = subject.evaluate().train_loss
    subject.steps(300)
    assert subject.evaluate().train_loss < before
    assert np.abs(subject.network.views(subject.parameters)[1]["W"][:, 4:]).max() > 0


def test_the_units_that_were_chosen_go_and_the_others_stay():
    subject = trained(Dense(5, Tanh()), OUT)
    before = {k: v.copy() for k, v in subject.network.views(subject.parameters)[0].items()}
    outgoing = subject.network.views(subject.parameters)[1]["W"].copy()
    subject.configure(subject.experiment.replace(layers=(Dense(3, Tanh()), OUT)), removed={0: (0, 3)})
    after = subject.network.views(subject.parameters)
    np.testing.assert_array_equal(after[0]["W"], before["W"][[1, 2, 4]])
    np.testing.assert_array_equal(after[0]["b"], before["b"][[1, 2, 4]])
    np.testing.assert_array_equal(after[1]["W"], outgoing[:, [1, 2, 4]])


def test_a_unit_that_was_added_and_taken_away_leaves_no_trace():
    subject = trained(Dense(4, Tanh()), OUT)
    before = subject.parameters.copy()
    subject.configure(subject.experiment.replace(layers=(Dense(5, Tanh()), OUT)))
    subject.configure(subject.experiment.replace(layers=(Dense(4, Tanh()), OUT)))
    np.testing.assert_array_equal(subject.parameters, before)


@pytest.mark.parametrize(
    ("below", "inserted"),
    [
        (Tanh(), Dense(4)),
        (Tanh(), Dense(9)),
        (ReLU(), Dense(4, ReLU())),
        (Sigmoid(), Dense(6, ReLU())),
        (Tanh(), Dense(4, ReLU())),
        (Identity(), Dense(8, ReLU())),
    ],
)
def test_an_inserted_layer_is_the_identity_where_its_activation_allows_it(below, inserted):
    subject = trained(Dense(4, below), OUT)
    assert change(subject, Dense(4, below), inserted, OUT) < 1e-6
    before = subject.evaluate().train_loss
    subject.steps(100)
    assert subject.evaluate().train_loss < before + 0.02


def test_a_layer_before_the_first_changes_nothing_either():
    subject = trained(Dense(4, Tanh()), OUT)
    assert change(subject, Dense(5, ReLU()), Dense(4, Tanh()), OUT) < 1e-6


@pytest.mark.parametrize("activation", [Sigmoid(), Tanh()])
def test_an_activation_that_bends_everything_comes_near_and_says_so(activation):
    subject = trained(Dense(4, Tanh()), OUT)
    rows = subject.data.x_train
    before = predict(subject.network, subject.parameters, rows)
    outcome = subject.configure(subject.experiment.replace(layers=(Dense(4, Tanh()), Dense(4, activation), OUT)))
    after = predict(subject.network, subject.parameters, rows)
    assert np.abs(after - before).max() < 0.1
    assert not outcome.is_exact
    assert activation.label.en in outcome.notes[0].en
    assert activation.label.ja in outcome.notes[0].ja


def test_a_layer_that_is_too_narrow_says_how_much_it_passes_on():
    subject = trained(Dense(6, ReLU()), OUT)
    outcome = subject.configure(subject.experiment.replace(layers=(Dense(6, ReLU()), Dense(2, ReLU()), OUT)))
    assert "2 of 6" in outcome.notes[0].en
    assert "Layer 2" in outcome.notes[0].en


def test_another_activation_keeps_all_weights():
    subject = trained(Dense(4, Tanh()), Dense(4, Tanh()), OUT)
    before = subject.parameters.copy()
    subject.configure(subject.experiment.replace(layers=(Dense(4, Tanh()), Dense(4, ReLU()), OUT)))
    np.testing.assert_array_equal(subject.parameters, before)


def test_a_linear_layer_that_goes_leaves_its_effect():
    subject = trained(Dense(4, Tanh()), Dense(2), OUT)
    assert change(subject, Dense(4, Tanh()), OUT) < 1e-6


def test_the_state_of_the_optimizer_moves_along():
    subject = trained(Dense(4, Tanh()), OUT)
    views = [subject.network.views(s) for s in subject.state]
    m, v = ([{k: a.copy() for k, a in layer.items()} for layer in view] for view in views)
    subject.configure(subject.experiment.replace(layers=(Dense(6, Tanh()), OUT)))
    m_now, v_now = (subject.network.views(s) for s in subject.state)
    for before, after in ((m, m_now), (v, v_now)):
        np.testing.assert_array_equal(after[0]["W"][:4], before[0]["W"])
        np.testing.assert_array_equal(after[1]["W"][:, :4], before[1]["W"])
        np.testing.assert_array_equal(after[1]["b"], before[1]["b"])
    assert np.abs(m_now[0]["W"][4:]).max() == 0
    assert v_now[0]["W"][4:].min() > 0, "a new weight would take giant steps without a second moment"


@pytest.mark.parametrize("inserted", [BatchNormalization(), Dropout(0.5)])
def test_layers_that_only_train_differently_change_no_answer(inserted):
    subject = trained(Dense(6, ReLU()), OUT)
    assert change(subject, Dense(6, ReLU()), inserted, OUT) < 1e-5


def test_training_goes_on_smoothly_behind_an_inserted_batch_normalization():
    subject = trained(Dense(6, ReLU()), OUT)
    before = subject.evaluate().train_loss
    subject.configure(subject.experiment.replace(layers=(Dense(6, ReLU()), BatchNormalization(), OUT)))
    subject.steps(30)
    assert subject.evaluate().train_loss < before + 0.05


def images(*layers: Layer) -> tuple[Network, np.ndarray]:
    network = Network(NetworkSpec((1, 8, 8), layers))
    return network, network.initial_parameters(np.random.default_rng(3)) + np.float32(0.05)


CONV = (Conv2D(4, 3, activation=ReLU()), BatchNormalization(), MaxPooling2D(2), Flatten(), Dense(5, Softmax()))


@pytest.mark.parametrize(
    "layers",
    [
        (Conv2D(7, 3, activation=ReLU()), *CONV[1:]),
        (CONV[0], Conv2D(4, 3, padding="same", activation=ReLU()), *CONV[1:]),
        (Conv2D(2, 3, padding="same", activation=ReLU()), *CONV),
        (*CONV[:2], Conv2D(4, 3, padding="same"), *CONV[2:]),
        (*CONV[:3], Conv2D(8, 3, padding="same", activation=ReLU()), *CONV[3:]),
        (*CONV[:4], Dense(72, ReLU()), *CONV[4:]),
        (*CONV[:3], Dropout(0.2), *CONV[3:]),
    ],
)
def test_channels_and_layers_of_a_convolution_come_in_without_a_change(layers):
    rows = np.random.default_rng(0).random((20, 64), dtype=np.float32)
    old, before = images(*CONV)
    new, fresh = images(*layers)
    outcome = transplant(old, before, new, fresh)
    difference = predict(new, outcome.parameters, rows) - predict(old, before, rows)
    assert np.abs(difference).max() < 1e-6
    assert outcome.notes == ()


def test_what_does_not_fit_through_a_maximum_says_so():
    # Behind a batch normalization values may be negative: eight filters carry four channels as differences.
    old, before = images(*CONV)
    new, fresh = images(*CONV[:2], Conv2D(8, 3, padding="same", activation=ReLU()), *CONV[2:])
    assert "layer 4" in transplant(old, before, new, fresh).notes[0].en


def test_a_channel_that_goes_takes_its_inputs_of_the_dense_layer_along():
    old, before = images(*CONV)
    new, fresh = images(Conv2D(3, 3, activation=ReLU()), *CONV[1:])
    outcome = transplant(old, before, new, fresh, {0: (1,)})
    was, now = old.views(before), new.views(outcome.parameters)
    np.testing.assert_array_equal(now[0]["W"], was[0]["W"][[0, 2, 3]])
    np.testing.assert_array_equal(now[4]["W"].reshape(5, 3, -1), was[4]["W"].reshape(5, 4, -1)[:, [0, 2, 3]])


def test_a_further_input_feature_enters_with_zero_weights():
    old = Network(NetworkSpec((2,), (Dense(4, Tanh()), OUT)))
    new = Network(NetworkSpec((3,), (Dense(4, Tanh()), OUT)))
    before = old.initial_parameters(np.random.default_rng(1))
    outcome = transplant(old, before, new, new.initial_parameters(np.random.default_rng(2)))
    wide = np.concatenate([GRID, np.ones((len(GRID), 1), np.float32)], axis=1)
    np.testing.assert_allclose(predict(new, outcome.parameters, wide), predict(old, before, GRID), rtol=0, atol=1e-6)


def test_inputs_with_names_keep_their_weights_wherever_they_are_now():
    old = Network(NetworkSpec((3,), (Dense(4, Tanh()), OUT), inputs=("x1", "x2", "x1^2")))
    new = Network(NetworkSpec((3,), (Dense(4, Tanh()), OUT), inputs=("x1^2", "x2", "sin x1")))
    before = old.initial_parameters(np.random.default_rng(1))
    outcome = transplant(old, before, new, new.initial_parameters(np.random.default_rng(2)))
    was, now = old.views(before)[0]["W"], new.views(outcome.parameters)[0]["W"]
    np.testing.assert_array_equal(now[:, :2], was[:, [2, 1]])
    np.testing.assert_array_equal(now[:, 2], 0)


def test_a_feature_switched_on_changes_no_output_and_off_only_its_own_share():
    subject = trained(Dense(4, Tanh()), OUT)
    plain, points = subject.experiment, GRID[:500]
    before = predict(subject.network, subject.parameters, points)
    for features in (("x1", "x2", "x1*x2"), ("x1", "x2")):
        changed = plain.dataset.replace(features=features)
        subject.configure(plain.replace(dataset=changed), changed.load())
        after = predict(subject.network, subject.parameters, changed.on_plane(points))
        np.testing.assert_allclose(after, before, rtol=0, atol=1e-6)
    subject.steps(10)


def test_images_of_another_size_say_which_weights_are_new():
    old = Network(NetworkSpec((1, 8, 8), (Flatten(), Dense(4, Tanh()), OUT)))
    new = Network(NetworkSpec((2,), (Dense(4, Tanh()), OUT)))
    before = old.initial_parameters(np.random.default_rng(1))
    outcome = transplant(old, before, new, new.initial_parameters(np.random.default_rng(2)))
    assert [n.en for n in outcome.notes] == ["Layer 1 gets inputs of another shape, so its weights were drawn anew."]
    np.testing.assert_array_equal(new.views(outcome.parameters)[1]["W"], old.views(before)[2]["W"])


def all_activations() -> list[Activation]:
    return [kind() for kind in activations.values()]


@pytest.mark.parametrize("activation", all_activations(), ids=lambda a: a.id)
def test_every_activation_either_changes_nothing_or_says_so(activation):
    old = Network(NetworkSpec((2,), (Dense(4, Sigmoid()), OUT)))
    new = Network(NetworkSpec((2,), (Dense(4, Sigmoid()), Dense(8, activation), OUT)))
    before = old.initial_parameters(np.random.default_rng(1))
    outcome = transplant(old, before, new, new.initial_parameters(np.random.default_rng(2)))
    difference = np.abs(predict(new, outcome.parameters, GRID) - predict(old, before, GRID)).max()
    assert np.isfinite(outcome.parameters).all()
    assert outcome.is_exact == bool(difference < 1e-6)


def test_a_layer_behind_its_like_comes_in_unchanged_and_the_one_that_is_named_goes():
    below, twin = Dense(5, ReLU()), Dense(4, ReLU())
    old = Network(NetworkSpec((2,), (below, twin, OUT)))
    new = Network(NetworkSpec((2,), (below, twin, twin, OUT)))
    before = old.initial_parameters(np.random.default_rng(1))
    grown = transplant(old, before, new, new.initial_parameters(np.random.default_rng(2)))
    assert grown.inserted == (2,)
    np.testing.assert_allclose(predict(new, grown.parameters, GRID), predict(old, before, GRID), atol=1e-6)
    back = transplant(new, grown.parameters, old, before * 0, {1: range(4)})
    np.testing.assert_array_equal(old.views(back.parameters)[1]["b"], new.views(grown.parameters)[2]["b"])
    again = transplant(new, grown.parameters, old, before * 0, {2: range(4)})
    np.testing.assert_allclose(predict(old, again.parameters, GRID), predict(old, before, GRID), atol=1e-6)
