import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QImage, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from nnplayground.data.strokes import digit_image
from nnplayground.gui.canvas import DigitCanvas
from tests.gui.pixels import like, pixels

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PRESS, MOVE, RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease


@pytest.fixture
def canvas(ui, qtbot):
    made = DigitCanvas(ui)
    qtbot.addWidget(made)
    made.resize(200, 200)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def heard(canvas):
    log = []
    canvas.strokes_changed.connect(lambda: log.append("changed"))
    canvas.stroke_finished.connect(lambda: log.append("finished"))
    return log


def mouse(canvas, kind, x, y, buttons=LEFT, source=Qt.MouseEventSource.MouseEventNotSynthesized):
    place = QPointF(x, y)
    button = NONE if kind == MOVE else LEFT
    there = QPointF(canvas.mapToGlobal(QPoint(0, 0))) + place
    device = QPointingDevice.primaryPointingDevice()
    none = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, place, place, there, button, buttons, none, source, device)
    QApplication.sendEvent(canvas, event)


def draw(canvas, *places):
    mouse(canvas, PRESS, *places[0])
    for place in places[1:]:
        mouse(canvas, MOVE, *place)
    mouse(canvas, RELEASE, *places[-1], buttons=NONE)


def pen(canvas, kind, x, y, pressure=0.5, buttons=LEFT):
    device = QPointingDevice.primaryPointingDevice()
    place = QPointF(x, y)
    none = Qt.KeyboardModifier.NoModifier
    event = QTabletEvent(kind, device, place, place, pressure, 30.0, -30.0, 0.0, 0.0, 0.0, none, LEFT, buttons)
    QApplication.sendEvent(canvas, event)
    return event


def strokes(canvas):
    return [[[round(c, 3) for c in point] for point in stroke] for stroke in canvas.property("strokes")]


def ink_at(canvas, x, y):
    image: QImage = canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    return QColor(image.pixelColor(int(x * ratio), int(y * ratio))).name()


def test_a_stroke_by_mouse_is_kept_told_and_seen(canvas, heard, ui):
    assert canvas.property("empty")
    draw(canvas, (20, 20), (100, 100), (180, 100))
    assert strokes(canvas) == [[[0.1, 0.1], [0.5, 0.5], [0.9, 0.5]]]
    assert not canvas.property("empty")
    assert heard == ["changed", "changed", "changed", "changed", "finished"]
    assert ink_at(canvas, 170, 100) == ui.theme.ink
    assert ink_at(canvas, 20, 20) == ui.theme.ink
    assert ink_at(canvas, 30, 150) == ui.theme.surface


def test_the_ink_grown_move_by_move_is_the_ink_drawn_anew(canvas):
    draw(canvas, *[(100 + 70 * math.cos(a / 9), 100 + 60 * math.sin(a / 7)) for a in range(60)])
    draw(canvas, (30, 170))
    grown = pixels(canvas)
    canvas.setProperty("pen_width", 0.2)
    canvas.setProperty("pen_width", 0.08)
    shades = abs(pixels(canvas) - grown).max(axis=-1)
    assert shades.max() < 130  # only where two pieces of a line meet at an antialiased edge
    assert (shades > 8).mean() < 0.02


class Painted(QObject):
    """Notes what a widget has to paint."""

    def __init__(self):
        super().__init__()
        self.rects = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.rects.append(event.rect())
        return False


def test_a_moving_pen_repaints_only_what_is_new(canvas):
    painted = Painted()
    mouse(canvas, PRESS, 20, 20)
    QApplication.processEvents()
    canvas.installEventFilter(painted)
    for x in (24, 28, 32):
        mouse(canvas, MOVE, x, 20)
        QApplication.processEvents()
    assert len(painted.rects) == 3
    assert all(r.width() < 60 and r.height() < 60 for r in painted.rects)


def test_a_dot_is_a_stroke(canvas, ui):
    draw(canvas, (100, 100))
    assert strokes(canvas) == [[[0.5, 0.5]]]
    assert ink_at(canvas, 103, 100) == ui.theme.ink


def test_g17_k02_leaving_the_sheet_clamps_and_releasing_outside_ends(canvas, heard):
    draw(canvas, (100, 100), (300, 100), (300, -50))
    assert strokes(canvas) == [[[0.5, 0.5], [1.0, 0.5], [1.0, 0.0]]]
    assert heard[-1] == "finished"
    mouse(canvas, MOVE, 10, 10)
    assert len(strokes(canvas)[0]) == 3


def test_k02_a_lost_release_ends_the_stroke_without_a_jump(canvas, heard):
    mouse(canvas, PRESS, 20, 20)
    mouse(canvas, MOVE, 180, 180, buttons=NONE)
    assert strokes(canvas) == [[[0.1, 0.1]]]
    assert heard[-1] == "finished"
    mouse(canvas, PRESS, 20, 20)
    canvas.hide()
    assert heard[-1] == "finished"


