"""Opening and saving: what is asked of the person, and what becomes of the answer."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from nnplayground.storage import project, ready_made
from nnplayground.storage.project import SUFFIX, Project
from nnplayground.text import Problem, Text

if TYPE_CHECKING:
    from nnplayground.gui.window import Window

FIRST = "digits"
"""What the first start opens."""
RECENT = 8
KINDS = Text("Experiments (*{suffix} *.json)", "実験 (*{suffix} *.json)").format(suffix=SUFFIX)
OPEN = Text("Open an experiment", "実験を開く")
SAVE = Text("Save the experiment", "実験を保存")
PICTURE = Text("Save a picture of the window", "ウィンドウの画像を保存")
SAVED = Text("Saved: {name}", "保存しました: {name}")
NOT_SAVED = Text(
    "{name} could not be written; choose another folder.",
    "{name} に書き込めません。別のフォルダーを選んでください。",
)


def find(wanted: str | PathLike[str] | None) -> Project:
    """What is meant: a ready-made experiment by name, or a file; raises `Problem`."""
    found = project.find(FIRST if wanted is None else fspath(wanted))
    if wanted is None or fspath(wanted) in ready_made.names():
        return found
    return Project(found.experiment.replace(name=""), found.parameters)


class Files(QObject):
    """The file that the window shows, if it shows one, and the dialogs around it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.path: Path | None = None
        """The person's own file; None for a ready-made experiment."""
        act = window.actions_by_name
        act["open"].triggered.connect(self._ask_open)
        act["save"].triggered.connect(self.save)
        act["save_as"].triggered.connect(self._ask_save)
        act["screenshot"].triggered.connect(self._ask_picture)
        self._show_recent()

    @property
    def name(self) -> str:
        """What the title bar says."""
        title = self._window.document.experiment.title
        return self._window.ui.text(title) if self.path is None else self.path.name

    def open(self, wanted: str | PathLike[str]) -> bool:
        """Open a ready-made experiment or a file; False if that cannot be done, which is said."""
        try:
            found = find(wanted)
        except Problem as problem:
            self._window.notices.problem(problem)
            return False
        self.path = None if found.experiment.name else Path(wanted)
        self._window.open_project(found)
        if self.path is not None:
            self._note_recent(self.path)
        return True

    @Slot()
    def save(self) -> None:
        """Save to the file that is open, or ask for one."""
        if self.path is None:
            self._ask_save()
        else:
            self.save_to(self.path)

    def save_to(self, path: Path) -> bool:
        """Write the experiment with the parameters it has come to; False if that cannot be done, which is said."""
        window = self._window
        experiment = window.document.experiment.replace(name="")
        snapshot = window.controller.settled()
        learnt = snapshot is not None and snapshot.experiment == window.document.experiment
        try:
            project.write(path, Project(experiment, snapshot.parameters if snapshot and learnt else None))
        except Problem as problem:
            window.notices.problem(problem)
            return False
        self.path = path
        window.document.mark_saved()
        window.notices.say(SAVED.format(name=path.name))
        window.show_title()
        self._note_recent(path)
        return True

    @Slot()
    def _ask_open(self) -> None:
        ui = self._window.ui
        chosen, _ = QFileDialog.getOpenFileName(self._window, ui.text(OPEN), self._folder(), ui.text(KINDS))
        if chosen:
            self.open(chosen)

    @Slot()
    def _ask_save(self) -> None:
        ui = self._window.ui
        start = str(Path(self._folder()) / (self.path.name if self.path else f"{self.name}{SUFFIX}"))
        chosen, _ = QFileDialog.getSaveFileName(self._window, ui.text(SAVE), start, ui.text(KINDS))
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix else path.with_suffix(SUFFIX))

    @Slot()
    def _ask_picture(self) -> None:
        ui = self._window.ui
        start = str(Path(self._folder()) / "nnplayground.png")
        chosen, _ = QFileDialog.getSaveFileName(self._window, ui.text(PICTURE), start, "PNG (*.png)")
        if chosen:
            path = Path(chosen)
            path = path if path.suffix else path.with_suffix(".png")
            words = SAVED if self._window.grab().save(str(path)) else NOT_SAVED
            self._window.notices.say(words.format(name=path.name))

    def _folder(self) -> str:
        return str(self.path.parent if self.path else Path.home())

    def _note_recent(self, path: Path) -> None:
        words = str(path.absolute())
        known = [path for path in self._recent() if path != words]
        self._window.settings.set("recent", [words, *known][:RECENT])
        self._show_recent()

    def _show_recent(self) -> None:
        self._window.menus.show_recent(self._recent())

    def _recent(self) -> list[str]:
        listed: list[object] = self._window.settings.get("recent", [])
        return [path for path in listed[:RECENT] if isinstance(path, str)]


def accept_drag(event: QDragEnterEvent) -> None:
    """Files may be dropped."""
    if _dropped(event) is not None:
        event.acceptProposedAction()


def drop(window: Window, event: QDropEvent) -> None:
    """Open the first file that was dropped."""
    path = _dropped(event)
    if path is not None:
        window.files.open(path)


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()[:100]
    return next((Path(url.toLocalFile()) for url in urls if url.isLocalFile()), None)
