import numpy as np
import pytest
from PySide6.QtCore import QPointF

from nnplayground.gui.plot import Plot
from nnplayground.gui.plot_items import Band
from nnplayground.text import Text
from tests.gui.pixels import pixels


@pytest.fixture
def plot(ui, qtbot):
    made = Plot(ui, Text.same("plot"), Text.same("x"), Text.same("y"))
    qtbot.addWidget(made)
    made.resize(500, 350)
    made.follow.fix((0.0, 10.0), (0.0, 1.0))
    made.fit()
    with qtbot.waitExposed(made):
        made.show()
    return made


def is_filled(plot, before, x, y):
    """Whether the pixel at (x, y) of the view is not what it was `before`."""
    there = plot.view.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))
    return bool((pixels(plot.view)[there.y(), there.x()] != before[there.y(), there.x()]).any())


def test_a_band_lies_between_its_lines_and_nowhere_else(plot):
    before = pixels(plot.view)
    band = Band(plot, "train", 0.3)
    assert (pixels(plot.view) == before).all()
    x = np.array([2.1, 5.1, 8.1])
    band.set(x, np.array([0.21, 0.41, 0.21]), np.array([0.61, 0.81, 0.61]))
    inside = [(2.5, 0.51), (5.1, 0.51), (5.1, 0.75), (5.1, 0.45), (7.7, 0.31)]
    outside = [(1.7, 0.51), (8.6, 0.51), (5.1, 0.87), (5.1, 0.35), (2.5, 0.71), (7.7, 0.15)]
    assert all(is_filled(plot, before, *place) for place in inside)
    assert not any(is_filled(plot, before, *place) for place in outside)
    band.clear()
    assert (pixels(plot.view) == before).all()


def test_a_band_goes_with_the_view_and_the_theme(plot, ui):
    band = Band(plot, "train", 0.3)
    before = pixels(plot.view)
    band.set(np.array([0.0, 10.0]), np.full(2, 0.4), np.full(2, 0.6))
    light = pixels(plot.view)
    assert is_filled(plot, before, 5.1, 0.51) and not is_filled(plot, before, 5.1, 0.31)
    plot.box.setYRange(0.25, 0.35, padding=0)
    band.set(np.array([0.0, 10.0]), np.full(2, 0.29), np.full(2, 0.31))
    zoomed = pixels(plot.view)
    middle = plot.view.mapFromScene(plot.box.mapViewToScene(QPointF(5.1, 0.301)))
    assert (zoomed[middle.y(), middle.x()] == light[light.shape[0] // 2, middle.x()]).all()
    ui.set_theme_choice("dark")
    assert (pixels(plot.view)[middle.y(), middle.x()] != zoomed[middle.y(), middle.x()]).any()


def test_a_band_of_no_height_is_still_to_be_seen(plot):
    before = pixels(plot.view)
    Band(plot, "train", 0.3).set(np.array([0.0, 10.0]), np.full(2, 0.5), np.full(2, 0.5))
    changed = (pixels(plot.view) != before).any(axis=-1)
    assert changed.any(axis=1).sum() == 1
