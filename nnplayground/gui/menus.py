"""The menu bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu

from nnplayground.gui.desk import Desk
from nnplayground.gui.dock import PaneDock
from nnplayground.gui.panes import GROUPS
from nnplayground.gui.ui import Ui
from nnplayground.storage.ready_made import Summary
from nnplayground.text import Text

FILE = Text("&File", "ファイル(&F)")
EDIT = Text("&Edit", "編集(&E)")
TRAIN = Text("&Train", "学習(&T)")
VIEW = Text("&View", "表示(&V)")
HELP = Text("&Help", "ヘルプ(&H)")
EXAMPLES = Text("&Ready-made experiments", "用意された実験(&R)")
IMPORT = Text("&Import data", "データを読み込む(&I)")
EXPORT = Text("&Export", "書き出す(&E)")
RECENT = Text("Recent &files", "最近のファイル(&F)")
THEME = Text("&Colours", "配色(&C)")
LANGUAGE = Text("&Language / 言語", "言語 / &Language")
THEMES = {
    "light": Text("&Light", "明るい(&L)"),
    "dark": Text("&Dark", "暗い(&D)"),
    "system": Text("As the &system", "システムに合わせる(&S)"),
}
LANGUAGES = {"ja": "日本語(&J)", "en": "&English"}


class Menus:
    """Fills the menu bar of `window`."""

    def __init__(
        self, window: QMainWindow, desk: Desk, actions: Mapping[str, QAction], docks: Mapping[str, PaneDock],
        experiments: tuple[Summary, ...],
    ) -> None:  # fmt: skip
        self._window, self._desk, self._actions = window, desk, actions
        file = self._menu(FILE, "file")
        self._place(file, "open", "open_picture")
        self._examples(file, experiments)
        self.recent = self._menu(RECENT, "recent", file)
        self._place(file, None, "save", "save_as", None)
        self._place(
            self._menu(IMPORT, "import", file), "import_table", "import_folder", "import_idx", None, "import_drawn"
        )
        self.exports = self._menu(EXPORT, "export", file)
        self._place(file, "screenshot", None, "quit")
        edit = self._menu(EDIT, "edit")
        self._place(edit, "undo", "redo", None, "paste_picture", "clear", None, "copy_share", "open_share")
        self._place(self._menu(TRAIN, "train"), "play", "step", "epoch", None, "reset", "new_seed", None, "race_rates")
        view = self._menu(VIEW, "view")
        for group, words in GROUPS.items():
            self._panes(self._menu(words, f"panes_{group}", view), [d for d in docks.values() if d.pane.group == group])
        self._place(view, None, "reset_layout", None)
        self._themes(view)
        self._languages(view)
        self._place(self._menu(HELP, "help"), "explain", "what_is_this", "glossary", "keys", "tour", None, "about")

    def show_recent(self, paths: list[str]) -> None:
        """List `paths` in the menu of recent files."""
        self.recent.clear()
        self.recent.setEnabled(bool(paths))
        for path in paths:
            action = self.recent.addAction(Path(path).name.replace("&", "&&"))
            action.setToolTip(path)
            action.triggered.connect(lambda _=False, p=path: self._desk.wanted.emit(p))

    def _menu(self, words: Text, name: str, parent: QMenu | None = None) -> QMenu:
        menu = QMenu(self._window)
        menu.setObjectName(f"menu_{name}")
        menu.setToolTipsVisible(True)
        _bind(self._desk.ui, menu.menuAction(), words)
        if parent is None:
            self._window.menuBar().addMenu(menu)
        else:
            parent.addMenu(menu)
        return menu

    def _place(self, menu: QMenu, *names: str | None) -> None:
        for name in names:
            menu.addSeparator() if name is None else menu.addAction(self._actions[name])

    def _panes(self, menu: QMenu, docks: Iterable[PaneDock]) -> None:
        for dock in docks:
            self._desk.ui.bind_icon(dock.toggleViewAction().setIcon, dock.pane.icon, dock)
            menu.addAction(dock.toggleViewAction())

    def _examples(self, file: QMenu, experiments: tuple[Summary, ...]) -> None:
        menu = self._menu(EXAMPLES, "examples", file)
        for experiment in experiments:
            action = menu.addAction("")
            action.setObjectName(f"action_example_{experiment.name}")
            _bind(self._desk.ui, action, experiment.title)
            self._desk.ui.bind(action.setToolTip, experiment.description, action)
            action.triggered.connect(lambda _=False, name=experiment.name: self._desk.wanted.emit(name))

    def _themes(self, view: QMenu) -> None:
        ui = self._desk.ui
        group = self._choice(self._menu(THEME, "theme", view), "theme", THEMES, ui.theme_choice)
        group.triggered.connect(lambda action: ui.set_theme_choice(action.data()))
        ui.theme_choice_changed.connect(lambda choice: _check(group, choice))

    def _languages(self, view: QMenu) -> None:
        ui = self._desk.ui
        words = {name: Text.same(label) for name, label in LANGUAGES.items()}
        group = self._choice(self._menu(LANGUAGE, "language", view), "language", words, ui.language)
        group.triggered.connect(lambda action: ui.set_language(action.data()))
        ui.language_changed.connect(lambda language: _check(group, language))

    def _choice(self, menu: QMenu, kind: str, words: Mapping[str, Text], chosen: str) -> QActionGroup:
        group = QActionGroup(menu)
        for name, label in words.items():
            action = group.addAction("")
            action.setObjectName(f"action_{kind}_{name}")
            action.setCheckable(True)
            action.setChecked(name == chosen)
            action.setData(name)
            _bind(self._desk.ui, action, label)
            menu.addAction(action)
        return group


def _check(group: QActionGroup, chosen: str) -> None:
    for action in group.actions():
        action.setChecked(action.data() == chosen)


def _bind(ui: Ui, action: QAction, words: Text) -> None:
    ui.bind(action.setText, words, action)
