"""The main window: it puts the parts together and hands on what is done to it."""

from __future__ import annotations

import secrets
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Property, QEvent, QObject, QTimer, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from nnplayground.gui import arrangement, fetching, files, shortcuts, style
from nnplayground.gui.about import make_about
from nnplayground.gui.actions import make_actions
from nnplayground.gui.canvas import DigitCanvas
from nnplayground.gui.controller import Controller
from nnplayground.gui.desk import Desk
from nnplayground.gui.dock import PaneDock
from nnplayground.gui.document import Document
from nnplayground.gui.exporting import Exporting
from nnplayground.gui.files import Files
from nnplayground.gui.focus_help import FocusHelp
from nnplayground.gui.frame_rate import FrameRate
from nnplayground.gui.help_mode import HelpMode
from nnplayground.gui.keys import make_keys
from nnplayground.gui.menus import Menus
from nnplayground.gui.message_bar import MessageBar
from nnplayground.gui.notices import Notices
from nnplayground.gui.overlay import Overlay
from nnplayground.gui.panes import panes
from nnplayground.gui.settings import Settings
from nnplayground.gui.sharing import Sharing
from nnplayground.gui.toolbar import ToolBar
from nnplayground.gui.tour.guide import Guide
from nnplayground.gui.ui import Ui
from nnplayground.storage import ready_made, weights
from nnplayground.storage.project import Project
from nnplayground.storage.ready_made import Summary
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.run import Run
from nnplayground.training.session import Session

if TYPE_CHECKING:
    from nnplayground.gui.importing import Importing

NEW_SEED = Text("new initial weights", "新しい初期値")
UNDO = Text("&Undo {what}", "元に戻す(&U) {what}")
REDO = Text("&Redo {what}", "やり直し(&R) {what}")
BROKEN_SETTINGS = Text(
    "The settings could not be read and start anew; the old file is kept beside them as settings.bak.",
    "設定を読めなかったので、初期設定で始めました。元のファイルは settings.bak として残してあります。",
)
SMALLEST = (320, 240)
WAIT = 2.0
"""Seconds for which the end waits for a thread that has a step in flight."""
IMPORTS: tuple[Literal["table", "folder", "idx"], ...] = ("table", "folder", "idx")


