"""The layers, from the input to the number of all parameters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from nnplayground.engine.layers import shape_words
from nnplayground.gui.action_button import connect_once
from nnplayground.gui.calm import calm
from nnplayground.gui.designer.card import Card
from nnplayground.gui.designer.layer_actions import LayerActions
from nnplayground.gui.designer.layer_details import LayerDetails
from nnplayground.gui.designer.layer_view import LayerView
from nnplayground.gui.designer.row_layout import INDENT, MARGIN
from nnplayground.gui.designer.rows import total_parameters
from nnplayground.gui.document import Document
from nnplayground.gui.explain import Explainer
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.note import Note
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.experiment import advice

TITLE = Text("Network", "ネットワーク")
COLUMNS = Text("Layer", "層"), Text("Output · parameters", "出力 · パラメータ数")
INPUT = Text("Input", "入力")
TOTAL = Text("Total", "合計")
COUNT = Text("{count} parameters", "パラメータ {count} 個")
ADD = Text("Add layer", "層を追加")


class NetworkCard(Card):
    """The list of layers with its buttons, and the options of the selected layer."""

    def __init__(self, ui: Ui, document: Document, explainer: Explainer, parent: QWidget | None = None) -> None:
        super().__init__(ui, TITLE, "layers", parent)
        self._ui, self._document = ui, document
        self.view = LayerView(ui, document, explainer, self)
        self.actions_ = LayerActions(ui, document, explainer, self.view)
        self.details = LayerDetails(ui, document, explainer, self)
        self.note = Note(ui, self)
        self._shape, self._total, columns = QLabel(self), QLabel(self), QLabel(self)
        ui.bind(columns.setText, COLUMNS[1], columns)
        list_ = self._add_list(_line(ui, self, COLUMNS[0], columns, "muted"), _line(ui, self, INPUT, self._shape))
        list_.addWidget(_line(ui, self, TOTAL, self._total))
        self.column.addWidget(self.note)
        self.column.addLayout(self._buttons(ui))
        self.column.addWidget(self.details)
        self.view.delegate.refused.connect(self._refuse)
        document.changed.connect(self._follow)
        self._follow()

    def _add_list(self, *above: QWidget) -> QVBoxLayout:
        """The list and what stands close to it."""
        column = QVBoxLayout()
        column.setSpacing(2)
        for line in above:
            column.addWidget(line)
        column.addWidget(self.view)
        self.column.addLayout(column)
        return column

    def _buttons(self, ui: Ui) -> FlowRow:
        line = FlowRow()
        line.setSpacing(2)
        add = QToolButton(self)
        add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        ui.bind(add.setText, ADD, add)
        ui.bind(add.setAccessibleName, ADD, add)
        ui.bind(add.setToolTip, ADD.map(lambda words: f"{words} (Insert)"), add)
        ui.bind_icon(add.setIcon, "add", add)
        add.setObjectName("layer_add")
        add.clicked.connect(lambda: self.actions_.open_menu(add))
        calm(add)
        line.addWidget(add)
        line.addStretch()
        for action in (self.actions_.duplicate, self.actions_.up, self.actions_.down, self.actions_.remove):
            button = QToolButton(self)
            button.setDefaultAction(action)
            connect_once(button)
            button.setObjectName(action.objectName().replace("action_", ""))
            calm(button)
            line.addWidget(button)
        return line

    @Slot()
    def _follow(self) -> None:
        experiment = self._document.experiment
        total = total_parameters(self.view.rows)
        self._shape.setText(shape_words(experiment.dataset.input_shape))
        words = Text.same("–") if total is None else COUNT.format(count=f"{total:,}")
        self._ui.bind(self._total.setText, words, self._total)
        empty = [] if experiment.layers else advice(experiment)
        self.note.say(empty[0][1] if empty else None, "error")

    @Slot(object)
    def _refuse(self, why: Text | None) -> None:
        self.note.say(why, "error")


def _line(ui: Ui, parent: QWidget, name: Text, value: QLabel, role: str = "") -> QWidget:
    """A name on the left and a value on the right, in line with the rows of the list."""
    line = QWidget(parent)
    label = QLabel(line)
    value.setParent(line)
    ui.bind(label.setText, name, label)
    for part in (label, value):
        part.setProperty("role", role)
    layout = FlowRow(line)
    layout.setContentsMargins(INDENT, 2, MARGIN, 2)
    layout.addWidget(label, 1)
    layout.addWidget(value)
    return line
