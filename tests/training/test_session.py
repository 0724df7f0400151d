"""The thread: commands in any order, one snapshot in the slot, nothing lost, errors told."""

import threading
from functools import partial

import numpy as np
import pytest

from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.layers.dense import Dense
from nnplayground.text import Text
from nnplayground.training.commands import (
    Begin,
    EditParameter,
    Pause,
    Play,
    Reset,
    SetExperiment,
    SetParameters,
    SetSpeed,
    StandAside,
    Step,
    Want,
)
from nnplayground.training.probes.layer_sums import LayerSums
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.trainer import Trainer
from tests.training.sessions import EXPERIMENT, wait, wait_for_answer, wait_for_event


def test_the_first_snapshot_shows_the_initial_weights_before_any_data_is_loaded(session):
    first = wait(session, lambda s: True)
    fresh = Trainer(EXPERIMENT, EXPERIMENT.dataset.load())
    assert (first.state, first.step) == ("idle", 0)
    np.testing.assert_array_equal(first.parameters, fresh.parameters)


def test_steps_asked_for_are_done_exactly_and_evaluated(session):
    for _ in range(3):
        session.send(Step())
    done = wait(session, lambda s: s.step == 3 and s.state == "paused")
    assert done.evaluation is not None
    assert done.evaluation.step == 3
    session.send(Step("epoch"))
    assert wait(session, lambda s: s.state == "paused" and s.step > 3).epoch == 1.0


def test_n10_the_thread_learns_what_the_synchronous_trainer_learns(session):
    session.send(Play())
    wait(session, lambda s: s.step > 50)
    session.send(Pause())
    paused = wait(session, lambda s: s.state == "paused")
    alone = Trainer(EXPERIMENT, EXPERIMENT.dataset.load())
    alone.steps(paused.step)
    np.testing.assert_array_equal(paused.parameters, alone.parameters)


def test_reset_brings_the_same_weights_back(session):
    first = wait(session, lambda s: True)
    session.send(Step("epoch"))
    wait(session, lambda s: s.state == "paused")
    session.send(Reset())
    again = wait(session, lambda s: s.state == "idle")
    np.testing.assert_array_equal(again.parameters, first.parameters)
    assert (again.step, len(again.curves.steps), again.evaluation) == (0, 0, None)


def test_the_slot_holds_one_snapshot_and_it_is_the_newest_when_paused(session):
    session.send(Play())
    session.send(Pause())
    for _ in range(20):
        session.send(Step())
    wait(session, lambda s: s.step >= 20 and s.state == "paused")
    assert session.take() is None


def test_a_change_during_the_run_is_marked_and_a_new_layer_keeps_the_step_count(session):
    session.send(Play())
    wait(session, lambda s: s.step > 10)
    session.send(SetExperiment(EXPERIMENT.replace(learning_rate=0.2)))
    marked = wait(session, lambda s: bool(s.curves.marks))
    assert "0.1 → 0.2" in marked.curves.marks[0].text.en
    wider = EXPERIMENT.replace(layers=(EXPERIMENT.layers[0], Dense(5), EXPERIMENT.layers[1]))
    session.send(SetExperiment(wider))
    grown = wait(session, lambda s: len(s.network.spec.layers) == 3)
    assert grown.state == "running"
    assert grown.step >= marked.step


def test_what_no_pane_wants_is_not_computed(session):
    probe = LayerSums(index=0, samples=7)
    session.send(Step())
    assert not wait(session, lambda s: s.step == 1).probes
    session.send(Want((probe,)))
    answer = wait(session, lambda s: probe in s.probes).probes[probe]
    assert answer.shape == (2, 7)
    assert not answer.flags.writeable


def test_a_slow_run_answers_at_once(session):
    session.send(SetSpeed(0.01))
    session.send(Play())
    wait(session, lambda s: s.step == 1)
    session.send(Pause())
    assert wait(session, lambda s: s.state == "paused").step == 1


