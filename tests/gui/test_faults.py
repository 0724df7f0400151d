import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.gui.faults import Faults
from nnplayground.text import Text
from tests.gui.driving import Driver

Told = list[tuple[Text, str]]


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def faults(qapp: QApplication, told: Told) -> Iterator[Faults]:
    made = Faults(lambda words, details: told.append((words, details)))
    made.install()
    yield made
    made.remove()


def fail(words: str = "broken") -> None:
    raise RuntimeError(words)


def caught(call: Callable[[], None]) -> None:
    """As Qt and Python do with errors that nobody catches."""
    try:
        call()
    except Exception:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]


def test_an_error_is_told_with_its_place(faults: Faults, told: Told, qtbot: QtBot) -> None:
    caught(fail)
    qtbot.waitUntil(lambda: bool(told))
    words, details = told[0]
    assert "RuntimeError: broken" in words.en
    assert "RuntimeError: broken" in words.ja
    assert "in fail" in details


def test_p06_a_storm_is_told_once(faults: Faults, told: Told, qtbot: QtBot) -> None:
    for _ in range(1000):
        caught(fail)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(10)
    assert len(told) == 1


def test_an_error_of_a_thread_is_told_in_the_window_s_thread(faults: Faults, told: Told, qtbot: QtBot) -> None:
    where: list[threading.Thread] = []
    faults._tell = lambda words, details: (told.append((words, details)), where.append(threading.current_thread()))
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told))
    assert where == [threading.main_thread()]


def test_p07_an_error_while_one_is_told_does_not_go_round(faults: Faults, told: Told, qtbot: QtBot) -> None:

    def tell(words: Text, details: str) -> None:
        told.append((words, details))
        caught(lambda: fail("while telling"))

    faults._tell = tell
    caught(fail)
    qtbot.wait(30)
    assert 1 <= len(told) <= 2


def test_the_hooks_are_put_back(qapp: QApplication) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    made = Faults(lambda *_: None)
    made.install()
    assert sys.excepthook is not before[0]
    made.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_a_fault_in_a_slot_reaches_the_message_bar_and_the_window_goes_on(
    drive: Callable[..., Driver], qtbot: QtBot
) -> None:
    driver = drive()
    faults = Faults(driver.window.notices.fault, driver.window)
    faults.install()
    try:
        with qtbot.captureExceptions():
            timer = QObject()
            QTimer.singleShot(0, timer, fail)
            qtbot.wait(5)
        caught(fail)
        driver.wait(lambda: "broken" in driver.get("message"))
    finally:
        faults.remove()
    copy = driver.find(QWidget, "message_copy")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "in fail" in QApplication.clipboard().text()
    driver.action("step").trigger()
    driver.settle()
    assert driver.get("step") == 1
