import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication

from nnplayground import resources
from nnplayground.gui.icons import icon, pixmap
from nnplayground.gui.theme import DARK, LIGHT

NAMES = sorted(file.stem for file in resources.path("icons").glob("*.svg"))


def colors(image: QImage) -> set[str]:
    opaque = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(opaque.constBits(), dtype=np.uint8).reshape(-1, 4)
    return {f"#{r:02x}{g:02x}{b:02x}" for r, g, b, alpha in np.unique(rows, axis=0).tolist() if alpha == 255}


@pytest.mark.parametrize("name", NAMES)
def test_each_icon_is_drawn_in_one_colour_of_the_theme(qapp: QApplication, name: str) -> None:
    for theme in (LIGHT, DARK):
        assert colors(icon(name, theme).pixmap(QSize(24, 24), 2.0).toImage()) == {theme.text}


@pytest.mark.parametrize("name", NAMES)
def test_each_icon_has_the_common_grid(name: str) -> None:
    root = ET.parse(resources.path("icons", f"{name}.svg")).getroot()
    assert (root.get("viewBox"), root.get("stroke-width"), root.get("stroke-linecap")) == ("0 0 24 24", "1.75", "round")


def test_a_disabled_icon_is_pale(qapp: QApplication) -> None:
    pale = icon("play", LIGHT).pixmap(QSize(24, 24), 1.0, QIcon.Mode.Disabled)
    assert colors(pale.toImage()) == {LIGHT.disabled}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_an_icon_has_as_many_pixels_as_the_screen(qapp: QApplication, ratio: float) -> None:
    for made in (icon("step", LIGHT).pixmap(QSize(20, 20), ratio), pixmap("step", LIGHT.error, 20, ratio)):
        assert made.size() == QSize(20, 20) * ratio
        assert made.devicePixelRatio() == ratio


def test_a_wrong_name_is_told_at_once(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no such icon", LIGHT)
