"""Switching the language leaves nothing behind in the other one."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from nnplayground.gui.designer.entry_box import EntryBox
from nnplayground.gui.window import Window
from tests.gui.driving import Driver

SAME = re.compile(
    r"nnplayground.*|&English|(sin|cos) x.|Scroll (Left|Right)|English|日本語.*|.*言語.*|ReLU( \+ He)?|GELU|SELU|ELU|Adam|AdaGrad|RMSprop|MNIST|Fashion-MNIST|\d.*|f′?\(u\)|[xuηβε].*|softmax"
)
"""Names, numbers and formulas are the same in both."""
LATIN = re.compile(r"[A-Za-z]{3,}")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def words(window: Window) -> Iterator[tuple[str, str]]:
    """(where, what is said), for all that a person can see or hear."""
    yield "title", window.windowTitle()
    for action in window.findChildren(QAction):
        if not action.objectName():
            continue  # menus that pyqtgraph makes and nobody opens
        yield f"{action.objectName()} text", action.text()
        yield f"{action.objectName()} tip", action.toolTip()
    for widget in window.findChildren(QWidget):
        where = f"{type(widget).__name__} {widget.objectName()}"
        yield f"{where} name", widget.accessibleName()
        yield f"{where} description", widget.accessibleDescription()
        yield f"{where} tip", widget.toolTip()
        match widget:
            case QLabel() | QAbstractButton():
                yield f"{where} text", widget.text()
            case QLineEdit() | QPlainTextEdit():
                yield f"{where} placeholder", widget.placeholderText()
            case EntryBox():
                pass  # the names of entries are the business of their own tests
            case QComboBox():
                yield from ((f"{where} entry", widget.itemText(i)) for i in range(widget.count()))
            case QMenu():
                yield f"{where} title", widget.title()
            case QDockWidget():
                yield f"{where} title", widget.windowTitle()


@pytest.mark.parametrize("experiment", ["digits", "three-classes", "sine"])
def test_nothing_stays_in_the_other_language(drive: Callable[..., Driver], experiment: str) -> None:
    driver = drive(experiment)
    for dock in driver.window.docks.values():
        dock.make()
        dock.show()
    if experiment != "digits":
        driver.action("step").trigger()
    driver.window.document.change(learning_rate=0.5)
    driver.settle()
    driver.action("language_ja").trigger()
    driver.settle()
    english = {
        f"{where}: {said}" for where, said in words(driver.window) if LATIN.search(said) and not SAME.fullmatch(said)
    }
    left = {said for said in english if not JAPANESE.search(said)}
    assert not sorted(left)
    driver.action("language_en").trigger()
    driver.settle()
    left = {
        f"{where}: {said}" for where, said in words(driver.window) if JAPANESE.search(said) and not SAME.fullmatch(said)
    }
    assert not sorted(left)


def test_the_language_is_that_of_the_settings_unless_told(drive: Callable[..., Driver]) -> None:
    assert drive(lang="ja").window.ui.language == "ja"
    assert drive(lang="en").window.ui.language == "en"
