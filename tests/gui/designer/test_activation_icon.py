from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from nnplayground.engine.activations import activations
from nnplayground.gui.designer.activation_icon import activation_icon
from nnplayground.gui.theme import DARK, LIGHT, Theme


def drawn(id: str, theme: Theme) -> bytes:
    return bytes(activation_icon(id, theme).pixmap(QSize(64, 64)).toImage().constBits())


def test_each_activation_is_drawn_and_looks_its_own_way(qapp: QApplication) -> None:
    pictures = {id: drawn(id, LIGHT) for id in activations}
    assert all(any(picture) for picture in pictures.values())
    same = [id for id in activations if list(pictures.values()).count(pictures[id]) > 1]
    assert set(same) <= {"relu", "maxout"}, "without learnt parameters, these two are the same function"


def test_the_theme_colours_the_curve(qapp: QApplication) -> None:
    image = activation_icon("identity", DARK).pixmap(QSize(64, 64)).toImage()
    assert image.pixelColor(32, 36).name() != image.pixelColor(4, 4).name()
    assert drawn("relu", DARK) != drawn("relu", LIGHT)