class Window(QMainWindow):
    """One experiment, its run, and the panes that show it."""

    def __init__(
        self, experiment: str | PathLike[str] | None = None, *, lang: str | None = None, theme: str | None = None,
        settings_dir: str | PathLike[str] | None = None,
    ) -> None:  # fmt: skip
        first = files.find(experiment)  # before anything is made, so that a Problem leaves nothing behind
        super().__init__()
        self._frame_rate = FrameRate(self)
        self.installEventFilter(self)
        self.setObjectName("window")
        self.settings = Settings(None if settings_dir is None else Path(settings_dir))
        self.ui = Ui(lang or self.settings.get("language", ""), theme or self.settings.get("theme", "system"), self)
        self.document = Document(first.experiment, self)
        run = Run(first.experiment, weights.trained, first.parameters, first.run)
        self.controller = Controller(Session(first.experiment, run=run, trained=weights.trained), self)
        self.desk = Desk(self.ui, self.document, self.controller, self)
        self.desk.later.hold()
        self._project = first
        self._importing: Importing | None = None
        self._shut = False
        self._laid_out_for = 0
        """Pixels of width in which the panes got their places; 0: they have their first ones."""
        self._build()
        self._connect()
        self._lay_out_table(first)
        if experiment is not None and not first.experiment.name:
            self.files.path = Path(experiment)
        self.show_title()
        self._focus_first()

    # What others may rely on.

    state = Property(str, lambda self: self.controller.state)
    """idle, running, paused or stopped: what was asked for last, or what the thread says since."""
    step = Property(
        "qlonglong",  # type: ignore[arg-type]
        lambda self: 0 if (newest := self.controller.newest) is None else newest.step,
    )
    epoch = Property(float, lambda self: 0.0 if (newest := self.controller.newest) is None else newest.epoch)
    message = Property(str, lambda self: self.message_bar.text())
    """What the message bar says."""

    @property
    def importing(self) -> Importing:
        """Data from outside; made when somebody brings some."""
        if self._importing is None:
            from nnplayground.gui.importing import Importing

            self._importing = Importing(self)
        return self._importing

    def open_project(self, project: Project) -> None:
        """Show another experiment, with the parameters it has come to."""
        self._project = project
        self.document.open(project.experiment)
        self._lay_out_table(project)

    def _lay_out_table(self, project: Project) -> None:
        """The drawing, the notes and the places of the panes that came with the experiment."""
        table = project.table
        self.desk.notes.set(table.notes)
        if table.layout and arrangement.put_layout(self, table.layout):
            self._laid_out_for = self.width()
        if table.strokes:
            self.desk.drawing_wanted.emit(table.strokes)
        elif table.picture is not None:
            self.desk.pictures.put_back(table.picture, table.inverted)

    def shutdown(self, keep: bool = False) -> bool:
        """Remember the layout and end the threads; True if they ended in time. Called again, it tells of now.

        With `keep`, unsaved work is offered at the next start.
        """
        if self._shut:
            return self._end_threads(0)
        self._shut = True
        self.desk.later.stop()
        try:
            if self._importing is not None:
                self._importing.shutdown()
            self.files.shutdown(keep)
            arrangement.remember(self, self.settings)
        finally:  # whatever goes wrong, no thread outlives the window
            fetching.end_all()
            ended = self._end_threads(WAIT)
        return ended

    def _end_threads(self, seconds: float) -> bool:
        raced = self.desk.racing.shutdown(seconds)
        return self.controller.shutdown(seconds) and raced

    # Building.

    def _build(self) -> None:
        experiments = ready_made.summaries()
        self.setDockNestingEnabled(True)
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.actions_by_name: dict[str, QAction] = make_actions(self.ui, self)
        self.message_bar = MessageBar(self.ui, self)
        Overlay(self.message_bar, self)
        self.notices = Notices(self.desk, self.message_bar)
        self.docks = {name: self._dock(name, experiments) for name in panes}
        self.menus = Menus(self, self.desk, self.actions_by_name, self.docks, experiments)
        self.guide = Guide(self, self.desk, self.docks, self.message_bar)
        self.toolbar = ToolBar(self.desk, self.actions_by_name, experiments)
        self.addToolBar(self.toolbar)
        arrangement.arrange(self, self.docks)
        self._laid_out_for = arrangement.recall(self, self.settings)
        arrangement.raise_suited(self, self.docks, self.document.experiment)
        for dock in self.docks.values():
            if dock.pane.from_start:
                dock.make()
        if self.settings.was_broken:
            self.message_bar.show_message(BROKEN_SETTINGS, "warning")

    def _focus_first(self) -> None:
        """Begin where there is something to do, and not in a field that takes the keys."""
        digit = self.docks.get("digit")
        (digit.view if digit is not None and digit.suits else self).setFocus()

    def _dock(self, name: str, experiments: tuple[Summary, ...]) -> PaneDock:
        pane = panes[name]()
        offer = next((e.title for e in experiments if e.name == pane.instead), Text.same(pane.instead))
        return PaneDock(self.desk, pane, offer)

    def _connect(self) -> None:
        act, controller, document = self.actions_by_name, self.controller, self.document
        act["play"].triggered.connect(self._play)
        act["step"].triggered.connect(lambda: controller.step("batch"))
        act["epoch"].triggered.connect(lambda: controller.step("epoch"))
        act["reset"].triggered.connect(controller.reset)
        act["new_seed"].triggered.connect(self._new_seed)
        act["race_rates"].triggered.connect(self._race_rates)
        act["undo"].triggered.connect(document.undo_stack.undo)
        act["redo"].triggered.connect(document.undo_stack.redo)
        act["open_picture"].triggered.connect(self.desk.pictures.choose)
        act["paste_picture"].triggered.connect(self.desk.pictures.paste)
        act["clear"].triggered.connect(self._clear)
        act["reset_layout"].triggered.connect(self._arrange)
        act["quit"].triggered.connect(self.leave)
        self.focus_help = FocusHelp(self.desk, self)
        act["explain"].triggered.connect(self.focus_help.show)
        HelpMode(act["what_is_this"], self.focus_help, self)
        for dock in self.docks.values():
            dock.help_wanted.connect(self.focus_help.explain)
        act["glossary"].triggered.connect(self._show_glossary)
        act["keys"].triggered.connect(lambda: self._show_box(make_keys(self.ui, act.values(), self)))
        act["tour"].triggered.connect(self.guide.start)
        act["about"].triggered.connect(lambda: self._show_box(make_about(self.ui, self)))
        self.files = Files(self, self._project)
        self.exporting = Exporting(self, self.menus.exports)
        self.sharing = Sharing(self)
        for kind in IMPORTS:
            act[f"import_{kind}"].triggered.connect(lambda _=False, kind=kind: self.importing.ask(kind))
        controller.state_changed.connect(self._show_state)
        controller.snapshot.connect(self._show_modified)
        self.desk.notes.changed.connect(self.show_title)
        document.edited.connect(lambda old, new: controller.set_experiment(old, new, document.removed))
        document.opened.connect(self._opened)
        document.undo_stack.indexChanged.connect(self._show_undo)
        document.undo_stack.cleanChanged.connect(self.show_title)
        self.desk.wanted.connect(self.files.open)
        self.desk.pane_wanted.connect(self._show_pane)
        self.desk.pictures.shown.connect(lambda: self._show_pane("digit"))
        self.ui.language_changed.connect(self._language_changed)
        self.ui.theme_choice_changed.connect(lambda choice: self.settings.set("theme", choice))
        style.application().aboutToQuit.connect(self._at_exit)
        self._show_undo()

    @Slot()
    def _clear(self) -> None:
        canvas = self.findChild(DigitCanvas)
        if canvas is not None:
            canvas.clear()

    @Slot()
    def _race_rates(self) -> None:
        """What if the learning rate were ten times as high, or a tenth?"""
        self._show_pane("race")
        self.desk.racing.start_rates()

    @Slot()
    def _show_glossary(self) -> None:
        self._show_pane("glossary")
        self.docks["glossary"].view.setFocus()

    def _show_box(self, box: QDialog) -> None:
        box.finished.connect(box.deleteLater)
        box.open()

    # Following.

    @Slot(bool)
    def _play(self, on: bool) -> None:
        self.controller.play() if on else self.controller.pause()

    @Slot()
    def _new_seed(self) -> None:
        experiment = self.document.experiment
        self.document.edit(experiment.replace(seed=secrets.randbelow(10_000)), NEW_SEED)

    @Slot(str)
    def _show_state(self, state: str) -> None:
        self.actions_by_name["play"].setChecked(state == "running")
        self.show_title()

    @Slot(object)
    def _opened(self, experiment: Experiment) -> None:
        self.message_bar.clear()
        self.controller.load(experiment, self._project.parameters, self._project.run)
        arrangement.raise_suited(self, self.docks, experiment)
        self.show_title()

    @Slot()
    def _show_undo(self) -> None:
        document = self.document
        known = (("undo", UNDO, document.undo_text), ("redo", REDO, document.redo_text))
        for name, words, what in known:
            action = self.actions_by_name[name]
            action.setEnabled(what is not None)
            self.ui.bind(action.setText, words.format(what="" if what is None else what), action)

    @Slot()
    def _arrange(self) -> None:
        """All panes in their first places, and in front those with something to show, once Qt has laid them out."""
        arrangement.arrange(self, self.docks)
        QTimer.singleShot(0, self, lambda: arrangement.raise_suited(self, self.docks, self.document.experiment))

    @Slot(str)
    def _show_pane(self, name: str) -> None:
        """Open a pane, in front of those that share its place."""
        self.docks[name].show()
        self.docks[name].raise_()

    @Slot(str)
    def _language_changed(self, language: str) -> None:
        self.settings.set("language", language)
        self.show_title()

    @Slot()
    def show_title(self) -> None:
        """What is open, and whether it was changed."""
        self.setWindowTitle(f"{self.files.name}[*] – nnplayground")
        self._show_modified()

    @Slot()
    def _show_modified(self) -> None:
        modified = self.files.is_modified
        if modified != self.isWindowModified():  # Qt would tell all the window each time
            self.setWindowModified(modified)

    # Events.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What comes to the window itself. As a filter: in `event` all of Qt's painting would keep the interpreter lock."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # A plain key is no shortcut where the widget that has the focus can use it.
            if shortcuts.belongs_to(QApplication.focusWidget(), event):
                event.accept()
                return True
        elif kind == QEvent.Type.UpdateRequest:
            if not self._frame_rate.may_paint():
                return True
            self.controller.give_way()
            self.desk.later.begin()
        elif kind == QEvent.Type.WindowStateChange:
            self._look_whether_seen()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_whether_seen()
        self.controller.show_first()
        QTimer.singleShot(0, self, lambda: arrangement.hide_stray_tabs(self, self.docks))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look_whether_seen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._laid_out_for:
            arrangement.share_out(self, self.docks)
            return
        if self.width() < self._laid_out_for:
            arrangement.keep_room(self, self.docks, self._laid_out_for)
        self._laid_out_for = self.width()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files.accept_drag(event)

    def dropEvent(self, event: QDropEvent) -> None:
        files.drop(self, event)

    @Slot()
    def leave(self) -> None:
        """A person wants to end the program: ask about unsaved changes, then close."""
        if self.files.may_leave():
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous() and not self._shut and not self.files.may_leave():  # a person, not a program
            event.ignore()
            return
        self.shutdown()
        super().closeEvent(event)

    def _look_whether_seen(self) -> None:
        self.controller.set_seen(self.isVisible() and not self.isMinimized())

    @Slot()
    def _at_exit(self) -> None:
        self.shutdown()
