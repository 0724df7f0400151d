"""What the parts of one window share."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nnplayground.gui.berths import Berths
from nnplayground.gui.controller import Controller
from nnplayground.gui.doctor import Doctor
from nnplayground.gui.document import Document
from nnplayground.gui.drawing import Drawing
from nnplayground.gui.explain import Explainer
from nnplayground.gui.film import Film
from nnplayground.gui.later import Later
from nnplayground.gui.my_digits import MyDigits
from nnplayground.gui.notes import Notes
from nnplayground.gui.picture_input import PictureInput
from nnplayground.gui.question import Question
from nnplayground.gui.racing import Racing
from nnplayground.gui.teacher import Teacher
from nnplayground.gui.ui import Ui


class Desk(QObject):
    """Words and colours, the experiment, its run, and what is asked and pointed at."""

    explain = Signal(object)
    """Something was selected or pointed at that can be explained: see `explanation_of`."""
    wanted = Signal(object)
    """Somebody wants to open a ready-made experiment, or a file; carries its name, which may hold what is no letter."""
    pane_wanted = Signal(str)
    """Somebody wants to see a pane; carries its id."""
    drawing_wanted = Signal(object)
    """Somebody wants strokes on the canvas; carries them."""

    def __init__(self, ui: Ui, document: Document, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ui = ui
        self.document = document
        self.controller = controller
        self.later = Later(self)
        self.nest: QWidget | None = None
        """What the view that is being made is put into: with it as its parent from the start, it is styled only once."""
        self.question = Question(controller, self)
        self.drawing = Drawing(self)
        self.film = Film(self.drawing, self.question, self)
        self.pictures = PictureInput(ui, document, self.drawing, self)
        self.teacher = Teacher(document, controller, self.drawing, self.question, self)
        self.my_digits = MyDigits(ui, parent=self)
        self.notes = Notes(self)
        self.doctor = Doctor(document, controller, self)
        self.berths = Berths(document, controller, self)
        self.racing = Racing(document, controller, self.berths, self)
        self.racing.said.connect(lambda words: ui.tell(words, "warning"))
        self.explainer = Explainer(self)
        """Explains what the pointer or the focus comes to."""
        self.explainer.explain.connect(self.explain)
