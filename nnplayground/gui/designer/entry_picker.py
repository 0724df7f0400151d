"""A choice among the entries of a registry, with the options of the chosen one below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplayground.gui.designer.bound_form import BoundForm, Get, Put
from nnplayground.gui.designer.entry_box import EntryBox
from nnplayground.gui.designer.rows import advice_on
from nnplayground.gui.document import Document
from nnplayground.gui.explain import Explainer
from nnplayground.gui.note import Note
from nnplayground.gui.setting import Setting
from nnplayground.gui.ui import Ui
from nnplayground.registry import Registry
from nnplayground.text import Problem


class EntryPicker(QWidget):
    """Shows and edits the part of the document that `get` takes out and `put` puts in; `name` names its box."""

    def __init__(
        self, ui: Ui, document: Document, explainer: Explainer, registry: Registry[Any], name: str, live: bool,
        get: Get, put: Put, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document, self._registry, self._name = document, registry, name
        self._get, self._put = get, put
        self.box = EntryBox(ui, explainer, registry)
        self.box.setObjectName(f"{name}_box")
        self._setting = Setting(
            ui, explainer, registry.label, live, self.box, lambda: get(document.experiment),
            stacked=True, parent=self,
        )  # fmt: skip
        self.form = BoundForm(ui, document, explainer, name, get, put, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._setting)
        column.addWidget(self.form)
        self.form.setContentsMargins(12, 0, 0, 0)
        self.box.chosen.connect(self._choose)
        document.changed.connect(self.refresh)
        self.refresh()

    @property
    def note(self) -> Note:
        """The remark below the box."""
        return self._setting.note

    @Slot()
    def refresh(self) -> None:
        """Show what the document says, and what can be said against it; nothing at all if there is no such part."""
        experiment = self._document.experiment
        entry = self._get(experiment)
        self.setVisible(entry is not None)
        if entry is not None:
            self.box.show_entry(entry)
            sentences = [sentence for control, sentence in advice_on(experiment) if control == self._name]
            self.note.say(sentences[0] if sentences else None, "warning")

    @Slot(str)
    def _choose(self, id: str) -> None:
        experiment = self._document.experiment
        try:
            self._document.edit(self._put(experiment, self._registry[id]()))
        except Problem as problem:
            self.refresh()
            self.note.say(problem.text, "error")


def part_picker(
    ui: Ui, document: Document, explainer: Explainer, registry: Registry[Any], name: str, *, live: bool, parent: QWidget,
) -> EntryPicker:  # fmt: skip
    """The picker of the experiment's field `name`."""
    return EntryPicker(
        ui, document, explainer, registry, name, live,
        lambda experiment: getattr(experiment, name), lambda experiment, entry: experiment.replace(**{name: entry}),
        parent,
    )  # fmt: skip
