import csv
import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton

from nnplayground.gui.curve import finite
from nnplayground.gui.plot import Plot
from nnplayground.text import Text
from tests.gui.pixels import like

LOSS, STEP = Text("loss", "損失"), Text("step", "ステップ")
X = np.arange(1.0, 101.0)


@pytest.fixture
def plot(ui, qtbot):
    made = Plot(ui, Text("Loss curves", "損失の推移"), STEP, LOSS)
    qtbot.addWidget(made)
    made.resize(500, 350)
    made.offer_log(y=True)
    made.curve(Text("training", "訓練"), lambda t: t.train)
    with qtbot.waitExposed(made):
        made.show()
    return made


def place(plot, x, y):
    return plot.view.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))


def move_to(plot, x, y):
    QTest.mouseMove(plot.view.viewport(), place(plot, x, y))
    QApplication.processEvents()


def color_count(plot, color):
    return int(like(plot.view, color).sum())


def readout(plot):
    return plot.readout.label.text().split("\n") if plot.readout.label.isVisible() else []


def span(plot):
    return [tuple(round(float(v), 6) for v in r) for r in plot.box.viewRange()]


def test_a_curve_is_drawn_in_the_colour_of_the_theme(plot, ui):
    plot.curves[0].set(X, X)
    assert color_count(plot, ui.theme.train) > 50
    ui.set_theme_choice("dark")
    assert color_count(plot, ui.theme.train) > 50
    assert plot.view.grab().toImage().pixelColor(1, 1).name() == ui.theme.surface


def test_axes_and_legend_have_names_in_both_languages(plot, ui):
    def names():
        labels = [plot.item.getAxis(side).label.toPlainText().strip() for side in ("bottom", "left")]
        return labels + [b.text() for b in plot.findChildren(QToolButton) if b.text()]

    assert names() == ["step", "loss", "training"]
    ui.set_language("ja")
    assert names() == ["ステップ", "損失", "訓練"]
    assert plot.view.accessibleName() == "損失の推移"
    plot.set_names(Text("a<b", "あ"), LOSS)
    ui.set_language("en")
    assert names()[0] == "a<b"


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (np.zeros((3, 3)), np.zeros((3, 3))),
        (X, X[:-1]),
        (X, np.float64(3)),
        (["a"], ["b"]),
        (None, None),
        (X, np.full(100, np.nan)),
        (X, np.full(100, np.inf)),
        (X, np.full(100, 1e308)),
        (X * 1e300, X),
        ([1], [1]),
        ([], []),
    ],
    ids=lambda value: type(value).__name__,
)
def test_n12_nothing_that_can_be_given_breaks_the_painting(plot, x, y):
    for log in (False, True):
        plot.set_log(False, log)
        plot.curves[0].set(x, y)
        plot.view.grab()
        move_to(plot, *plot.box.viewRect().center().toTuple())
        plot.menu.copy()


def test_finite_makes_gaps_of_infinities_and_refuses_other_shapes():
    assert np.array_equal(finite([1, np.inf, np.nan]), [1, np.nan, np.nan], equal_nan=True)
    assert len(finite([[1, 2]])) == 0
    assert len(finite([1, 2, 3], 2)) == 0
    given = np.array([np.inf])
    finite(given)
    assert given[0] == np.inf


def test_a_gap_is_a_gap(plot, ui):
    plot.curves[0].set(X, np.where(abs(X - 50) < 30, np.nan, 1.0))
    inked = like(plot.view, ui.theme.train)

    def drawn(x):
        at = place(plot, x, 1.0)
        return inked[at.y() - 3 : at.y() + 4, at.x()].any()

    assert drawn(10)
    assert not drawn(50)
    assert drawn(90)


def test_a_single_point_is_seen(plot, ui):
    plot.curves[0].set([3.0], [0.5])
    assert 8 <= color_count(plot, ui.theme.train) <= 40
    at = place(plot, 3.0, 0.5)
    assert like(plot.view, ui.theme.train)[at.y(), at.x()]


