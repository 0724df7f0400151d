"""Points of one look: what is painted, and what is kept."""

import numpy as np
import pyqtgraph as pg
import pytest

from nnplayground.gui.spots import Spots


@pytest.fixture
def spots(qtbot):
    view = pg.PlotWidget()
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.setRange(xRange=(-1, 1), yRange=(-1, 1), padding=0)
    for axis in ("left", "bottom"):
        view.hideAxis(axis)
    found = Spots(20, "s")
    view.addItem(found)
    view.show()
    yield found  # noqa: PT022 (a fixture that returns lets the view go)


def painted(spots):
    """The colour in the middle of a point, and on its edge."""
    picture = spots.getViewWidget().grab().toImage()
    middle = picture.rect().center()
    row = [picture.pixelColor(x, middle.y()).name() for x in range(middle.x() - 20, middle.x() + 1)]
    return row[-1], next(color for color in row if color != row[0])


def test_points_take_a_new_look_and_keep_their_places(spots):
    spots.dress("#ff0000", "#00ff00", 3)
    spots.setData(pos=np.zeros((1, 2)))
    first = painted(spots)
    spots.dress("#0000ff", "#ffff00", 3)
    assert [first[0], painted(spots)[0]] == ["#ff0000", "#0000ff"]
    assert first[1] != painted(spots)[1]
    assert spots.getData()[0].tolist() == [0.0]


def test_one_picture_is_kept_however_often_points_and_colors_change(spots):
    for step in range(50):
        spots.dress("#ff0000" if step % 10 < 5 else "#0000ff", None)
        spots.setData(pos=np.full((3, 2), step / 50))
        spots.getViewWidget().grab()
    assert len(spots.fragmentAtlas) == 1
