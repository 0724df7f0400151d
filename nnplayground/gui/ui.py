"""What every widget of one window is given: its language and its theme, and word of their changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon

from nnplayground.gui import style
from nnplayground.gui.icons import icon
from nnplayground.gui.theme import DARK, LIGHT, Theme
from nnplayground.text import LANGUAGES, Text


@dataclass(frozen=True)
class Notice:
    """Something said to the person, for the message bar."""

    text: Text
    level: str = "info"
    """ "info", "warning" or "error"."""
    details: str = ""
    """Technical words, shown only when asked for."""


THEME_CHOICES = ("light", "dark", "system")


def system_language() -> str:
    """The first language of the desktop that the program speaks, else English."""
    spoken = (name.split("-")[0] for name in QLocale.system().uiLanguages())
    return next((name for name in spoken if name in LANGUAGES), "en")


class Ui(QObject):
    """Language and theme of one window, applied to the application.

    Widgets bind their words with `bind` and repaint on `theme_changed`. Whoever keeps settings gives the
    remembered choices to the constructor and writes them down when `language_changed` or
    `theme_choice_changed` comes.
    """

    language_changed = Signal(str)
    theme_changed = Signal(object)
    """Carries the new `Theme`."""
    theme_choice_changed = Signal(str)
    told = Signal(object)
    """Carries a `Notice`; the window shows it in its message bar."""

    def __init__(self, language: str | None = None, theme: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        QLocale.setDefault(QLocale.c())  # numbers are written alike everywhere: 0.5, never 0,5
        self._language = language if language in LANGUAGES else system_language()
        self._choice = theme if theme in THEME_CHOICES else "system"
        self._translator = QTranslator(self)
        self._load_qt_words()
        self._follow_choice()
        self._theme = self._wanted_theme()
        style.apply(self._theme)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_scheme)

    @property
    def language(self) -> str:
        """ "en" or "ja"."""
        return self._language

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    @property
    def theme_choice(self) -> str:
        """What the person chose: "light", "dark" or "system"."""
        return self._choice

    def text(self, words: Text) -> str:
        """`words` in the language of the window."""
        return words.in_(self._language)

    def bind(self, setter: Callable[[str], Any], words: Text, owner: QObject) -> None:
        """Call `setter` with `words` now and at each change of language, until `owner` is destroyed.

        Binding the same method of an owner again replaces its words.
        """
        _bound(self, owner).say(setter, words)
        setter(self.text(words))

    def bind_theme(self, painter: Callable[[Theme], Any], owner: QObject) -> None:
        """Call `painter` with the theme now and at each change of it, until `owner` is destroyed."""
        _bound(self, owner).look(painter, painter)
        painter(self._theme)

    def bind_icon(self, setter: Callable[[QIcon], Any], name: str, owner: QObject) -> None:
        """Call `setter` with icon `name` in the colours of the theme, now and at each change of it."""

        def look(theme: Theme) -> None:
            setter(icon(name, theme))

        _bound(self, owner).look(setter, look)
        look(self._theme)

    def tell(self, text: Text, level: str = "info", details: str = "") -> None:
        """Say `text` to the person: in the message bar, without stopping them."""
        self.told.emit(Notice(text, level, details))

    def set_language(self, language: str) -> None:
        """Speak "en" or "ja" from now on."""
        if language not in LANGUAGES:
            raise ValueError(f"language {language!r}: one of {LANGUAGES}")
        if language != self._language:
            self._language = language
            self._load_qt_words()
            self.language_changed.emit(language)

    def set_theme_choice(self, choice: str) -> None:
        """Use the "light" or "dark" theme, or follow the "system"."""
        if choice not in THEME_CHOICES:
            raise ValueError(f"theme {choice!r}: one of {THEME_CHOICES}")
        if choice != self._choice:
            self._choice = choice
            self._follow_choice()
            self.theme_choice_changed.emit(choice)
            self._show_theme()

    def _load_qt_words(self) -> None:
        """Qt's own words (dialog buttons, text menus) in the language of the window."""
        app = style.application()
        app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._language != "en" and self._translator.load(f"qtbase_{self._language}", folder):
            app.installTranslator(self._translator)

    def _follow_choice(self) -> None:
        """Tell the platform too, so that title bars and native dialogs match."""
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}
        QGuiApplication.styleHints().setColorScheme(schemes[self._choice])

    def _wanted_theme(self) -> Theme:
        if self._choice == "system":
            return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    @Slot(Qt.ColorScheme)
    def _on_system_scheme(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self._show_theme()

    def _show_theme(self) -> None:
        theme = self._wanted_theme()
        if theme != self._theme:
            self._theme = theme
            style.apply(theme)
            self.theme_changed.emit(theme)


class _Bound(QObject):
    """What is bound to one owner: a child of it, so that it goes when the owner goes."""

    def __init__(self, ui: Ui, owner: QObject) -> None:
        super().__init__(owner)
        self._ui = ui
        self._words: dict[Callable[[str], Any], Text] = {}
        self._looks: dict[Callable[..., Any], Callable[[Theme], Any]] = {}

    def say(self, setter: Callable[[str], Any], words: Text) -> None:
        """Give `setter` the `words` at each change of language."""
        if not self._words:
            self._ui.language_changed.connect(self._speak)
        self._words[setter] = words

    def look(self, painter: Callable[..., Any], look: Callable[[Theme], Any]) -> None:
        """Call `look` at each change of the theme, in place of what was kept for `painter`."""
        if not self._looks:
            self._ui.theme_changed.connect(self._show)
        self._looks[painter] = look

    @Slot(str)
    def _speak(self, language: str) -> None:
        for setter, words in list(self._words.items()):
            setter(words.in_(language))

    @Slot(object)
    def _show(self, theme: Theme) -> None:
        for look in list(self._looks.values()):
            look(theme)


def _bound(ui: Ui, owner: QObject) -> _Bound:
    found = owner.findChild(_Bound, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, _Bound) else _Bound(ui, owner)
