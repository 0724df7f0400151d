"""Whether there is work that no file has, and the question what is to become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from nnplayground.gui.ui import Ui
from nnplayground.text import Text

if TYPE_CHECKING:
    from nnplayground.gui.controller import Controller
    from nnplayground.gui.desk import Desk

QUESTION = Text("Save the changes to {name}?", "{name} への変更を保存しますか？")
LOST = Text("Otherwise they are lost.", "保存しないと変更は失われます。")
SAVE = Text("&Save", "保存する(&S)")
DISCARD = Text("&Don't save", "保存しない(&D)")
CANCEL = Text("&Cancel", "キャンセル(&C)")


class Unsaved:
    """Compares the work with what it was when it was opened or saved."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._progress = (0, 0)
        self._notes = ""
        self._recovered = False

    def saved(self, step: int, rewrites: int, notes: str) -> None:
        """The work is as a file has it, but for edits, which the document knows of itself."""
        self._progress, self._notes, self._recovered = (step, rewrites), notes, False

    def recovered(self) -> None:
        """It came from a copy for recovery: no file of the person has it."""
        self._recovered = True

    @property
    def edited(self) -> bool:
        """Whether a person changed something."""
        return self._desk.document.is_modified or self._desk.notes.text != self._notes or self._recovered

    @property
    def learnt(self) -> bool:
        """Whether the network has learnt since."""
        now = progress(self._desk.controller)
        return now is not None and now != self._progress

    @property
    def state(self) -> object:
        """Tells one state of the work from another; None while there is nothing to lose."""
        if not (self.edited or self.learnt):
            return None
        strokes = self._desk.drawing.strokes
        picture = self._desk.drawing.pixels
        drawn = len(strokes), sum(map(len, strokes)), None if picture is None else id(picture)
        return self._desk.document.experiment, progress(self._desk.controller), drawn, self._desk.notes.text


def progress(controller: Controller) -> tuple[int, int] | None:
    """Steps done and parameters set by hand; None while another run is being opened."""
    snapshot = controller.current
    return None if snapshot is None else (snapshot.step, snapshot.rewrites)


def ask(ui: Ui, parent: QWidget, name: str) -> str:
    """ "save", "discard" or "cancel"."""
    box = QMessageBox(parent)
    box.setObjectName("unsaved")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("nnplayground")
    box.setTextFormat(Qt.TextFormat.PlainText)  # the name comes from outside
    box.setText(ui.text(QUESTION).format(name=name))
    box.setInformativeText(ui.text(LOST))
    roles = QMessageBox.ButtonRole
    buttons = {
        "save": box.addButton(ui.text(SAVE), roles.AcceptRole),
        "discard": box.addButton(ui.text(DISCARD), roles.DestructiveRole),
        "cancel": box.addButton(ui.text(CANCEL), roles.RejectRole),
    }
    for answer, button in buttons.items():
        button.setObjectName(f"unsaved_{answer}")
    box.setDefaultButton(buttons["save"])
    box.setEscapeButton(buttons["cancel"])
    box.exec()
    chosen = next((answer for answer, button in buttons.items() if button is box.clickedButton()), "cancel")
    box.deleteLater()
    return chosen
