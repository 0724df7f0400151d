import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from nnplayground.gui.kept_place import KeptPlace


class Ear(QObject):
    """Counts how often a widget is told to lay out its children anew."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.heard = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.heard += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def room(qtbot):
    """A hidden label in its place, above something else."""
    window, label, below = QWidget(), QLabel("here"), QLabel("below")
    layout = QVBoxLayout(window)
    layout.addWidget(KeptPlace(label))
    layout.addWidget(below)
    label.hide()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    QApplication.processEvents()
    return window, label, below


def test_what_comes_and_goes_moves_nothing_and_lays_nothing_out_anew(room):
    window, label, below = room
    place, ear = below.geometry(), Ear(window)
    for shown in (True, False, True):
        label.setVisible(shown)
        QApplication.processEvents()
        assert label.isVisible() is shown
        assert below.geometry() == place
    assert ear.heard == 0
    assert label.size() == label.parentWidget().size()
    assert label.height() >= label.sizeHint().height()


def test_what_needs_more_room_gets_it(qtbot, room):
    _, label, _ = room
    label.show()
    label.setText("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight")
    qtbot.waitUntil(lambda: label.height() >= label.sizeHint().height())
