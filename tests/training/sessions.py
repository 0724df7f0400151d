"""The small run of these tests, and how they wait for what its thread says."""

import threading
import time
from collections.abc import Callable

from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.training.experiment import Experiment
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Event, Snapshot

PATIENCE = 60
"""Seconds, on a machine that may do other things meanwhile."""
EXPERIMENT = Experiment(batch_size=10)
BROKEN = EXPERIMENT.replace(layers=(Dense(4, Softmax()),))
EXPLOSIVE = EXPERIMENT.replace(layers=(Dense(30), Dense(30), Dense(3)), loss=MeanSquaredError(), learning_rate=10.0)


def wait(session: Session, until: Callable[[Snapshot], bool]) -> Snapshot:
    """The first snapshot that satisfies `until`; polls as the window does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        snapshot = session.take()
        if snapshot is not None and until(snapshot):
            return snapshot
        threading.Event().wait(0.001)
    raise AssertionError("no such snapshot in time")


def wait_for_answer(session: Session, number: int) -> Snapshot:
    return wait(session, lambda s: s.answered >= number)


def wait_for_event(session: Session, kind: str) -> Event:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for event in session.events():
            if event.kind == kind:
                return event
        threading.Event().wait(0.001)
    raise AssertionError(f"no event {kind} in time")
