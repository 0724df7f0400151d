"""Help without a mouse: what has the focus, the keys, the words."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QPixmap, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDockWidget,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTabBar,
    QTextBrowser,
    QToolBar,
    QToolButton,
    QWidget,
)

from nnplayground.data.datasets import datasets
from nnplayground.engine.activations import activations
from nnplayground.gui.action_tries import TRIES
from nnplayground.gui.actions import explanation_of_action
from nnplayground.gui.explain import Explanation, explanation_of
from nnplayground.gui.glossary.terms import REGISTRIES, found, terms
from nnplayground.gui.option_words import WHAT
from nnplayground.gui.panes import panes
from nnplayground.training.experiment import Experiment
from tests.gui.driving import Driver, nameless

Open = Callable[..., Driver]
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def explained(driver: Driver) -> str:
    view = driver.window.docks["explanation"].view
    return " / ".join(label.text() for label in view.findChildren(QLabel))


def test_f1_explains_what_has_the_focus(drive: Open) -> None:
    driver = drive("digits")
    driver.window.docks["explanation"].close()
    driver.find(QWidget, "learning_rate_field").setFocus()
    driver.window.desk.explain.emit(activations["relu"])  # the pointer rests somewhere else
    driver.key(Qt.Key.Key_F1)
    assert driver.find(QDockWidget, "pane_explanation").isVisible()
    assert explained(driver).startswith("Learning rate")


def test_every_stop_of_the_tab_key_has_an_explanation(drive: Open) -> None:
    driver = drive("three-classes", lang="ja")
    driver.find(QWidget, "experiment_box").setFocus()
    seen: dict[str, str] = {}
    been: list[QWidget] = []
    while (focused := driver.window.focusWidget()) not in been:
        been.append(focused)
        name = f"{focused.objectName()} {type(focused).__name__} {len(been)}"
        driver.window.desk.explain.emit(activations["gelu"])
        driver.action("explain").trigger()
        seen[name] = explained(driver)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert len(seen) > 20
    assert not [name for name, said in seen.items() if said.startswith(activations["gelu"].label.ja)]
    assert {"play_button", "layer_list"} <= {widget.objectName() for widget in been}


def test_the_question_mark_explains_but_can_be_typed(drive: Open) -> None:
    driver = drive("digits")
    driver.find(QWidget, "digit_canvas").setFocus()
    driver.key("?", Qt.KeyboardModifier.ShiftModifier)
    assert "Drawing canvas" in explained(driver) or "Draw a digit" in explained(driver)
    driver.action("glossary").trigger()
    field = driver.find(QLineEdit, "glossary_search")
    QTest.keyClick(field, "?", Qt.KeyboardModifier.ShiftModifier)
    assert field.text() == "?"


def test_the_keys_are_listed_with_what_they_do(drive: Open) -> None:
    driver = drive("three-classes", lang="ja")
    driver.action("keys").trigger()
    dialog = driver.find(QDialog, "keys")
    said = dialog.findChild(QTextBrowser).toPlainText()
    for action in driver.window.actions_by_name.values():
        keys = action.shortcut().toString()
        assert not keys or keys in said
    assert "再生" in said
    assert not nameless(dialog)
    driver.window.ui.set_language("en")
    said = dialog.findChild(QTextBrowser).toPlainText()
    assert "Play" in said
    assert "Take back the last stroke" in said
    assert dialog.windowTitle() == "Keyboard"
    driver.wait(lambda: dialog.findChild(QPushButton).text().replace("&", "") == "Close")
    assert not any(0x3040 < ord(letter) < 0x30FF for letter in said), "no kana"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_word_is_looked_up_by_keys_in_either_language(drive: Open) -> None:
    driver = drive("three-classes")
    driver.action("glossary").trigger()
    field, card = driver.find(QLineEdit, "glossary_search"), driver.find(QTextBrowser, "glossary_card")
    assert field.hasFocus()
    QTest.keyClicks(field, "overfit")
    assert "過学習" in card.toPlainText()
    assert "by heart" in card.toPlainText()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert driver.find(QListWidget, "glossary_words").count() == len(terms())
    field.setText("学習率")
    words = driver.find(QListWidget, "glossary_words")
    assert words.count() > 3
    first = card.toPlainText()
    assert first.startswith("learning rate")
    assert "η" in first
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert words.currentRow() == 1
    assert card.toPlainText() != first
    assert field.hasFocus()
    field.setText("relu")
    driver.action("language_ja").trigger()
    assert "f(u)" in card.toPlainText()
    assert JAPANESE.search(card.toPlainText())
    picture = card.document().resource(QTextDocument.ResourceType.ImageResource, QUrl("picture"))
    assert isinstance(picture, QPixmap) and picture.width() > 100
    assert "<img" in card.toHtml()
    field.setText("no such word")
    assert words.count() == 0
    assert "見つかりません" in card.toPlainText()
    assert not nameless(driver.window)


def test_every_card_says_something_in_both_languages_once() -> None:
    names: set[tuple[str, str]] = set()
    for term in terms():
        assert term.name.en and term.name.ja and term.sentence.en.endswith((".", "…")), term.name.en
        assert JAPANESE.search(term.sentence.ja), term.name.en
        assert not JAPANESE.search(term.name.en + term.sentence.en), term.name.en
        assert (term.name.en, term.kind.en) not in names
        names.add((term.name.en, term.kind.en))
    assert {"ReLU (ramp)", "Adam", "Cross-entropy"} <= {term.name.en for term in terms()}


def test_search_knows_kana_width_and_case() -> None:
    assert found("えぽっく", "ja")[0].name.en == "epoch"
    assert found("ＥＰＯＣＨ", "ja")[0].name.en == "epoch"
    assert found("", "en") and len(found("", "en")) == len(terms())


def words_of(explanation: Explanation) -> list[str]:
    """What is missing of name, sentence and what to try, in either language."""
    said = {"name": explanation.title, "what": explanation.sentence, "try": explanation.try_it}
    return [what for what, text in said.items() if not text.en or not text.ja] + [
        what for what in ("what", "try") if said[what].ja and not JAPANESE.search(said[what].ja)
    ]


def test_every_idea_and_option_says_what_it_is_and_what_to_try() -> None:
    missing = []
    for registry in (*REGISTRIES, datasets, panes):
        for id, entry in registry.items():
            missing += [f"{id}: {what}" for what in words_of(explanation_of(entry))]
            for option in entry.options():
                missing += [f"{id} {option.name}: {what}" for what in words_of(explanation_of(option))]
                if not (option.help or option.name in WHAT):
                    missing.append(f"{id} {option.name}: nothing of its own")
    for option in Experiment.options():
        missing += [f"{option.name}: {what}" for what in words_of(explanation_of(option))]
    assert not missing


def test_every_action_says_what_to_try(drive: Open) -> None:
    actions = drive("three-classes").window.actions_by_name
    assert set(actions) == set(TRIES)
    assert not [name for name, action in actions.items() if words_of(explanation_of_action(action))]


@pytest.mark.parametrize("experiment", ["digits", "three-classes"])
def test_every_control_of_every_pane_says_what_it_is_and_what_to_try(drive: Open, experiment: str) -> None:
    window = drive(experiment).window
    silent = []
    for dock in window.docks.values():
        dock.make()
    for widget in window.findChildren(QWidget):
        if widget.window() is not window:
            continue  # the list that a box opens
        operable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.objectName().startswith("qt_")
        inside = any(isinstance(part, (QDockWidget, QToolBar)) for part in parents(widget))
        if operable and inside and not isinstance(widget, QTabBar):
            subject = window.focus_help.subject_of(widget)
            missing = ["all"] if subject is None else words_of(explanation_of(subject))
            silent += [f"{widget.objectName()} {type(widget).__name__} {what}" for what in missing]
    assert not silent


def parents(widget: QWidget) -> list[QWidget]:
    around = widget.parentWidget()
    return [] if around is None else [around, *parents(around)]


def test_each_pane_has_a_question_mark_that_explains_it(drive: Open) -> None:
    driver = drive("digits", lang="ja")
    for name, dock in driver.window.docks.items():
        dock.show()
        dock.raise_()
        driver.settle()
        button = driver.find(QToolButton, f"help_{name}")
        assert dock.rect().contains(button.geometry()), name
        close = dock.findChild(QAbstractButton, "qt_dockwidget_closebutton")
        assert not button.geometry().intersects(close.geometry()), name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert explained(driver).startswith(dock.pane.label.ja), name
        assert f"試す: {dock.pane.try_it.ja}" in explained(driver)
        if not dock.pane.opened:
            dock.close()


def test_the_question_mark_of_a_pane_never_lies_over_what_the_pane_shows(drive: Open) -> None:
    driver = drive("three-classes")
    dock = driver.find(QDockWidget, "pane_decision_map")
    button = driver.find(QToolButton, "help_decision_map")
    for floating in (True, False):
        dock.setFloating(floating)
        driver.wait(lambda floating=floating: dock.isFloating() == floating)
        over = button.isVisible() and dock.widget().geometry().intersects(button.geometry())
        assert not over
    assert button.isVisible()


def test_after_the_question_mark_a_click_explains_and_does_nothing_else(drive: Open) -> None:
    driver = drive("three-classes")
    window = driver.window
    driver.click("button_what_is_this")
    play = driver.find(QToolButton, "play_button")
    QTest.mouseClick(play, Qt.MouseButton.LeftButton)
    assert driver.get("state") == "idle"
    assert explained(driver).startswith("Play")
    assert "Try: " in explained(driver)
    QTest.mouseClick(play, Qt.MouseButton.LeftButton)  # it does again what it is for
    assert driver.get("state") == "running"
    driver.action("play").trigger()
    driver.click("button_what_is_this")
    driver.key(Qt.Key.Key_Escape)
    assert not window.actions_by_name["what_is_this"].isChecked()
    driver.click("button_what_is_this")
    driver.click("button_what_is_this")
    assert not window.actions_by_name["what_is_this"].isChecked()
    driver.click("button_what_is_this")
    field = driver.find(QWidget, "learning_rate_field")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert explained(driver).startswith("Learning rate")
    assert "η" in explained(driver)
