"""Optimizers: the paths of the textbook's valley, and one step of each by its formula."""

import math

import numpy as np
import pytest

from nnplayground.engine.optimizers import Optimizer, optimizers
from nnplayground.engine.optimizers.adadelta import AdaDelta
from nnplayground.engine.optimizers.adagrad import AdaGrad
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.optimizers.adamw import AdamW
from nnplayground.engine.optimizers.momentum import Momentum
from nnplayground.engine.optimizers.nadam import Nadam
from nnplayground.engine.optimizers.nesterov import Nesterov
from nnplayground.engine.optimizers.rmsprop import RMSprop
from nnplayground.engine.optimizers.sgd import SGD

VALLEY = np.array([1 / 10, 2.0])
"""The gradient of x^2 / 20 + y^2 is this times (x, y)."""


def path(optimizer: Optimizer, rate: float, steps: int, start=(-7.0, 2.0), slope=VALLEY) -> np.ndarray:
    """The points visited, (steps + 1, 2)."""
    p = np.array(start)
    state, work = [np.zeros_like(p) for _ in range(optimizer.slots)], np.empty_like(p)
    points = [p.copy()]
    for step in range(1, steps + 1):
        optimizer.update(p, slope * p, state, work, rate, step)
        points.append(p.copy())
    return np.array(points)


@pytest.mark.parametrize(
    ("optimizer", "rate", "end"),
    [
        (SGD(), 0.95, (-0.3504, 0.0848)),
        (Momentum(), 0.1, (0.8964, 0.0881)),
        (AdaGrad(start=0), 1.5, (-0.1202, 0.0)),
        (Adam(), 0.3, (0.1360, 0.3182)),
    ],
)
def test_the_textbook_valley_after_thirty_steps(optimizer, rate, end):
    np.testing.assert_allclose(path(optimizer, rate, 30)[-1], end, rtol=0, atol=6e-5)


def test_a_rate_at_the_limit_bounces_and_one_above_it_grows():
    np.testing.assert_allclose(np.abs(path(SGD(), 1.0, 30)[:, 1]), 2.0)
    assert abs(path(SGD(), 1.01, 30)[-1, 1]) == pytest.approx(3.62, abs=5e-3)


def test_rates_too_large_and_too_small_on_the_round_bowl():
    bowl = np.array([2.0, 2.0])
    assert np.abs(path(SGD(), 0.1, 100, (-3.0, 4.0), bowl)[-1]).max() < 1e-9
    assert np.abs(path(SGD(), 10, 100, (-3.0, 4.0), bowl)[-1]).max() > 1e127
    np.testing.assert_allclose(path(SGD(), 1e-10, 100, (-3.0, 4.0), bowl)[-1], (-3, 4), rtol=1e-7)


def by_hand(name: str, g: list[float], rate: float, p: float) -> float:
    """A scalar written down from Keras's documentation, one gradient after another."""
    v = h = m = s = 0.0
    product = 1.0
    for t, slope in enumerate(g, 1):
        match name:
            case "nesterov":
                v = 0.9 * v - rate * slope
                p += 0.9 * v - rate * slope
            case "adagrad":
                h = (0.1 if t == 1 else h) + slope**2
                p -= rate * slope / math.sqrt(h + 1e-7)
            case "rmsprop":
                h = 0.9 * h + 0.1 * slope**2
                p -= rate * slope / math.sqrt(h + 1e-7)
            case "adadelta":
                h = 0.95 * h + 0.05 * slope**2
                change = -math.sqrt(s + 1e-7) / math.sqrt(h + 1e-7) * slope
                s = 0.95 * s + 0.05 * change**2
                p += rate * change
            case "adamw" | "adam":
                p -= rate * 0.004 * p if name == "adamw" else 0
                m, v = 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope**2
                p -= rate * math.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (math.sqrt(v) + 1e-7)
            case "nadam":
                now, ahead = (0.9 * (1 - 0.5 * 0.96**k) for k in (t, t + 1))
                product *= now
                m, v = 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope**2
                hat = ahead * m / (1 - product * ahead) + (1 - now) * slope / (1 - product)
                p -= rate * hat / (math.sqrt(v / (1 - 0.999**t)) + 1e-7)
    return p


@pytest.mark.parametrize(
    "optimizer", [Nesterov(), AdaGrad(), RMSprop(), AdaDelta(), Adam(), AdamW(), Nadam()], ids=lambda o: o.id
)
def test_several_steps_follow_the_documented_formula(optimizer):
    gradients = [0.5, -0.2, 0.9, 0.0, -1.5]
    p = np.array([0.7])
    state, work = [np.zeros(1) for _ in range(optimizer.slots)], np.empty(1)
    for step, slope in enumerate(gradients, 1):
        optimizer.update(p, np.array([slope]), state, work, 0.05, step)
    assert p[0] == pytest.approx(by_hand(optimizer.id, gradients, 0.05, 0.7), rel=1e-12)


def test_every_optimizer_gets_down_a_bowl_and_stays_finite_on_a_plain():
    for kind in optimizers.values():
        rate = 30.0 if kind is AdaDelta else 0.2
        points = path(kind(), rate, 200, (-3.0, 4.0), np.array([1.0, 1.0]))
        assert np.hypot(*points[-1]) < 1.5, kind.id
        assert np.isfinite(path(kind(), 0.1, 50, (1.0, 1.0), np.zeros(2))).all(), kind.id
