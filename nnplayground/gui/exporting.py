"""The menu of all that the experiment can be written as: for other programs, as pictures, as a report."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from nnplayground.gui import ask_file, picture_file
from nnplayground.gui.keeper import Job
from nnplayground.storage import atomic
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import same_layout
from nnplayground.training.kept import Record

if TYPE_CHECKING:
    from nnplayground.exports import Export
    from nnplayground.gui.window import Window

SAVED = Text("Saved: {name}", "保存しました: {name}")
REPORT = Text("Report as PDF…", "レポート（PDF）…")
PANE = Text("Picture of a panel", "パネルの画像")
NOT_READY = Text(
    "The network cannot be written just now: its layers do not work, or its data is still being prepared.",
    "今はネットワークを書き出せません。層の組み合わせに問題があるか、データを準備しているところです。",
)


class Exporting(QObject):
    """Fills `menu` when it is first opened: what is in it is not needed before."""

    def __init__(self, window: Window, menu: QMenu) -> None:
        super().__init__(window)
        self._window, self._menu = window, menu
        menu.aboutToShow.connect(self.fill)

    @Slot()
    def fill(self) -> None:
        """Have all entries."""
        if not self._menu.isEmpty():
            return
        from nnplayground.exports import exports

        for kind in exports.values():
            self._add(
                self._menu,
                f"action_export_{kind.id}",
                kind.label.map(lambda s: s + "…"),
                kind.help,
                partial(self._ask, kind),
            )
        self._menu.addSeparator()
        self._add(self._menu, "action_export_report", REPORT, REPORT, self._ask_report)
        panes = QMenu(self._menu)
        panes.setObjectName("menu_export_pane")
        self._window.ui.bind(panes.setTitle, PANE, panes)
        for name, dock in self._window.docks.items():
            self._add(
                panes,
                f"action_export_pane_{name}",
                dock.pane.label.map(lambda s: s + "…"),
                PANE,
                partial(self._ask_pane, name),
            )
        self._menu.addMenu(panes)
        panes.aboutToShow.connect(partial(self._offer_seen, panes))

    def _add(self, menu: QMenu, name: str, words: Text, tip: Text, act: Callable[[], object]) -> None:
        action = menu.addAction("")
        action.setObjectName(name)
        action.triggered.connect(lambda _=False: act())
        self._window.ui.bind(action.setText, words, action)
        self._window.ui.bind(action.setToolTip, tip, action)

    def _offer_seen(self, menu: QMenu) -> None:
        for action, dock in zip(menu.actions(), self._window.docks.values(), strict=True):
            action.setVisible(dock.is_in_front())

    def _name(self, ending: str) -> str:
        """A name for a file, from the title of the window."""
        path = self._window.files.path
        return (path.stem if path is not None else self._window.files.name.replace("/", "-")) + ending

    def _ask(self, kind: type[Export]) -> None:
        kinds = Text.same(f"*{kind.suffix}")
        path = ask_file.to_save(self._window.ui, kind.label, kinds, self._name(kind.ending + kind.suffix))
        if path is not None:
            self.write(kind, path)

    def write(self, kind: type[Export], path: Path) -> bool:
        """Write the experiment, as it is now, as `kind`; False if it cannot be done, which is said, perhaps later."""
        from nnplayground.exports import Material

        experiment, language = self._window.document.experiment, self._window.ui.language
        file = "" if self._window.files.path is None else str(self._window.files.path.absolute())

        def make(record: Record | None) -> bytes:
            if record is None or not same_layout(record.experiment, experiment):
                raise Problem(NOT_READY)
            return kind().write(Material(experiment, record.parameters, record.run.history.curves(), language, file))

        return self._write(path, make)

    def _ask_report(self) -> None:
        path = ask_file.to_save(self._window.ui, REPORT, Text.same("*.pdf"), self._name(".pdf"))
        if path is not None:
            self.write_report(path)

    def write_report(self, path: Path) -> bool:
        """Write the page about the experiment."""
        from nnplayground.gui.report import Report

        report = Report(self._window.document.experiment, self._window.ui.language, self._window.desk.notes.text)
        return self._write(path, report.pdf)

    def _ask_pane(self, name: str) -> None:
        dock = self._window.docks[name]
        path = ask_file.to_save(self._window.ui, dock.pane.label, picture_file.KINDS, f"{name}.png")
        if path is not None:
            content = picture_file.content(dock.view, path.suffix, self._window.ui.text(dock.pane.label))
            self._write(path, lambda record: content)

    def _write(self, path: Path, make: Callable[[Record | None], bytes]) -> bool:
        try:
            atomic.check(path)
        except Problem as problem:
            self._window.notices.problem(problem)
            return False
        self._window.files.keeper.write(Job(path, self._window.controller.keep(), make, self._written))
        return True

    def _written(self, job: Job) -> None:
        if job.problem is not None:
            self._window.notices.problem(job.problem)
        else:
            self._window.notices.say(job.told or SAVED.format(name=job.path.name))
