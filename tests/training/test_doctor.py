"""The training doctor: eight illnesses made on purpose are named first, healthy runs are left in peace, remedies help."""

from dataclasses import dataclass

import numpy as np
import pytest

from nnplayground.data.datasets import Dataset
from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.data.task import Data, with_ones
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.initializers.normal import Normal
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.optimizers.momentum import Momentum
from nnplayground.engine.optimizers.sgd import SGD
from nnplayground.storage import ready_made
from nnplayground.training.doctor import examine
from nnplayground.training.experiment import Experiment
from nnplayground.training.illnesses import Diagnosis, illnesses
from nnplayground.training.run import Run
from nnplayground.training.trainer import Diverged

BASE = Experiment(batch_size=20, learning_rate=0.1)
OUT = Dense(3, Softmax())
DIGITS = GeneratedDigits(samples=600)
DEEP = Experiment(dataset=DIGITS, batch_size=50, learning_rate=0.05)
TEN = Dense(10, Softmax())


@dataclass(frozen=True)
class InThousands(Dataset):
    """The three clouds of points with the first coordinate in thousandths, as a table may have it."""

    id = "in-thousands"
    input_shape = (2,)
    task = ThreeClasses().task
    factor: float = 1000.0

    def load(self) -> Data:
        data = ThreeClasses().load()
        scale = np.array([self.factor, 1.0])
        x_train, x_test = data.x_train * scale, data.x_test * scale
        return Data((2,), data.task, with_ones(x_train), data.train_labels, with_ones(x_test), data.test_labels)


def deep(activation, count: int) -> tuple:
    return (Flatten(), *[Dense(50, activation)] * count, TEN)


ILL = {
    "unscaled-input": BASE.replace(dataset=InThousands(), layers=(Dense(8, Tanh()), OUT)),
    "exploding-gradient": DEEP.replace(layers=deep(ReLU(), 4), initializer=Normal(1.0), learning_rate=0.001),
    "rate-too-high": BASE.replace(layers=(Dense(8, Tanh()), OUT), learning_rate=10.0),
    "dead-relu": BASE.replace(layers=(Dense(12, ReLU()), OUT)),
    "saturation": DEEP.replace(layers=deep(Tanh(), 2), initializer=Normal(1.0), learning_rate=0.01),
    "vanishing-gradient": DEEP.replace(layers=deep(Sigmoid(), 7)),
    "rate-too-low": BASE.replace(layers=(Dense(8, Tanh()), OUT), learning_rate=1e-5),
    "overfitting": BASE.replace(
        dataset=ThreeClasses(samples=60, seed=3), layers=(Dense(60, ReLU()), Dense(60, ReLU()), OUT),
        optimizer=Adam(), learning_rate=0.02, batch_size=10,
    ),
}  # fmt: skip


def train(subject: Run, steps: int) -> Run:
    """Train and evaluate now and then, as a session does; a divergence ends it."""
    end = subject.step + steps
    try:
        while subject.step < end:
            subject.steps(min(15, end - subject.step))
            subject.evaluate()
    except Diverged:
        pass
    return subject


def run(experiment: Experiment, steps: int = 300) -> Run:
    subject = Run(experiment, lambda e: None)
    subject.load()
    if experiment is ILL["dead-relu"]:
        for unit in range(11):
            subject.edit(0, "b", unit, -9.0)
    return train(subject, steps)


def helps(subject: Run, diagnosis: Diagnosis, steps: int = 150) -> tuple[float, float]:
    """Test loss after some more steps as it is, and with the remedy."""
    going_on, remedied = subject.fork(), subject.fork()
    remedied.configure(diagnosis.remedy)
    return tuple(train(r, steps).trainer.evaluate().test_loss for r in (going_on, remedied))


@pytest.mark.parametrize("id", list(ILL))
def test_each_illness_is_the_first_thing_said_and_its_remedy_helps(id):
    subject = run(ILL[id])
    before = subject.trainer.parameters.copy()
    found = examine(subject)
    assert [d.id for d in found][:1] == [id]
    np.testing.assert_array_equal(subject.trainer.parameters, before)
    first = found[0]
    assert any(c.isdigit() for c in first.text.en)
    assert any(c.isdigit() for c in first.text.ja)
    assert first.evidence
    for evidence in first.evidence:
        assert len(evidence.x) == len(evidence.y) > 0
        assert np.isfinite(evidence.y).all()
    assert first.remedy != subject.experiment
    left, remedied = helps(subject, first)
    assert remedied < left
    assert {*illnesses} == {*ILL}


def test_a_divergence_is_a_rate_too_high():
    wild = BASE.replace(layers=(Dense(30), Dense(30), Dense(3)), loss=MeanSquaredError(), learning_rate=5.0)
    subject = run(wild)
    assert subject.diverged is not None
    found = examine(subject)
    assert found[0].id == "rate-too-high"
    assert str(subject.diverged.step) in found[0].text.en
    subject.configure(found[0].remedy)
    assert subject.diverged is None


HEALTHY = {
    "circle": ready_made.load("circle"),
    "xor": ready_made.load("xor"),
    "spiral": ready_made.load("spiral"),
    "three-classes": ready_made.load("three-classes"),
    "sine": ready_made.load("sine"),
    "logic-gates": ready_made.load("logic-gates"),
    "circle, faster": ready_made.load("circle").replace(learning_rate=0.3),
    "circle, ReLU": ready_made.load("circle").replace(layers=(Dense(8, ReLU()), Dense(4, ReLU()), Dense(1, Tanh()))),
    "clouds, momentum": BASE.replace(layers=(Dense(8, Tanh()), OUT), optimizer=Momentum(), learning_rate=0.05),
    "digits": ready_made.load("digits").replace(dataset=GeneratedDigits(samples=1500), weights=""),
    "digits, SGD": DEEP.replace(
        dataset=GeneratedDigits(samples=1500), layers=deep(ReLU(), 3), initializer=HeNormal(), optimizer=SGD()
    ),
    "digits, deep tanh": DEEP.replace(layers=deep(Tanh(), 6)),
}


@pytest.mark.parametrize("name", list(HEALTHY))
@pytest.mark.parametrize("seed", [1, 2])
def test_healthy_runs_are_left_in_peace(name, seed):
    subject = Run(HEALTHY[name].replace(seed=seed), lambda e: None)
    for _ in range(3):
        train(subject, 100)
        assert [d.text.en for d in examine(subject)] == []


def test_nothing_is_said_before_the_first_step_of_a_healthy_network():
    subject = Run(ready_made.load("circle"), lambda e: None)
    assert examine(subject) == ()


def test_a_chart_of_other_layers_than_at_the_start_can_be_read():
    subject = run(BASE.replace(layers=(Dense(8, Tanh()), OUT)), 100)
    subject.configure(subject.experiment.replace(layers=(Dense(8, Tanh()), Dense(5, ReLU()), OUT)))
    train(subject, 50)
    assert examine(subject) == ()
