import numpy as np
import pytest

from nnplayground.training.commands import Load, Pause, Play, Prepare, SetExperiment, SetSpeed, Step, Want
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes.layer_sums import LayerSums
from nnplayground.training.session import Session
from tests.training.sessions import wait_for_answer


def test_a_snapshot_tells_which_commands_it_knows_of(session: Session) -> None:
    first = session.send(Play())
    assert wait_for_answer(session, first).state == "running"
    second = session.send(Pause())
    assert second == first + 1
    assert wait_for_answer(session, second).state == "paused"


def test_a_command_does_not_hurry_a_slow_run(session: Session) -> None:
    session.send(SetSpeed(1e-3))
    session.send(Play())
    for _ in range(20):
        wait_for_answer(session, session.send(Want(())))
    assert wait_for_answer(session, session.send(Pause())).step == 1
    assert wait_for_answer(session, session.send(Step())).step == 2


def test_a_step_is_done_before_the_next_command(session: Session) -> None:
    for _ in range(20):
        session.send(Step())
        reset = wait_for_answer(session, session.send(SetExperiment(Experiment(seed=2))))
        assert (reset.step, reset.state) == (0, "idle")
        session.send(Step())
        assert wait_for_answer(session, session.send(SetExperiment(Experiment()))).step == 0


def test_data_can_be_looked_at_before_anything_is_trained(session: Session) -> None:
    shown = wait_for_answer(session, session.send(Prepare()))
    assert (shown.state, shown.step) == ("idle", 0)
    assert shown.evaluation is not None
    assert [event.kind for event in session.events()] == ["loading", "loaded"]


def test_a_change_of_data_says_when_it_is_there(session: Session) -> None:
    wait_for_answer(session, session.send(Step()))
    session.events()
    changed = Experiment().replace(dataset=Experiment().dataset.replace(samples=20))
    wait_for_answer(session, session.send(SetExperiment(changed)))
    assert [event.kind for event in session.events()] == ["loading", "loaded"]


def test_a_probe_that_fails_is_told_once_and_training_goes_on(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: LayerSums, trainer: object) -> None:
        raise RuntimeError("broken probe")

    monkeypatch.setattr(LayerSums, "compute", fail)
    wait_for_answer(session, session.send(Step()))
    wait_for_answer(session, session.send(Want((LayerSums(),))))
    assert wait_for_answer(session, session.send(Step())).step == 2
    assert [e.kind for e in session.events() if e.kind == "failed"] == ["failed"]


def test_a_run_can_start_from_given_parameters(session: Session) -> None:
    given = np.arange(15, dtype=np.float32)
    loaded = wait_for_answer(session, session.send(Load(Experiment(), given)))
    np.testing.assert_array_equal(loaded.parameters, given)
    given[:] = 0
    trained = wait_for_answer(session, session.send(Step()))
    assert trained.step == 1
    assert abs(trained.parameters[14] - 14) < 1
