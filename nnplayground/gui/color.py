"""Colour arithmetic: light, contrast, and even mixing. Colours are "#rrggbb"; arrays have RGB on the last axis."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Björn Ottosson, "A perceptual color space for image processing" (2020).
_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def rgb(color: str) -> Array:
    """`color` as three numbers from 0 to 1."""
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0


def linear(color: str) -> Array:
    """`color` in amounts of light (the sRGB curve undone)."""
    value = rgb(color)
    return np.asarray(np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4))


def luminance(color: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2)."""
    return float(linear(color) @ (0.2126, 0.7152, 0.0722))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklab(light: Array) -> Array:
    """Linear RGB to OKLab, in which equal distances look about equal."""
    return np.asarray(np.cbrt(np.clip(light, 0.0, 1.0) @ _LMS.T) @ _LAB.T)


def _from_oklab(lab: Array) -> NDArray[np.uint8]:
    light = np.clip((lab @ np.linalg.inv(_LAB).T) ** 3 @ np.linalg.inv(_LMS).T, 0.0, 1.0)
    value = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(value * 255), dtype=np.uint8)


@lru_cache(maxsize=64)
def table(*stops: str) -> NDArray[np.uint8]:
    """A read-only lookup table of shape (256, 4), RGBA, running evenly through the colours `stops`."""
    lab = np.stack([oklab(linear(stop)) for stop in stops])
    at = np.linspace(0, len(stops) - 1, 256)
    mixed = np.stack([np.interp(at, np.arange(len(stops)), lab[:, i]) for i in range(3)], axis=-1)
    made = np.full((256, 4), 255, dtype=np.uint8)
    made[:, :3] = _from_oklab(mixed)
    made.flags.writeable = False
    return made
