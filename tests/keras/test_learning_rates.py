import numpy as np
import pytest

from nnplayground.keras import callbacks, optimizers
from nnplayground.keras.problems import InputProblem
from tests.keras.classifier import X, Y, classifier, same


def test_a_schedule_lowers_the_learning_rate_within_epochs():
    still, slower = classifier(metrics=()), classifier(metrics=())
    slower.compile(
        optimizers.SGD(optimizers.schedules.ExponentialDecay(0.3, 3, 1e-3)), "sparse_categorical_crossentropy"
    )
    still.fit(X, Y, verbose=0)
    slower.fit(X, Y, verbose=0)
    assert not same(still, slower)
    before = slower.get_weights()[0]
    slower.fit(X, Y, verbose=0)
    assert np.allclose(before, slower.get_weights()[0], atol=1e-3)


def rates_of(model, **how):
    """The learning rate of each step of a `fit`, as the trainer has it."""
    seen = []
    note = callbacks.LambdaCallback(on_train_batch_begin=lambda *_: seen.append(model._compiled.trainer.learning_rate))
    model.fit(X, Y, verbose=0, callbacks=[note], **how)
    return seen


def scheduled(schedule):
    model = classifier(metrics=())
    model.compile(optimizers.SGD(schedule), "sparse_categorical_crossentropy")
    return model


@pytest.mark.parametrize(
    ("schedule", "rate"),
    [
        (optimizers.schedules.ExponentialDecay(0.1, 2, 0.5, staircase=True), lambda step: 0.1 * 0.5 ** (step // 2)),
        (optimizers.schedules.ExponentialDecay(0.1, 100, 0.5), lambda step: 0.1 * 0.5 ** (step / 100)),
        (optimizers.schedules.ExponentialDecay(0.1, 3, 1.1), lambda step: 0.1 * 1.1 ** (step / 3)),
        (optimizers.schedules.CosineDecay(0.1, 1), lambda step: 0.1 if step == 0 else 0.0),
    ],
)
def test_a_schedule_counts_steps_whatever_the_batches_are(schedule, rate):
    model = scheduled(schedule)
    seen = rates_of(model, batch_size=9) + rates_of(model, batch_size=15, epochs=2) + rates_of(model, batch_size=1)
    assert seen == pytest.approx([rate(step) for step in range(10 + 12 + 90)])
    assert schedule(7) == pytest.approx(rate(7))
    assert model.optimizer.iterations == 112 and model.optimizer.learning_rate == pytest.approx(rate(112))
    with pytest.raises(InputProblem, match="schedule"):
        model.optimizer.learning_rate = 0.1


def test_a_schedule_of_ones_own_is_asked_for_each_step():
    class Halves(optimizers.schedules.LearningRateSchedule):
        def __call__(self, step):
            return 0.5**step

    assert rates_of(scheduled(Halves()), batch_size=30) == [1, 0.5, 0.25]


def test_any_learning_rate_can_be_set():
    model = classifier(metrics=())
    model.optimizer.learning_rate = 20.0
    seen = []
    rates = callbacks.LearningRateScheduler(lambda epoch: 0.1 * 10.0**-epoch)
    note = callbacks.LambdaCallback(on_train_batch_begin=lambda *_: seen.append(model._compiled.trainer.learning_rate))
    model.fit(X, Y, batch_size=90, epochs=9, verbose=0, callbacks=[rates, note])
    assert seen == [0.1 * 10.0**-epoch for epoch in range(9)]
    model.fit(X, Y, batch_size=90, verbose=0, callbacks=[note])
    assert seen[-1] == model.optimizer.learning_rate == 0.1 * 10.0**-8
    model.optimizer.learning_rate = 0.0
    before = model.get_weights()
    model.fit(X, Y, verbose=0)
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


def test_a_learning_rate_that_is_set_before_a_step_counts_in_it():
    model, slow = classifier(metrics=()), classifier(metrics=())

    def halve(batch, logs):
        model.optimizer.learning_rate = 0.3 * 0.5**batch

    model.fit(X, Y, batch_size=30, verbose=0, callbacks=[callbacks.LambdaCallback(on_train_batch_begin=halve)])
    slow.compile(optimizers.SGD(optimizers.schedules.ExponentialDecay(0.3, 1, 0.5)), "sparse_categorical_crossentropy")
    slow.fit(X, Y, batch_size=30, verbose=0)
    assert same(model, slow)


def test_optimizers_have_the_names_of_keras():
    kinds = [optimizers.SGD, optimizers.Adam, optimizers.RMSprop]
    assert [kind().name for kind in kinds] == ["SGD", "adam", "rmsprop"]
    assert optimizers.schedules.CosineDecay(0.1, 5, 0.0, "mine").name == "mine"
