"""A form that shows and edits one part of the document."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from nnplayground.gui.document import Document
from nnplayground.gui.explain import Explainer
from nnplayground.gui.forms import OptionForm
from nnplayground.gui.ui import Ui
from nnplayground.registry import Entry
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment

Get = Callable[[Experiment], Entry | None]
Put = Callable[[Experiment, Entry], Experiment]


class BoundForm(OptionForm):
    """`get` takes the part out of an experiment, `put` puts a changed one in; `key` tells edits of it apart."""

    def __init__(
        self, ui: Ui, document: Document, explainer: Explainer, key: str, get: Get, put: Put,
        only: tuple[str, ...] | None = None, prefix: str = "option_", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(ui, explainer, only, prefix, parent)
        self._document, self._key, self._get, self._put = document, key, get, put
        self.edited.connect(self._edit)
        self.sealed.connect(document.seal)
        document.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what the document says."""
        self.show_entry(self._get(self._document.experiment))

    @Slot(str, object)
    def _edit(self, name: str, value: object) -> None:
        experiment = self._document.experiment
        entry = self._get(experiment)
        if entry is None:
            return
        try:
            self._document.edit(self._put(experiment, entry.replace(**{name: value})), merge=f"{self._key}.{name}")
        except Problem as problem:
            self.show_entry(entry, again=True)
            self.say(name, problem.text)


class ExperimentForm(BoundForm):
    """Some settings of the experiment itself; the editors have the plain names of the settings."""

    def __init__(
        self, ui: Ui, document: Document, explainer: Explainer, only: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(ui, document, explainer, "experiment", lambda e: e, _itself, only, "", parent)


def _itself(experiment: Experiment, changed: Entry) -> Experiment:
    assert isinstance(changed, Experiment)
    return changed
