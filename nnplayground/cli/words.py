"""How the command line speaks: in the person's language, errors in one line."""

from __future__ import annotations

import argparse
import locale
import os
import sys
from collections.abc import Sequence
from typing import IO, NoReturn

from nnplayground import __version__
from nnplayground.text import LANGUAGES, Problem, Text


def language(arguments: Sequence[str] = ()) -> str:
    """ "ja" or "en": as `--lang` in `arguments` says, or else the person's environment."""
    for before, word in zip(arguments, arguments[1:], strict=False):
        if before == "--lang" and word in LANGUAGES:
            return word
    for word in arguments:
        if word.startswith("--lang=") and word[7:] in LANGUAGES:
            return word[7:]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "ja" if os.environ[name].lower().startswith("ja") else "en"
    return "ja" if (locale.getlocale()[0] or "").lower().startswith("ja") else "en"


def say(words: str) -> None:
    """A sentence on stderr, if anybody listens; it has the lines that it was written with."""
    write(sys.stderr, "nnplayground: " + words + "\n")


def write(stream: IO[str] | None, words: str) -> None:
    """Write and flush; what the stream cannot spell is escaped."""
    if stream is not None:
        encoding = getattr(stream, "encoding", None) or "utf-8"
        stream.write(words.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()


class Parser(argparse.ArgumentParser):
    """An argument parser that explains itself in one language and raises `Problem`."""

    def __init__(self, arguments: Sequence[str], name: str, description: Text, epilog: Text | None = None) -> None:
        self.lang = language(arguments)
        super().__init__(
            prog=f"nnplayground {name}".strip(), description=description.in_(self.lang), allow_abbrev=False,
            epilog=None if epilog is None else epilog.in_(self.lang), formatter_class=argparse.RawDescriptionHelpFormatter, add_help=False,
        )  # fmt: skip
        self._positionals.title = Text("what to name", "指定するもの").in_(self.lang)
        self._optionals.title = Text("options", "オプション").in_(self.lang)
        self.add_argument("-h", "--help", action="help", help=self.words("show this help", "この説明を表示する"))
        self.add_argument(
            "--lang", choices=LANGUAGES, help=self.words("language of all words", "表示する言葉の言語")
        )  # fmt: skip

    def words(self, en: str, ja: str) -> str:
        """The sentence in the parser's language, safe for argparse's own formatting."""
        return Text(en, ja).in_(self.lang).replace("%", "%%")

    def add_version(self) -> None:
        self.add_argument(
            "--version", action="version", version=f"nnplayground {__version__}", help=self.words("show the version", "版を表示する")
        )  # fmt: skip

    def error(self, message: str) -> NoReturn:
        raise Problem(_USAGE.format(message=message, command=self.prog))


_USAGE = Text("{message}; see: {command} --help", "引数が正しくありません（{message}）。使い方: {command} --help")
