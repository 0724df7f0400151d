"""How the processor is shared: by the machine, by the environment, and back as it was."""

import contextlib
import sys
import threading

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from nnplayground.training import threads
from nnplayground.training.commands import Step
from nnplayground.training.experiment import Experiment
from nnplayground.training.session import Session


def blas_threads() -> list[int]:
    assert np.ones(1) @ np.ones(1) == 1
    return [info["num_threads"] for info in threadpool_info() if info["user_api"] == "blas"]


@pytest.mark.parametrize(("processors", "wanted"), [(1, 1), (2, 1), (4, 3), (64, threads.MOST)])
def test_one_processor_is_left_to_the_window(processors, wanted):
    assert threads.count(processors) == wanted


def test_t18_the_threads_are_set_while_it_lasts_and_come_back(monkeypatch):
    for name in threads.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    before = blas_threads()
    with threads.limited:
        assert blas_threads() == [threads.count()] * len(before)
    assert blas_threads() == before


def test_who_sets_the_variable_has_decided(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    before = blas_threads()
    with threads.limited:
        assert blas_threads() == before


def test_t18_turns_are_short_while_a_session_lives_and_come_back():
    before = sys.getswitchinterval()
    session = Session(Experiment())
    session.send(Step())
    while (snapshot := session.take()) is None or snapshot.step == 0:
        threading.Event().wait(0.001)
    assert sys.getswitchinterval() < before
    assert session.close(10)
    assert sys.getswitchinterval() == before


def test_t18_of_sessions_that_overlap_the_last_gives_back_what_was():
    before, blas = sys.getswitchinterval(), blas_threads()
    first, second = contextlib.ExitStack(), contextlib.ExitStack()
    for stack in (first, second):
        stack.enter_context(threads.short_turns)
        stack.enter_context(threads.limited)
    first.close()
    assert sys.getswitchinterval() < before
    second.close()
    assert sys.getswitchinterval() == before
    assert blas_threads() == blas
