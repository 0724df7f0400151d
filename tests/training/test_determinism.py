"""The same seed gives the same bytes: however steps are grouped, whoever pauses, in whatever thread."""

import threading

import numpy as np
import pytest

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.rrelu import RReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.optimizers.momentum import Momentum
from nnplayground.engine.schedules.exponential import Exponential
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

RANDOM = (Dense(6, RReLU()), BatchNormalization(), Dropout(0.3), Dense(3, Softmax()))
EXPERIMENTS = {
    "many small batches": Experiment(layers=(Dense(6, Tanh()), Dense(3, Softmax())), batch_size=3),
    "single samples": Experiment(layers=(Dense(9, ReLU()), Dense(3, Softmax())), batch_size=1),
    "random layers and running means": Experiment(layers=RANDOM, batch_size=7, optimizer=Adam(), learning_rate=0.01),
    "a schedule": Experiment(batch_size=8, optimizer=Momentum(), schedule=Exponential(0.8)),
    "weights of classes": Experiment(batch_size=8, class_weights=(1.0, 2.0, 0.5)),
    "short epochs, judged together": Experiment(
        batch_size=10, class_weights=(1.0, 2.0, 0.5), schedule=Exponential(0.8), learning_rate=0.3
    ),
}
STEPS = 150


def state(trainer: Trainer) -> bytes:
    return b"".join(a.tobytes() for a in (trainer.parameters, *trainer.state))


def straight(experiment: Experiment) -> tuple[Trainer, np.ndarray]:
    subject = Trainer(experiment, experiment.dataset.load())
    return subject, subject.steps(STEPS)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_n10_steps_may_be_asked_for_in_any_portions(name):
    whole, losses = straight(EXPERIMENTS[name])
    parts = Trainer(whole.experiment, whole.data)
    found = np.concatenate([parts.steps(n) for n in (1, 1, 5, 40, 3, 60, 0, 39, 1)])
    np.testing.assert_array_equal(found, losses)
    assert state(parts) == state(whole)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_n10_any_checkpoint_leads_to_the_same_end(name):
    whole, losses = straight(EXPERIMENTS[name])
    winding = Trainer(whole.experiment, whole.data)
    winding.steps(47)
    there = winding.checkpoint()
    winding.steps(30)
    winding.evaluate()
    winding.restore(there)
    np.testing.assert_array_equal(winding.steps(STEPS - 47), losses[47:])
    assert state(winding) == state(whole)


def test_n10_another_thread_computes_the_same():
    whole, _ = straight(EXPERIMENTS["random layers and running means"])
    found = []
    thread = threading.Thread(target=lambda: found.append(state(straight(whole.experiment)[0])))
    thread.start()
    thread.join()
    assert found == [state(whole)]


def test_a_setting_changed_and_changed_back_leaves_no_trace():
    experiment = EXPERIMENTS["many small batches"]
    whole, _ = straight(experiment)
    touched = Trainer(experiment, whole.data)
    touched.steps(20)
    touched.configure(experiment.replace(learning_rate=0.5))
    touched.configure(experiment)
    touched.steps(STEPS - 20)
    assert state(touched) == state(whole)