def test_pointing_reads_the_nearest_points_of_all_curves(plot, ui):
    second = plot.curve(Text("test", "テスト"), lambda t: t.test)
    plot.curves[0].set(X, X / 100)
    second.set(X[::10], np.full(10, 0.25))
    move_to(plot, 42.2, 0.4)
    assert readout(plot) == ["step: 42", "training: 0.42", "test: 0.25"]
    ui.set_language("ja")
    move_to(plot, 43.1, 0.4)
    assert readout(plot) == ["ステップ: 43", "訓練: 0.43", "テスト: 0.25"]
    second.set_visible(False)
    assert readout(plot) == ["ステップ: 43", "訓練: 0.43"]
    plot.curves[0].set(X, X)  # new data under a pointer at rest
    assert readout(plot)[1] == "訓練: 43"
    plot.curves[0].clear()
    assert readout(plot) == []


def test_pointing_reads_true_values_on_a_logarithmic_axis_and_the_words_of_marks(plot):
    plot.curves[0].set(X, 10.0 ** (X / 25 - 3))
    plot.set_marks([(50.0, Text("learning rate 0.1", "学習率 0.1"))])
    plot.set_log(False, True)
    move_to(plot, 50.0, -1.0)
    assert readout(plot) == ["step: 50", "training: 0.1", "learning rate 0.1"]
    move_to(plot, 80.0, -1.0)
    assert "learning rate 0.1" not in readout(plot)


def test_values_can_be_read_by_the_arrow_keys(plot, qtbot):
    plot.curves[0].set(X, X)
    plot.view.setFocus()
    qtbot.keyClick(plot.view, Qt.Key.Key_Right)
    first = float(readout(plot)[0].split()[-1])
    qtbot.keyClick(plot.view, Qt.Key.Key_Right)
    assert readout(plot) == [f"step: {first + 1:g}", f"training: {first + 1:g}"]
    qtbot.keyClick(plot.view, Qt.Key.Key_Left)
    assert readout(plot)[0] == f"step: {first:g}"


def wheel(plot, notches):
    at = QPointF(plot.view.viewport().rect().center())
    none = Qt.MouseButton.NoButton
    event = QWheelEvent(
        at, plot.view.viewport().mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), none,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot.view.viewport(), event)
    QApplication.processEvents()


def test_the_range_follows_the_data_until_it_is_zoomed_and_again_after_a_double_click(plot):
    plot.curves[0].set(X, X)
    assert plot.box.viewRange()[0][1] >= 100
    assert not plot._fit_button.isVisible()
    wheel(plot, 5)
    zoomed = span(plot)
    plot.curves[0].set(X * 10, X * 10)
    assert span(plot) == zoomed
    assert plot._fit_button.isVisible()
    for click in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseRelease):
        click(plot.view.viewport(), Qt.MouseButton.LeftButton, pos=plot.view.viewport().rect().center())
    assert span(plot)[0] == (10.0, 1000.0)
    assert not plot._fit_button.isVisible()
    plot.curves[0].set(X * 20, X)
    assert span(plot)[0][1] >= 2000


def test_dragging_moves_and_the_button_fits(plot):
    plot.curves[0].set(X, X)
    before = span(plot)
    view = plot.view.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    QTest.mouseMove(view, QPoint(230, 170))
    QTest.mouseMove(view, QPoint(260, 190))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(260, 190))
    assert span(plot) != before
    QTest.mouseClick(plot._fit_button, Qt.MouseButton.LeftButton)
    assert plot.follow.following


def test_growing_curves_do_not_move_the_axes_in_every_frame(plot):
    ranges = set()
    for n in range(100, 200):
        plot.curves[0].set(np.arange(float(n)), np.exp(-np.arange(n) / 50))
        left, right = span(plot)[0]
        assert left <= 0
        assert n - 1 <= right <= 1.5 * n
        ranges.add((left, right))
    assert len(ranges) < 12


