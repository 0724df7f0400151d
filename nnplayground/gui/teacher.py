"""Teaching the network what was drawn: asked of the training thread, shown with its price, undone like any edit."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from nnplayground.gui.controller import Controller
from nnplayground.gui.document import Document
from nnplayground.gui.drawing import Drawing
from nnplayground.gui.question import Question
from nnplayground.text import Text
from nnplayground.training.snapshot import Snapshot
from nnplayground.training.teaching import Lesson

TAUGHT = Text("teaching a {name}", "{name} を教える")
UNTAUGHT = Text("teaching taken back: {name}", "教えた {name} を取り消し")
AGAIN = Text("taught again: {name}", "もう一度教えた {name}")


class Teacher(QObject):
    """One lesson at a time, about the drawing that is on the canvas."""

    changed = Signal()
    """A lesson was asked for, is over, was taken back, or is no longer about what is drawn."""

    def __init__(
        self, document: Document, controller: Controller, drawing: Drawing, question: Question,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document, self._controller, self._drawing, self._question = document, controller, drawing, question
        self.lesson: Lesson | None = None
        """What came of teaching the drawing; None before it was taught and after it was changed."""
        self.label = -1
        """The class that is being taught, or -1."""
        self._asked = 0
        self._known: Lesson | None = None
        self._taken_back = False
        controller.snapshot.connect(self._look)
        drawing.changed.connect(self._forget)
        document.changed.connect(self._forget)

    @property
    def classes(self) -> tuple[str, ...]:
        """What the drawing can be taught as; empty where there is nothing to teach."""
        return () if self._drawing.empty else self._document.experiment.dataset.task.classes

    @property
    def can_undo(self) -> bool:
        """Whether the lesson is the last thing that was done."""
        return self.lesson is not None and self._document.undo_text == self._words(TAUGHT, self.lesson)

    def teach(self, label: int) -> bool:
        """Learn the drawing as class `label`, at once; False if there is nothing to teach, or a lesson goes on."""
        row = self._question.row
        if self.label >= 0 or row is None or not 0 <= label < len(self.classes):
            return False
        newest = self._controller.newest
        self._known = None if newest is None else newest.lesson
        self.label, self.lesson = label, None
        self._asked = self._controller.teach(row.copy(), label)
        self.changed.emit()
        return True

    def undo(self) -> None:
        """Take the lesson back: the parameters are those from before it."""
        if self.can_undo:
            self._document.undo_stack.undo()

    @Slot(object)
    def _look(self, snapshot: Snapshot) -> None:
        if self.label < 0 or snapshot.answered < self._asked:
            return
        self.label = -1
        lesson = snapshot.lesson
        if lesson is not None and lesson is not self._known:
            self._taken_back = False
            self._document.act(lambda: self._redo(lesson), lambda: self._undo(lesson), self._words(TAUGHT, lesson))
            row = self._question.row
            self.lesson = lesson if row is not None and (row == lesson.row).all() else None
        self._question.renew()
        self.changed.emit()

    def _redo(self, lesson: Lesson) -> None:
        """What the thread has done already, unless it was taken back since."""
        if self._taken_back:
            self._controller.set_parameters(lesson.parameters_after, self._words(AGAIN, lesson))

    def _undo(self, lesson: Lesson) -> None:
        self._taken_back = True
        self._controller.set_parameters(lesson.parameters_before, self._words(UNTAUGHT, lesson))
        self.lesson = None
        self.changed.emit()

    def _words(self, words: Text, lesson: Lesson) -> Text:
        return words.format(name=self._document.experiment.dataset.task.classes[lesson.label])

    @Slot()
    def _forget(self) -> None:
        if self.lesson is not None:
            self.lesson = None
            self.changed.emit()
