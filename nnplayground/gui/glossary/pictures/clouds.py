"""Points on a plane: what there is to tell apart, to predict, and to keep aside."""

from __future__ import annotations

import numpy as np

from nnplayground.gui.glossary.pictures.sheet import Floats, Sheet


def _clouds(n: int = 26) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(4)
    return rng.normal((-0.9, -0.35), 0.38, (n, 2)), rng.normal((0.9, 0.4), 0.38, (n, 2))


def _plane(sheet: Sheet) -> tuple[Floats, Floats]:
    sheet.scale(-2.2, 2.2, -1.35, 1.35)
    both = _clouds()
    for points, color in zip(both, sheet.theme.classes, strict=False):
        sheet.dots(points, color)
    return both


def _classification(sheet: Sheet) -> None:
    _plane(sheet)
    sheet.dots([(0.15, 0.2)], sheet.theme.text, 4, hollow=True)
    sheet.text((0.42, 0.2), "?", sheet.theme.text, 14, bold=True)


def _straight(sheet: Sheet) -> None:
    _plane(sheet)
    sheet.line([-0.55, 0.55], [1.35, -1.35], sheet.theme.text, 1.8)


def _boundary(sheet: Sheet) -> None:
    sheet.scale(-2.2, 2.2, -1.35, 1.35)
    rng = np.random.default_rng(2)
    angle = rng.uniform(0, 2 * np.pi, 30)
    ring = np.stack([np.cos(angle), np.sin(angle)], 1) * rng.normal(1.15, 0.07, (30, 1))
    sheet.dots(ring * (1.5, 1.0), sheet.theme.classes[1])
    sheet.dots(rng.normal(0, 0.25, (20, 2)), sheet.theme.classes[0])
    turn = np.linspace(0, 2 * np.pi, 60)
    sheet.line(1.05 * np.cos(turn), 0.75 * np.sin(turn), sheet.theme.text, 1.8)


def _labels(sheet: Sheet) -> None:
    first, second = _plane(sheet)
    sheet.text((float(first[:, 0].mean()), -1.15), "0", sheet.theme.classes[0], 15, bold=True)
    sheet.text((float(second[:, 0].mean()), 1.15), "1", sheet.theme.classes[1], 15, bold=True)


def _regression(sheet: Sheet) -> None:
    rng = np.random.default_rng(1)
    x = np.linspace(-2, 2, 30)
    sheet.scale(-2.2, 2.2, -1.5, 1.5)
    sheet.dots(zip(x, np.sin(1.6 * x) + rng.normal(0, 0.15, 30), strict=True), sheet.theme.train)
    sheet.line(x, np.sin(1.6 * x), sheet.theme.accent, 2.0)


def _split(sheet: Sheet, chosen: int) -> None:
    """Samples in rows; those that are meant are filled: 0 for training, 1 for testing, 2 for validation."""
    sheet.scale(-0.6, 11.6, -0.6, 5.6)
    colors = (sheet.theme.train, sheet.theme.test, sheet.theme.success)
    for i in range(72):
        part = 0 if i % 12 < 8 else 2 if i % 12 < 10 else 1
        sheet.dots([(i % 12, i // 12)], colors[part], 4.2, hollow=part != chosen)


def _fine_tuning(sheet: Sheet) -> None:
    """A boundary that was learnt before, and how it moves for other data."""
    sheet.scale(-2.2, 2.2, -1.35, 1.35)
    for points, color in zip(_clouds(), sheet.theme.classes, strict=False):
        sheet.dots(points + (0.35, 0.1), color)
    sheet.line([-0.75, 0.15], [1.35, -1.35], sheet.theme.outline, 1.5, dashed=True)
    sheet.line([-0.15, 0.85], [1.35, -1.35], sheet.theme.accent, 2.0)
    sheet.arrow((-0.28, 0.0), (0.28, 0.0), sheet.theme.text, 1.4)


WORDS = {
    "classification": _classification,
    "linearly separable": _straight,
    "decision boundary": _boundary,
    "class label": _labels,
    "regression": _regression,
    "fine-tuning": _fine_tuning,
    "training data": lambda sheet: _split(sheet, 0),
    "test data": lambda sheet: _split(sheet, 1),
    "validation data": lambda sheet: _split(sheet, 2),
}
