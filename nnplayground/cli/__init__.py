"""The command line: the only place that wires the parts. Each command is a module, imported when it is asked for."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

from nnplayground.cli.words import language, say
from nnplayground.text import Problem, Text

COMMANDS = {
    "train": "train",
    "predict": "predict",
    "list": "listing",
    "download": "download",
    "bundle": "bundle",
    "export": "export",
}
"""First word of the command line, and the module that carries it out; anything else opens the window."""
BAD_INPUT = 2
FAULT = 1
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except Problem as problem:
        say(problem.text.in_(language(arguments)))
        return BAD_INPUT
    except KeyboardInterrupt:
        say(_STOPPED.in_(language(arguments)))
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing may complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        say(_NO_MEMORY.in_(language(arguments)))
        return BAD_INPUT
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        say(_FAULT.format(kind=type(error).__name__, error=" ".join(str(error).split())[:200]).in_(language(arguments)))
        return FAULT


def _run(arguments: list[str]) -> int:
    first = arguments[0] if arguments else ""
    name = COMMANDS.get(first, "window")
    module = importlib.import_module(f"nnplayground.cli.{name}")
    code: int = module.run(arguments[1:] if first in COMMANDS else arguments)
    return code


_STOPPED = Text("Stopped.", "中断しました。")
_NO_MEMORY = Text(
    "There is not enough memory for this; use a smaller network or batch.",
    "メモリが足りません。ネットワークかバッチを小さくしてください。",
)
_FAULT = Text(
    "This is a fault in nnplayground ({kind}: {error}); python -X dev -m nnplayground ... shows where.",
    "nnplayground の不具合です（{kind}: {error}）。python -X dev -m nnplayground ... とすると詳しく表示されます。",
)
