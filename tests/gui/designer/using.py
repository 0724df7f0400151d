"""How a person uses the panel: boxes, fields and keys."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from nnplayground.gui.designer.panel import DesignerPanel

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROLS = (QAbstractButton, QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit, QAbstractItemView)


def box(panel: DesignerPanel, name: str) -> QComboBox:
    found = panel.findChild(QComboBox, f"{name}_box")
    assert found is not None
    return found


def choose(panel: DesignerPanel, name: str, id: str) -> None:
    """Choose with the keys, as without a mouse."""
    found = box(panel, name)
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Home)
    for _ in range(found.findData(id)):
        QTest.keyClick(found, Qt.Key.Key_Down)
    assert found.currentData() == id


def field(panel: DesignerPanel, name: str) -> QAbstractSpinBox:
    found = panel.findChild(QAbstractSpinBox, name)
    assert found is not None
    return found


def enter(widget: QAbstractSpinBox, typed: str) -> None:
    widget.setFocus()
    widget.selectAll()
    for character in typed:
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, character))
    QTest.keyClick(widget, Qt.Key.Key_Return)


def controls(panel: DesignerPanel) -> list[QWidget]:
    """Everything that can be operated and is shown."""
    found = [w for w in panel.widget().findChildren(QWidget) if isinstance(w, CONTROLS) and w.isVisible()]
    return [
        w for w in found if not isinstance(w, QScrollBar) and not isinstance(w.parent(), (QAbstractSpinBox, QComboBox))
    ]