def test_slow_steps_are_done_several_at_a_time_and_very_slow_ones_one_by_one(session, monkeypatch):
    counts: list[int] = []
    steps = session._run.steps

    def count(number: int) -> int:
        counts.append(number)
        return steps(number)

    monkeypatch.setattr(session._run, "steps", count)
    for seconds in (2e-3, 1.0):
        monkeypatch.setattr(type(session._run.pace), "note", lambda *_: None)
        session._run.pace.step_seconds = seconds
        number = session.send(Play(4))
        wait(session, lambda s, number=number: s.answered >= number and s.state == "paused")
    assert counts == [4, 1, 1, 1, 1]


def test_it_stands_aside_until_it_is_told_and_hears_everything_meanwhile(session):
    session.send(Play())
    wait(session, lambda s: s.step > 0)
    aside = wait_for_answer(session, session.send(StandAside(1e6)))
    again = wait_for_answer(session, session.send(Want(())))
    assert (again.state, again.step) == ("running", aside.step)
    session.send(StandAside(0))
    wait(session, lambda s: s.step > aside.step)


def test_snapshots_cannot_be_written_to(session):
    snapshot = wait(session, lambda s: True)
    with pytest.raises(ValueError, match="read-only"):
        snapshot.parameters[0] = 1


def test_a_weight_is_edited_and_put_back_between_two_steps(session):
    first = wait(session, lambda s: True)
    session.send(EditParameter(0, "W", 1, 0.75))
    edited = wait(session, lambda s: s.answered == 1)
    assert edited.network.views(edited.parameters)[0]["W"][0, 1] == 0.75
    session.send(SetParameters(first.parameters, Text.same("undo")))
    back = wait(session, lambda s: s.answered == 2)
    np.testing.assert_array_equal(back.parameters, first.parameters)
    session.send(EditParameter(0, "W", 100, 0.75))
    assert "W[100]" in wait_for_event(session, "refused").text.en


def test_what_an_inserted_layer_changed_is_told(session):
    session.send(Step())
    wait(session, lambda s: s.step == 1)
    bent = EXPERIMENT.replace(layers=(EXPERIMENT.layers[0], Dense(2, Sigmoid()), EXPERIMENT.layers[1]))
    session.send(SetExperiment(bent))
    assert "Sigmoid" in wait_for_event(session, "note").text.en


def test_a_stop_condition_is_told_and_leaves_the_run_evaluated(session):
    session.send(SetExperiment(EXPERIMENT.replace(stop_epochs=True, epochs=3)))
    session.send(Play())
    event = wait_for_event(session, "finished")
    assert "3 epochs" in event.text.en
    stopped = wait(session, lambda s: s.state == "stopped")
    assert (stopped.epoch, stopped.step, stopped.evaluation.step) == (3.0, event.step, event.step)
    session.send(Step())
    wait(session, lambda s: s.step == event.step + 1 and s.state == "paused")


def test_closing_ends_the_thread_in_any_state_and_may_be_asked_twice():
    for command in (None, Play(), Step("epoch"), SetSpeed(0.001)):
        subject = Session(EXPERIMENT)
        if command is not None:
            subject.send(command)
            subject.send(Play())
        assert subject.close(10)
        assert subject.close(10)
        assert not subject.alive


def test_steps_that_wait_when_the_window_closes_are_not_done_any_more():
    subject = Session(EXPERIMENT)
    subject.send(Step())
    wait(subject, lambda s: s.step == 1)
    for _ in range(20_000):
        subject.send(Step())
    assert subject.close(30)
    last = subject.take()
    assert last is None or last.step < 20_000


def test_of_many_runs_to_begin_that_wait_only_the_last_is_made(session: Session) -> None:
    made: list[int] = []
    entered, go_on = threading.Event(), threading.Event()

    def first() -> Run:
        entered.set()
        assert go_on.wait(30)
        return Run(EXPERIMENT, lambda _: None)

    def later(i: int) -> Run:
        made.append(i)
        return Run(EXPERIMENT, lambda _: None)

    session.send(Begin(first))
    assert entered.wait(30)
    number = max(session.send(Begin(partial(later, i))) for i in range(20))
    go_on.set()
    found = wait(session, lambda s: s.answered >= number)
    assert made == [19]
    assert found.state == "paused"
