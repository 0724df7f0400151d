"""How the network learns: learning rate, optimizer, loss, initial weights, regularization."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from nnplayground.engine.initializers import initializers
from nnplayground.engine.losses import losses
from nnplayground.engine.optimizers import optimizers
from nnplayground.gui.designer.bound_form import ExperimentForm
from nnplayground.gui.designer.card import Card, Fold
from nnplayground.gui.designer.entry_picker import EntryPicker
from nnplayground.gui.document import Document
from nnplayground.gui.explain import Explainer
from nnplayground.gui.ui import Ui
from nnplayground.registry import Registry
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment, advice

TITLE = Text("Training", "学習")
MORE = Text("Regularization", "正則化")
PENALTIES = ("l1", "l2", "weight_decay")


class TrainingCard(Card):
    """Every setting of the training itself."""

    def __init__(self, ui: Ui, document: Document, explainer: Explainer, parent: QWidget | None = None) -> None:
        super().__init__(ui, TITLE, "settings", parent)
        self._ui, self._document, self._explainer = ui, document, explainer
        self.rate = self._form("learning_rate")
        self.optimizer = self._picker(optimizers, "optimizer", live=True)
        self.loss = self._picker(losses, "loss", live=False)
        self.initializer = self._picker(initializers, "initializer", live=False)
        self.seed = self._form("seed")
        self.penalties = self._form(*PENALTIES)
        self.more = Fold(ui, MORE, self.penalties)
        for part in (self.rate, self.optimizer, self.loss, self.initializer, self.seed, self.more):
            self.column.addWidget(part)
        document.changed.connect(self._follow)
        document.opened.connect(self._unfold)
        self._follow()
        self._unfold(document.experiment)

    def _form(self, *only: str) -> ExperimentForm:
        """A form of some of the experiment's own settings."""
        return ExperimentForm(self._ui, self._document, self._explainer, only, self)

    def _picker(self, registry: Registry[Any], name: str, live: bool) -> EntryPicker:
        return EntryPicker(
            self._ui, self._document, self._explainer, registry, name, live,
            lambda experiment: getattr(experiment, name), lambda experiment, entry: experiment.replace(**{name: entry}),
            self,
        )  # fmt: skip

    @Slot()
    def _follow(self) -> None:
        """Say at once if the loss does not go with the network."""
        sentences = [sentence for control, sentence in advice(self._document.experiment) if control == "loss"]
        self.loss.note.say(sentences[0] if sentences else None, "warning")

    @Slot(object)
    def _unfold(self, experiment: Experiment) -> None:
        """Settings that are in use are not hidden."""
        if any(getattr(experiment, name) for name in PENALTIES):
            self.more.open()
