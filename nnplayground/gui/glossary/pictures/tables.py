"""Bars, counts and settings."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.initializers import initializers
from nnplayground.gui.glossary.pictures.sheet import Floats, Sheet

SCORES = np.array([1.0, 3.0, 0.2, -1.0, 2.0])
FANS = 96, 64
REACH = 0.6
"""So far to both sides that the rules can be compared."""


def softmax(scores: Floats) -> Floats:
    """exp(u) / sum of exp(u)."""
    powers = np.exp(scores - scores.max())
    found: Floats = powers / powers.sum()
    return found


def histogram(sheet: Sheet, values: Floats, reach: float, color: str) -> None:
    """How often values lie where, between -reach and reach."""
    counts, edges = np.histogram(values, 31, (-reach, reach))
    sheet.scale(-reach, reach, 0, max(int(counts.max()), 1) * 1.08)
    for count, left, right in zip(counts, edges, edges[1:], strict=False):
        sheet.box(float(left), 0, float(right - left) * 0.9, float(count), color)


def initializer(sheet: Sheet, id: str) -> None:
    """The weights that it draws for a layer of 96 inputs and 64 units."""
    drawn = initializers[id]().draw(np.random.default_rng(1), FANS, *FANS)
    values = np.asarray(drawn, float).ravel()
    most = float(np.abs(values).max())
    histogram(sheet, values, most * 1.2 if values.std() > REACH / 2 or most > 2 * REACH else REACH, sheet.theme.accent)
    sheet.axes()


def normalized(sheet: Sheet) -> None:
    """Values before and after: somewhere else, and around 0."""
    x = np.linspace(-4, 4, 121)
    sheet.scale(-4, 4, 0, 0.9)
    sheet.axes()
    sheet.line(x, np.exp(-((x - 2.2) ** 2) / (2 * 0.5**2)) * 0.8, sheet.theme.outline, 1.6, dashed=True)
    sheet.line(x, np.exp(-(x**2) / 2) * 0.6, sheet.theme.accent, 2.2)
    sheet.arrow((1.8, 0.4), (0.7, 0.4), sheet.theme.text, 1.4)


def _logits(sheet: Sheet) -> None:
    sheet.scale(0, 5, -1.3, 3.3)
    sheet.bars(SCORES, sheet.theme.outline, chosen=int(SCORES.argmax()))
    sheet.line([0, 5], [0, 0], sheet.theme.outline, 0.8)
    for i, score in enumerate(SCORES):
        sheet.text((i + 0.5, score + 0.35 if score > 0 else 0.35), f"{score:g}".replace("-", "−"), size=11)


def _softmax(sheet: Sheet) -> None:
    sheet.scale(0, 5, 0, 0.8)
    shares = softmax(SCORES)
    sheet.bars(shares, sheet.theme.outline, chosen=int(shares.argmax()))
    for i, share in enumerate(shares):
        sheet.text((i + 0.5, share + 0.06), f"{share:.2f}", size=11)


def _probability(sheet: Sheet) -> None:
    sheet.scale(0, 1, 0, 1)
    for i, share in enumerate((0.92, 0.06, 0.02)):
        y = 0.72 - 0.3 * i
        sheet.box(0.08, y, 0.7, 0.2, sheet.theme.sunken)
        sheet.box(0.08, y, 0.7 * share, 0.2, sheet.theme.accent if i == 0 else sheet.theme.outline)
        sheet.text((0.89, y + 0.1), f"{share:.2f}", sheet.theme.text, 11)


def _one_hot(sheet: Sheet) -> None:
    sheet.scale(0, 10, -2.4, 3.2)
    sheet.grid([[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]], 0, 0, 1, numbers=True)
    for i in range(10):
        sheet.text((i + 0.5, -0.7), str(i), size=10)


def _confusion(sheet: Sheet) -> None:
    sheet.scale(-3.2, 6.2, 0, 4)
    counts = [[48, 1, 0, 1], [2, 45, 3, 0], [0, 4, 44, 2], [1, 0, 2, 47]]
    sheet.grid(counts, 0, 0, 1, numbers=True)


def _initial(sheet: Sheet) -> None:
    initializer(sheet, "normal")


def _seed(sheet: Sheet) -> None:
    """Two seeds, two walks; the first one twice."""
    sheet.scale(0, 40, -9, 9)
    for seed, color, dashed in (
        (1, sheet.theme.accent, False),
        (2, sheet.theme.test, False),
        (1, sheet.theme.text, True),
    ):
        walk = np.cumsum(np.random.default_rng(seed).normal(size=41))
        sheet.line(np.arange(41), walk, color, 1.2 if dashed else 2.4, dashed)


def _settings(sheet: Sheet) -> None:
    """Sliders that a person moves."""
    sheet.scale(0, 1, 0, 1)
    for y, at, name in ((0.8, 0.35, "η"), (0.5, 0.75, "N"), (0.2, 0.55, "λ")):
        sheet.text((0.06, y), name, sheet.theme.text, 13)
        sheet.line([0.16, 0.95], [y, y], sheet.theme.outline, 3)
        sheet.dots([(0.16 + 0.79 * at, y)], sheet.theme.accent, 7)


def _batches(sheet: Sheet, many: int) -> None:
    """All samples, and those of one step."""
    sheet.scale(-0.6, 11.6, -0.6, 5.6)
    for i in range(72):
        mine = i < many
        color = sheet.theme.accent if mine else sheet.theme.outline
        sheet.dots([(i % 12, 5 - i // 12)], color, 4.2 if mine else 3, hollow=not mine)


WORDS = {
    "logits": _logits,
    "softmax function": _softmax,
    "probability": _probability,
    "one-hot vector": _one_hot,
    "confusion matrix": _confusion,
    "initial weights": _initial,
    "seed": _seed,
    "hyper-parameter": _settings,
    "batch size": lambda sheet: _batches(sheet, 24),
    "mini-batch": lambda sheet: _batches(sheet, 8),
    "batch normalization": normalized,
}
