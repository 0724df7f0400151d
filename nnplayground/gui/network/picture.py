"""The picture itself: painted in one go, and pointed at with mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.gui.network.layout import Layout, Room
from nnplayground.gui.network.painter import NetworkPainter, small
from nnplayground.gui.network.parts import Part
from nnplayground.gui.network.reading import Reading
from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

NAME = Text("Picture of the network", "ネットワークの図")
HELP = Text(
    "Arrow keys choose a unit, Enter edits its bias and weights, S silences it, + and − change the layer, Delete removes it.",
    "矢印キーでユニットを選び、Enter でバイアスと重みを編集、S で休止、+ と − で層のユニット数を変更、Delete で削除します。",
)
MARGIN = 12.0
MOVES = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
KEYS = {
    Qt.Key.Key_Plus: "grow", Qt.Key.Key_Minus: "shrink", Qt.Key.Key_Delete: "remove", Qt.Key.Key_S: "silence",
    Qt.Key.Key_Return: "edit", Qt.Key.Key_Enter: "edit",
}  # fmt: skip


class NetworkPicture(QWidget):
    """Shows a `Reading`. It selects and points; what becomes of that, others decide."""

    selected_changed = Signal(object)
    """Carries the `Part` that was clicked or reached by key, or None."""
    hovered_changed = Signal(object)
    wanted = Signal(str)
    """A key asks for something to be done to the selected part: a value of `KEYS`."""
    laid_out = Signal()
    """Columns stand elsewhere now."""

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self.setObjectName("network_picture")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.reading: Reading | None = None
        self.layout_: Layout | None = None
        self.selected: Part | None = None
        self.hovered: Part | None = None
        self._painter: NetworkPainter | None = None
        ui.bind(self.setAccessibleName, NAME, self)
        ui.bind(self.setAccessibleDescription, HELP, self)
        ui.theme_changed.connect(self._forget)
        ui.language_changed.connect(self._forget)

    def show_reading(self, reading: Reading) -> None:
        """Show other numbers."""
        moved = self.reading is None or self.reading.structure is not reading.structure
        self.reading = reading
        if moved or self.layout_ is None:
            self._lay_out()
        self.update()

    def select(self, part: Part | None) -> None:
        """Select a part, as a click does."""
        if part != self.selected:
            self.selected = part
            self.update()
            self.selected_changed.emit(part)

    def speak(self, words: str) -> None:
        """Tell screen readers what is selected."""
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def place_of(self, part: Part) -> QRectF | None:
        """Where a unit or input stands."""
        return None if self.layout_ is None else self.layout_.find(part)

    def _lay_out(self) -> None:
        if self.reading is None:
            return
        metrics = QFontMetrics(small(self.font()))
        columns = self.reading.structure.columns

        def room(which: int) -> float:
            names = [metrics.horizontalAdvance(node.name) for node in columns[which].nodes if node.name]
            return MARGIN + (max(names) + 8 if names else 0)

        left, right = room(0), room(-1)
        self.layout_ = Layout(self.reading.structure, Room(QSizeF(self.size()), left, right))
        self._forget()
        self.laid_out.emit()

    # Painting.

    def sizeHint(self) -> QSize:
        return QSize(480, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 80)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self.reading is None or self.layout_ is None:
                painter.fillRect(self.rect(), QColor(self._ui.theme.surface))
                return
            if self._painter is None or self._painter.ratio != self.devicePixelRatioF():
                self._painter = NetworkPainter(self._ui, self.layout_, self)
            painter.drawImage(0, 0, self._painter.image(self.reading))
            for part in (self.hovered, self.selected):
                if part is not None:
                    self._painter.mark(painter, self.reading, part, part == self.selected)

    @Slot()
    def _forget(self) -> None:
        """Theme, language or places are others now."""
        self._painter = None
        self.update()

    # Mouse and keys.

    def _at(self, place: QPointF) -> Part | None:
        if self.reading is None or self.layout_ is None:
            return None
        return self.layout_.at(place, self.reading.links)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, part: Part | None) -> None:
        if part != self.hovered:
            self.hovered = part
            self.setCursor(Qt.CursorShape.ArrowCursor if part is None else Qt.CursorShape.PointingHandCursor)
            self.update()
            self.hovered_changed.emit(part)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.select(self._at(event.position()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.selected is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._move(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in MOVES:
            self._move(*MOVES[key])
        elif key == Qt.Key.Key_Escape and self.selected is not None:
            self.select(None)
        elif key in KEYS and self.selected is not None:
            self.wanted.emit(KEYS[key])
        else:
            super().keyPressEvent(event)

    def _move(self, across: int, down: int) -> None:
        """Select the unit beside the selected one; the first hidden unit if there is none."""
        if self.reading is None:
            return
        columns = [column for column in self.reading.structure.columns if column.nodes]
        places = [
            (i, j) for i, column in enumerate(columns) for j, node in enumerate(column.nodes) if self._is(node.part)
        ]
        if not places:
            first = columns[min(1, len(columns) - 1)]
            self.select(first.nodes[0].part)
            return
        i, j = places[0]
        beside = columns[min(max(i + across, 0), len(columns) - 1)]
        if across:
            j = round((j + 0.5) / len(columns[i].nodes) * len(beside.nodes) - 0.5)
        self.select(beside.nodes[min(max(j + down, 0), len(beside.nodes) - 1)].part)

    def _is(self, part: Part) -> bool:
        own = self.selected
        return own is not None and (part.layer, part.feature or part.unit) == (own.layer, own.feature or own.unit)
