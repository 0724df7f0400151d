"""The sheet a digit is drawn on, with mouse, pen, finger or keys."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import Property, QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.gui.hand import KEYS_TOOL, Hand, Keys
from nnplayground.gui.ink import Ink
from nnplayground.gui.painting import guarded
from nnplayground.gui.sketch import Sketch, Strokes
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

PEN_WIDTH = 0.08
HINT = Text("Draw a digit here", "ここに数字を描いてください")
NAME = Text("Drawing canvas", "描画キャンバス")
KEYS = Text(
    "Arrow keys move the pen, Space puts it down or lifts it, Backspace takes back the last stroke, Esc clears.",
    "矢印キーでペンを動かし、スペースキーで下ろす・上げる。Backspace で最後の線を取り消し、Esc で消去します。",
)
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_RADIUS = 8.0


class DigitCanvas(QWidget):
    """Strokes on a square sheet in the middle of the widget, kept in 0..1 of its side."""

    strokes_changed = Signal()
    """At each move of the pen, and at undo, redo and clear."""
    stroke_finished = Signal()

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._sketch = Sketch()
        self._ink = Ink()
        self._drawn_for: object = None
        self._pen_width = PEN_WIDTH
        self._hand = Hand(self)
        self._keys = Keys()
        self._hint = ""
        self._hint_font = self.font()
        self._hint_font.setPointSizeF(self.font().pointSizeF() * 1.25)
        self.setObjectName("digit_canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what lies behind need not be painted
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)  # or a move without a button, after a lost release, would not be seen
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, 80)
        ui.bind(self.setAccessibleName, NAME, self)
        ui.bind(self.setAccessibleDescription, KEYS, self)
        ui.bind_theme(self._redraw, self)
        self.set_hint(HINT)

    # What others may rely on.

    def _get_strokes(self) -> list[list[list[float]]]:
        return [stroke.tolist() for stroke in self._sketch.strokes]

    def _set_strokes(self, strokes: Sequence[Sequence[Sequence[float]]]) -> None:
        self._hand.lift()
        self._changed(self._sketch.replace(strokes))

    def _set_pen_width(self, width: float) -> None:
        if math.isfinite(width):
            self._pen_width = min(max(width, 0.005), 0.5)
            self._redraw()

    empty = Property(bool, lambda self: self._sketch.empty, notify=strokes_changed)
    strokes = Property(list, _get_strokes, _set_strokes, notify=strokes_changed)
    """A list of strokes, each a list of [x, y] in 0..1, y down. Setting it can be undone."""
    pen_width = Property(float, lambda self: self._pen_width, _set_pen_width)
    """Width of the pen as a share of the side of the sheet."""

    def points(self) -> Strokes:
        """The strokes as read-only arrays (n, 2): the property `strokes`, but quicker."""
        return self._sketch.strokes

    def set_hint(self, hint: Text) -> None:
        """What an empty sheet says."""
        self._ui.bind(self._say, hint, self)

    @Slot()
    def clear(self) -> None:
        """Take all ink away; can be taken back. Told even if there was none: there may be something else to clear."""
        self._hand.lift()
        self._sketch.clear()
        self._changed(True)

    @Slot()
    def undo_stroke(self) -> None:
        """Take back the last stroke, or bring back what was cleared."""
        self._hand.lift()
        self._changed(self._sketch.undo())

    @Slot()
    def redo_stroke(self) -> None:
        """Draw again what was taken back last."""
        self._hand.lift()
        self._changed(self._sketch.redo())

    @property
    def is_drawing(self) -> bool:
        """Whether the pen is down."""
        return self._sketch.drawing

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._sketch.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is something to draw again."""
        return self._sketch.can_redo

    # The pen, as the hand moves it.

    def pen_down(self, place: QPointF) -> None:
        """Begin a stroke at `place`, in pixels of the widget."""
        if self._hand.tool != KEYS_TOOL:
            self._keys.shown = False
        was_empty = self._sketch.empty
        if self._sketch.begin(*self._to_sheet(place)):
            self._update_ink()
            dirty = self._ink.begin(self._sketch.strokes[-1])
            self._update_sheet(self._sheet() if was_empty else dirty)
            self.strokes_changed.emit()

    def pen_move(self, place: QPointF) -> None:
        """Draw on to `place`."""
        x, y = self._to_sheet(place)
        if self._sketch.move(x, y):
            self._update_ink()
            self._update_sheet(self._ink.move(x, y))
            self.strokes_changed.emit()

    def pen_up(self) -> None:
        """End the stroke."""
        if self._sketch.end():
            self._update_ink()
            self._update_sheet(self._ink.end())
            self.strokes_changed.emit()
            self.stroke_finished.emit()

    def pen_taken_back(self) -> None:
        """Forget the stroke that was begun."""
        self._changed(self._sketch.abandon())

    # Events.

    def event(self, event: QEvent) -> bool:
        """Pointers go to the hand; keys that draw are kept from becoming shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._keys.wants(event):
            event.accept()
            return True
        return self._hand.takes(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self._keys.wants(event):
            super().keyPressEvent(event)
        elif self._keys.move(event):
            if self._hand.tool == KEYS_TOOL:
                self.pen_move(self._to_widget(self._keys.place))
            self.update()
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._toggle_key_pen()
        elif key == Qt.Key.Key_Escape:
            self.clear()
        elif key == Qt.Key.Key_Backspace:
            back = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.undo_stroke if back else self.redo_stroke)()

    def _toggle_key_pen(self) -> None:
        if self._hand.tool == KEYS_TOOL:
            self._hand.lift()
        else:
            self._hand.press(KEYS_TOOL, self._to_widget(self._keys.place))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keys.shown = event.reason() in _BY_TAB
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._hand.lift()
        self._keys.shown = False
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 280)

    # Painting.

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        self._update_ink()
        theme, sheet = self._ui.theme, self._sheet()
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(theme.surface))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not sheet.adjusted(_RADIUS, _RADIUS, -_RADIUS, -_RADIUS).contains(event.rect()):
                self._paint_edge(painter, sheet)
            if self._sketch.empty and self._hint:
                painter.setPen(QColor(theme.muted))
                self._paint_hint(painter, sheet.adjusted(12, 12, -12, -12))
            painter.translate(sheet.topLeft())
            painter.drawPixmap(0, 0, self._ink.picture)
            self._ink.paint_tail(painter)
            if self._keys.shown:
                self._paint_cursor(painter, sheet.width())

    def _paint_hint(self, painter: QPainter, room: QRectF) -> None:
        """In letters as small as the room asks for."""
        how, font = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), QFont(self._hint_font)
        painter.setFont(font)
        while font.pointSizeF() > 6 and not room.contains(painter.boundingRect(room, how, self._hint)):
            font.setPointSizeF(font.pointSizeF() * 0.8)
            painter.setFont(font)
        painter.drawText(room, how, self._hint)

    def _paint_edge(self, painter: QPainter, sheet: QRectF) -> None:
        theme = self._ui.theme
        edge = theme.accent if self.hasFocus() else theme.outline
        painter.setPen(QPen(QColor(edge), 2.0 if self.hasFocus() else 1.0))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(sheet.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _paint_cursor(self, painter: QPainter, side: float) -> None:
        down = self._hand.tool == KEYS_TOOL
        painter.setPen(QPen(QColor(self._ui.theme.accent), 2.0))
        painter.setBrush(QColor(self._ui.theme.accent) if down else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self._keys.place * side, 5.0, 5.0)

    def _update_ink(self) -> None:
        """Draw everything anew if size, pixel ratio, theme or pen are not those of the picture."""
        side = self._sheet().width()
        wanted = side, self.devicePixelRatioF(), self._ui.theme.ink, self._pen_width
        if wanted == self._drawn_for:
            return
        self._drawn_for = wanted
        self._ink.reset(*wanted)
        strokes = self._sketch.strokes
        self._ink.draw(strokes[:-1] if self._sketch.drawing else strokes)
        if self._sketch.drawing:
            self._ink.begin(strokes[-1])

    def _redraw(self, _theme: object = None) -> None:
        self._drawn_for = None
        self.update()

    def _changed(self, changed: bool) -> None:
        if changed:
            self._redraw()
            self.strokes_changed.emit()

    def _say(self, hint: str) -> None:
        self._hint = hint
        self.update()

    # Places.

    def _sheet(self) -> QRectF:
        side = max(1, min(self.width(), self.height()))
        return QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _to_sheet(self, place: QPointF) -> tuple[float, float]:
        sheet = self._sheet()
        return (place.x() - sheet.x()) / sheet.width(), (place.y() - sheet.y()) / sheet.height()

    def _to_widget(self, place: QPointF) -> QPointF:
        return self._sheet().topLeft() + place * self._sheet().width()

    def _update_sheet(self, dirty: QRectF) -> None:
        self.update(dirty.translated(self._sheet().topLeft()).toAlignedRect())
