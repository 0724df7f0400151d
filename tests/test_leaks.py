"""The tests' own guards: they must see what they are there to see."""

import os
import socket
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tests import leaks
from tests.leaks import Watch


@pytest.fixture
def watch(monkeypatch):
    monkeypatch.setattr(leaks, "_JOIN_SECONDS", 0)
    return Watch(monkeypatch)


def test_nothing_started_is_nothing_left(watch):
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    assert watch.left() == []


def test_a_running_thread_is_named_with_who_started_it(watch):
    done = threading.Event()
    thread = threading.Thread(target=done.wait, name="forgotten")
    thread.start()
    try:
        [words] = watch.left()
    finally:
        done.set()
        thread.join()
    assert "forgotten" in words and "thread.start()" in words


def test_an_active_timer_is_named_with_who_started_it(watch, qapp):
    timer = QTimer()
    timer.start(1000)
    [words] = watch.left()
    assert "timer.start(1000)" in words
    timer.stop()
    assert watch.left() == []


def test_a_shown_window_is_named_until_it_is_closed(watch, qapp):
    window = QWidget()
    window.setWindowTitle("forgotten")
    window.show()
    [words] = watch.left()
    assert "forgotten" in words
    window.close()
    assert watch.left() == []


def test_the_network_is_out_of_reach():
    with pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
    with pytest.raises(pytest.fail.Exception, match=r"example\.org"):
        socket.create_connection(("example.org", 80))


def test_a_server_on_this_machine_is_in_reach():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_home_is_not_that_of_the_person():
    assert not any(Path(os.environ["HOME"]).iterdir())