def test_g17_a_double_click_draws_two_strokes_and_the_right_button_none(canvas):
    draw(canvas, (50, 50))
    mouse(canvas, QEvent.Type.MouseButtonDblClick, 50, 50)
    mouse(canvas, RELEASE, 50, 50, buttons=NONE)
    assert strokes(canvas) == [[[0.25, 0.25]], [[0.25, 0.25]]]
    canvas.clear()
    QTest.mouseClick(canvas, Qt.MouseButton.RightButton, pos=QPoint(50, 50))
    assert canvas.property("empty")


def test_clear_in_the_middle_of_a_stroke_waits_for_the_next_press(canvas):
    mouse(canvas, PRESS, 20, 20)
    canvas.clear()
    mouse(canvas, MOVE, 100, 100)
    assert canvas.property("empty")
    mouse(canvas, PRESS, 40, 40)
    assert strokes(canvas) == [[[0.2, 0.2]]]
    mouse(canvas, RELEASE, 40, 40, buttons=NONE)


@pytest.mark.parametrize("source", list(Qt.MouseEventSource)[:3], ids=lambda s: s.name)
@pytest.mark.parametrize("pen_first", [True, False])
def test_k01_pen_and_mouse_events_of_one_stroke_draw_it_once(canvas, source, pen_first):
    kinds = (
        (QEvent.Type.TabletPress, PRESS, LEFT), (QEvent.Type.TabletMove, MOVE, LEFT),
        (QEvent.Type.TabletRelease, RELEASE, NONE),
    )  # fmt: skip
    for (tablet, mice, buttons), x in zip(kinds, (40, 120, 120), strict=True):
        both = [
            lambda t=tablet, x=x, b=buttons: pen(canvas, t, x, 100, buttons=b),
            lambda m=mice, x=x, b=buttons: mouse(canvas, m, x, 100, buttons=b, source=source),
        ]
        for send in both if pen_first else reversed(both):
            send()
    assert strokes(canvas) == [[[0.2, 0.5], [0.6, 0.5]]]


def test_k01_mouse_events_that_come_after_the_whole_pen_stroke_are_its_echo(canvas):
    pen(canvas, QEvent.Type.TabletPress, 40, 100)
    pen(canvas, QEvent.Type.TabletMove, 120, 100)
    pen(canvas, QEvent.Type.TabletRelease, 120, 100, buttons=NONE)
    draw(canvas, (40, 100), (120, 100))
    assert len(strokes(canvas)) == 1
    draw(canvas, (150, 150))  # from another place: the mouse itself
    assert len(strokes(canvas)) == 2


@pytest.mark.parametrize("pressure", [0.0, math.nan, math.inf, -1.0])
def test_k04_a_pen_with_odd_pressure_draws(canvas, pressure):
    assert pen(canvas, QEvent.Type.TabletPress, 40, 100, pressure).isAccepted()
    pen(canvas, QEvent.Type.TabletMove, 120, 100, pressure)
    pen(canvas, QEvent.Type.TabletMove, math.nan, 100, pressure)
    pen(canvas, QEvent.Type.TabletRelease, 120, 100, pressure, buttons=NONE)
    assert strokes(canvas) == [[[0.2, 0.5], [0.6, 0.5]]]


def test_a_hovering_pen_does_not_draw(canvas):
    pen(canvas, QEvent.Type.TabletMove, 120, 100, buttons=NONE)
    assert canvas.property("empty")


@pytest.fixture(scope="session")
def screen(qapp):
    return QTest.createTouchDevice()


def test_k04_one_finger_draws_and_the_others_do_not(canvas, screen):
    def touch():
        return QTest.touchEvent(canvas, screen, False)

    touch().press(0, QPoint(20, 20), canvas).commit()
    touch().move(0, QPoint(60, 20), canvas).press(1, QPoint(150, 150), canvas).commit()
    touch().move(0, QPoint(100, 20), canvas).move(1, QPoint(150, 20), canvas).commit()
    touch().release(0, QPoint(100, 20), canvas).stationary(1).commit()
    touch().move(1, QPoint(10, 180), canvas).commit()
    touch().release(1, QPoint(10, 180), canvas).commit()
    assert strokes(canvas) == [[[0.1, 0.1], [0.3, 0.1], [0.5, 0.1]]]
    touch().press(3, QPoint(100, 100), canvas).commit()
    touch().release(3, QPoint(100, 100), canvas).commit()
    assert len(strokes(canvas)) == 2