def left_words(plot):
    """Where the numbers and the name of the y axis are painted, in pixels from its left."""
    axis = plot.item.getAxis("left")
    for _ in range(2):  # what needs more room gets it in the next frame
        plot.grab()
        QApplication.processEvents()
    sheet = QPixmap(1, 1)
    with QPainter(sheet) as painter:
        numbers = [rect for rect, _, _ in axis.generateDrawSpecs(painter)[2]]
    return numbers, axis.mapRectFromItem(axis.label, axis.label.boundingRect())


@pytest.mark.parametrize("values", [(0.00271, 0.00273), (-1.23456e-5, -1.23450e-5), (1_000_000, 1_000_020)], ids=str)
def test_long_numbers_do_not_run_into_the_name_of_the_axis(plot, qtbot, values):
    plot.hold_axis()
    plot.curves[0].set(X, np.linspace(*values, 100))
    plot.fit()
    numbers, name = left_words(plot)
    assert numbers, "numbers that have no room are left out"
    assert (
        min(rect.left() for rect in numbers) >= name.left() + 0.8 * name.width() - 5
    )  # of a line's height, letters are less


def test_plots_that_stand_in_line_keep_one_width_of_their_axes(plot, ui, qtbot):
    other = Plot(ui, Text("Accuracy", "精度"), STEP, LOSS)
    qtbot.addWidget(other)
    other.show()
    plot.hold_axis(other)
    widths = lambda: [p.item.getAxis("left").minimumWidth() for p in (plot, other)]
    assert (before := widths()) == [54, 54]
    plot.curves[0].set(X, np.linspace(0.00271, 0.00273, 100))
    plot.fit()
    left_words(plot)
    assert widths()[0] == widths()[1] > before[0]


def test_endless_zooming_and_panning_is_harmless(plot):
    plot.curves[0].set(X, X)
    for notches in (100, -400, 300):
        for _ in range(40):
            wheel(plot, notches)
    assert np.isfinite(plot.box.viewRange()).all()
    plot.view.grab()


def test_keys_zoom_and_fit(plot, qtbot):
    plot.curves[0].set(X, X)
    plot.fit()
    fitted = span(plot)
    plot.view.setFocus()
    qtbot.keyClick(plot.view, Qt.Key.Key_Plus)
    assert span(plot)[0][1] < fitted[0][1]
    qtbot.keyClick(plot.view, Qt.Key.Key_0)
    assert span(plot) == fitted


def test_the_legend_switches_curves(plot, ui):
    plot.curves[0].set(X, X)
    legend = next(b for b in plot.findChildren(QToolButton) if b.text() == "training")
    QTest.mouseClick(legend, Qt.MouseButton.LeftButton)
    assert color_count(plot, ui.theme.train) == 0
    QTest.mouseClick(legend, Qt.MouseButton.LeftButton)
    assert color_count(plot, ui.theme.train) > 50


def actions(plot):
    return {a.text(): a for a in plot.menu.make().actions() if a.text()}


def test_the_menu_speaks_the_language_and_switches_the_axis(plot, ui):
    plot.curves[0].set(X, 10.0 ** (X / 10 - 5))
    assert "Logarithmic x axis" not in actions(plot)
    actions(plot)["Logarithmic y axis"].trigger()
    assert plot.log == (False, True)
    assert actions(plot)["Logarithmic y axis"].isChecked()
    low, high = plot.box.viewRange()[1]
    assert low < -4.9
    assert 5 < high < 6.5
    ui.set_language("ja")
    assert set(actions(plot)) >= {"縦軸を対数目盛にする", "PNG で保存…", "CSV で保存…", "画像としてコピー"}


def test_the_menu_opens_by_right_click_and_by_its_button(plot, qtbot):
    for open_it in (
        lambda: plot.view.customContextMenuRequested.emit(QPoint(50, 50)),
        lambda: QTest.mouseClick(plot._more_button, Qt.MouseButton.LeftButton),
    ):
        open_it()
        menu = QApplication.activePopupWidget()
        assert menu is not None
        assert len(menu.actions()) >= 6
        menu.close()
        assert QApplication.activePopupWidget() is None


