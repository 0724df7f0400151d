"""A window in a hard life: another screen, other colours."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from nnplayground.gui.panes import panes
from tests.gui.driving import SEVEN, Driver
from tests.gui.panes.test_inside_panes import EXPERIMENTS

Open = Callable[..., Driver]


def lightness(picture: QImage) -> int:
    """Of the most frequent colour, 0 to 255."""
    small = picture.scaled(60, 60)
    colours = Counter(small.pixelColor(x, y).lightness() for x in range(60) for y in range(60))
    return colours.most_common(1)[0][0]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_g18_every_pane_follows_when_the_colours_change_while_it_is_open(open_pane: Open, name: str) -> None:
    experiment = EXPERIMENTS[name]
    shown = [pane.id for pane in panes.values() if pane().suits(experiment) and pane.id != "designer"]
    driver = open_pane(experiment, *shown)
    driver.window.controller.prepare()
    if name == "digits":
        driver.draw(SEVEN)
    seen = {}
    for theme in ("light", "dark"):
        driver.window.ui.set_theme_choice(theme)
        driver.settle()
        seen[theme] = {pane: lightness(view.grab().toImage()) for pane, view in driver.window.views.items()}
    assert {p: v for p, v in seen["light"].items() if v < 150} == {}
    assert {p: v for p, v in seen["dark"].items() if v > 105} == {}


COLLECTED = """
import gc
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from nnplayground.gui import style
from nnplayground.gui.theme import DARK, LIGHT

class Watch(QObject):
    seen = 0
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.StyleChange:
            Watch.seen += 1
            if Watch.seen == 300:
                gc.set_threshold(1, 1, 1)
                [[] for _ in range(100)]
        return False

class Dropped(QWidget):
    pass

app = QApplication([])
gc.set_threshold(10**6)
style.apply(LIGHT)
for _ in range(100):
    dropped = Dropped()
    box = QVBoxLayout(dropped)
    for word in "abcdefghij":
        box.addWidget(QLabel(word))
    dropped.grab()
    dropped.itself = dropped
del dropped, box
watch = Watch()
app.installEventFilter(watch)
style.apply(DARK)
print(Watch.seen > 600)
app.removeEventFilter(watch)
"""


def test_g18_widgets_that_nobody_needs_any_more_do_not_break_a_change_of_colours() -> None:
    done = subprocess.run([sys.executable, "-c", COLLECTED], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr


def test_g03_strokes_stay_when_the_window_goes_to_a_screen_with_other_pixels(drive: Open) -> None:
    driver = drive("digits")
    driver.draw(SEVEN)
    canvas = driver.find(QWidget, "digit_canvas")
    before, answer = canvas.property("strokes"), driver.find(QWidget, "probabilities").property("values")
    for kind in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.ScreenChangeInternal):
        QApplication.sendEvent(canvas, QEvent(kind))
        QApplication.sendEvent(driver.window, QEvent(kind))
    for ratio in (1.0, 1.5, 3.0):
        picture = QImage(canvas.size() * ratio, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        canvas.render(picture, QPoint())
        x, y = ((SEVEN[0][0] + SEVEN[1][0]) / 2 * canvas.width(), SEVEN[0][1] * canvas.height())
        ink, paper = (picture.pixelColor(round(x * ratio), round(at * ratio)) for at in (y, y / 3))
        assert abs(ink.lightness() - paper.lightness()) > 100
    driver.settle()
    assert canvas.property("strokes") == before
    assert driver.find(QWidget, "probabilities").property("values") == answer


def test_g16_every_command_and_every_button_of_a_pane_can_be_pressed() -> None:
    command = [sys.executable, "-m", "tests.long.walk", "digits", "fresh", "stages"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split(": ")[1].split()[0]) > 60
