"""How the network learns: learning rate, optimizer, loss, initial weights, and what is rarely changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from nnplayground.engine.initializers import initializers
from nnplayground.engine.losses import losses
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.schedules import schedules
from nnplayground.gui.designer.bound_form import ExperimentForm
from nnplayground.gui.designer.card import Card
from nnplayground.gui.designer.entry_picker import part_picker
from nnplayground.gui.document import Document
from nnplayground.gui.explain import Explainer
from nnplayground.gui.fold import Fold
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

TITLE = Text("Training", "学習")
MORE = Text("Schedule and regularization", "スケジュールと正則化")
RARE = ("l1", "l2", "weight_decay", "clip")
TRY = Text("Try × 10 and ÷ 10", "10 倍と 1/10 を試す")
TRY_HELP = Text(
    "Three copies of the network learn side by side: at this rate, ten times and a tenth of it",
    "この学習率、10 倍、1/10 の 3 つを、いまの状態から並べて学習させます",
)
END = Text("End of the training", "学習の終了")
ENDS = ("epochs", "stop_epochs", "stop_loss", "stop_test_loss", "stop_accuracy", "patience", "keep_best")


class TrainingCard(Card):
    """Every setting of the training itself."""

    rates_wanted = Signal()
    """The person wants to see what other learning rates would do."""

    def __init__(self, ui: Ui, document: Document, explainer: Explainer, parent: QWidget | None = None) -> None:
        super().__init__(ui, TITLE, "settings", parent)
        self.rate = ExperimentForm(ui, document, explainer, ("learning_rate",), self)
        self.tries = QPushButton(self)
        self.tries.setObjectName("try_rates")
        ui.bind(self.tries.setText, TRY, self.tries)
        ui.bind(self.tries.setAccessibleName, TRY, self)
        ui.bind(self.tries.setToolTip, TRY_HELP, self.tries)
        self.tries.clicked.connect(self.rates_wanted)
        self.optimizer = part_picker(ui, document, explainer, optimizers, "optimizer", live=True, parent=self)
        self.loss = part_picker(ui, document, explainer, losses, "loss", live=False, parent=self)
        self.initializer = part_picker(ui, document, explainer, initializers, "initializer", live=False, parent=self)
        self.seed = ExperimentForm(ui, document, explainer, ("seed",), self)
        self.more = Fold(ui, MORE, partial(self._fill_more, ui, document, explainer), self)
        self.end = Fold(ui, END, partial(self._fill_end, ui, document, explainer), self)
        for part in (
            self.rate, self.tries, self.optimizer, self.loss, self.initializer, self.seed, self.more, self.end,
        ):  # fmt: skip
            self.column.addWidget(part)
        document.opened.connect(self._unfold)
        self._unfold(document.experiment)

    def _fill_more(self, ui: Ui, document: Document, explainer: Explainer) -> None:
        room, column = self.more.content, self.more.column
        column.addWidget(part_picker(ui, document, explainer, schedules, "schedule", live=True, parent=room))
        column.addWidget(ExperimentForm(ui, document, explainer, RARE, room))

    def _fill_end(self, ui: Ui, document: Document, explainer: Explainer) -> None:
        self.end.column.addWidget(ExperimentForm(ui, document, explainer, ENDS, self.end.content))

    @Slot(object)
    def _unfold(self, experiment: Experiment) -> None:
        """Settings that are in use are not hidden."""
        if any(getattr(experiment, name) for name in RARE) or experiment.schedule.id != "constant":
            self.more.open()
        if any(getattr(experiment, name) for name in ENDS if name not in ("epochs", "keep_best")):
            self.end.open()
