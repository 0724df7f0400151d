"""`nnplayground list`: what there is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping

from nnplayground.cli.words import Parser, say, write
from nnplayground.registry import Entry
from nnplayground.text import Problem, Text

Labels = dict[str, Text]


def _experiments() -> Labels:
    from nnplayground.storage import ready_made

    return {experiment.name: experiment.title for experiment in ready_made.load_all()}


def _labels(registry: Mapping[str, type[Entry]]) -> Labels:
    return {id: entry.label for id, entry in registry.items()}


def _datasets() -> Labels:
    from nnplayground.data.datasets import datasets

    return _labels(datasets)


def _layers() -> Labels:
    from nnplayground.engine.layers import layers

    return _labels(layers)


def _activations() -> Labels:
    from nnplayground.engine.activations import activations

    return _labels(activations)


def _optimizers() -> Labels:
    from nnplayground.engine.optimizers import optimizers

    return _labels(optimizers)


def _losses() -> Labels:
    from nnplayground.engine.losses import losses

    return _labels(losses)


def _initializers() -> Labels:
    from nnplayground.engine.initializers import initializers

    return _labels(initializers)


def _panes() -> Labels:
    from nnplayground.gui import display

    display.require(offscreen=True)  # panes need Qt, and its libraries may be missing
    from nnplayground.gui.panes import panes

    return _labels(panes)


KINDS: dict[str, tuple[Text, Callable[[], Labels]]] = {
    "experiments": (Text("Experiments", "実験"), _experiments),
    "datasets": (Text("Datasets", "データセット"), _datasets),
    "layers": (Text("Layers", "層"), _layers),
    "activations": (Text("Activations", "活性化関数"), _activations),
    "optimizers": (Text("Optimizers", "最適化手法"), _optimizers),
    "losses": (Text("Losses", "損失関数"), _losses),
    "initializers": (Text("Initializers", "重みの初期値"), _initializers),
    "panes": (Text("Panes", "パネル"), _panes),
}


def run(arguments: list[str]) -> int:
    """Print one list, or all of them."""
    parser = Parser(arguments, "list", Text("Show what there is.", "使えるものを表示します。"))
    parser.add_argument(
        "what", nargs="?", choices=KINDS, metavar="|".join(KINDS), help=parser.words("which list", "どの一覧か")
    )
    parser.add_argument("--json", action="store_true", help=parser.words("print JSON", "JSON で出す"))
    options = parser.parse_args(arguments)
    wanted = [options.what] if options.what else list(KINDS)
    found = {}
    for kind in wanted:
        try:
            found[kind] = KINDS[kind][1]()
        except Problem as problem:
            if options.what:
                raise
            say(problem.text.in_(parser.lang))
    write(sys.stdout, _json(found, options.what) if options.json else _table(found, parser.lang))
    return 0


def _json(found: dict[str, Labels], only: str | None) -> str:
    entries = {
        kind: [{"id": id, "label_en": label.en, "label_ja": label.ja} for id, label in labels.items()]
        for kind, labels in found.items()
    }
    return json.dumps(entries[only] if only else entries, ensure_ascii=False) + "\n"


def _table(found: dict[str, Labels], language: str) -> str:
    lines = []
    for kind, labels in found.items():
        if len(found) > 1:
            lines.append(f"{KINDS[kind][0].in_(language)}:")
        width = max(map(len, labels), default=0)
        lines += [f"  {id.ljust(width)}  {label.in_(language)}" for id, label in labels.items()]
    return "".join(line + "\n" for line in lines)
