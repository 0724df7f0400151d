"""A form made from the options that an entry declares."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplayground.gui.choice_fields import ExampleBox, SwitchesBox
from nnplayground.gui.explain import Explainer
from nnplayground.gui.fields import ChoiceBox, FloatBox, IntBox, NumbersBox, SwitchBox, WordsBox
from nnplayground.gui.fold import Fold
from nnplayground.gui.log_slider import LogSlider
from nnplayground.gui.note import Kind
from nnplayground.gui.numbers import parse
from nnplayground.gui.setting import Setting
from nnplayground.gui.ui import Ui
from nnplayground.registry import Entry, Option
from nnplayground.text import Problem, Text

Field = IntBox | FloatBox | LogSlider | SwitchBox | ChoiceBox | WordsBox | NumbersBox | SwitchesBox | ExampleBox


def field_for(option: Option, parent: QWidget | None = None) -> Field:
    """The editor that fits the option."""
    if option.is_numbers:
        return NumbersBox(option, parent)
    if option.is_several:
        return SwitchesBox(option, parent)
    if option.examples:
        return ExampleBox(option, parent)
    if option.choices is not None:
        return ChoiceBox(option, parent)
    if option.type is float and option.log:
        return LogSlider(option, parent)
    kinds: dict[object, type[Field]] = {int: IntBox, float: FloatBox, bool: SwitchBox}
    return kinds.get(option.type, WordsBox)(option, parent)


FEW = 5
"""So many options are all shown."""
SHOWN = 2
"""Of more options than a few, so many are shown and the others folded away."""
MORE = Text("More options ({n})", "その他の設定（{n}）")


class OptionForm(QWidget):
    """One editor for each option of the shown entry; it shows what it is told and edits nothing itself."""

    edited = Signal(str, object)
    """Name of the option, and the value that the person gave."""
    sealed = Signal()
    """The person left a field."""

    rebuilt = Signal()
    """There are other editors now."""

    def __init__(
        self, ui: Ui, explainer: Explainer, only: tuple[str, ...] | None = None, prefix: str = "option_",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Editors are called `prefix` and the name of their option; `only` leaves the other options out."""
        super().__init__(parent)
        self._ui, self._explainer, self._only, self._prefix = ui, explainer, only, prefix
        self._kind: type[Entry] | None = None
        self._settings: dict[str, Setting] = {}
        self._shown: dict[str, object] = {}
        self._parts: list[QWidget] = []
        self._fold: Fold | None = None
        self._entry: Entry | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_entry(self, entry: Entry | None, again: bool = False) -> None:
        """Show the options of `entry`, whatever its kind; None empties the form.

        Only what differs from what was shown last is touched, unless `again` says that a field may hold something else.
        """
        kind = None if entry is None else type(entry)
        self._entry = entry
        if kind is not self._kind:
            self._rebuild(kind)
            self._unfold(entry)
        for name, setting in self._settings.items():
            value = getattr(entry, name)
            if again or self._shown.get(name) != value:
                self._shown[name] = value
                setting.note.say(None)
                _field(setting).show_value(value)

    def say(self, name: str, words: Text | None, kind: Kind = "error") -> None:
        """Say something beside option `name`, mostly why a value cannot be taken."""
        if name not in self._settings and self._fold is not None:
            self._fold.open()
        self._settings[name].note.say(words, kind)

    def _rebuild(self, kind: type[Entry] | None) -> None:
        self._kind, self._shown = kind, {}
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.setParent(None)  # so that nobody finds it by its name until it is gone
            part.deleteLater()
        chosen = [] if kind is None else self._chosen(kind)
        few = self._only is not None or len(chosen) <= FEW
        self._settings = {o.name: self._make(o) for o in (chosen if few else chosen[:SHOWN])}
        self._parts = [*self._settings.values()]
        self._fold = None if few else self._fold_away(chosen[SHOWN:])
        if self._fold is not None:
            self._parts.append(self._fold)
        for part in self._parts:
            self._column.addWidget(part)
        self.setVisible(bool(self._parts))
        self.rebuilt.emit()

    def _fold_away(self, options: list[Option]) -> Fold:
        """A fold for `options`, whose editors are made when it is first opened: most never are."""

        def fill() -> None:
            for option in options:
                setting = self._settings[option.name] = self._make(option)
                fold.column.addWidget(setting)
                setting.show()  # a layout would do so only later
            self.show_entry(self._entry)
            self.rebuilt.emit()

        fold = Fold(self._ui, MORE.format(n=len(options)), fill, self)
        return fold

    def _unfold(self, entry: Entry | None) -> None:
        """What was changed is not hidden."""
        hidden = [] if entry is None or self._fold is None else self._chosen(type(entry))[SHOWN:]
        if self._fold is not None and any(getattr(entry, o.name) != o.default for o in hidden):
            self._fold.open()

    def _chosen(self, kind: type[Entry]) -> list[Option]:
        options = {o.name: o for o in kind.options()}
        return list(options.values()) if self._only is None else [options[name] for name in self._only]

    def _make(self, option: Option) -> Setting:
        assert self._kind is not None
        field = field_for(option)
        field.setObjectName(self._prefix + option.name)
        switch = isinstance(field, SwitchBox)
        if isinstance(field, SwitchBox):
            self._ui.bind(field.setText, option.label, field)
        if isinstance(field, (ChoiceBox, SwitchesBox)):
            field.bind_names(self._ui, option)
        setting = Setting(
            self._ui, self._explainer, option.label, option.live, field, lambda: option,
            stacked=isinstance(field, (LogSlider, SwitchesBox, ExampleBox)), named=not switch, parent=self,
        )  # fmt: skip
        _Link(self, self._kind.label, option, setting)
        return setting


class _Link(QObject):
    """Carries the word of one field to its form."""

    def __init__(self, form: OptionForm, owner: Text, option: Option, setting: Setting) -> None:
        super().__init__(setting)
        self._form, self._owner, self._option, self._setting = form, owner, option, setting
        field = _field(setting)
        field.edited.connect(self._edit)
        field.refused.connect(self._refuse)
        field.sealed.connect(form.sealed)

    def _edit(self, value: object) -> None:
        self._setting.note.say(None)
        self._form.edited.emit(self._option.name, value)

    def _refuse(self, typed: str) -> None:
        self._form.say(self._option.name, why_refused(self._owner, self._option, typed))


def why_refused(owner: Text, option: Option, typed: str) -> Text | None:
    """The sentence that says why `typed` cannot be the value of `option`; the value before it stays."""
    number = parse(typed)
    try:
        option.check(owner, typed if number is None else int(number) if number.is_integer() else number)
    except Problem as problem:
        return problem.text
    return None


def _field(setting: Setting) -> Field:
    field = setting.editor
    assert isinstance(field, Field)
    return field
