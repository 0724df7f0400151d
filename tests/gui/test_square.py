import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

from nnplayground.gui.square import Square


@pytest.mark.parametrize(("width", "height"), [(300, 200), (120, 500), (250, 250), (1, 1)])
def test_the_inner_widget_is_the_largest_square_in_the_middle(qtbot, width, height):
    label = QLabel()
    frame = Square(label)
    qtbot.addWidget(frame)
    frame.show()
    frame.resize(width, height)
    side = min(frame.width(), frame.height())
    assert label.size() == QSize(side, side)
    assert abs(label.geometry().center().x() - frame.rect().center().x()) <= 1
    assert abs(label.geometry().center().y() - frame.rect().center().y()) <= 1
