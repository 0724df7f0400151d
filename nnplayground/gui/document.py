"""The experiment that the window shows, with its undo history. Everything else reads it and asks it for edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from nnplayground.text import Text
from nnplayground.training.changes import describe
from nnplayground.training.experiment import Experiment
from nnplayground.training.handling import follow
from nnplayground.training.surgery import Removed

CHANGE = Text("change", "変更")


class Document(QObject):
    """One experiment at a time. An edit is two frozen values on the undo stack."""

    changed = Signal(object, object)
    """The experiment before and after, whatever the reason: an edit, undo, redo, a step back in time, another one opened."""
    edited = Signal(object, object)
    """Like `changed`, but only for edits, undo and redo: the same document goes on."""
    opened = Signal(object)
    """Another experiment took the place of the last one."""
    selection_changed = Signal(int)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._selected = len(experiment.layers) - 1
        self._sealed = False
        self.removed: Removed = {}
        """Units that the edit told last took away, per layer before; where it does not say, they go from the end."""
        self.undo_stack = QUndoStack(self)

    @property
    def experiment(self) -> Experiment:
        return self._experiment

    @property
    def selected_layer(self) -> int:
        """Index of the selected layer; -1 while there is none."""
        return self._selected

    @property
    def is_modified(self) -> bool:
        """Whether there are edits since the experiment was opened or last saved."""
        return not self.undo_stack.isClean()

    @property
    def undo_text(self) -> Text | None:
        """What undo would take back, or None."""
        return self._words(self.undo_stack.index() - 1)

    @property
    def redo_text(self) -> Text | None:
        """What redo would bring again, or None."""
        return self._words(self.undo_stack.index())

    def edit(
        self, new: Experiment, text: Text | None = None, merge: str | None = None, select: int | None = None,
        removed: Removed | None = None,
    ) -> None:  # fmt: skip
        """Make `new` the experiment, undoably; `text` names the edit, `select` the layer selected after it.

        `removed` names units that go, per layer; otherwise a layer loses its last ones.

        Edits in a row with the same `merge` key become one undo, until `seal` is called.
        """
        old = self._experiment
        new = follow(old, new, removed)
        if new == old:
            self.select(self._selected if select is None else select)
            return
        words = text or next(iter(describe(old, new)), CHANGE)
        key = None if merge is None else (merge, text)
        selected = self._selected if select is None else select
        before: _State = (old, self._selected, {})
        edit = _Edit(self, before, (new, selected, removed or {}), words, key, joins=not self._sealed)
        self._sealed = False
        self.undo_stack.push(edit)

    def change(self, *, merge: str | None = None, **settings: Any) -> None:
        """Edit some fields of the experiment; raises `Problem`, and changes nothing, for a value out of bounds."""
        self.edit(self._experiment.replace(**settings), merge=merge)

    def act(
        self, do: Callable[[], object], undo: Callable[[], object], text: Text, key: Any = None, done: bool = False
    ) -> None:
        """Do something that is no setting of the experiment, undoably; in a row with the same `key` it is one undo.

        What is `done` already is done again only after it was undone.
        """
        joins, self._sealed = not self._sealed, False
        self.undo_stack.push(_Act(do, undo, text, key, joins, done))

    def seal(self) -> None:
        """End a run of merged edits: a slider was let go, a field was left."""
        self._sealed = True

    def open(self, experiment: Experiment) -> None:
        """Take another experiment; its undo history is empty and it counts as saved."""
        old = self._experiment
        self._experiment = experiment
        moved = self._put_selection(len(experiment.layers) - 1)
        self.undo_stack.clear()
        self.changed.emit(old, experiment)
        self.opened.emit(experiment)
        if moved:
            self.selection_changed.emit(self._selected)

    def show_past(self, experiment: Experiment) -> None:
        """The run was brought back to an earlier step: show the settings it had there. That is no edit."""
        old = self._experiment
        if old == experiment:
            return
        self._sealed = True
        self._experiment = experiment
        moved = self._put_selection(self._selected)
        self.changed.emit(old, experiment)
        if moved:
            self.selection_changed.emit(self._selected)

    def mark_saved(self) -> None:
        """The experiment is now on disk as it is."""
        self.undo_stack.setClean()

    def select(self, layer: int) -> None:
        """Select a layer; an index out of range selects the nearest."""
        if self._put_selection(layer):
            self.selection_changed.emit(self._selected)

    def _put_selection(self, layer: int) -> bool:
        before, self._selected = self._selected, max(-1, min(layer, len(self._experiment.layers) - 1))
        return self._selected != before

    def _show(self, experiment: Experiment, selected: int, removed: Removed) -> None:
        self.removed = removed
        old, self._experiment = self._experiment, experiment
        moved = self._put_selection(selected)
        self.changed.emit(old, experiment)
        self.edited.emit(old, experiment)
        if moved:
            self.selection_changed.emit(self._selected)

    def _words(self, index: int) -> Text | None:
        command = self.undo_stack.command(index) if 0 <= index < self.undo_stack.count() else None
        return command.words if isinstance(command, (_Edit, _Act)) else None


_State = tuple[Experiment, int, Removed]
"""The experiment, the selected layer, and the units that went on the way to it."""
_Key = tuple[str, Text | None]


class _Edit(QUndoCommand):
    """The experiment and the selected layer, before and after."""

    def __init__(
        self, document: Document, old: _State, new: _State, words: Text, key: _Key | None, joins: bool
    ) -> None:
        super().__init__(words.en)
        self.words = words
        self._document, self._old, self._new, self._key, self._joins = document, old, new, key, joins

    def redo(self) -> None:
        self._document._show(*self._new)

    def undo(self) -> None:
        self._document.seal()
        self._document._show(*self._old)

    def id(self) -> int:
        return -1 if self._key is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or not other._joins or other._key != self._key:
            return False
        self._new = other._new
        self.words = next(iter(describe(self._old[0], self._new[0])), self.words)
        self.setObsolete(self._old[0] == self._new[0])
        return True


class _Act(QUndoCommand):
    """Something else than a setting."""

    def __init__(
        self, do: Callable[[], object], undo: Callable[[], object], words: Text, key: Any, joins: bool, done: bool
    ) -> None:
        super().__init__(words.en)
        self.words = words
        self._done = done
        self._do, self._undo, self._key, self._joins = do, undo, key, joins

    def id(self) -> int:
        return -1 if self._key is None else 2

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Act) or not other._joins or other._key != self._key:
            return False
        self._do, self.words = other._do, other.words
        return True

    def redo(self) -> None:
        if not self._done:
            self._do()
        self._done = False

    def undo(self) -> None:
        self._undo()
