"""The network designer: data, network, training, one below the other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStyle, QVBoxLayout, QWidget

from nnplayground.gui.designer.data_card import DataCard
from nnplayground.gui.designer.network_card import NetworkCard
from nnplayground.gui.designer.tab_order import chain
from nnplayground.gui.designer.training_card import TrainingCard
from nnplayground.gui.document import Document
from nnplayground.gui.explain import Explainer
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.forms import OptionForm
from nnplayground.gui.letters import scaled
from nnplayground.gui.setting import Mark
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

WIDTH = 312
AT_ONCE = Text("at once", "すぐに反映")
ANEW = Text("rebuilds the network", "作り直して反映")


class DesignerPanel(QScrollArea):
    """Shows and edits the document."""

    explain = Signal(object)
    """What the person points at or has chosen: see `explanation_of`."""

    def __init__(self, ui: Ui, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("designer")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        explainer = Explainer(self)
        explainer.explain.connect(self.explain)
        self._content = content = QWidget(self.viewport())  # parents first: a style sheet is costly to apply again
        self.data = DataCard(ui, document, explainer, content)
        self.network = NetworkCard(ui, document, explainer, content)
        self.training = TrainingCard(ui, document, explainer, content)
        column = QVBoxLayout(content)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(10)
        column.addWidget(_legend(ui, content))
        for card in (self.data, self.network, self.training):
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(content)
        self.folds = self.data.share, self.training.more, self.training.end
        """What is rarely changed; made when somebody opens it, or at leisure."""
        self._heed(content)
        for fold in self.folds:
            fold.filled.connect(partial(self._heed, fold.content))

    def sizeHint(self) -> QSize:
        return QSize(scaled(WIDTH), 700)

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut off at the right; from the top to the bottom it scrolls."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        return QSize(self._content.minimumSizeHint().width() + bar, 160)

    def _heed(self, part: QWidget) -> None:
        """Keep the controls in order whatever comes and goes in `part`."""
        for form in part.findChildren(OptionForm):
            form.rebuilt.connect(self._order)
        self._order()

    @Slot()
    def _order(self) -> None:
        chain(self._content)


def _legend(ui: Ui, parent: QWidget) -> QWidget:
    """What the two signs beside the controls mean."""
    line = QWidget(parent)
    layout = FlowRow(line)
    layout.setContentsMargins(6, 0, 6, 0)
    layout.setSpacing(15)
    for live, words in ((True, AT_ONCE), (False, ANEW)):
        both = QWidget(line)
        label = QLabel(both)
        label.setProperty("role", "muted")
        ui.bind(label.setText, words, label)
        pair = QHBoxLayout(both)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(5)
        pair.addWidget(Mark(ui, live, both))
        pair.addWidget(label)
        layout.addWidget(both)
    return line