def test_escape_clears_and_backspace_takes_back(canvas, qtbot):
    canvas.setFocus()
    draw(canvas, (20, 20))
    draw(canvas, (40, 40))
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.property("empty")
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert len(strokes(canvas)) == 2
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert strokes(canvas) == [[[0.1, 0.1]]]
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ShiftModifier)
    assert len(strokes(canvas)) == 2


def test_a_digit_can_be_drawn_by_keys_alone(canvas, heard, qtbot):
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    assert strokes(canvas) == [[[0.4, 0.5], [0.4, 0.52], [0.42, 0.52]]]
    assert heard.count("finished") == 1


def test_space_starts_the_training_after_drawing_by_mouse_but_draws_after_keys(ui, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    canvas = DigitCanvas(ui)
    QVBoxLayout(window).addWidget(canvas)
    pressed = []
    action = QAction(window, shortcut="Space", triggered=lambda: pressed.append(1))
    window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
    draw(canvas, (50, 50))
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert pressed == [1]
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert pressed == [1]
    assert len(strokes(canvas)) == 2


def test_leaving_by_tab_lifts_the_pen(ui, qtbot, heard, canvas):
    other = QLineEdit(canvas)
    other.show()
    other.setFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    other.setFocus()
    assert heard[-1] == "finished"


def test_strokes_survive_another_size_theme_and_language(canvas, ui):
    draw(canvas, (20, 100), (180, 100))
    before = strokes(canvas)
    canvas.resize(400, 300)
    ui.set_theme_choice("dark")
    ui.set_language("ja")
    QApplication.processEvents()
    assert strokes(canvas) == before
    assert ink_at(canvas, 50 + 0.2 * 300, 150) == ui.theme.ink  # the sheet is the square in the middle
    draw(canvas, (50, 0), (350, 300))
    assert strokes(canvas)[1] == [[0.0, 0.0], [1.0, 1.0]]


def test_the_empty_sheet_has_a_hint_in_both_languages(canvas, ui):
    def words():
        return int((~like(canvas, ui.theme.surface, 1))[80:120, 20:180].sum())

    english = words()
    assert english > 20
    ui.set_language("ja")
    assert words() > 20
    assert words() != english
    assert canvas.accessibleName() == "描画キャンバス"
    draw(canvas, (20, 20))
    assert words() == 0


def test_strokes_can_be_set_and_the_pen_has_bounds(canvas):
    canvas.setProperty("strokes", [[[0.1, 0.1], [0.9, 0.9]]])
    assert strokes(canvas) == [[[0.1, 0.1], [0.9, 0.9]]]
    canvas.undo_stroke()
    assert canvas.property("empty")
    for width, kept in ((0.1, 0.1), (9.0, 0.5), (0.0, 0.005), (math.nan, 0.005)):
        canvas.setProperty("pen_width", width)
        assert canvas.property("pen_width") == kept


def test_k05_the_same_movement_gives_the_same_image_on_any_screen(ui, qtbot):
    images = []
    for side in (160, 240, 320, 480):
        canvas = DigitCanvas(ui)
        qtbot.addWidget(canvas)
        canvas.resize(side, side)
        draw(canvas, *[(side * (0.5 + 0.3 * math.cos(a / 7)), side * (0.5 + 0.2 * math.sin(a / 5))) for a in range(30)])
        images.append(digit_image(canvas.points()))
    assert images[0].max() > 0.9
    for image in images[1:]:
        assert abs(image - images[0]).max() <= 1 / 255


DRAWN = """
import json, math
from PySide6.QtWidgets import QApplication
from nnplayground.gui.ui import Ui
from tests.gui.test_canvas import DigitCanvas, digit_image, draw
app = QApplication([])
canvas = DigitCanvas(Ui("en", "light"))
canvas.resize(280, 280)
canvas.show()
draw(canvas, *[(280 * (0.5 + 0.3 * math.cos(a / 7)), 280 * (0.5 + 0.2 * math.sin(a / 5))) for a in range(30)])
draw(canvas, (90.0, 60.0), (200.0, 60.0))
assert not canvas.grab().isNull()
print(json.dumps([canvas.devicePixelRatioF(), digit_image(canvas.points()).ravel().tolist()]))
"""


def test_k05_the_same_strokes_give_the_same_image_at_every_pixel_ratio():
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DRAWN],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale},
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
        )
        for scale in ("1", "1.5", "2", "3")
    ]
    found = [json.loads(process.communicate(timeout=60)[0]) for process in running]
    assert [ratio for ratio, _ in found] == [1, 1.5, 2, 3]
    images = np.array([image for _, image in found])
    assert images[0].max() > 0.9 and images.shape[1] == 784
    assert np.abs(images - images[0]).max() <= 1 / 255
