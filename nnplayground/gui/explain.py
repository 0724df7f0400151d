"""What the explanation card says of an idea or of one of its options."""

from __future__ import annotations

from dataclasses import dataclass

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


def explanation_of(subject: Entry | type[Entry] | Option | Explanation) -> Explanation:
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
