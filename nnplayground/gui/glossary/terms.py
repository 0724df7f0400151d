"""All terms that have a card: those of the field, and whatever is registered."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from nnplayground.data.augmentations import augmentations
from nnplayground.engine.activations import activations
from nnplayground.engine.initializers import initializers
from nnplayground.engine.layers import layers
from nnplayground.engine.losses import losses
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.schedules import schedules
from nnplayground.gui.glossary.words import WORDS
from nnplayground.text import Text

BASICS = Text("Basic word", "基本の用語")
REGISTRIES = (activations, losses, optimizers, layers, initializers, schedules, augmentations)


@dataclass(frozen=True)
class Term:
    """What one card says."""

    name: Text
    formula: str
    """In plain Unicode; may be empty."""
    sentence: Text
    kind: Text
    """What it is one of."""
    id: str = ""
    """Of the entry that it is, if it is one of a registry."""
    package: str = ""
    """The registry's."""

    def fits(self, wanted: str) -> bool:
        """Whether all words of `wanted` occur in its names or kind, in either language."""
        said = plain(" ".join((self.name.en, self.name.ja, self.kind.en, self.kind.ja)))
        return all(word in said for word in plain(wanted).split())


def plain(words: str) -> str:
    """For comparing: without case, full-width letters as usual ones, hiragana as katakana."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in folded)


@cache
def terms() -> tuple[Term, ...]:
    """The basic words first, then what is registered, in the order of the menus."""
    known = [Term(name, formula, sentence, BASICS) for name, formula, sentence in WORDS]
    for registry in REGISTRIES:
        for id, entry in registry.items():
            known.append(Term(entry.label, entry.formula, entry.help, registry.label, id, registry.package))
    return tuple(known)


def found(wanted: str, language: str) -> list[Term]:
    """The terms that fit `wanted`, those first whose name begins with it, then by name in `language`."""
    start = plain(wanted.strip())
    fitting = [term for term in terms() if term.fits(wanted)]
    return sorted(fitting, key=lambda term: (not _begins(term, start), plain(term.name.in_(language))))


def _begins(term: Term, start: str) -> bool:
    return plain(term.name.en).startswith(start) or plain(term.name.ja).startswith(start)
