import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from nnplayground.gui.theme import DARK, LIGHT, Theme
from nnplayground.gui.ui import Ui, system_language
from nnplayground.text import Text

HELLO = Text("Hello", "こんにちは")


def test_bound_words_follow_the_language(ui: Ui, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    ui.bind(label.setText, HELLO, label)
    ui.bind(label.setToolTip, Text("Tip", "ヒント"), label)
    assert (label.text(), label.toolTip()) == ("Hello", "Tip")
    with qtbot.waitSignal(ui.language_changed):
        ui.set_language("ja")
    assert (label.text(), label.toolTip()) == ("こんにちは", "ヒント")


def test_binding_again_replaces_the_words(ui: Ui, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    ui.bind(label.setText, HELLO, label)
    ui.bind(label.setText, Text("Bye", "さようなら"), label)
    ui.set_language("ja")
    assert label.text() == "さようなら"
    assert len(label.findChildren(QObject)) == 1


def test_a_destroyed_owner_is_not_spoken_to_and_not_kept(ui: Ui, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    label = QLabel(parent)
    said: list[str] = []
    ui.bind(label.setText, HELLO, label)
    ui.bind(said.append, HELLO, label)
    delete(label)
    ui.set_language("ja")
    assert said == ["Hello"]

    free = QLabel()
    ui.bind(free.setText, HELLO, free)
    gone = weakref.ref(free)
    del free
    gc.collect()
    assert gone() is None


def test_qt_speaks_the_language_too(ui: Ui) -> None:
    def words() -> str:
        return QCoreApplication.translate("QPlatformTheme", "Cancel")

    ui.set_language("ja")
    assert words() == "キャンセル"
    ui.set_language("en")
    assert words() == "Cancel"


def test_the_system_chooses_only_when_asked_to(ui: Ui, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Theme] = []
    ui.theme_changed.connect(seen.append)
    ui._on_system_scheme(Qt.ColorScheme.Dark)
    assert ui.theme is LIGHT
    assert not seen
    ui.set_theme_choice("dark")
    assert seen == [DARK]
    assert QApplication.palette().color(QPalette.ColorRole.Text).name() == DARK.text
    ui.set_theme_choice("system")  # the offscreen platform knows no scheme, which is light
    assert seen == [DARK, LIGHT]


def test_the_theme_follows_a_system_that_turns_dark(ui: Ui, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    class Hints:
        def colorScheme(self) -> Qt.ColorScheme:
            return Qt.ColorScheme.Dark

    ui.set_theme_choice("system")
    hints = QGuiApplication.styleHints()
    with monkeypatch.context() as patched:
        patched.setattr(QGuiApplication, "styleHints", Hints)
        with qtbot.waitSignal(ui.theme_changed):
            hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert ui.theme is DARK


def test_wrong_remembered_choices_fall_back(qapp: QApplication) -> None:
    ui = Ui("xx", "purple")
    assert (ui.language, ui.theme_choice) == (system_language(), "system")


def test_bound_icons_and_looks_follow_the_theme(ui: Ui, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    seen: list[Theme] = []
    ui.bind_icon(button.setIcon, "play", button)
    ui.bind_theme(seen.append, button)

    def ink() -> str:
        return button.icon().pixmap(24, 24).toImage().pixelColor(11, 12).name()

    assert ink() == LIGHT.text
    ui.set_theme_choice("dark")
    assert ink() == DARK.text
    delete(button)
    ui.set_theme_choice("light")
    assert seen == [LIGHT, DARK]
