"""Ways down a valley of the loss, computed with the optimizers of the engine."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.optimizers import optimizers
from nnplayground.gui.glossary.pictures.sheet import Floats, Sheet

STEEP = np.array([0.25, 4.0])
"""Curvature of the valley along its two axes: E = sum of it times w^2 / 2."""
START = np.array([-3.4, 0.9])
RATES = {"adagrad": 0.7, "rmsprop": 0.15, "adadelta": 30.0, "adam": 0.25, "adamw": 0.25, "nadam": 0.2, "sgd": 0.42}
"""Learning rates at which each gets about as far; others take 0.1."""


def way(id: str, rate: float, steps: int = 40) -> Floats:
    """The parameters (steps + 1, 2) as optimizer `id` moves them."""
    found, p, work = optimizers[id](), START.copy(), np.empty(2)
    state = [np.zeros(2) for _ in range(found.slots)]
    path = [p.copy()]
    for step in range(1, steps + 1):
        found.update(p, STEEP * p, state, work, rate, step)
        path.append(p.copy())
    found_way: Floats = np.clip(np.array(path), -6, 6)
    return found_way


def optimizer(sheet: Sheet, id: str) -> None:
    """Its way down a narrow valley, over lines of equal loss."""
    _valley(sheet)
    path = way(id, RATES.get(id, 0.1))
    sheet.line(path[:, 0], path[:, 1], sheet.theme.accent, 1.6)
    sheet.dots(path[:: max(len(path) // 14, 1)], sheet.theme.accent, 2.2)


def _valley(sheet: Sheet) -> None:
    sheet.scale(-4, 4, -1.6, 1.6)
    angle = np.linspace(0, 2 * np.pi, 60)
    for level in (0.1, 0.5, 1.2, 2.2):
        x, y = np.sqrt(2 * level / STEEP)
        sheet.line(x * np.cos(angle), y * np.sin(angle), sheet.theme.border, 1.2)
    sheet.dots([(0, 0)], sheet.theme.success, 3.5)


def _bowl(sheet: Sheet, low: float = -0.15) -> None:
    x = np.linspace(-2, 2, 61)
    sheet.scale(-2.1, 2.1, low, 2.1)
    sheet.line(x, x**2 / 2, sheet.theme.outline, 1.6)


def _jumps(sheet: Sheet, start: float, rate: float, color: str, steps: int) -> None:
    w = [start]
    for _ in range(steps):
        w.append(w[-1] - rate * w[-1])
    xs = np.clip(np.array(w), -2, 2)
    sheet.line(xs, xs**2 / 2, color, 1.3)
    sheet.dots(zip(xs, xs**2 / 2, strict=True), color, 2.8)


def _rates(sheet: Sheet) -> None:
    """Too small on the right, too large across."""
    _bowl(sheet)
    _jumps(sheet, 1.9, 0.08, sheet.theme.success, 6)
    _jumps(sheet, -1.0, 2.15, sheet.theme.error, 5)


def _descent(sheet: Sheet) -> None:
    _bowl(sheet)
    _jumps(sheet, -1.8, 0.3, sheet.theme.accent, 9)


def _step(sheet: Sheet) -> None:
    _bowl(sheet)
    sheet.dots([(-1.7, 1.445)], sheet.theme.accent, 4)
    sheet.arrow((-1.7, 1.445), (-0.8, 0.32), sheet.theme.accent, 2)


def _gradient(sheet: Sheet) -> None:
    _valley(sheet)
    for x, y in ((-2.6, 0.6), (2.2, 0.7), (1.6, -0.7), (-1.8, -0.8)):
        slope = STEEP * np.array([x, y])
        slope *= 0.75 / np.hypot(*slope)
        sheet.arrow((x, y), (x + float(slope[0]), y + float(slope[1])), sheet.theme.test)


def _secant(sheet: Sheet) -> None:
    _bowl(sheet)
    a, b = 0.5, 1.7
    sheet.line([a - 0.6, b + 0.25], [a * a / 2 - 0.6 * 1.1, b * b / 2 + 0.25 * 1.1], sheet.theme.test, 1.6)
    sheet.dots([(a, a * a / 2), (b, b * b / 2)], sheet.theme.accent, 4)
    sheet.text((a, 0.55), "w − h")
    sheet.text((b - 0.55, 1.65), "w + h")


WORDS = {
    "learning rate": _rates,
    "gradient descent": _descent,
    "step": _step,
    "gradient": _gradient,
    "numerical differentiation": _secant,
    "momentum": lambda sheet: optimizer(sheet, "momentum"),
}
