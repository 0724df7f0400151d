import time
from collections.abc import Iterator

import pytest

from nnplayground.training.commands import Pause, Play, SetSpeed, Step, Want
from nnplayground.training.experiment import Experiment
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Snapshot


@pytest.fixture
def session() -> Iterator[Session]:
    made = Session(Experiment())
    yield made
    assert made.close()


def after(session: Session, ticket: int) -> Snapshot:
    """The first snapshot seen that knows of command `ticket`."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        snapshot = session.take()
        if snapshot is not None and snapshot.answered >= ticket:
            return snapshot
        time.sleep(1e-4)
    raise AssertionError("no answer")


def test_a_snapshot_tells_which_commands_it_knows_of(session: Session) -> None:
    first = session.send(Play())
    assert after(session, first).state == "running"
    second = session.send(Pause())
    assert second == first + 1
    assert after(session, second).state == "paused"


def test_a_command_does_not_hurry_a_slow_run(session: Session) -> None:
    session.send(SetSpeed(1e-3))
    session.send(Play())
    for _ in range(20):
        after(session, session.send(Want(())))
    assert after(session, session.send(Pause())).step == 1
    assert after(session, session.send(Step())).step == 2
