import numpy as np
import pytest

from nnplayground import keras
from nnplayground.keras import callbacks
from nnplayground.keras.problems import InputProblem
from tests.keras.classifier import X, Y, classifier, same


def test_early_stopping_keeps_the_best_weights():
    model = classifier()
    rates = callbacks.LearningRateScheduler(lambda epoch: 0.3 if epoch < 5 else 9.0)
    stop = callbacks.EarlyStopping("loss", patience=3, restore_best_weights=True)
    history = model.fit(X, Y, epochs=100, batch_size=5, verbose=0, callbacks=[rates, stop])
    seen = history.history["loss"]
    assert stop.stopped_epoch == len(seen) - 1 == stop.best_epoch + 3 and min(seen) == seen[stop.best_epoch]
    again = classifier()
    again.fit(X, Y, epochs=stop.best_epoch + 1, batch_size=5, verbose=0, callbacks=[rates])
    assert same(model, again)


def test_the_learning_rate_can_change_between_epochs():
    model = classifier()
    plateau = callbacks.ReduceLROnPlateau("loss", factor=0.5, patience=1, min_delta=10)
    model.fit(X, Y, epochs=4, verbose=0, callbacks=[plateau])
    assert model.optimizer.learning_rate == pytest.approx(0.3 / 8)
    fixed = classifier()
    fixed.fit(X, Y, epochs=1, verbose=0)
    fixed.optimizer.learning_rate = 1e-6
    before = fixed.get_weights()[0]
    fixed.fit(X, Y, epochs=1, verbose=0)
    assert np.allclose(fixed.get_weights()[0], before, atol=1e-4)


def test_callbacks_are_told_everything_in_order():
    told = []

    class Tell(callbacks.Callback):
        def on_train_begin(self, logs=None):
            told.append(("begin", self.params["epochs"], self.params["steps"]))

        def on_epoch_end(self, epoch, logs=None):
            told.append((epoch, sorted(logs)))
            self.model.stop_training = epoch == 1

        def on_train_end(self, logs=None):
            told.append("end")

    classifier().fit(X, Y, epochs=5, batch_size=45, verbose=0, callbacks=[Tell()])
    assert told == [("begin", 5, 2), (0, ["accuracy", "loss"]), (1, ["accuracy", "loss"]), "end"]


def test_a_callback_can_stop_within_an_epoch_and_the_next_fit_begins_one():
    model = classifier()

    def stop(batch, logs):
        model.stop_training = batch == 1

    model.fit(X, Y, batch_size=10, verbose=0, callbacks=[callbacks.LambdaCallback(on_train_batch_end=stop)])
    assert model._compiled.trainer.step_count == 2
    model.fit(X, Y, batch_size=10, verbose=0)
    assert model._compiled.trainer.step_count == 11


def test_the_best_model_is_saved(tmp_path):
    model = classifier()
    save = callbacks.ModelCheckpoint(tmp_path / "{epoch}.keras", "loss", save_best_only=True)
    model.fit(X, Y, epochs=3, verbose=0, callbacks=[save])
    assert (tmp_path / "1.keras").exists()
    assert same(keras.models.load_model(tmp_path / "3.keras"), model)


def test_watching_what_is_not_measured_says_what_to_do():
    with pytest.raises(InputProblem, match="validation_data"):
        classifier().fit(X, Y, verbose=0, callbacks=[callbacks.EarlyStopping()])


def told(callback, **numbers):
    """`callback` after a `fit` whose epochs ended with these numbers."""
    model = classifier(metrics=())

    def put(epoch, logs):
        logs.update({name: values[epoch] for name, values in numbers.items()})

    epochs = len(next(iter(numbers.values())))
    replaced = callbacks.LambdaCallback(on_epoch_end=put)
    callback.history = model.fit(X, Y, epochs=epochs, verbose=0, callbacks=[replaced, callback]).history
    return callback


def test_early_stopping_goes_back_to_the_best_epoch_even_if_no_epoch_reached_the_baseline():
    stop = callbacks.EarlyStopping(patience=3, baseline=0.1, restore_best_weights=True)
    told(stop, val_loss=[1, 0.5, 0.9, 0.9])
    assert (stop.stopped_epoch, stop.best_epoch, stop.best) == (2, 1, 0.5)
    once = classifier(metrics=())
    once.fit(X, Y, epochs=2, verbose=0)
    assert same(stop.model, once)


def test_the_best_number_is_kept_as_it_is():
    assert told(callbacks.EarlyStopping("accuracy", patience=5), accuracy=[0.2, 0.8, 0.4]).best == 0.8


def test_rates_are_in_the_history():
    plateau = told(callbacks.ReduceLROnPlateau("loss", patience=1, min_lr=0.02), loss=[1, 1, 1, 1, 1])
    assert plateau.history["learning_rate"] == pytest.approx([0.3, 0.3, 0.03, 0.02, 0.02])
    plain = told(callbacks.LearningRateScheduler(lambda epoch, rate: rate / 2), loss=[1, 1])
    assert plain.history["learning_rate"] == [0.15, 0.075]


def test_a_plateau_begins_anew_with_each_fit_and_ends_nowhere():
    plateau = callbacks.ReduceLROnPlateau("loss", patience=1)
    for _ in range(2):
        told(plateau, loss=[1] + [2] * 8)
        assert plateau.model.optimizer.learning_rate == pytest.approx(0.3e-8)


def test_a_checkpoint_has_the_arguments_of_keras(tmp_path):
    save = callbacks.ModelCheckpoint(
        tmp_path / "{epoch}.keras", "loss", 0, True, False, "min", "epoch", initial_value_threshold=0.5
    )
    told(save, loss=[0.6, 0.4, 0.7])
    assert [path.name for path in tmp_path.iterdir()] == ["2.keras"]


def test_functions_are_given_by_place_too():
    seen = []
    hooks = callbacks.LambdaCallback(lambda epoch, logs: seen.append("begin"), lambda epoch, logs: seen.append("end"))
    classifier().fit(X, Y, verbose=0, callbacks=hooks)
    assert seen == ["begin", "end"]


def test_a_fault_in_a_persons_own_schedule_is_told_as_it_is():
    def schedule(epoch, lr):
        return None + lr

    with pytest.raises(TypeError, match="NoneType"):
        classifier().fit(X, Y, verbose=0, callbacks=callbacks.LearningRateScheduler(schedule))


def test_callbacks_are_told_of_evaluation_and_of_answers_too():
    seen = []

    class Tell(callbacks.Callback):
        def on_test_begin(self, logs=None):
            seen.append("test")

        def on_test_end(self, logs=None):
            seen.append(sorted(logs))

        def on_batch_end(self, batch, logs=None):
            seen.append(batch)

        def on_predict_end(self, logs=None):
            seen.append(self.params["steps"])

    model = classifier()
    model.fit(X, Y, batch_size=45, verbose=0, validation_data=(X, Y), callbacks=Tell())
    assert seen == [0, 1, "test", ["accuracy", "loss"]]
    seen.clear()
    model.evaluate(X, Y, verbose=0, callbacks=[Tell()])
    model.predict(X, verbose=0, callbacks=[Tell()])
    assert seen == ["test", ["accuracy", "loss"], 3]
