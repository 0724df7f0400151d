import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from nnplayground.gui.message_bar import MessageBar
from nnplayground.gui.overlay import Overlay
from nnplayground.text import Text
from tests.gui.pixels import like

SAVED = Text("Saved: <b>a</b>.csv", "保存しました: <b>a</b>.csv")
DIVERGED = Text("The loss is not a number.", "損失が数ではなくなりました。")


@pytest.fixture
def bar(ui, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    made = MessageBar(ui)
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addStretch()
    window.resize(700, 300)
    with qtbot.waitActive(window):
        window.show()
    ui.told.connect(made.show_notice)
    yield made
    window.close()


def click(bar, name):
    QTest.mouseClick(bar.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def buttons(bar):
    return [b for b in bar.findChildren(QPushButton) if b.isVisible()]


def test_it_takes_no_room_while_there_is_nothing_to_say(bar):
    assert not bar.isVisible()
    assert bar.text() == ""


def test_it_says_what_is_told_in_the_language_of_the_window(bar, ui):
    ui.tell(SAVED)
    assert bar.isVisible()
    assert bar.text() == "Saved: <b>a</b>.csv"
    assert bar._words.text() == bar.text()
    assert bar._words.textFormat() == Qt.TextFormat.PlainText
    ui.set_language("ja")
    assert bar.text() == bar._words.text() == "保存しました: <b>a</b>.csv"
    click(bar, "message_close")
    assert not bar.isVisible()
    assert bar.text() == ""


def test_an_error_comes_back_when_what_covers_it_is_closed(bar, ui):
    ui.tell(DIVERGED, "error")
    ui.tell(SAVED)
    assert bar.level == "info"
    bar.close_message()
    assert bar.text() == DIVERGED.en
    ui.tell(DIVERGED, "error")
    bar.close_message()
    assert not bar.isVisible()


def test_remarks_do_not_pile_up(bar, ui):
    for i in range(1000):
        ui.tell(Text.same(f"{i}"), "warning" if i % 2 else "info")
    assert bar.text() == "999"
    for _ in range(20):
        bar.close_message()
    assert not bar.isVisible()


def test_a_button_does_what_it_says_and_closes(bar):
    done = []
    back = (Text("Go back", "戻る"), lambda: done.append(bar.text()))
    bar.show_message(DIVERGED, "error", actions=(back, (Text("Lower the rate", "学習率を下げる"), done.clear)))
    assert [b.text() for b in buttons(bar)] == ["Go back", "Lower the rate"]
    QTest.mouseClick(buttons(bar)[0], Qt.MouseButton.LeftButton)
    assert done == [""]
    assert not bar.isVisible()
    bar.show_message(SAVED)
    assert buttons(bar) == []


def test_buttons_speak_the_language(bar, ui):
    bar.show_message(DIVERGED, "error", actions=((Text("Go back", "戻る"), lambda: None),))
    ui.set_language("ja")
    assert [b.text() for b in buttons(bar)] == ["戻る"]


def test_a_button_may_show_the_next_message(bar):
    bar.show_message(DIVERGED, actions=((Text.same("next"), lambda: bar.show_message(SAVED)),))
    QTest.mouseClick(buttons(bar)[0], Qt.MouseButton.LeftButton)
    assert bar.text() == SAVED.en


def test_details_are_shown_and_copied_only_when_asked_for(bar, ui):
    ui.tell(DIVERGED, "error", details="layer 2\nstep 17")
    details = bar.findChild(QPlainTextEdit)
    assert not details.isVisible()
    click(bar, "message_details")
    assert details.isVisible()
    assert details.toPlainText() == "layer 2\nstep 17"
    click(bar, "message_copy")
    assert QGuiApplication.clipboard().text() == "The loss is not a number.\n\nlayer 2\nstep 17"
    ui.tell(SAVED)
    assert not details.isVisible()
    assert not bar.findChild(QToolButton, "message_details").isVisible()


def test_screen_readers_are_told(bar, ui, monkeypatch):
    events = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: events.append(event.type()))
    ui.tell(DIVERGED, "error")
    assert QAccessible.Event.Alert in events
    assert bar.accessibleName() == "Error: The loss is not a number."
    ui.set_language("ja")
    assert bar.accessibleName().startswith("エラー: ")


@pytest.mark.parametrize("level", ["info", "warning", "error"])
def test_the_level_is_seen_in_both_themes(bar, ui, level):
    ui.tell(SAVED, level)
    assert like(bar, getattr(ui.theme, level), 20).sum() > 60
    ui.set_theme_choice("dark")
    assert like(bar, getattr(ui.theme, level), 20).sum() > 60


def test_a_long_sentence_is_whole(bar, ui):
    ui.tell(Text.same("word " * 80), "warning")
    bar.window().resize(320, 600)
    QApplication.processEvents()
    assert bar._words.height() >= bar._words.heightForWidth(bar._words.width())


def test_a_note_goes_by_itself_unless_it_is_read_and_an_error_stays(bar, ui):
    ui.tell(SAVED)
    assert bar._timer.isActive()
    bar.findChild(QToolButton, "message_close").setFocus()
    bar._timer.timeout.emit()
    assert bar.text() == SAVED.en
    bar.window().setFocus()
    bar.findChild(QToolButton, "message_close").clearFocus()
    bar._timer.timeout.emit()
    assert bar.text() == ""
    ui.tell(DIVERGED, "error")
    assert not bar._timer.isActive()


def test_over_a_window_it_moves_nothing(ui, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    below = QLabel("below")
    QVBoxLayout(window).addWidget(below)
    bar = MessageBar(ui)
    Overlay(bar, window)
    window.resize(500, 300)
    window.show()
    QApplication.processEvents()
    assert not bar.isVisible()
    before = below.geometry()
    for size in ((500, 300), (1400, 900), (200, 100)):
        window.resize(*size)
        bar.show_message(Text.same("a sentence of several words " * 4), "error")
        QApplication.processEvents()
        assert window.rect().contains(bar.geometry())
        assert bar.geometry().bottom() >= window.height() - 20
        bar.close_message()
    window.resize(500, 300)
    QApplication.processEvents()
    assert below.geometry() == before
