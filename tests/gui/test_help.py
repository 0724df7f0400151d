"""Help without a mouse: what has the focus, the keys, the words."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDockWidget, QLabel, QLineEdit, QListWidget, QPushButton, QTextBrowser, QWidget

from nnplayground.engine.activations import activations
from nnplayground.gui.glossary.terms import found, terms
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
