"""Every sentence a person reads, in both languages side by side.

English and Japanese stand where the sentence is used, so that a missing translation is a missing
argument, found by the type checker and not by a reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LANGUAGES = ("en", "ja")
_ENCODING = re.compile("coding([:=])")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label, in English and in Japanese."""

    en: str
    ja: str

    def in_(self, language: str) -> str:
        """The sentence in `language` ("ja", or anything else for English)."""
        return self.ja if language == "ja" else self.en

    def format(self, **values: object) -> Text:
        """Fill `{name}` places in both languages; a value that is a `Text` is put in its own language."""
        return Text(self.en.format(**_in(values, "en")), self.ja.format(**_in(values, "ja")))

    def map(self, change: Callable[[str], str]) -> Text:
        """The same change made to both languages."""
        return Text(change(self.en), change(self.ja))

    @classmethod
    def same(cls, words: str) -> Text:
        """Words that need no translation: a name, a number, a formula."""
        return cls(words, words)


def listed(parts: Iterable[Text]) -> Text:
    """Several things in a row."""
    known = list(parts)
    return Text(", ".join(part.en for part in known), "、".join(part.ja for part in known))


def one_line(words: str) -> str:
    """Words from outside as they may stand in a comment of Python: they neither end it nor name an encoding (PEP 263)."""
    shown = "".join(letter if letter.isprintable() else " " for letter in words)
    return _ENCODING.sub(r"coding \1", " ".join(shown.split()))


def _in(values: dict[str, object], language: str) -> dict[str, object]:
    return {k: v.in_(language) if isinstance(v, Text) else v for k, v in values.items()}


class Problem(Exception):
    """Something a person can mend: one sentence that says what is wrong, where, and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
