"""Networks and numbers at their ends: the largest and smallest sizes, overflow, symmetry, too little memory."""

import contextlib
import math
import tracemalloc
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.my_points import MyPoints
from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.initializers.constant import Constant
from nnplayground.engine.initializers.zeros import Zeros
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.text import Problem
from nnplayground.training import experiment as experiments
from nnplayground.training.doctor import examine
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes import probes
from nnplayground.training.run import Run
from nnplayground.training.trainer import Diverged, Trainer

OUT = Dense(3, Softmax())
TEN = Dense(10, Softmax())
DIGITS = GeneratedDigits(samples=120)
DATA = ThreeClasses().load()
SAMPLES = len(DATA.train_rows)


def trainer(experiment: Experiment) -> Trainer:
    return Trainer(experiment, experiment.dataset.load())


@pytest.mark.parametrize("layer", range(4))
def test_n02_the_layer_that_overflows_is_the_one_that_is_named(layer):
    experiment = Experiment(layers=(Dense(4, ReLU()), Dense(4, ReLU()), Dense(4, ReLU()), OUT))
    subject = trainer(experiment)
    huge = subject.parameters.copy()
    for name in ("W", "b"):
        subject.network.views(huge)[layer][name][...] = 3e38
    subject.rewrite(huge)
    with pytest.raises(Diverged) as caught:
        subject.steps(50)
    assert caught.value.layer == layer
    assert f"layer {layer + 1}" in caught.value.text.en
    assert f"第 {layer + 1} 層" in caught.value.text.ja


@pytest.mark.parametrize("size", [0, -1])
def test_n03_no_batch_is_empty(size):
    with pytest.raises(Problem, match="Batch size"):
        Experiment(batch_size=size)


@settings(max_examples=25)
@given(st.integers(1, 2 * SAMPLES))
def test_n03_any_batch_size_goes_once_through_all_samples_and_weighs_them_alike(size):
    def gradients(batch_size: int) -> tuple[float, np.ndarray]:
        """Loss and gradient of an epoch, each batch with the weight of its samples; frozen, so that all batches see the same."""
        frozen = ((0, "", -1), (1, "", -1))
        experiment = Experiment(layers=(Dense(4, Tanh()), OUT), batch_size=batch_size, frozen=frozen)
        subject = Trainer(experiment, DATA)
        loss, gradient = 0.0, np.zeros(subject.network.trainable)
        for _ in range(subject.steps_per_epoch):
            seen = min(batch_size, SAMPLES - round((subject.epoch % 1) * SAMPLES))
            loss += subject.step() * seen
            gradient += subject.replay()[1].astype(float) * seen
        assert subject.epoch == 1.0
        return loss / SAMPLES, gradient / SAMPLES

    loss, gradient = gradients(size)
    whole_loss, whole_gradient = gradients(SAMPLES)
    assert loss == pytest.approx(whole_loss, rel=1e-5)
    np.testing.assert_allclose(gradient, whole_gradient, rtol=1e-3, atol=1e-6)


@given(st.integers(0, 4), st.floats(0.05, 0.95), st.floats(0, 0.9))
def test_n04_very_few_samples_train_or_are_refused_in_a_sentence(count, test_share, validation):
    points = MyPoints(points=MyPoints().points[:count], test_share=test_share)
    experiment = Experiment(dataset=points, layers=(Dense(2, Softmax()),), validation=validation)
    if count < 2:
        with pytest.raises(Problem, match=str(count)):
            experiment.load_data()
        return
    data = experiment.load_data()
    assert len(data.train_rows) >= 1
    assert len(data.test_rows) >= 1
    subject = Trainer(experiment, data)
    assert np.isfinite(subject.steps(3)).all()
    found = subject.evaluate()
    assert math.isfinite(found.train_loss)
    assert math.isfinite(found.test_loss)


@pytest.mark.parametrize(
    "layers", [(OUT,), (Dense(1, Tanh()), OUT), (Dense(10_000, Tanh()), OUT), (*[Dense(3, Tanh())] * 50, OUT)]
)
def test_n05_from_no_hidden_layer_to_fifty_and_from_one_unit_to_ten_thousand(layers):
    subject = trainer(Experiment(layers=layers, learning_rate=0.001))
    assert np.isfinite(subject.steps(5)).all()
    assert math.isfinite(subject.evaluate().test_loss)
    if len(layers) == 1:  # a linear model: equal steps of the input are equal steps of the sums
        sums = [(subject.network.views(subject.parameters)[0]["W"] @ [x, 0]) for x in (0.0, 1.0, 2.0)]
        np.testing.assert_allclose(sums[2] - sums[1], sums[1] - sums[0], rtol=1e-6)


LARGE = {
    "many parameters": Experiment(layers=(Dense(1500, Tanh()), Dense(1500, Tanh()), OUT), batch_size=10),
    "many samples": Experiment(layers=(Dense(900, ReLU()), OUT), batch_size=80),
    "images": Experiment(dataset=DIGITS, layers=(Conv2D(8, 5), Conv2D(8, 5), Flatten(), TEN), batch_size=90),
}


@pytest.mark.parametrize("name", LARGE)
def test_n05_the_estimate_of_memory_is_about_what_training_takes(name):
    experiment = LARGE[name]
    data = experiment.dataset.load()
    Trainer(experiment, data).steps(3)  # what is imported or cached once is no part of it
    tracemalloc.start()
    try:
        subject = Trainer(experiment, data)
        subject.steps(3)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    estimate = subject.network.memory(experiment.batch_size)
    assert estimate / 2 < peak < 2 * estimate


