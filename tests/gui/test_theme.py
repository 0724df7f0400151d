from itertools import combinations

import numpy as np
import pytest

from nnplayground.gui.color import Array, contrast, linear, luminance, oklab
from nnplayground.gui.theme import DARK, LIGHT, Theme

# Machado, Oliveira, Fernandes, "A physiologically-based model for simulation of color vision deficiency"
# (2009), severity 1.0, on linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def closest(colors: tuple[str, ...], vision: Array) -> float:
    """Smallest OKLab distance between two of `colors` as an eye with `vision` sees them."""
    seen = [oklab(linear(color) @ vision.T) for color in colors]
    return min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))


@themes
def test_g11_text_can_be_read_on_every_ground(theme: Theme) -> None:
    for ground in (theme.window, theme.surface, theme.sunken, theme.hover, theme.selected):
        assert contrast(theme.text, ground) >= 7
    for color in (theme.muted, theme.accent, theme.info, theme.success, theme.warning, theme.error):
        for ground in (theme.window, theme.surface):
            assert contrast(color, ground) >= 4.5, (color, ground)
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@themes
def test_g11_lines_and_marks_stand_out_from_the_plot(theme: Theme) -> None:
    marks = (theme.outline, theme.ink, theme.train, theme.test, theme.positive, theme.negative)
    for color in (*marks, *theme.curves, *theme.classes):
        assert contrast(color, theme.surface) >= 3, color
    for color in (theme.positive, theme.negative):
        assert contrast(color, theme.neutral) >= 3


@themes
@pytest.mark.parametrize("vision", VISIONS)
def test_g11_colours_stay_apart_for_colour_blind_eyes(theme: Theme, vision: str) -> None:
    assert closest(theme.classes, VISIONS[vision]) >= 0.09
    assert closest((theme.train, theme.test), VISIONS[vision]) >= 0.15
    assert closest((theme.positive, theme.negative), VISIONS[vision]) >= 0.15


@themes
def test_g12_classes_differ_in_lightness_when_printed_grey(theme: Theme) -> None:
    def lightness(color: str) -> float:  # CIE L*
        return float(116 * np.cbrt(luminance(color)) - 16)

    assert len(theme.classes) == 10
    assert np.diff(sorted(map(lightness, theme.classes))).min() >= 3


@themes
def test_tables_run_from_end_to_end_and_are_symmetric(theme: Theme) -> None:
    def hexes(row: Array) -> str:
        return "#" + "".join(f"{int(c):02x}" for c in row[:3])

    table = theme.diverging_table()
    assert table.shape == (256, 4)
    assert table.dtype == np.uint8
    assert (hexes(table[0]), hexes(table[-1])) == (theme.negative, theme.positive)
    assert contrast(hexes(table[127]), hexes(table[128])) < 1.05
    assert contrast(hexes(table[127]), theme.neutral) < 1.05
    grey = [luminance(hexes(row)) for row in theme.ink_table()]
    assert (np.diff(grey) * (1 if theme.dark else -1) >= 0).all()
    with pytest.raises(ValueError, match="read-only"):
        table[0] = 0


@themes
def test_the_eleventh_class_starts_over(theme: Theme) -> None:
    assert theme.class_color(11) == theme.class_color(1) == theme.classes[1]
    assert theme.curve_color(len(theme.curves)) == theme.curves[0]
