"""The colours of the window as one frozen value, light or dark. Whoever paints is given it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.gui.color import table


@dataclass(frozen=True)
class Theme:
    """Colours as "#rrggbb". Text reaches a contrast of 4.5:1 on its ground, lines and marks 3:1."""

    name: str
    dark: bool

    window: str
    """Ground of the window, between the panels."""
    surface: str
    """Ground of panels, plots, lists and fields."""
    sunken: str
    """Ground of tracks, headers and things at rest."""
    hover: str
    """Ground of a button or row under the pointer."""
    selected: str
    """Ground of the chosen row or of a pressed button; carries `text`."""
    border: str
    """Quiet line between grounds (decoration only)."""
    outline: str
    """Edge of a control, axis lines."""

    text: str
    muted: str
    """Text of second rank."""
    disabled: str
    accent: str
    """Focus, links, the main action, progress."""
    on_accent: str
    """Text on `accent`."""

    info: str
    success: str
    warning: str
    error: str

    grid: str
    """Grid lines of a plot."""
    ink: str
    """Pen strokes on the canvas; the paper is `surface`."""
    train: str
    test: str
    curves: tuple[str, ...]
    """Further curves of one plot, in order."""
    classes: tuple[str, ...]
    """Ten colours that stay apart under the three kinds of colour blindness and differ in lightness.

    The first two are of the hues of `negative` and `positive`: one output unit that is negative means the first class.
    """
    positive: str
    negative: str
    neutral: str
    """Zero between `negative` and `positive`."""

    def class_color(self, index: int) -> str:
        """Colour of class `index`; more than ten classes use the colours again."""
        return self.classes[index % len(self.classes)]

    def curve_color(self, index: int) -> str:
        """Colour of curve `index` of a plot with many curves."""
        return self.curves[index % len(self.curves)]

    def diverging_table(self) -> NDArray[np.uint8]:
        """Table (256, 4) from negative over neutral to positive; zero lies between entries 127 and 128."""
        return table(self.negative, self.neutral, self.positive)

    def ink_table(self) -> NDArray[np.uint8]:
        """Table (256, 4) from paper to ink, for grey images."""
        return table(self.surface, self.ink)


LIGHT = Theme(
    name="light", dark=False,
    window="#f3f4f7", surface="#ffffff", sunken="#eaecf1", hover="#e3e7ef", selected="#d5e2fb",
    border="#d9dde5", outline="#858d9c",
    text="#1a1e27", muted="#565e6e", disabled="#9aa1ae", accent="#2458c6", on_accent="#ffffff",
    info="#2458c6", success="#17733a", warning="#8a5700", error="#b3261e",
    grid="#e4e7ed", ink="#14171f", train="#1f62c4", test="#c2570c",
    curves=("#1f62c4", "#c2570c", "#0f7f63", "#a8377f", "#6d5bd0", "#7a6a00"),
    classes=(
        "#c85a00", "#1f6fc4", "#7a1b4e", "#789071", "#6b8df9",
        "#af161f", "#34278b", "#805586", "#4e2700", "#1229dd",
    ),
    positive="#0f63b5", negative="#c75a06", neutral="#f1f2f4",
)  # fmt: skip

DARK = Theme(
    name="dark", dark=True,
    window="#15171c", surface="#1d2027", sunken="#282c35", hover="#2f343f", selected="#28406e",
    border="#323742", outline="#7b8393",
    text="#e9ebf0", muted="#abb2c0", disabled="#6b7280", accent="#82aaff", on_accent="#0c1a33",
    info="#82aaff", success="#63c787", warning="#f0b44c", error="#ff8a80",
    grid="#2c313b", ink="#f4f5f8", train="#6ea8ff", test="#ff9d57",
    curves=("#6ea8ff", "#ff9d57", "#45c9a5", "#f08ac6", "#a99bff", "#d9c74a"),
    classes=(
        "#f08a3c", "#4d9bf0", "#b23f9d", "#c1d758", "#62fef3",
        "#f03339", "#7c62de", "#ae8099", "#fefba7", "#eda8c5",
    ),
    positive="#4d9bf0", negative="#f08a3c", neutral="#262a32",
)  # fmt: skip
