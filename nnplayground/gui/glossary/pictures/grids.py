"""Images: what a kernel looks for, what is found, what is left, what is changed."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nnplayground.data.augmentations import augmentations
from nnplayground.data.strokes import digit_image
from nnplayground.gui.glossary.pictures.sheet import Floats, Sheet

EDGES = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
"""Sobel's kernel: finds upright edges."""


@cache
def seven() -> Floats:
    """A seven as the network gets it, (28, 28)."""
    image: Floats = np.asarray(digit_image([np.array([[0.25, 0.2], [0.75, 0.2], [0.45, 0.85]])]), float)
    return image


def found_by(image: Floats, kernel: Floats) -> Floats:
    """The feature map of one kernel."""
    windows = sliding_window_view(image, kernel.shape)
    found: Floats = np.einsum("hwij,ij->hw", windows, kernel)
    return found


def small(image: Floats, by: int = 2) -> Floats:
    """Means of squares of `by` pixels."""
    high, wide = (side // by for side in image.shape)
    found: Floats = image[: high * by, : wide * by].reshape(high, by, wide, by).mean((1, 3))
    return found


def _beside(sheet: Sheet, left: Floats, right: Floats) -> None:
    """Two images with an arrow between them."""
    sheet.scale(0, 2, 0, 1.16)
    for x, image in ((0.02, left), (1.12, right)):
        sheet.grid(image, x, 0.15, 0.86 / max(image.shape))
    sheet.arrow((0.92, 0.58), (1.07, 0.58), sheet.theme.text)


def convolution(sheet: Sheet) -> None:
    """A kernel over an image, and what it finds."""
    image = small(seven())
    _beside(sheet, image, found_by(image, EDGES))
    side = 0.86 / len(image)
    sheet.box(0.02 + 6 * side, 0.15 + 6 * side, 3 * side, 3 * side, "", sheet.theme.text, 2)


def kernel(sheet: Sheet) -> None:
    """Its numbers."""
    sheet.scale(-1.6, 4.6, 0, 3)
    sheet.grid(EDGES, 0, 0, 1, numbers=True)


def _feature_map(sheet: Sheet) -> None:
    found = found_by(seven(), EDGES)
    sheet.scale(-0.38, 1.38, 0, 1)
    sheet.grid(found, 0, 0, 1 / len(found))


def pooling(sheet: Sheet, largest: bool = True) -> None:
    """Four numbers become one."""
    values = np.array([[1, 5, 2, 0], [3, 2, 1, 4], [0, 1, 6, 2], [2, 0, 3, 7]], float)
    blocks = values.reshape(2, 2, 2, 2)
    left = blocks.max((1, 3)) if largest else blocks.mean((1, 3))
    sheet.scale(-0.4, 8, 0, 4)
    sheet.grid(values, 0, 0, 1, numbers=True)
    for x, y in np.ndindex(2, 2):
        sheet.box(2 * x, 2 * y, 2, 2, "", sheet.theme.text, 1.8)
    sheet.arrow((4.25, 2), (5.15, 2), sheet.theme.text)
    sheet.grid(left, 5.5, 1, 1, numbers=True)


def flatten(sheet: Sheet, back: bool = False) -> None:
    """A square of numbers and the same ones in a row."""
    values = np.arange(1.0, 10).reshape(3, 3)
    sheet.scale(-0.3, 9.3, -0.2, 5.4)
    sheet.grid(values, 3, 2.2, 1, numbers=True)
    sheet.grid(values.reshape(1, 9), 0, 0, 1, numbers=True)
    ends = (4.5, 2.1), (4.5, 1.1)
    sheet.arrow(*(ends[::-1] if back else ends), sheet.theme.text)


def augmented(sheet: Sheet, id: str) -> None:
    """A digit, and the same one as it is seen next time."""
    image = seven()
    rows = np.ascontiguousarray(image.reshape(1, -1), np.float32)
    options = (
        {"rotate": 20.0, "shift": 3.0, "elastic": 2.0} if id == "images" else {"amount": 0.2} if id == "noise" else {}
    )
    augmentations[id](**options).apply(rows, (1, 28, 28), np.random.default_rng(3))
    _beside(sheet, image, np.clip(rows.reshape(28, 28).astype(float), 0, 1))


def _saliency(sheet: Sheet) -> None:
    """A sketch of one: ink counts for the answer on one side of a stroke, and against it on the other."""
    image = seven()
    down, across = np.gradient(image)
    sheet.scale(-0.38, 1.38, 0, 1)
    sheet.grid(down + across, 0, 0, 1 / len(image))


WORDS = {
    "kernel (filter)": kernel,
    "feature map": _feature_map,
    "pooling": pooling,
    "data augmentation": lambda sheet: augmented(sheet, "images"),
    "saliency map": _saliency,
}
