"""The person's own digits as the window works on them: each change is saved at once and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnplayground.data import my_digits as data
from nnplayground.data.my_digits import KeptDigit
from nnplayground.data.strokes import Strokes
from nnplayground.gui.ui import Ui
from nnplayground.storage import my_digits as storage
from nnplayground.text import Problem, Text

Digits = tuple[KeptDigit, ...]
MAX_UNDO = 200
KEPT = Text("Kept as a {label}: you have {n} digits now.", "{label} として残しました。コレクションは {n} 個です。")
IMPORTED = Text("{n} digits were added from {name}.", "{name} から {n} 個の数字を加えました。")
EXPORTED = Text("{n} digits were written to {name}.", "{n} 個の数字を {name} に書き出しました。")


class MyDigits(QObject):
    """Read from the file when first asked for. What goes wrong is told, and nothing that was kept is lost by it."""

    changed = Signal()

    def __init__(self, ui: Ui, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._file = file
        self._digits: Digits | None = None
        self._version: tuple[Digits, str] | None = None
        self._undo: list[Digits] = []
        self._writes = True

    @property
    def digits(self) -> Digits:
        """In the order they were kept."""
        if self._digits is None:
            self._digits = self._read()
        return self._digits

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return bool(self._undo)

    @property
    def version(self) -> str:
        """Tells one state of the collection from another."""
        if self._version is None or self._version[0] is not self.digits:
            self._version = self.digits, data.version_of(self.digits)
        return self._version[1]

    def keep(self, label: int, strokes: Strokes, pen: float) -> bool:
        """Add a drawing; False if that cannot be done, which is told."""
        try:
            kept = KeptDigit.of(label, strokes, pen)
        except Problem as problem:
            return self._refuse(problem)
        done = self._change((*self.digits, kept))
        if done:
            self._ui.tell(KEPT.format(label=label, n=len(self.digits)))
        return done

    def relabel(self, places: Iterable[int], label: int) -> bool:
        """Correct the label of the digits at `places`."""
        chosen = set(places)
        return self._change(tuple(d.relabelled(label) if i in chosen else d for i, d in enumerate(self.digits)))

    def remove(self, places: Iterable[int]) -> bool:
        """Take the digits at `places` out."""
        chosen = set(places)
        return self._change(tuple(d for i, d in enumerate(self.digits) if i not in chosen))

    def undo(self) -> bool:
        """Take the last change back."""
        if not self._undo:
            return False
        before = self._undo.pop()
        if self._save(before):
            return True
        self._undo.append(before)
        return False

    def import_from(self, file: Path) -> bool:
        """Add all digits of another file."""

        def add() -> Text:
            found = data.read(file)
            if self._change((*self.digits, *found)):
                return IMPORTED.format(n=len(found), name=file.name)
            return Text("", "")

        return self._try(add)

    def export_to(self, file: Path) -> bool:
        """Write all digits to another file."""

        def write() -> Text:
            return storage.save(file, self.digits) or EXPORTED.format(n=len(self.digits), name=file.name)

        return self._try(write)

    def _change(self, digits: Digits) -> bool:
        before = self.digits
        if digits == before:
            return False
        if not self._save(digits):
            return False
        self._undo = [*self._undo, before][-MAX_UNDO:]
        return True

    def _save(self, digits: Digits) -> bool:
        try:
            if self._writes:
                storage.save(self._where(), digits)
        except Problem as problem:
            return self._refuse(problem)
        self._digits = digits
        self.changed.emit()
        return True

    def _read(self) -> Digits:
        try:
            found, told = storage.open_or_set_aside(self._where())
        except Problem as problem:
            self._writes = False  # or what could not be read would be lost
            self._refuse(problem)
            return ()
        if told is not None:
            self._ui.tell(told, "warning")
        return found

    def _where(self) -> Path:
        return self._file or data.path()

    def _try(self, act: Callable[[], Text]) -> bool:
        try:
            told = act()
        except Problem as problem:
            return self._refuse(problem)
        if told.en:
            self._ui.tell(told)
        return bool(told.en)

    def _refuse(self, problem: Problem) -> bool:
        self._ui.tell(problem.text, "warning")
        return False
