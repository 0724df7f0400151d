"""Another run takes the place of the present one, undoably: a branch of it, or the lane of a race."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from nnplayground.gui.controller import Controller
from nnplayground.gui.document import Document
from nnplayground.text import Text
from nnplayground.training.berth import Berth
from nnplayground.training.experiment import Experiment
from nnplayground.training.run import Run
from nnplayground.training.snapshot import Event

BRANCHED = Text("go on from step {step}", "ステップ {step} から続ける")


class Berths(QObject):
    """Each undo holds the run that is not shown, with all it has learnt."""

    def __init__(self, document: Document, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._controller = document, controller
        controller.happened.connect(self._happened)

    def show_run(self, run: Run, words: Text) -> None:
        """Go on with `run`, which nobody else uses."""
        self._exchange(Berth(run), self._document.experiment, run.experiment, words)

    @Slot(object)
    def _happened(self, event: Event) -> None:
        if event.left is not None:
            now = event.left.run.experiment
            self._exchange(event.left, now, now, BRANCHED.format(step=event.step), done=True)

    def _exchange(self, berth: Berth, before: Experiment, after: Experiment, words: Text, done: bool = False) -> None:
        def show(experiment: Experiment) -> None:
            self._controller.take_over(berth)
            self._document.show_past(experiment)

        self._document.act(lambda: show(after), lambda: show(before), words, done=done)
