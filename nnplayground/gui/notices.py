"""What happened in the training thread, told in the message bar, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from nnplayground.gui.desk import Desk
from nnplayground.gui.doctor import STALE
from nnplayground.gui.message_bar import MessageBar
from nnplayground.text import Problem, Text
from nnplayground.training.illnesses import Diagnosis
from nnplayground.training.snapshot import Event

LOWER = Text("Lower the rate and go on", "学習率を下げて続ける")
LOWER_EDIT = Text("learning rate lowered", "学習率を下げる")
WHY = Text("Show why", "理由を見る")
SMALLER = 10
"""What the learning rate is divided by after a divergence."""


class Notices(QObject):
    """Puts events and problems into words and buttons."""

    def __init__(self, desk: Desk, bar: MessageBar) -> None:
        super().__init__(bar)
        self._desk = desk
        self._bar = bar
        desk.controller.happened.connect(self.tell)
        desk.ui.told.connect(bar.show_notice)
        desk.doctor.found.connect(self.diagnose)

    @Slot(object)
    def tell(self, event: Event) -> None:
        """Show `event`."""
        if event.kind in ("loading", "progress", "loaded"):
            return  # told where the numbers of the run are
        if event.kind == "diverged":
            self._bar.show_message(event.text, "error", actions=[(LOWER, self.lower_rate)])
        elif event.kind == "failed":
            self._bar.show_message(event.text, "error", details=event.details)
        elif event.kind == "refused":
            self._bar.show_message(event.text, "warning")
        else:
            self._bar.show_message(event.text, "info")

    @Slot(object)
    def diagnose(self, diagnosis: Diagnosis) -> None:
        """The doctor found something; what stopped the training was said already, and nobody is told what he reads."""
        said = self._desk.controller.state == "stopped" or self._desk.doctor.is_read
        if not said and not self._bar.level:
            self._bar.show_message(
                diagnosis.text, "info",
                actions=[(diagnosis.remedy_text, lambda: self.cure(diagnosis)), (WHY, self.show_doctor)],
            )  # fmt: skip

    def cure(self, diagnosis: Diagnosis) -> None:
        """Take the remedy, if it still fits."""
        if not self._desk.doctor.apply(diagnosis):
            self.say(STALE)

    @Slot()
    def show_doctor(self) -> None:
        """Open the doctor's pane."""
        self._desk.pane_wanted.emit("doctor")

    def say(self, words: Text) -> None:
        """Say something that is no problem."""
        self._bar.show_message(words, "info")

    def problem(self, problem: Problem) -> None:
        """Show what went wrong with something a person did."""
        self._bar.show_message(problem.text, "warning")

    def fault(self, words: Text, details: str) -> None:
        """Show an error of the program itself."""
        self._bar.show_message(words, "error", details=details)

    @Slot()
    def lower_rate(self) -> None:
        """Divide the learning rate by ten and train on from before the divergence."""
        document = self._desk.document
        rate = max(document.experiment.learning_rate / SMALLER, 1e-6)
        document.edit(document.experiment.replace(learning_rate=rate), LOWER_EDIT)
        self._desk.controller.play()
