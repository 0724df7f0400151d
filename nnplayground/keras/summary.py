"""The table that `summary` prints, as Keras draws it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

from nnplayground.keras.building import Built
from nnplayground.keras.layers.base import Layer

HEADINGS = ("Layer (type)", "Output Shape", "Param #")
_ASCII = str.maketrans("┏┳┓┡╇┩├┼┤└┴┘━─┃│", "++++++++++++=-||")


def summary_text(name: str, layers: Sequence[Layer], built: Built, line_length: int | None) -> str:
    """The table with its totals."""
    cells = [
        (
            f"{layer.name} ({type(layer).__name__})",
            str((None, *built.output_shape(layer))),
            f"{sum(int(np.prod(s)) for s in built.shapes_of(layer)):,}",
        )
        for layer in layers
    ]
    widths = [max(len(row[i]) for row in (*cells, HEADINGS)) for i in range(3)]
    missing = (line_length or 0) - sum(widths) - 10
    widths = [w + max(0, missing) * share // 4 for w, share in zip(widths, (2, 1, 1), strict=True)]
    lines = [
        f'Model: "{name}"',
        _rule("┏━┳┓", widths),
        _row("┃", HEADINGS, widths),
        _rule("┡━╇┩", widths),
        f"\n{_rule('├─┼┤', widths)}\n".join(_row("│", row, widths) for row in cells),
        _rule("└─┴┘", widths),
    ]
    frozen = sum(int(np.prod(s)) for layer in layers if not layer.trainable for s in built.shapes_of(layer))
    trainable, everything = built.network.trainable - frozen, built.network.size
    counts = {"Total": everything, "Trainable": trainable, "Non-trainable": everything - trainable}
    lines += [f" {what} params: {n:,} ({_bytes(4 * n)})" for what, n in counts.items()]
    return "\n".join(lines)


def show(text: str) -> None:
    """Print, with plainer lines where the standard output cannot have these, such as a file in a code page of Windows."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
    print(text)


def _row(edge: str, cells: Sequence[str], widths: Sequence[int]) -> str:
    left, middle, right = cells
    return f"{edge} {left.ljust(widths[0])} {edge} {middle.ljust(widths[1])} {edge} {right.rjust(widths[2])} {edge}"


def _rule(corners: str, widths: Sequence[int]) -> str:
    return corners[0] + corners[2].join(corners[1] * (w + 2) for w in widths) + corners[3]


def _bytes(count: int) -> str:
    size, unit = float(count), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024 or unit == "GB":
            break
        size /= 1024
    return f"{size:.2f} {unit}"