@pytest.mark.parametrize(
    ("layers", "batch"), [((*[Dense(10_000, Tanh())] * 4, OUT), 1), ((Dense(10_000), Dense(1), OUT), 100_000)]
)
def test_n05_what_no_memory_can_hold_is_refused_with_the_estimate(layers, batch, monkeypatch):
    """The number of samples bounds the batch, so that a large one is no reason where there are few."""
    experiment = Experiment(layers=layers, batch_size=batch)
    if batch > 1:
        trainer(experiment).steps(1)
        monkeypatch.setattr(experiments, "MOST_MEMORY", 10_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(Problem, match=r"about \d.* GB .*memory") as caught:
            trainer(experiment)
        assert tracemalloc.get_traced_memory()[1] < 2e7
    finally:
        tracemalloc.stop()
    assert "GB" in caught.value.text.ja


def test_n07_a_network_of_dead_units_stands_still_and_is_told():
    run = Run(Experiment(layers=(Dense(8, ReLU()), OUT), optimizer=Adam()), lambda e: None)
    run.load()
    for unit in range(8):
        run.edit(0, "b", unit, -100.0)
    run.steps(100)
    run.evaluate()
    assert math.isfinite(run.history.last_evaluation.test_loss)
    first = run.trainer.network.views(run.trainer.parameters)[0]
    assert (first["b"] == -100).all(), "no gradient reaches them"
    assert "8 of the 8 units of layer 1" in examine(run)[0].text.en


@pytest.mark.parametrize("value", [3e38, -3e38, 1e30, 1e-30, 1e-45, 0.0])
def test_n11_no_number_makes_a_warning(value):
    run = Run(
        Experiment(layers=(Dense(6, ReLU()), Dense(3)), loss=MeanSquaredError(), learning_rate=10.0), lambda e: None
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run.load()
        run.rewrite(np.full(run.network.size, value, np.float32), Experiment.label)
        for kind in probes.values():
            kind().look(run)
        with contextlib.suppress(Diverged):
            run.steps(30)
        examine(run)
    assert np.isfinite(run.trainer.parameters).all()


def test_n11_a_warning_in_the_program_fails_a_test():
    with pytest.raises(RuntimeWarning, match="overflow"):
        warnings.warn_explicit("overflow", RuntimeWarning, "network.py", 1, module="nnplayground.engine.network")


@pytest.mark.parametrize("id", list(datasets))
def test_n13_data_of_another_width_trains_or_is_refused_and_nothing_changes(id):
    run = Run(Experiment(layers=(Dense(4, Tanh()), OUT)), lambda e: None)
    run.steps(3)
    before, old = run.trainer.parameters.copy(), run.experiment
    try:
        run.configure(old.replace(dataset=datasets[id]()))
    except Problem:
        assert run.experiment is old
        np.testing.assert_array_equal(run.trainer.parameters, before)
    run.steps(3)
    assert np.isfinite(run.trainer.parameters).all()


@pytest.mark.parametrize("initializer", [Zeros(), Constant(0.5)])
def test_n16_units_that_start_equal_stay_equal_and_that_is_said_beforehand(initializer):
    subject = trainer(Experiment(layers=(Dense(5, Tanh()), OUT), initializer=initializer, learning_rate=0.5))
    losses = subject.steps(100)
    assert np.isfinite(losses).all()
    weights = subject.network.views(subject.parameters)[0]["W"]
    np.testing.assert_allclose(weights, weights[:1].repeat(5, 0), atol=1e-3)
    assert "equal" in initializer.help.en or "copies" in initializer.help.en
    assert "同じ" in initializer.help.ja


class Shortage:
    """Memory for so many arrays and no more."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = math.inf
        for name in ("zeros", "empty", "ones", "zeros_like", "empty_like"):
            monkeypatch.setattr(np, name, self._taking(getattr(np, name)))

    def _taking(self, make):
        def take(*args, **kwargs):
            self.left -= 1
            if self.left < 0:
                raise MemoryError
            return make(*args, **kwargs)

        return take


CHANGES = {
    "layers": {"layers": (Dense(7, Tanh()), Dense(5, Tanh()), OUT)},
    "optimizer": {"optimizer": Adam()},
    "data": {"dataset": ThreeClasses(samples=80)},
    "seed": {"seed": 9},
}


@pytest.mark.parametrize("change", CHANGES)
def test_n06_where_memory_ends_the_old_network_stays_and_goes_on(change, monkeypatch):
    old = Experiment(layers=(Dense(4, Tanh()), OUT))
    new, alone = old.replace(**CHANGES[change]), Trainer(old, DATA)
    alone.steps(3)
    shortage, enough = Shortage(monkeypatch), 0
    while True:
        shortage.left = math.inf
        run = Run(old, lambda e: None)
        run.steps(3)
        shortage.left = enough
        try:
            run.configure(new)
        except MemoryError:
            shortage.left = math.inf
            assert run.experiment is old
            assert run.step == 3
            np.testing.assert_array_equal(run.trainer.parameters, alone.parameters)
            run.steps(2)
            assert len(run.history.curves().steps) == 5
            enough += 1 + enough // 5
        else:
            break
    shortage.left = math.inf
    assert enough > 2
    assert run.experiment is new
    run.steps(2)
