"""What the explanation card says of an idea or of one of its options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from nnplayground.registry import Entry, Option
from nnplayground.text import Text

LIVE = Text(
    "A change takes effect at once, on the network as it is.", "変更はすぐに、今のネットワークのまま反映されます。"
)
REBUILDS = Text("A change builds the network or its data anew.", "変更するとネットワークやデータを作り直します。")


@dataclass(frozen=True)
class Explanation:
    """A title, a formula in plain Unicode (may be empty), and a plain sentence."""

    title: Text
    formula: str
    sentence: Text


Subject = Entry | type[Entry] | Option | Explanation


def explanation_of(subject: Subject) -> Explanation:
    """The explanation of an entry (its class or a value of it) or of an option."""
    match subject:
        case Explanation():
            return subject
        case Option():
            return Explanation(subject.label, "", _option_sentence(subject))
        case _:
            return Explanation(subject.label, subject.formula, subject.help)


def joined(*sentences: Text) -> Text:
    """Sentences one after the other: with a blank between them in English, without in Japanese."""
    said = [s for s in sentences if s.en]
    return Text(" ".join(s.en for s in said), "".join(s.ja for s in said))


def _option_sentence(option: Option) -> Text:
    return joined(option.help or Text("", ""), _bounds(option), LIVE if option.live else REBUILDS)


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
