"""Opening and saving: what is asked of the person, and what becomes of the answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from nnplayground.gui import arrangement, picture_file, recovery
from nnplayground.gui.keeper import Job, Keeper
from nnplayground.gui.pictures import within
from nnplayground.gui.recovery import Found, Recovery, default_folder
from nnplayground.gui.unsaved import Unsaved, ask, progress
from nnplayground.storage import atomic, project, ready_made
from nnplayground.storage.project import SUFFIX, Project
from nnplayground.storage.table import PICTURE_SIDE, Table
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import same_layout
from nnplayground.training.kept import Record

if TYPE_CHECKING:
    from nnplayground.gui.window import Window

FIRST = "digits"
"""What the first start opens."""
RECENT = 8
LONGEST_PATH = 5000
KINDS = Text("Experiments (*{suffix} *.json)", "実験 (*{suffix} *.json)").format(suffix=SUFFIX)
OPEN = Text("Open an experiment", "実験を開く")
SAVE = Text("Save the experiment", "実験を保存")
PICTURE = Text("Save a picture of the window", "ウィンドウの画像を保存")
SAVED = Text("Saved: {name}", "保存しました: {name}")
REPLACED = Text(
    "{name} is saved; another program had changed it in the meantime, and its version is replaced.",
    "{name} を保存しました。その間に別のプログラムがこのファイルを変更していましたが、上書きしました。",
)
NO_COPY = Text(
    "No copy for recovery can be written, so save now and then: {why}",
    "復元用のコピーを書き込めません。こまめに保存してください。{why}",
)
BACK = Text(
    "Your changes to {name} were not saved; you can still go back to them.",
    "{name} への変更は保存されていません。まだ戻れます。",
)
BRING_BACK = Text("Go back to them", "変更に戻る")


def find(wanted: str | PathLike[str] | None) -> Project:
    """What is meant: a ready-made experiment by name, or a file; raises `Problem`."""
    found = project.find(FIRST if wanted is None else fspath(wanted))
    if wanted is None or fspath(wanted) in ready_made.names():
        return found
    return replace(found, experiment=found.experiment.replace(name=""))


class Files(QObject):
    """The file that the window shows, if it shows one, and the dialogs around it."""

    def __init__(self, window: Window, first: Project) -> None:
        super().__init__(window)
        self._window = window
        self.path: Path | None = None
        """The person's own file; None for a ready-made experiment."""
        self._stamp: object = None
        """What tells the file on the disk from one that another program has written since."""
        desk = window.desk
        self._aside: tuple[Text, Callable[[], None]] | None = None
        """Unsaved changes to what was open before: what is said of them, and what brings them back."""
        self.keeper = Keeper(self)
        self.unsaved = Unsaved(desk)
        self._started_from(first)
        folder = window.settings.folder / "recovery" if window.settings.own_folder else default_folder()
        self.recovery = Recovery(
            self.keeper, folder, lambda: self.unsaved.state, desk.controller.keep, partial(self._writer, True), self
        )
        self.recovery.failed.connect(lambda problem: window.notices.problem(Problem(NO_COPY.format(why=problem.text))))
        window.message_bar.changed.connect(self._let_go)
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

    @property
    def is_modified(self) -> bool:
        """Whether the file of the person, or the experiment, is not as it was opened or saved.

        Learning counts for a file only: a ready-made experiment learns the same again.
        """
        return self.unsaved.edited or (self.path is not None and self.unsaved.learnt)

    def open(self, wanted: str | PathLike[str]) -> bool:
        """Open a ready-made experiment or a file; False if that cannot be done, which is said."""
        self.keeper.finish()
        try:
            found = find(wanted)
        except Problem as problem:
            self._window.notices.problem(problem)
            self._forget_recent(Path(wanted))
            return False
        self.show(found, None if found.experiment.name else Path(wanted))
        if self.path is not None:
            self._note_recent(self.path)
        return True

    def show(self, found: Project, path: Path | None) -> None:
        """Go over to another experiment; changes to the last one can be brought back."""
        bar = self._window.message_bar
        aside = (BACK.format(name=self.name), self._put_aside()) if self.is_modified else self._aside
        self.path, self._stamp = path, _stamp(path)
        self._started_from(found)
        self._window.open_project(found)
        self._aside = aside
        if aside is not None:
            bar.show_message(aside[0], "warning", actions=[(BRING_BACK, aside[1])])

    @Slot()
    def _let_go(self) -> None:
        """What cannot be brought back any more, as the message that offered it is closed, need not be kept."""
        if self._aside is not None and not self._window.message_bar.shows(self._aside[0]):
            self._aside = None

    def _started_from(self, found: Project) -> None:
        kept = found.run.checkpoint if found.run is not None else None
        self.unsaved.saved(0 if kept is None else kept.step, 0, found.table.notes)

    def _put_aside(self) -> Callable[[], None]:
        """What brings the present work back."""
        answer, make, path = self._window.controller.keep(), self._maker(False), self.path

        def bring_back() -> None:
            try:
                record = answer.result(5)
            except TimeoutError:
                record = None
            self._aside = None
            self.show(make(record), path)
            self.unsaved.recovered()
            self._window.show_title()

        return bring_back

    def _maker(self, for_recovery: bool) -> Callable[[Record | None], Project]:
        """Makes a project of the present experiment and of a record of its run, in any thread."""
        window = self._window
        experiment = window.document.experiment.replace(name="")
        newest = window.controller.newest
        seen = None if newest is None else (newest.experiment, newest.parameters)  # what it was asked may be large
        drawing = window.desk.drawing
        origin = quote(os.fsencode(self.path.absolute())) if for_recovery and self.path is not None else ""
        layout = arrangement.layout_of(window)
        picture = None if drawing.pixels is None else within(drawing.pixels, PICTURE_SIDE)
        table = Table(drawing.strokes, drawing.pen, window.desk.notes.text, layout, origin, picture, drawing.inverted)

        def make(record: Record | None) -> Project:
            if record is not None and record.experiment.replace(name="") == experiment:
                return Project(experiment, record.parameters, record.run, table)
            source = seen if record is None else (record.experiment, record.parameters)
            if source is not None and same_layout(source[0], experiment):
                return Project(experiment, source[1], None, table)
            return Project(experiment, None, None, table)

        return make

    def _writer(self, for_recovery: bool) -> Callable[[Record | None], bytes]:
        make = self._maker(for_recovery)
        return lambda record: project.dumps(make(record))

    @Slot()
    def save(self) -> None:
        """Save to the file that is open, or ask for one."""
        if self.path is None:
            self._ask_save()
        else:
            self.save_to(self.path)

    def save_to(self, path: Path) -> bool:
        """Write the experiment with the parameters it has come to; False if it cannot be done, which is said.

        The writing itself goes on in a thread: what goes wrong then is said later.
        """
        window = self._window
        try:
            atomic.check(path)
        except Problem as problem:
            window.notices.problem(problem)
            return False
        replaces = path == self.path and self._stamp not in (None, _stamp(path))
        before, self.path = self.path, path
        notes = window.desk.notes.text
        window.document.mark_saved()
        self.unsaved.saved(*(progress(window.controller) or (0, 0)), notes)
        self.keeper.write(
            Job(path, window.controller.keep(), self._writer(False), partial(self._written, before, notes, replaces))
        )
        window.show_title()
        return True

    def _written(self, before: Path | None, notes: str, replaces: bool, job: Job) -> None:
        """The file is written, or could not be."""
        window = self._window
        if job.problem is not None:
            if self.path == job.path:
                self.path = before
                self.unsaved.recovered()
            window.notices.problem(job.problem)
        else:
            kept = None if job.record is None else job.record.run.checkpoint
            if kept is not None:
                rewrites = 0 if window.controller.newest is None else window.controller.newest.rewrites
                self.unsaved.saved(kept.step, rewrites, notes)
            self._stamp = _stamp(job.path)
            if replaces:
                window.notices.problem(Problem(REPLACED.format(name=job.path.name)))
            if job.told is not None or not replaces:
                window.notices.say(job.told or SAVED.format(name=job.path.name))
            self._note_recent(job.path)
        window.show_title()

    def may_leave(self) -> bool:
        """Ask what is to become of unsaved changes; False if the person wants to stay, or saving failed."""
        if not self.is_modified:
            return True
        answer = ask(self._window.ui, self._window, self.name)
        if answer == "save":
            self.save()
            self.keeper.finish()
            return not self.is_modified
        return answer == "discard"

    def offer_recovered(self) -> None:
        """Tell of work that a crash left behind."""
        for found in self.recovery.found()[:1]:
            try:
                kept = project.read(found.path)
            except Problem as problem:
                found.set_aside()
                self._window.notices.problem(problem)
                continue
            origin = _origin(kept)
            name = kept.experiment.title if origin is None else origin.name
            said = recovery.FOUND.format(title=name, when=found.when)
            actions = [
                (recovery.BRING_BACK, partial(self._recover, found, kept)),
                (recovery.THROW_AWAY, partial(self._throw_away, found)),
            ]
            self._window.message_bar.show_message(said, "warning", actions=actions)

    def _recover(self, found: Found, kept: Project) -> None:
        self.show(kept, _origin(kept))
        self.recovery.adopt(found)
        self.unsaved.recovered()
        self._window.show_title()
        self.offer_recovered()

    def _throw_away(self, found: Found) -> None:
        found.discard()
        self.offer_recovered()

    def shutdown(self, keep: bool) -> None:
        """Finish writing; with `keep`, unsaved work is offered at the next start. May be called again."""
        self.recovery.end(keep)
        self.keeper.shutdown()

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
        chosen, _ = QFileDialog.getSaveFileName(self._window, ui.text(PICTURE), start, ui.text(picture_file.KINDS))
        if chosen:
            path = Path(chosen)
            self._save_picture(path if path.suffix else path.with_suffix(".png"))

    def _save_picture(self, path: Path) -> None:
        try:
            told = atomic.write_bytes(path, picture_file.content(self._window, path.suffix, self.name))
        except Problem as problem:
            self._window.notices.problem(problem)
        else:
            self._window.notices.say(told or SAVED.format(name=path.name))

    def _folder(self) -> str:
        return str(self.path.parent if self.path else Path.home())

    def _note_recent(self, path: Path) -> None:
        words = str(path.absolute())
        known = [path for path in self._recent() if path != words]
        self._window.settings.set("recent", [words, *known][:RECENT])
        self._show_recent()

    def _forget_recent(self, path: Path) -> None:
        """A file that is no longer there is not offered again."""
        if not os.path.lexists(path):
            self._window.settings.set("recent", [known for known in self._recent() if known != str(path)])
            self._show_recent()

    def _show_recent(self) -> None:
        self._window.menus.show_recent(self._recent())

    def _recent(self) -> list[str]:
        listed: list[object] = self._window.settings.get("recent", [])
        return [path for path in listed[: 10 * RECENT] if isinstance(path, str) and len(path) < LONGEST_PATH][:RECENT]


def _origin(kept: Project) -> Path | None:
    """The person's own file that work for recovery belongs to."""
    return Path(os.fsdecode(unquote_to_bytes(kept.table.origin))) if kept.table.origin else None


def _stamp(path: Path | None) -> object:
    try:
        info = None if path is None else path.stat()
    except (OSError, ValueError):
        return None
    return None if info is None else (info.st_mtime_ns, info.st_size, info.st_ino)


def accept_drag(event: QDragEnterEvent) -> None:
    """Files may be dropped."""
    if _dropped(event) is not None:
        event.acceptProposedAction()


def drop(window: Window, event: QDropEvent) -> None:
    """Open the first file that was dropped: an experiment, or data to learn from."""
    path = _dropped(event)
    if path is not None and not window.importing.takes(path):
        window.files.open(path)


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()[:100]
    return next((Path(url.toLocalFile()) for url in urls if url.isLocalFile()), None)
