"""The past of a run can be visited, to the last bit, in bounded memory."""

import numpy as np
import pytest

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.training.experiment import Experiment
from nnplayground.training.run import Run
from nnplayground.training.timeline import OVERHEAD, Timeline, travel
from nnplayground.training.trainer import Trainer

EXPERIMENT = Experiment(
    layers=(Dense(8, ReLU()), Dense(3, Softmax())), batch_size=30, learning_rate=0.01, optimizer=Adam()
)


def run() -> Run:
    return Run(EXPERIMENT, lambda experiment: None)


def trained(steps: int) -> Trainer:
    subject = Trainer(EXPERIMENT, EXPERIMENT.dataset.load())
    subject.steps(steps)
    return subject


def test_back_to_200_and_300_more_is_500_to_the_last_bit():
    subject = run()
    subject.steps(500)
    subject.travel(200)
    assert subject.trainer is not None
    np.testing.assert_array_equal(subject.trainer.parameters, trained(200).parameters)
    subject.steps(300)
    np.testing.assert_array_equal(subject.trainer.parameters, trained(500).parameters)
    assert len(subject.history.curves().mean) == 500


@pytest.mark.parametrize("step", [0, 1, 63, 64, 65, 499, 500])
def test_any_step_is_found_and_the_way_back_to_the_end_too(step):
    subject = run()
    for _ in range(50):
        subject.steps(10)
    subject.travel(step)
    assert subject.trainer is not None
    np.testing.assert_array_equal(subject.trainer.parameters, trained(step).parameters)
    subject.travel(500)
    np.testing.assert_array_equal(subject.trainer.parameters, trained(500).parameters)


def test_going_on_in_the_past_gives_up_what_came_after():
    subject = run()
    subject.steps(500)
    subject.travel(200)
    assert subject.timeline.last_step == 500
    subject.steps(10)
    subject.travel(400)
    assert subject.trainer is not None
    assert subject.trainer.step_count == 210
    assert len(subject.history.curves().mean) == 210


def test_the_past_before_a_change_of_the_network_comes_back_with_its_network():
    subject = run()
    subject.steps(100)
    wider = EXPERIMENT.replace(layers=(Dense(8, ReLU()), Dense(8, ReLU()), Dense(3, Softmax())))
    subject.configure(wider)
    subject.steps(100)
    after = subject.load().parameters.copy()
    subject.travel(70)
    assert subject.experiment == EXPERIMENT
    np.testing.assert_array_equal(subject.load().parameters, trained(70).parameters)
    subject.travel(200)
    assert subject.experiment == wider
    np.testing.assert_array_equal(subject.load().parameters, after)


def test_memory_stays_within_its_budget_and_old_steps_are_still_found():
    subject = Trainer(EXPERIMENT, EXPERIMENT.dataset.load())
    moment = subject.checkpoint()
    arrays = (moment.parameters, *moment.state, moment.order)
    budget = 12 * (sum(array.nbytes for array in arrays) + OVERHEAD)
    timeline = Timeline(budget)
    for _ in range(300):
        timeline.note(subject)
        subject.steps(64)
    assert timeline.size <= budget
    travel(subject, timeline, 5000)
    np.testing.assert_array_equal(subject.parameters, trained(5000).parameters)


def test_what_is_counted_is_what_is_kept():
    subject = Trainer(EXPERIMENT, EXPERIMENT.dataset.load())
    timeline = Timeline()
    for _ in range(30):
        subject.steps(64)
        timeline.note(subject)
    kept = {id(a): a.nbytes for m in timeline._moments for a in (m.checkpoint.parameters, *m.checkpoint.state)}
    orders = {id(m.checkpoint.order): m.checkpoint.order.nbytes for m in timeline._moments}
    held = sum(kept.values()) + sum(orders.values())
    assert timeline.size == held + len(timeline._moments) * OVERHEAD
    timeline.truncate(640)
    assert timeline.size < held / 2 + len(timeline._moments) * OVERHEAD
