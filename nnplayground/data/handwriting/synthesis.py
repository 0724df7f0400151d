"""Handwritten digits made up: a way of writing, a hand's style, and a pen, placed as MNIST's digits are."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnplayground.data.handwriting import ink
from nnplayground.data.handwriting.skeleton import PIECES, Skeleton, Vary, registered
from nnplayground.data.handwriting.style import Style
from nnplayground.data.progress import report
from nnplayground.text import Problem, Text

Array = NDArray[np.float32]

_BATCH = 8192
_MOST_INK = np.float32(230.0)
"""Square pixels that the pen covers at most: people write large with a wide pen, so that loops stay open."""
_EXTENT = np.float32(20.0)
_MASS_CENTRE = np.float32(14.5)
"""In pixels from the edge: MNIST has the centre of mass in pixel 14, to the nearest whole pixel."""


class Pen(NamedTuple):
    """A path of the pen for each of n digits; the middle of the digit's box is near (0, 0) and its height near 1."""

    x: Array
    y: Array
    dx: Array
    dy: Array
    cap: Array
    """All (pieces, n): middle of each piece, step along it, share of a round end."""


@functools.cache
def skeletons() -> tuple[Skeleton, ...]:
    """Every known way of writing a digit."""
    package = importlib.import_module("nnplayground.data.handwriting.digits")
    for module in sorted(m.name for m in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"{package.__name__}.{module}")
    return registered()


@functools.cache
def _shares() -> NDArray[np.float64]:
    """(skeletons,) upper ends of each skeleton's share of 0..1; every digit has a tenth."""
    digits = np.array([s.digit for s in skeletons()])
    share = np.array([s.share for s in skeletons()])
    total = np.bincount(digits, share, minlength=10)
    ends: NDArray[np.float64] = np.cumsum(share / total[digits])
    ends /= ends[-1]
    return ends


