import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnplayground.gui.bars import ProbabilityBars
from nnplayground.text import Text
from tests.gui.pixels import like, pixels

SURE = np.array([0.01, 0.02, 0.6, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.04])


@pytest.fixture
def bars(ui, qtbot):
    made = ProbabilityBars(ui)
    qtbot.addWidget(made)
    made.resize(320, 380)
    with qtbot.waitExposed(made):
        made.show()
    return made


def lengths(bars, color):
    """How many pixels of `color` lie in the middle of each of ten rows."""
    box = bars.plot.box
    found = like(bars.plot.view, color, 12)
    top_left = bars.plot.view.mapFromScene(box.mapToScene(box.rect().topLeft()))
    height = box.height() / 10
    return [int(found[int(top_left.y() + (row + 0.5) * height), top_left.x() + 3 :].sum()) for row in range(10)]


def test_there_is_no_answer_before_there_is_one(bars):
    assert bars.property("values") == []
    assert bars.property("prediction") == -1
    bars.set_values(SURE)
    bars.set_values(None)
    assert bars.property("values") == []
    assert bars.property("prediction") == -1


def test_values_are_there_at_once_and_painted_in_proportion(bars, ui):
    told = []
    bars.changed.connect(lambda: told.append(bars.property("prediction")))
    bars.set_values(SURE)
    assert bars.property("values") == SURE.tolist()
    assert bars.property("prediction") == 2
    assert told == [2]
    full = bars.plot.box.width() - 58
    accent = lengths(bars, ui.theme.accent)
    assert accent[2] == pytest.approx(0.6 * full, abs=3)
    assert sum(accent) - accent[2] == 0
    others = lengths(bars, ui.theme.outline)
    assert others[8] == pytest.approx(0.08 * full, abs=4)


@pytest.mark.parametrize("before", [None, np.full(10, 0.1)], ids=["alone", "with those from before"])
def test_what_is_told_to_be_painted_anew_holds_all_that_changed(bars, before):
    view, told = bars.plot.view, []
    bars.set_values(SURE, before)
    shown = pixels(view)
    view.scene().changed.connect(told.extend)
    for values in (np.roll(SURE, 1), np.eye(10)[9], np.eye(10)[9] * 0.9 + SURE * 0.1, SURE[::-1], None, SURE):
        told.clear()
        bars.set_values(values, before)
        QApplication.processEvents()
        inside = np.zeros(shown.shape[:2], dtype=bool)
        for rect in told:
            place = view.mapFromScene(rect).boundingRect()
            inside[max(place.top(), 0) : place.bottom() + 1, max(place.left(), 0) : place.right() + 1] = True
        then, shown = shown, pixels(view)
        assert (shown != then).any()
        assert (shown == then).all(axis=-1)[~inside].all()


def test_one_row_is_painted_alone(bars):
    view = bars.plot.view
    bars.set_values(SURE)
    whole = pixels(view)
    height = bars.plot.box.height() / 10
    top = view.mapFromScene(bars.plot.box.mapToScene(QPointF(0, 2 * height))).y()
    row = QRect(0, top + 1, view.width(), int(height) - 2)
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    image.fill(0)
    view.viewport().render(image, row.topLeft(), QRegion(row))
    assert (pixels(image)[row.top() : row.bottom()] == whole[row.top() : row.bottom()]).all()


def test_certainty_ends_where_the_axis_says_one(bars, ui):
    bars.set_values(np.eye(10)[4])
    box = bars.plot.box
    one = box.mapFromView(QPointF(1.0, 0.0)).x()
    assert lengths(bars, ui.theme.accent)[4] == pytest.approx(one, abs=4)


@pytest.mark.parametrize("wrong", [[0.5, 0.5], np.full(10, np.nan), np.zeros((2, 5)), [math.inf] * 10, "abc"], ids=str)
def test_values_that_are_no_answer_show_nothing(bars, wrong):
    bars.set_values(SURE)
    bars.set_values(wrong)
    assert bars.property("prediction") == -1
    pixels(bars)


