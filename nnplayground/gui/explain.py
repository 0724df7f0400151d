"""What the explanation card says of an idea or of one of its options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from nnplayground.gui.option_words import WHAT
from nnplayground.registry import Entry, Option
from nnplayground.text import Text

LIVE = Text(
    "A change takes effect at once, on the network as it is.", "変更はすぐに、今のネットワークのまま反映されます。"
)
SWITCH = Text("Switch it off and on, and compare.", "オンとオフを切り替えて比べましょう。")
ENDS = Text("Try {low}, then {high}, and compare.", "{low} と {high} を試して比べましょう。")
HALF = Text("Halve it, then double it, and compare.", "半分と 2 倍を試して比べましょう。")
CHANGE = Text("Change it and watch what follows.", "変えてみて、何が変わるかを見ましょう。")
MANY = 1e4
"""Ends that are further apart than this are no help."""
REBUILDS = Text("A change builds the network or its data anew.", "変更するとネットワークやデータを作り直します。")


@dataclass(frozen=True)
class Explanation:
    """A title, a formula in plain Unicode (may be empty), a plain sentence, and what to try."""

    title: Text
    formula: str
    sentence: Text
    try_it: Text = Text("", "")


Subject = Entry | type[Entry] | Option | Explanation


def explanation_of(subject: Subject) -> Explanation:
    """The explanation of an entry (its class or a value of it) or of an option."""
    match subject:
        case Explanation():
            return subject
        case Option():
            return Explanation(subject.label, subject.formula, _option_sentence(subject), _try_option(subject))
        case _:
            return Explanation(subject.label, subject.formula, subject.help, subject.try_it)


def joined(*sentences: Text) -> Text:
    """Sentences one after the other: with a blank between them in English, without in Japanese."""
    said = [s for s in sentences if s.en]
    return Text(" ".join(s.en for s in said), "".join(s.ja for s in said))


def _option_sentence(option: Option) -> Text:
    return joined(
        option.help or WHAT.get(option.name, Text("", "")), _bounds(option), LIVE if option.live else REBUILDS
    )


def _try_option(option: Option) -> Text:
    """Both ends of what can be set show best what it does."""
    choices = [words for _, words in option.named_choices]
    if option.try_it is not None:
        return option.try_it
    if option.type is bool:
        return SWITCH
    if len(choices) > 1:
        return ENDS.format(low=choices[0], high=choices[-1])
    if option.low is not None and option.high is not None and option.high <= MANY * max(option.low, 1e-3):
        return ENDS.format(low=f"{option.low:g}", high=f"{option.high:g}")
    return HALF if option.type in (int, float) else CHANGE


def _bounds(option: Option) -> Text:
    if option.low is None or option.high is None:
        return Text("", "")
    return Text("From {low:g} to {high:g}.", "{low:g} から {high:g} まで。").format(low=option.low, high=option.high)


class Explainer(QObject):
    """Tells what a widget is about when the pointer or the focus comes to it."""

    explain = Signal(object)
    """Carries a `Subject`."""

    def watch(self, widget: QWidget, subject: Callable[[], Subject | None]) -> None:
        """Explain what `subject` gives then, whenever `widget` is entered or focused."""
        widget.installEventFilter(_Watch(self, widget, subject))

    def subject_of(self, widget: QWidget) -> Subject | None:
        """What is to be said of `widget` now; None if it is not watched or has nothing to say."""
        watch = widget.findChild(_Watch, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return watch.subject() if isinstance(watch, _Watch) else None

    def tell(self, subject: Subject | None) -> None:
        """Explain `subject` now."""
        if subject is not None:
            self.explain.emit(subject)


class _Watch(QObject):
    def __init__(self, explainer: Explainer, widget: QWidget, subject: Callable[[], Subject | None]) -> None:
        super().__init__(widget)
        self._explainer, self.subject = explainer, subject

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self._explainer.tell(self.subject())
        return False
