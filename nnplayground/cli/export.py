"""`nnplayground export`: an experiment for other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from nnplayground.cli.words import Parser, say, write
from nnplayground.exports import Material, exports, for_name
from nnplayground.storage import atomic, project, ready_made, weights
from nnplayground.text import Text
from nnplayground.training.history import History


def run(arguments: list[str]) -> int:
    """Write an experiment with the parameters it has come to as the kind of file that FILE's ending asks for."""
    parser = Parser(
        arguments,
        "export",
        Text("Write an experiment for other programs.", "実験をほかのプログラム用に書き出します。"),
        _endings(),
    )
    words = parser.words
    parser.add_argument(
        "experiment",
        metavar="EXPERIMENT",
        help=words("name of a ready-made experiment, or a file", "用意された実験の名前か、ファイル"),
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help=words("what to write; its ending says what it is", "書き出すファイル。末尾で形式が決まります"),
    )
    options = parser.parse_args(arguments)
    kind, path = for_name(options.file), Path(options.file)
    atomic.check(path)
    found = project.find(options.experiment)
    experiment = found.experiment
    parameters = found.parameters if found.parameters is not None else weights.bundled(experiment)
    if parameters is None:
        parameters = experiment.network().initial_parameters(np.random.default_rng(experiment.seed))
    curves = History().curves() if found.run is None else found.run.history.curves()
    file = "" if options.experiment in ready_made.names() else str(Path(options.experiment).absolute())
    told = atomic.write_bytes(path, kind().write(Material(experiment, parameters, curves, parser.lang, file)))
    if told is not None:
        say(told.in_(parser.lang))
    write(sys.stdout, _WRITTEN.format(kind=kind.label, name=path.name).in_(parser.lang))
    return 0


def _endings() -> Text:
    """What each ending gives."""

    def lines(language: str) -> str:
        return "".join(f"  {kind.ending + kind.suffix:16} {kind.label.in_(language)}\n" for kind in exports.values())

    return Text("Endings of FILE:\n" + lines("en"), "FILE の末尾:\n" + lines("ja"))


_WRITTEN = Text("{kind}: {name}\n", "{kind}: {name}\n")
