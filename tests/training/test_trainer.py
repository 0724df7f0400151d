"""The trainer: the textbook's numbers, determinism, what a change keeps, and what a bad number may not do."""

import numpy as np
import pytest

from nnplayground.data.augmentations.images import Images
from nnplayground.data.augmentations.noise import Noise
from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.initializers.normal import Normal
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.optimizers.momentum import Momentum
from nnplayground.engine.optimizers.nadam import Nadam
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment, advice
from nnplayground.training.trainer import GUARD_STEPS, Diverged, Trainer

TEXTBOOK = Experiment(learning_rate=0.5, batch_size=100, initializer=Normal(0.01))
SMALL = Experiment(layers=(Dense(8, ReLU()), Dense(3, Softmax())), batch_size=30, learning_rate=0.1)


def trainer(experiment: Experiment) -> Trainer:
    return Trainer(experiment, experiment.dataset.load())


@pytest.mark.parametrize(
    ("steps", "train", "test"),
    [(1, 1.0883, 1.0906), (10, 1.0712, 1.0815), (100, 0.7393, 0.7922), (300, 0.5568, 0.6503), (1000, 0.2234, 0.2947)],
)
def test_the_textbook_network_learns_as_published(steps, train, test):
    start = np.random.RandomState(1).normal(0, 0.01, 15)
    experiment = TEXTBOOK
    subject = Trainer(experiment, experiment.dataset.load(), start)
    subject.steps(steps)
    found = subject.evaluate()
    assert (found.train_loss, found.test_loss) == pytest.approx((train, test), abs=6e-5)
    if steps == 1000:
        assert (found.train_accuracy, found.test_accuracy) == (0.91, 0.88)


@pytest.mark.parametrize("change", [{}, {"clip": 1e5}, {"optimizer": Momentum()}], ids=["sgd", "clipped", "momentum"])
def test_a_replayed_step_has_the_gradient_itself_whatever_moves_the_parameters(change):
    subject = trainer(SMALL.replace(**change))
    before = subject.parameters.copy()
    subject.step()
    moved = subject.parameters - before
    subject.parameters[...] = before
    loss, gradient = subject.replay()
    again, _ = subject.replay()
    assert loss == again == pytest.approx(subject.loss)
    np.testing.assert_allclose(moved, -0.1 * gradient, rtol=1e-3, atol=1e-7)

    twin = subject.fork()
    subject.step()
    twin.step()
    assert subject.parameters.tobytes() == twin.parameters.tobytes()  # training goes on at its rate


def test_an_epoch_in_which_the_batch_size_changed_ends_with_a_short_batch():
    subject = trainer(SMALL.replace(batch_size=64))
    subject.step()
    subject.configure(SMALL.replace(batch_size=20))

    subject.steps(2)  # 36 of 100 samples are left: a batch of 20, and one of 16
    assert subject.epoch == 1
    subject.steps(1000)
    assert subject.epoch == 201


@pytest.mark.parametrize("optimizer", [Momentum(), Adam()])
def test_the_same_seed_gives_the_same_bytes_however_the_steps_are_grouped(optimizer):
    experiment = SMALL.replace(optimizer=optimizer, learning_rate=0.01)
    whole, parts = trainer(experiment), trainer(experiment)
    losses = whole.steps(100)
    grouped = np.concatenate([parts.steps(n) for n in (1, 7, 30, 62)])
    np.testing.assert_array_equal(losses, grouped)
    np.testing.assert_array_equal(whole.parameters, parts.parameters)


def test_losses_of_single_samples_have_the_same_bits_however_the_steps_are_grouped():
    digits = GeneratedDigits(samples=60)
    experiment = Experiment(dataset=digits, layers=(Flatten(), Dense(10, Softmax())), batch_size=1)
    whole, parts = trainer(experiment), trainer(experiment)
    count = whole.steps_per_epoch
    np.testing.assert_array_equal(whole.steps(count), np.concatenate([parts.steps(1) for _ in range(count)]))


@pytest.mark.parametrize("optimizer", [Adam(), Nadam()])
def test_an_optimizer_that_takes_over_begins_as_at_the_start_of_a_run(optimizer):
    experiment = SMALL.replace(optimizer=optimizer, learning_rate=0.001)
    late = trainer(SMALL.replace(learning_rate=0.001))
    late.steps(500)
    late.configure(experiment)
    twin = late.fork()
    for _ in range(5):
        before = late.parameters.copy()
        late.step()
        twin.restore(twin.checkpoint())
        twin.step()
        assert np.abs(late.parameters - before).max() < 1.2e-3  # a first step of Adam is the learning rate
    np.testing.assert_array_equal(late.parameters, twin.parameters)


def test_another_seed_gives_other_weights():
    a, b = trainer(SMALL), trainer(SMALL.replace(seed=2))
    assert not np.array_equal(a.parameters, b.parameters)


def test_the_last_short_batch_is_used_and_averaged_over_its_own_samples():
    experiment = SMALL.replace(batch_size=64)
    subject = trainer(experiment)
    subject.steps(2)
    assert subject.steps_per_epoch == 2
    assert (subject.epoch, subject.epoch_count) == (1.0, 1)


def test_going_back_and_forward_again_changes_nothing():
    straight, winding = trainer(SMALL), trainer(SMALL)
    straight.steps(500)
    winding.steps(200)
    there = winding.checkpoint()
    winding.steps(77)
    winding.restore(there)
    winding.steps(300)
    np.testing.assert_array_equal(straight.parameters, winding.parameters)


