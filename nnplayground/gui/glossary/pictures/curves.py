"""Curves: functions, losses, what happens to the learning rate, what training and test data say."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.activations import activations
from nnplayground.engine.losses import losses
from nnplayground.engine.schedules import schedules
from nnplayground.gui.glossary.pictures.sheet import Sheet
from nnplayground.gui.layer_report import shape_of

REACH = 4.0


def _maxout(sheet: Sheet) -> None:
    """The largest of a few straight lines, which are learnt."""
    x = np.linspace(-REACH, REACH, 81)
    pieces = np.stack([-0.7 * x - 1.2, 0.15 * x + 0.6, 1.1 * x - 0.9])
    sheet.scale(-REACH, REACH, -2.2, 3.8)
    sheet.axes()
    for piece, color in zip(pieces, sheet.theme.curves[1:], strict=False):
        sheet.line(x, piece, color, 1.2, dashed=True)
    sheet.line(x, pieces.max(axis=0), sheet.theme.accent, 2.4)


def activation(sheet: Sheet, id: str) -> None:
    """f(u), and its slope as a dashed line."""
    if id == "maxout":
        _maxout(sheet)
        return
    shape = shape_of(activations[id](), REACH, units=3)
    known = np.concatenate([shape.f, shape.slope])
    known = known[np.isfinite(known)]
    sheet.scale(-REACH, REACH, max(float(known.min()), -2.0) - 0.2, min(float(known.max()), 4.0) + 0.2)
    sheet.axes()
    inside = np.isfinite(shape.slope)
    sheet.line(shape.u[inside], shape.slope[inside], sheet.theme.curves[1], 1.2, dashed=True)
    sheet.line(shape.u, shape.f, sheet.theme.accent, 2.2)


def loss(sheet: Sheet, id: str) -> None:
    """The loss of one output y where 1 is right, and where 0 is (dashed)."""
    found = losses[id]()
    bounded = "crossentropy" in id
    y = np.linspace(0.02, 0.98, 97) if bounded else np.linspace(-2.0, 3.0, 101)
    other = -1.0 if id == "hinge" else 0.0
    right, wrong = (_losses(found, y, target) for target in (1.0, other))
    sheet.scale(float(y[0]), float(y[-1]), -0.1, min(float(max(right.max(), wrong.max())), 4.0) + 0.2)
    sheet.axes(x=float(y[0]))
    if id != "categorical_crossentropy":  # there, only the output of the right class counts
        sheet.line(y, wrong, sheet.theme.test, 1.3, dashed=True)
    sheet.line(y, right, sheet.theme.accent, 2.2)
    sheet.text((float(y[0]) + 0.93 * float(y[-1] - y[0]), 0.12 * float(right.max())), "y")


def _losses(found: object, y: np.ndarray, target: float) -> np.ndarray:
    each = found.each(y[None].astype(np.float64), np.full((1, len(y)), target))  # type: ignore[attr-defined]
    return np.asarray(each, float)


def schedule(sheet: Sheet, id: str) -> None:
    """The factor of the learning rate over 25 epochs."""
    found, epochs = schedules[id](), np.linspace(0, 25, 251)
    sheet.scale(0, 25, 0, 1.08)
    sheet.axes()
    sheet.line(epochs, [found.factor(float(e)) for e in epochs], sheet.theme.accent, 2.2)
    sheet.text((23.5, 0.12), "t")


def _function(sheet: Sheet) -> None:
    for id, color in zip(("sigmoid", "tanh", "relu"), sheet.theme.curves, strict=False):
        shape = shape_of(activations[id](), REACH, units=3)
        sheet.scale(-REACH, REACH, -1.2, 2.2)
        sheet.line(shape.u, shape.f, color, 2.0)
    sheet.axes()


def _two(sheet: Sheet, train: np.ndarray, test: np.ndarray) -> None:
    """Losses of training and test data."""
    x = np.linspace(0, 1, len(train))
    sheet.scale(0, 1, 0, 1.1)
    sheet.axes()
    sheet.line(x, train, sheet.theme.train, 2.0)
    sheet.line(x, test, sheet.theme.test, 2.0)


X = np.linspace(0, 1, 60)
FALL, RISE = np.exp(-4 * X), np.exp(-5 * X) + 0.12 + 0.5 * X**2


def _overfitting(sheet: Sheet) -> None:
    _two(sheet, FALL, RISE)


def _generalisation(sheet: Sheet) -> None:
    _two(sheet, FALL, np.exp(-4 * X) + 0.1)
    sheet.arrow((0.8, 0.02), (0.8, 0.13), sheet.theme.text, 1.2)


def _early(sheet: Sheet) -> None:
    _two(sheet, FALL, RISE)
    best = float(X[RISE.argmin()])
    sheet.line([best, best], [0, 1.1], sheet.theme.success, 1.4, dashed=True)
    sheet.dots([(best, float(RISE.min()))], sheet.theme.success, 4)


def _regularization(sheet: Sheet) -> None:
    x = np.linspace(-2, 2, 81)
    error, price = (x - 1) ** 2 / 2, 0.5 * x**2
    sheet.scale(-2, 2, 0, 3)
    sheet.axes()
    sheet.line(x, error, sheet.theme.train, 1.4, dashed=True)
    sheet.line(x, price, sheet.theme.test, 1.4, dashed=True)
    sheet.line(x, error + price, sheet.theme.accent, 2.4)


def _decay(sheet: Sheet) -> None:
    sheet.scale(0, 40, -1.1, 1.1)
    sheet.axes()
    for start in (1.0, 0.6, -0.4, -0.9):
        sheet.line(np.arange(41), start * 0.93 ** np.arange(41), sheet.theme.accent, 1.8)


def _accuracy(sheet: Sheet) -> None:
    sheet.scale(0, 1, 0, 1.1)
    sheet.axes()
    sheet.line([0, 1], [1, 1], sheet.theme.outline, 1, dashed=True)
    sheet.line(X, 0.1 + 0.85 * (1 - np.exp(-6 * X)), sheet.theme.test, 2.2)


def _epochs(sheet: Sheet) -> None:
    """Steps of a loss, with a line after each epoch."""
    rng = np.random.default_rng(1)
    x = np.linspace(0, 3, 91)
    sheet.scale(0, 3, 0, 1.1)
    sheet.axes()
    for epoch in (1, 2, 3):
        sheet.line([epoch, epoch], [0, 1.1], sheet.theme.outline, 1, dashed=True)
    sheet.line(x, np.exp(-x) + 0.04 * rng.standard_normal(91), sheet.theme.accent, 1.6)


WORDS = {
    "activation function": _function,
    "overfitting": _overfitting,
    "generalisation": _generalisation,
    "early stopping": _early,
    "regularization": _regularization,
    "weight decay": _decay,
    "accuracy": _accuracy,
    "epoch": _epochs,
    "cross-entropy error": lambda sheet: loss(sheet, "categorical_crossentropy"),
    "loss function": lambda sheet: loss(sheet, "mean_squared_error"),
}