def generate(
    count: int, seed: int, style: Style | None = None, dtype: DTypeLike = np.float32
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """`count` digits: images (count, 28, 28), white ink on black, and labels (count,).

    Images are float32 in 0..1, or with `dtype=np.uint8` in 0..255. The same arguments give the same bytes.
    """
    if count < 0:
        raise Problem(
            Text("Generated digits: give a count of 0 or more.", "生成した数字: 個数は 0 以上にしてください。")
        )
    style = style or Style()
    rng = np.random.default_rng(seed)
    images = np.empty((count, 28, 28), dtype=dtype)
    labels = np.empty(count, dtype=np.int64)
    for begin in range(0, count, _BATCH):
        report(begin / count)
        part = slice(begin, min(begin + _BATCH, count))
        which = np.searchsorted(_shares(), rng.random(part.stop - begin), side="right")
        labels[part] = np.array([s.digit for s in skeletons()])[which]
        _make(which, rng, style, images[part])
    return images, labels


def examples(ways: NDArray[np.int64], seed: int, style: Style | None = None) -> NDArray[np.uint8]:
    """A digit (28, 28) in bytes for each of `ways` (n,), numbers of `skeletons()`; the same seed, the same chances."""
    images = np.empty((len(ways), 28, 28), np.uint8)
    _make(ways, np.random.default_rng(seed), style or Style(), images)
    return images


def strokes_of(digit: int, rng: np.random.Generator, style: Style | None = None) -> list[NDArray[np.float64]]:
    """One digit as a pen would write it: strokes of points (n, 2) in 0..1, y down."""
    mine = [i for i, s in enumerate(skeletons()) if s.digit == digit]
    if not mine:
        raise Problem(
            Text("Generated digits: give a digit from 0 to 9.", "生成した数字: 0 から 9 の数字を指定してください。")
        )
    share = np.array([skeletons()[i].share for i in mine])
    which = int(rng.choice(mine, p=share / share.sum()))
    pen = _write(np.array([which]), rng, style or Style())
    path = np.stack([pen.x[:, 0], pen.y[:, 0]], axis=1).astype(np.float64)
    half = np.stack([pen.dx[:, 0], pen.dy[:, 0]], axis=1).astype(np.float64) / 2
    stroke = skeletons()[which].curve.stroke
    found = []
    for k in range(int(stroke.max()) + 1):
        middle, step = path[stroke == k], half[stroke == k]
        found.append(np.concatenate([middle[:1] - step[:1], middle, middle[-1:] + step[-1:]]))
    every = np.concatenate(found)
    low, high = every.min(axis=0), every.max(axis=0)
    scale = 0.7 / max(float((high - low).max()), 1e-6)
    return [(s - (low + high) / 2) * scale + 0.5 for s in found]


def _make(which: NDArray[np.int64], rng: np.random.Generator, style: Style, out: NDArray[Any]) -> None:
    """Draw a digit of the skeleton with the index `which` (n,) into each image of `out`."""
    order = np.argsort(which, kind="stable")
    _draw(_write(which[order], rng, style), rng, style, out, order)


def _write(which: NDArray[np.int64], rng: np.random.Generator, style: Style) -> Pen:
    """The pen's path of each digit, from the skeleton with the index `which` (n,), in rising order."""
    n = len(which)
    pen = Pen(*(np.empty((PIECES, n), dtype=np.float32) for _ in Pen._fields))
    ends = np.searchsorted(which, np.arange(len(skeletons()) + 1))
    for skeleton, a, b in zip(skeletons(), ends[:-1], ends[1:], strict=True):
        if a == b:
            continue
        points = skeleton.points(Vary(rng, b - a, style.variety))
        points += np.float32(0.03 * style.jitter) * rng.standard_normal(points.shape, dtype=np.float32)
        points -= np.float32(0.5)
        _shape(points, skeleton, rng, style)
        curve = skeleton.curve
        pen.x[:, a:b], pen.y[:, a:b] = curve.middle @ points[0], curve.middle @ points[1]
        pen.dx[:, a:b], pen.dy[:, a:b] = curve.step @ points[0], curve.step @ points[1]
        pen.cap[:, a:b] = curve.cap
    _warp(pen, rng, style)
    return pen


def _shape(points: Array, skeleton: Skeleton, rng: np.random.Generator, style: Style) -> None:
    """Width, slant and rotation of points (2, points, n) around the middle of the box, in place."""
    n = points.shape[2]
    low, high = skeleton.width
    middle, spread = (low + high) / 2, (high - low) * style.aspect
    width = np.maximum(middle + spread * (rng.random(n, dtype=np.float32) - np.float32(0.5)), np.float32(0.05))
    mean, deviation = skeleton.slant
    slant = mean + deviation * style.slant * rng.standard_normal(n, dtype=np.float32)
    turn = np.float32(0.14 * style.rotation) * rng.standard_normal(n, dtype=np.float32)
    x = points[0] * width - points[1] * slant
    y = points[1].copy()
    cos, sin = np.cos(turn), np.sin(turn)
    points[0], points[1] = x * cos - y * sin, x * sin + y * cos


def _warp(pen: Pen, rng: np.random.Generator, style: Style) -> None:
    """Bend the paths smoothly: each axis is moved by a sine wave along the other one, in place."""
    n = pen.x.shape[1]
    amount = np.float32(0.055 * style.warp) * rng.standard_normal((2, n), dtype=np.float32)
    wave = 2 + 4 * rng.random((2, n), dtype=np.float32)
    phase = np.float32(2 * np.pi) * rng.random((2, n), dtype=np.float32)
    a, b = pen.y * wave[0] + phase[0], pen.x * wave[1] + phase[1]
    along_x, along_y = amount[0] * wave[0] * np.cos(a) * pen.dy, amount[1] * wave[1] * np.cos(b) * pen.dx
    for path, change in zip(pen, (amount[0] * np.sin(a), amount[1] * np.sin(b), along_x, along_y), strict=False):
        path += change


def _draw(
    pen: Pen, rng: np.random.Generator, style: Style, out: NDArray[Any], rows: NDArray[np.intp]
) -> None:  # fmt: skip
    """Draw path i into `out[rows[i]]`, with pens of many widths and pressures, 20 pixels long and centred by mass."""
    n = len(out)
    radius, softness = _pens(n, rng, style)
    half_x, half_y = np.abs(pen.dx) / 2, np.abs(pen.dy) / 2
    wide = (pen.x + half_x).max(axis=0) - (pen.x - half_x).min(axis=0)
    high = (pen.y + half_y).max(axis=0) - (pen.y - half_y).min(axis=0)
    extent = np.maximum(np.maximum(wide, high), np.float32(1e-3))
    length = np.hypot(pen.dx, pen.dy)
    radius = np.minimum(radius, _MOST_INK * extent / (2 * _EXTENT * length.sum(axis=0)))
    scale = (_EXTENT - 2 * radius) / extent
    length *= scale
    weight = length * _pressure(n, rng, style)
    total = np.maximum(weight.sum(axis=0), np.float32(1e-6))
    place = _MASS_CENTRE + np.float32(style.placement) * (rng.random((2, n), dtype=np.float32) - np.float32(0.5))
    x = (pen.x - (weight * pen.x).sum(axis=0) / total) * scale + place[0]
    y = (pen.y - (weight * pen.y).sum(axis=0) / total) * scale + place[1]
    ink.draw(x, y, weight, pen.cap, radius, softness, out, rows)


def _pens(n: int, rng: np.random.Generator, style: Style) -> tuple[Array, Array]:
    """Half the pen's width and the softness of its edge in pixels, each (n,)."""
    spread = rng.standard_normal(n, dtype=np.float32)
    radius = np.float32(1.2 * style.pen) * np.exp(np.float32(0.36 * style.pen_variety) * spread)
    softness = 1 + np.float32(0.8 * style.softness) * rng.random(n, dtype=np.float32)
    return np.clip(radius, np.float32(0.6), np.float32(4.0)), softness


def _pressure(n: int, rng: np.random.Generator, style: Style) -> Array:
    """Pressure along the path, (pieces, n): a slow wave around 1."""
    along = np.linspace(0, 1, PIECES, dtype=np.float32)[:, None]
    wave = np.float32(2 * np.pi) * (along * (rng.random(n, dtype=np.float32) * 2) + rng.random(n, dtype=np.float32))
    depth = np.float32(0.6 * style.pressure) * rng.random(n, dtype=np.float32)
    pressure: Array = np.exp(depth * np.sin(wave))
    return pressure