def test_evaluating_changes_nothing():
    subject = trainer(SMALL)
    subject.steps(5)
    before = subject.checkpoint()
    subject.evaluate()
    after = subject.checkpoint()
    np.testing.assert_array_equal(before.parameters, after.parameters)
    assert before.rng == after.rng


@pytest.mark.parametrize("steps_before", [0, 3, 200])
def test_n01_divergence_goes_back_to_a_good_step_and_says_where(steps_before):
    calm = SMALL.replace(layers=(Dense(30), Dense(30), Dense(3)), loss=MeanSquaredError(), learning_rate=1e-3)
    subject = trainer(calm)
    subject.steps(steps_before)
    before = subject.checkpoint()
    subject.configure(calm.replace(learning_rate=10.0))
    with pytest.raises(Diverged) as caught:
        subject.steps(10_000)
    assert subject.step_count == caught.value.back == steps_before
    np.testing.assert_array_equal(subject.parameters, before.parameters)
    for words in (f"step {caught.value.step}", f"layer {caught.value.layer + 1}", f"step {steps_before};"):
        assert words in caught.value.text.en


def test_a_slow_divergence_loses_at_most_two_checkpoints():
    experiment = SMALL.replace(layers=(Dense(30), Dense(30), Dense(3)), loss=MeanSquaredError(), learning_rate=0.02)
    subject = trainer(experiment)
    subject.steps(300)
    subject.parameters *= 1e12
    with pytest.raises(Diverged) as caught:
        subject.steps(10_000)
    assert 300 - 2 * GUARD_STEPS <= subject.step_count <= 300
    assert np.isfinite(caught.value.losses).all()
    assert np.isfinite(subject.steps(10)).all()


def test_after_a_divergence_a_lower_rate_goes_on():
    experiment = SMALL.replace(layers=(Dense(30), Dense(30), Dense(3)), loss=MeanSquaredError(), learning_rate=10.0)
    subject = trainer(experiment)
    with pytest.raises(Diverged):
        subject.steps(10_000)
    subject.configure(experiment.replace(learning_rate=1e-6))
    assert np.isfinite(subject.steps(10)).all()


def test_an_inserted_layer_keeps_the_parameters_of_the_others():
    subject = trainer(SMALL)
    subject.steps(20)
    first = subject.network.views(subject.parameters)[0]["W"].copy()
    first_layer, last_layer = SMALL.layers
    subject.configure(SMALL.replace(layers=(first_layer, Dense(8, Sigmoid()), last_layer)))
    views = subject.network.views(subject.parameters)
    np.testing.assert_array_equal(views[0]["W"], first)
    assert views[1]["W"].shape == (8, 8)
    assert subject.step_count == 20
    subject.steps(5)


def test_new_data_of_the_same_shape_keeps_the_network():
    subject = trainer(SMALL)
    subject.steps(20)
    kept = subject.parameters.copy()
    changed = SMALL.replace(dataset=ThreeClasses(seed=7))
    subject.configure(changed, changed.dataset.load())
    np.testing.assert_array_equal(subject.parameters, kept)


def test_a_network_that_cannot_work_is_refused_and_nothing_changes():
    subject = trainer(SMALL)
    before = subject.checkpoint()
    with pytest.raises(Problem, match=r"4 units.*3 classes.*3 units"):
        subject.configure(SMALL.replace(layers=(Dense(4, Softmax()),)))
    assert subject.experiment is SMALL
    np.testing.assert_array_equal(subject.parameters, before.parameters)
    subject.steps(1)


def test_regularization_acts_on_weights_and_leaves_biases_alone():
    plain, decayed = trainer(SMALL), trainer(SMALL.replace(weight_decay=0.1))
    plain.step()
    decayed.step()
    for a, b in zip(plain.network.views(plain.parameters), decayed.network.views(decayed.parameters), strict=True):
        # Without decay the rate is multiplied in before the products, with it after them: the last bit may differ.
        np.testing.assert_allclose(a["b"], b["b"], rtol=1e-5, atol=1e-8)
        assert np.abs(b["W"]).sum() < np.abs(a["W"]).sum()


def test_augmentation_changes_what_is_learnt_and_repeats_itself():
    plain, noisy, again = (
        trainer(SMALL),
        trainer(SMALL.replace(augment=Noise())),
        trainer(SMALL.replace(augment=Noise())),
    )
    for subject in (plain, noisy, again):
        subject.steps(50)
    assert noisy.parameters.tobytes() == again.parameters.tobytes() != plain.parameters.tobytes()
    kept = noisy.checkpoint()
    noisy.steps(20)
    after = noisy.parameters.copy()
    noisy.restore(kept)
    noisy.steps(20)
    assert np.array_equal(noisy.parameters, after)


def test_augmentation_leaves_the_data_as_it_was():
    subject = trainer(SMALL.replace(augment=Noise(amount=1.0)))
    before = subject.data.train_rows.copy()
    subject.steps(20)
    assert np.array_equal(subject.data.train_rows, before)


def test_images_are_augmented_and_points_are_left_alone_with_a_word_of_advice():
    points = trainer(SMALL.replace(augment=Images()))
    plain = trainer(SMALL)
    points.steps(20), plain.steps(20)
    assert np.array_equal(points.parameters, plain.parameters)
    assert "augment" in dict(advice(points.experiment)) and "augment" not in dict(advice(SMALL))
    digits = SMALL.replace(dataset=GeneratedDigits(samples=100), layers=(Flatten(), Dense(10, Softmax())))
    changed, same = trainer(digits.replace(augment=Images())), trainer(digits)
    changed.steps(5), same.steps(5)
    assert not np.array_equal(changed.parameters, same.parameters)
    assert "augment" not in dict(advice(changed.experiment))
