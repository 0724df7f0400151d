"""A run under changing settings: what it keeps, what it starts anew, and that its past stays reachable."""

import numpy as np
import pytest

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.optimizers.momentum import Momentum
from nnplayground.engine.plan import predict
from nnplayground.training.experiment import Experiment
from nnplayground.training.handling import silence
from nnplayground.training.run import Run

SMALL = Experiment(layers=(Dense(4, Tanh()), Dense(3, Softmax())), batch_size=10)
WIDER = SMALL.replace(layers=(Dense(7, Tanh()), Dense(3, Softmax())))


def run(experiment: Experiment = SMALL, steps: int = 0, trained=lambda e: None) -> Run:
    subject = Run(experiment, trained)
    subject.load()
    if steps:
        subject.steps(steps)
    return subject


@pytest.mark.parametrize("loaded", [True, False])
def test_a_network_that_has_learnt_nothing_is_drawn_from_the_seed_after_each_change(loaded):
    subject = run() if loaded else Run(SMALL, lambda e: None)
    subject.configure(WIDER)
    fresh = run(WIDER)
    assert (subject.is_loaded, subject.snapshot("idle", 0, ()).step) == (loaded, 0)
    np.testing.assert_array_equal(subject.snapshot("idle", 0, ()).parameters, fresh.trainer.parameters)
    subject.steps(50)
    fresh.steps(50)
    np.testing.assert_array_equal(subject.trainer.parameters, fresh.trainer.parameters)


@pytest.mark.parametrize(
    "change",
    [{"validation": 0.2}, {"dataset": ThreeClasses(samples=160)}, {"validation": 0.2, "batch_size": 7}],
    ids=["held back", "samples", "and the batch"],
)
def test_other_data_before_the_first_step_is_learnt_as_if_the_run_had_begun_with_it(change):
    subject = Run(Experiment(), lambda _: None)
    subject.load()
    subject.configure(Experiment(**change))
    straight = Run(Experiment(**change), lambda _: None)
    subject.steps(40)
    straight.steps(40)
    assert subject.trainer.parameters.tobytes() == straight.trainer.parameters.tobytes()


@pytest.mark.parametrize("loaded", [True, False])
def test_given_parameters_are_kept_before_the_first_step(loaded):
    network = SMALL.network()
    given = network.initial_parameters(np.random.default_rng(9))
    subject = Run(SMALL, lambda e: given)
    if loaded:
        subject.load()
    subject.configure(WIDER)
    seen = subject.snapshot("idle", 0, ())
    rows = np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32)
    np.testing.assert_allclose(
        predict(seen.network, seen.parameters, rows), predict(network, given, rows), rtol=0, atol=1e-6
    )


def test_a_change_of_layers_keeps_steps_and_curves_and_the_way_back():
    subject = run(steps=150)
    before = subject.trainer.parameters.copy()
    subject.configure(WIDER)
    assert subject.trainer.step_count == 150
    subject.steps(150)
    end = subject.trainer.parameters.copy()
    assert subject.snapshot("paused", 0, ()).curves.steps[-1] > 290
    subject.travel(150 - 1)
    assert subject.experiment.layers == SMALL.layers
    subject.steps(1)
    np.testing.assert_array_equal(subject.trainer.parameters, before)
    subject = run(steps=150)
    subject.configure(WIDER)
    subject.steps(150)
    subject.travel(200)
    subject.travel(300)
    np.testing.assert_array_equal(subject.trainer.parameters, end)


def test_what_could_not_be_kept_is_told():
    subject = run(steps=20)
    notes = subject.configure(SMALL.replace(layers=(Dense(4, Tanh()), Dense(4, Sigmoid()), Dense(3, Softmax()))))
    assert "Sigmoid cannot pass values on unchanged" in notes[0].en
    assert subject.configure(SMALL.replace(layers=(Dense(5, Tanh()), Dense(4, Sigmoid()), Dense(3, Softmax())))) == ()


def test_the_unit_that_a_person_chose_goes():
    subject = run(steps=20)
    kept = subject.trainer.network.views(subject.trainer.parameters)[0]["W"][[0, 2, 3]].copy()
    subject.configure(SMALL.replace(layers=(Dense(3, Tanh()), Dense(3, Softmax()))), {0: (1,)})
    np.testing.assert_array_equal(subject.trainer.network.views(subject.trainer.parameters)[0]["W"], kept)


def test_a_changed_rate_at_the_start_keeps_the_run():
    subject = run()
    subject.evaluate()
    subject.configure(SMALL.replace(learning_rate=0.3))
    assert subject.history.last_evaluation is not None


def test_a_new_optimizer_starts_without_a_past_and_a_new_activation_keeps_the_optimizers():
    subject = run(SMALL.replace(optimizer=Momentum(), learning_rate=0.01), steps=20)
    state = subject.trainer.state[0].copy()
    subject.configure(subject.experiment.replace(layers=(Dense(4, ReLU()), Dense(3, Softmax()))))
    np.testing.assert_array_equal(subject.trainer.state[0], state)
    subject.configure(SMALL)
    assert subject.trainer.state == ()


def test_what_a_hand_changes_is_measured_at_once():
    subject = run(steps=200)
    subject.evaluate()
    before = subject.history.last_evaluation
    subject.configure(silence(subject.experiment, 0, 1))
    silenced = subject.history.last_evaluation
    subject.edit(1, "b", 0, 3.0)
    edited = subject.history.last_evaluation
    assert len({before.train_loss, silenced.train_loss, edited.train_loss}) == 3
    assert before.step == silenced.step == edited.step
    assert subject.snapshot("paused", 0, ()).rewrites == 1


def test_a_quick_look_back_takes_what_is_kept_and_says_how_good_it_was_about_then():
    subject = run()
    for _ in range(40):
        subject.steps(25)
        subject.evaluate()
    subject.pace.note(1, 1, 1e6)  # as if a step took ages
    subject.travel(500, quick=True)
    kept = subject.timeline.before(500)
    assert kept is not None
    assert subject.step == kept.step < 500
    np.testing.assert_array_equal(subject.trainer.parameters, kept.checkpoint.parameters)
    shown = subject.snapshot("paused", 0, ())
    assert shown.evaluation is not None
    assert 0 <= kept.step - shown.evaluation.step < 25
    subject.travel(500)
    assert subject.step == 500 == subject.snapshot("paused", 0, ()).evaluation.step