def test_the_answer_in_large_follows(bars):
    bars.set_values(SURE)
    two = pixels(bars._headline)
    bars.set_values(SURE[::-1])
    assert (pixels(bars._headline) != two).any()
    assert bars.accessibleDescription() == "7, 60.0 %"


def test_the_second_guess_is_named(bars, ui):
    bars.set_values(SURE)
    name, chance, second = bars._answer()
    assert (name.en, chance, second.en) == ("2", "60.0 %", "then 8, 8.0 %")
    assert second.ja == "次点 8、8.0 %"


def test_values_from_before_are_outlines(bars, ui):
    bars.set_values(SURE)
    without = like(bars.plot.view, ui.theme.text, 12).sum()
    bars.set_values(SURE, np.full(10, 0.5))
    assert like(bars.plot.view, ui.theme.text, 12).sum() > without + 300
    bars.set_values(SURE)
    assert like(bars.plot.view, ui.theme.text, 12).sum() == without


def test_other_classes_have_their_names_and_colours(bars, ui):
    bars.set_classes([Text("cat", "猫"), Text("dog", "犬")], colored=True)
    assert bars.property("prediction") == -1
    bars.set_values([0.25, 0.75])
    assert bars.property("prediction") == 1
    for i in (0, 1):
        assert like(bars.plot.view, ui.theme.class_color(i), 5).sum() > 100
    axis = bars.plot.item.getAxis("left")
    assert [name for _, name in axis._tickLevels[0]] == ["cat", "dog"]
    ui.set_language("ja")
    assert [name for _, name in axis._tickLevels[0]] == ["猫", "犬"]
    assert bars.accessibleDescription() == "犬、75.0 %"
    bars.set_classes([Text.same("one")])
    bars.set_values([1.0])
    bars.set_classes([])
    bars.set_values([])
    pixels(bars)


def test_pointing_at_a_bar_reads_it(bars, ui):
    bars.set_values(SURE, np.full(10, 0.1))
    box = bars.plot.box
    row = bars.plot.view.mapFromScene(box.mapToScene(box.rect().center())) + QPoint(0, int(box.height() / 20))
    QTest.mouseMove(bars.plot.view.viewport(), row)
    QApplication.processEvents()
    assert bars.plot.readout.label.text() == "5\nProbability: 0.050000\nBefore: 0.100000"
    ui.set_language("ja")
    assert bars.plot.readout.label.text().startswith("5\n確率")
    bars.set_values(None)
    assert not bars.plot.readout.label.isVisible()


def test_the_table_has_a_row_for_each_class(bars, tmp_path):
    bars.set_values(SURE)
    bars.plot.menu.save(tmp_path / "p.csv")
    lines = (tmp_path / "p.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Class,Probability"
    assert lines[3] == "2,0.6"
    assert len(lines) == 11
    for suffix in (".png", ".svg"):
        bars.plot.menu.save(tmp_path / f"p{suffix}")
        assert (tmp_path / f"p{suffix}").stat().st_size > 500


def test_it_fits_any_size_and_theme(bars, ui):
    bars.set_values(SURE)
    for size in ((1, 1), (90, 120), (1200, 900)):
        bars.resize(*size)
        QApplication.processEvents()
        pixels(bars)
    ui.set_theme_choice("dark")
    QApplication.processEvents()
    assert like(bars.plot.view, ui.theme.accent, 5).sum() > 100


def test_the_hint_can_be_told(bars, ui):
    hint = Text("Point at the map", "地図を指してください")
    bars.set_hint(hint)
    before = bars.grab().toImage()
    bars.set_hint(Text("Something much longer than that", "もっと長い言葉"))
    assert bars.grab().toImage() != before
    bars.set_values(np.full(10, 0.1))
    bars.set_values(None)
    assert "longer" in bars.accessibleDescription()
