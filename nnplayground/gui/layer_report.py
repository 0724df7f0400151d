"""Where the sums of a layer lie on its activation function, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array
from nnplayground.gui.curve import Floats
from nnplayground.text import Text

POINTS = 401
"""Points of a function's curve."""
BINS = 100
FLAT = 0.05
"""A slope smaller than this share of the largest passes on next to nothing."""
REACHES = (5.0, 10.0, 20.0, 50.0, 100.0, 1e3, 1e4, 1e6, 1e9, 1e12)
"""How far the u axis goes to both sides; the textbooks draw from -5 to 5."""
NEARLY_ALL = 0.995
"""Share of the sums that it shows."""

NO_DATA = Text(
    "Press play: then it shows where the sums u of this layer lie.",
    "再生を押すと、この層の入力総和 u がどこに分布しているかが出ます。",
)
LINEAR = Text(
    "The slope is the same everywhere: this layer only adds up, and gradients pass as they are.",
    "傾きはどこでも同じです。この層は足し合わせるだけで、勾配はそのまま通ります。",
)
FLAT_SHARE = Text(
    "{share:.0%} of the sums lie where the curve is flat (saturated).",
    "入力総和の {share:.0%} が、曲線の平らなところ（飽和）にあります。",
)
DEAD = Text(
    "{dead} of {units} units pass on no gradient for any sample looked at (dead).",
    "{units} ユニット中 {dead} 個は、調べたどのデータでも勾配を通していません（死んだユニット）。",
)
NONE_DEAD = Text("No unit is dead.", "死んだユニットはありません。")


@dataclass(frozen=True, eq=False)
class Shape:
    """An activation function over -reach..reach."""

    u: Floats
    f: Floats
    slope: Floats


@lru_cache(maxsize=16)
def shape_of(activation: Activation, reach: float, units: int) -> Shape:
    """The curve of `activation`, the very same for the same question. A softmax is drawn for one unit while the other sums stay at 0."""
    u: Floats = np.linspace(-reach, reach, POINTS)
    if activation.id == "softmax":
        rest = max(units - 1, 1)
        share = 1 / (1 + rest * np.exp(np.clip(-u, -700, 700)))
        return Shape(u, share, share * (1 - share))
    with np.errstate(all="ignore"):
        f, slope = activation.curve(u)
    return Shape(u, f.astype(np.float64), slope.astype(np.float64))


def reach_of(sums: Array | None) -> float:
    """How far the axis has to go to show nearly all sums."""
    if sums is None or not sums.size:
        return REACHES[0]
    known = np.abs(sums[np.isfinite(sums)])
    some = known[:: max(1, len(known) // 5000)]
    return next((r for r in REACHES if np.count_nonzero(some <= r) >= NEARLY_ALL * len(some)), REACHES[-1])


def density(sums: Array, reach: float) -> Floats:
    """How many of the sums lie in each of `BINS` bins over -reach..reach, the fullest bin as 1; (BINS,)."""
    place = (sums.ravel() + reach) * (BINS / (2 * reach))
    with np.errstate(invalid="ignore"):
        inside = place[(place >= 0) & (place < BINS)]
    counts = np.bincount(inside.astype(np.intp), minlength=BINS).astype(np.float64)
    return counts / max(float(counts.max(initial=0)), 1.0)


def words(sums: Array | None, shape: Shape) -> list[Text]:
    """What the sums (units, samples) say: saturation and dead units."""
    steepest = float(np.abs(shape.slope).max())
    if steepest <= 0:
        return [Text("Its slope is 0 everywhere, so nothing can be learnt through it.",
                     "傾きがどこでも 0 なので、この層を通して学習することはできません。")]  # fmt: skip
    if np.ptp(shape.slope) < 1e-9 * steepest:
        return [LINEAR]
    if sums is None or not sums.size:
        return [NO_DATA]
    slopes = np.interp(sums, shape.u, np.abs(shape.slope)) / steepest
    dead = int((slopes.max(axis=1) < 1e-3).sum())
    return [
        FLAT_SHARE.format(share=float((slopes < FLAT).mean())),
        DEAD.format(dead=dead, units=len(sums)) if dead else NONE_DEAD,
    ]