@pytest.fixture
def told(ui):
    log = []
    ui.told.connect(log.append)
    return log


def test_the_table_holds_every_point(plot, tmp_path, told, ui):
    ui.set_language("ja")
    plot.curves[0].set([1, 2, 3], [0.1, np.nan, 1 / 3])
    second = plot.curve(Text("test", "テスト"), lambda t: t.test)
    second.set([1], [7])
    plot.menu.save(tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [
        ["訓練: ステップ", "訓練", "テスト: ステップ", "テスト"],
        ["1.0", "0.1", "1.0", "7.0"],
        ["2.0", "", "", ""],
        ["3.0", repr(1 / 3), "", ""],
    ]
    assert told[0].text.in_("en").startswith("Saved")


def test_a_name_from_outside_is_no_formula_in_the_table(plot, tmp_path):
    plot.curve(Text.same("=1+1"), lambda t: t.test).set([1], [-7])
    plot.menu.save(tmp_path / "a.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_bytes().decode("utf-8-sig"))))
    assert rows[0][2:] == ["'=1+1: step", "'=1+1"]
    assert rows[1][2:] == ["1.0", "-7.0"]


def test_pictures_hold_curve_and_legend(plot, tmp_path, ui):
    plot.curves[0].set(X, X)
    plot.menu.save(tmp_path / "a.png")
    image = QImage(str(tmp_path / "a.png"))
    assert image.width() == 2 * plot.view.viewport().width()
    rows = like(image, ui.theme.train).any(axis=1).nonzero()[0]
    assert rows.min() < 40  # legend
    assert rows.max() > 100
    plot.menu.save(tmp_path / "a.svg")
    root = ET.parse(tmp_path / "a.svg").getroot()
    words = "".join(root.itertext())
    assert "training" in words
    assert "step" in words
    plot.menu.copy()
    assert QGuiApplication.clipboard().image().size() == image.size()
    assert color_count(plot, ui.theme.train) > 50


def test_saving_asks_adds_the_suffix_and_tells_when_it_cannot(plot, tmp_path, told, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(tmp_path / "図 1"), ""))
    actions(plot)["Save as CSV…"].trigger()
    assert (tmp_path / "図 1.csv").exists()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: ("", ""))
    actions(plot)["Save as PNG…"].trigger()
    assert len(told) == 1
    plot.menu.save(tmp_path / "no such folder" / "a.png")
    assert told[-1].level == "error"
    assert "no such folder" in told[-1].text.en


def test_class_colours_reach_the_legend_icon(plot, ui):
    plot.curve(Text.same("3"), lambda t: t.class_color(3))
    button = next(b for b in plot.findChildren(QToolButton) if b.text() == "3")
    assert QColor(button.icon().pixmap(20, 12).toImage().pixelColor(10, 6)).name() == ui.theme.class_color(3)
    ui.set_theme_choice("dark")
    assert QColor(button.icon().pixmap(20, 12).toImage().pixelColor(10, 6)).name() == ui.theme.class_color(3)


@pytest.mark.parametrize("reach", [(1e20, 1e20), (-1e38, -1e38), (np.nan, 1.0), (0.0, np.inf), (0.0, 0.0)], ids=str)
def test_a_range_that_no_axis_can_have_is_widened_or_left(ui, qtbot, reach):
    made = Plot(ui, Text.same("plot"), Text.same("x"), Text.same("y"))
    qtbot.addWidget(made)
    made.curve(Text.same("c"), lambda t: t.train).set([0.0, 1.0], [0.0, 1.0])
    made.follow.fix(x=reach, y=reach)
    made.fit()
    made.resize(300, 200)
    made.show()
    assert not made.grab().isNull()
    low, high = made.box.viewRange()[0]
    assert high > low
