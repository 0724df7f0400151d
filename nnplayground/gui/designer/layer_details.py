"""All options of the selected layer and of its activation."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnplayground.engine.activations import activations
from nnplayground.engine.layers import Layer
from nnplayground.gui.designer import edits
from nnplayground.gui.designer.bound_form import BoundForm
from nnplayground.gui.designer.entry_picker import EntryPicker
from nnplayground.gui.document import Document
from nnplayground.gui.explain import Explainer
from nnplayground.gui.ui import Ui
from nnplayground.registry import Entry
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

TITLE = Text("Layer {n}: {layer}", "第 {n} 層: {layer}")


class LayerDetails(QWidget):
    """Follows the document's selection; hidden while no layer is selected."""

    rebuilt = Signal()

    def __init__(self, ui: Ui, document: Document, explainer: Explainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui, self._document = ui, document
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self.form = BoundForm(ui, document, explainer, "layer", self._layer, self._put_layer, parent=self)
        self.activation = EntryPicker(
            ui, document, explainer, activations, "activation", False, self._activation, self._put_activation,
            self,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        for part in (self._title, self.form, self.activation):
            column.addWidget(part)
        for form in (self.form, self.activation.form):
            form.rebuilt.connect(self.rebuilt)
        document.changed.connect(self._name)
        document.selection_changed.connect(self._select)
        self._name()

    @Slot()
    def _select(self) -> None:
        self._document.seal()
        self.form.refresh()
        self.activation.refresh()
        self.activation.form.refresh()
        self._name()

    @Slot()
    def _name(self) -> None:
        layer = self._layer(self._document.experiment)
        self.setVisible(layer is not None)
        if layer is not None:
            words = TITLE.format(n=self._document.selected_layer + 1, layer=layer.label)
            self._ui.bind(self._title.setText, words, self._title)

    def _layer(self, experiment: Experiment) -> Layer | None:
        at = self._document.selected_layer
        return experiment.layers[at] if 0 <= at < len(experiment.layers) else None

    def _put_layer(self, experiment: Experiment, layer: Entry) -> Experiment:
        assert isinstance(layer, Layer)
        return edits.put(experiment, self._document.selected_layer, layer)

    def _activation(self, experiment: Experiment) -> Entry | None:
        layer = self._layer(experiment)
        return layer.activation if layer is not None and edits.has_activation(layer) else None

    def _put_activation(self, experiment: Experiment, activation: Entry) -> Experiment:
        layer = self._layer(experiment)
        return experiment if layer is None else self._put_layer(experiment, layer.replace(activation=activation))
