"""How sure the network is of each class: the answer in large, and a bar with a number for every class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import Property, QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nnplayground.gui.bar_item import NUMBER_PIXELS, BarItem, fitting, percent
from nnplayground.gui.curve import Floats, finite
from nnplayground.gui.letters import scaled
from nnplayground.gui.painting import guarded
from nnplayground.gui.plot import Plot
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

NAME = Text("Probabilities", "確率")
CLASS = Text("Class", "クラス")
PROBABILITY = Text("Probability", "確率")
BEFORE = Text("Before", "変更前")
SECOND = Text("then {name}, {percent}", "次点 {name}、{percent}")
NOTHING = Text("Nothing drawn yet", "まだ何も描かれていません")
_LOW = 200
"""A plot lower than this has no room for the names of its axes."""
DIGITS = tuple(Text.same(str(d)) for d in range(10))


class ProbabilityBars(QWidget):
    """The newest answer of the network."""

    changed = Signal()

    def __init__(self, ui: Ui, names: Sequence[Text] = DIGITS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("probabilities")
        self._ui = ui
        self._values: Floats = np.empty(0)
        self._prediction = -1
        self._names = tuple(names)
        self._headline = _Headline(ui)
        self.plot = _BarPlot(ui)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.plot.header.insertWidget(0, self._headline, 1)
        layout.addWidget(self.plot)
        self.set_classes(names)
        ui.bind(self.setAccessibleName, NAME, self)
        ui.language_changed.connect(self._describe)

    values = Property(list, lambda self: self._values.tolist(), notify=changed)
    """Probabilities in class order; empty while there is nothing to answer."""
    prediction = Property(int, lambda self: self._prediction, notify=changed)
    """The likeliest class; -1 while there is nothing to answer."""

    def set_classes(self, names: Sequence[Text], colored: bool = False) -> None:
        """Name the classes; `colored` gives each bar the colour its class has in the other panes."""
        self._names = tuple(names)
        self.plot.set_classes(self._names, colored)
        self.set_values(None)

    def set_hint(self, hint: Text) -> None:
        """What is said while there is nothing to answer."""
        self._headline.show_hint(hint)

    def set_values(self, values: ArrayLike | None, before: ArrayLike | None = None) -> None:
        """Show `values`, one per class, and perhaps those from `before` a change as outlines; None shows nothing.

        Values of another number or not finite show nothing.
        """
        self._values = self._checked(values)
        prediction = int(self._values.argmax()) if len(self._values) else -1
        turned, self._prediction = prediction != self._prediction, prediction
        self.plot.set_values(self._values, self._checked(before))
        self._headline.show_answer(self._answer())
        if turned:
            self._describe()
        self.changed.emit()

    def _checked(self, values: ArrayLike | None) -> Floats:
        array = np.empty(0) if values is None else finite(values, len(self._names))
        return np.empty(0) if np.isnan(array).any() else array

    def _answer(self) -> tuple[Text, str, Text] | None:
        """The likeliest class, its probability, and the second guess."""
        if self._prediction < 0:
            return None
        best = self._prediction
        second = Text("", "")
        if len(self._values) > 1:
            order = self._values.copy()
            order[best] = -1.0
            next_best = int(order.argmax())
            second = SECOND.format(name=self._names[next_best], percent=percent(self._values[next_best]))
        return self._names[best], percent(self._values[best]), second

    def _describe(self) -> None:
        answer = self._answer()
        words = self._headline.hint if answer is None else Text("{name}, {percent}", "{name}、{percent}").format(
            name=answer[0], percent=answer[1]
        )  # fmt: skip
        self.setAccessibleDescription(self._ui.text(words))

    def sizeHint(self) -> QSize:
        return QSize(280, 320)


class _Headline(QWidget):
    """The answer in large. Painted, not labelled: a label that changes lays the window out anew."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._answer: tuple[Text, str, Text] | None = None
        self._fonts: dict[tuple[float, bool], tuple[QFont, QFontMetricsF]] = {}
        self.hint = NOTHING
        self.setObjectName("answer")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what lies behind need not be painted
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ui.bind_theme(lambda _theme: self.update(), self)
        ui.language_changed.connect(self.update)

    def show_answer(self, answer: tuple[Text, str, Text] | None) -> None:
        """Show name, probability and second guess."""
        if answer != self._answer:
            self._answer = answer
            self.update()

    def show_hint(self, hint: Text) -> None:
        """What to say without an answer."""
        self.hint = hint
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(200), round(self.fontMetrics().height() * 3.4))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(150), self.sizeHint().height())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, words = self._ui.theme, self._ui.text
        room = QRectF(self.rect()).adjusted(14, 4, -10, -2)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.surface))
            if self._answer is None:
                painter.setPen(QColor(theme.muted))
                painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), words(self.hint))
                return
            name, chance, second = self._answer
            size = 2.6 if len(words(name)) <= 3 else 1.7
            used = self._write(painter, room, words(name), size, theme.text, bold=True)
            right = room.adjusted(used + 14, 0, 0, 0)
            upper, lower = QRectF(right), QRectF(right)
            upper.setBottom(right.center().y() + 2)
            lower.setTop(upper.bottom())
            self._write(painter, upper, chance, 1.25, theme.text, bold=True)
            self._write(painter, lower, words(second), 1.0, theme.muted)

    def _write(self, painter: QPainter, room: QRectF, words: str, size: float, color: str, bold: bool = False) -> float:
        font, metrics = self._font(size, bold)
        width = metrics.horizontalAdvance(words)
        if width > room.width():
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
            width = metrics.horizontalAdvance(words)
        painter.setFont(font)
        painter.setPen(QColor(color))
        painter.drawText(QPointF(room.left(), room.center().y() + (metrics.ascent() - metrics.descent()) / 2), words)
        return width

    def _font(self, size: float, bold: bool) -> tuple[QFont, QFontMetricsF]:
        """Its own font so many times as large, and what measures it."""
        made = self._fonts.get((size, bold))
        if made is None:
            font = self.font()
            font.setPointSizeF(font.pointSizeF() * size)
            font.setBold(bold)
            made = self._fonts[size, bold] = font, QFontMetricsF(font)
        return made

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fonts.clear()


class _BarPlot(Plot):
    """Bars one below the other, class after class."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, NAME, PROBABILITY, CLASS)
        self._names: tuple[Text, ...] = ()
        self._values: Floats = np.empty(0)
        self._before: Floats = np.empty(0)
        self._bars = BarItem(self.box, ui.theme)
        self.grid.rows = False
        self.item.getAxis("bottom").setTicks([[(0, "0"), (0.5, "0.5"), (1, "1")], [(0.25, ""), (0.75, "")]])
        self.item.getAxis("left").setStyle(tickLength=0)
        self.box.invertY(True)
        self.box.setMouseEnabled(False, False)
        self.box.sigResized.connect(self._leave_room)
        ui.bind_theme(self._bars.restyle, self)
        ui.language_changed.connect(self._name_rows)

    def set_classes(self, names: tuple[Text, ...], colored: bool) -> None:
        """Name the rows."""
        self._names = names
        self._bars.set_rows(len(names), colored)
        self._name_rows()
        self._leave_room()

    def set_values(self, values: Floats, before: Floats) -> None:
        """Show them."""
        self._values, self._before = values, before
        self._bars.set_values(values, before)
        self.read()

    @Slot()
    def read(self) -> None:
        """Name, probability and the one before, of the row under the pointer."""
        row = self._bars.row_at(self.box.mapFromScene(self.view.mapToScene(self.pointer)).y()) if self.pointer else None
        if self.pointer is None or row is None or row >= len(self._values):
            self.readout.hide()
            return
        lines = [self.ui.text(self._names[row]), f"{self.ui.text(PROBABILITY)}: {self._values[row]:.6f}"]
        if row < len(self._before):
            lines.append(f"{self.ui.text(BEFORE)}: {self._before[row]:.6f}")
        self.readout.say(lines, self.pointer)

    def _on_key(self, event: QKeyEvent) -> bool:
        """There is nothing to zoom: 0 means a class here."""
        return event.key() != Qt.Key.Key_0 and super()._on_key(event)

    def columns(self) -> list[list[str]]:
        words = self.ui.text
        columns = [[words(CLASS), *map(words, self._names)], [words(PROBABILITY), *map(repr, self._values.tolist())]]
        if len(self._before):
            columns.append([words(BEFORE), *map(repr, self._before.tolist())])
        return columns

    def _name_rows(self) -> None:
        ticks = [(float(i), _short(self.ui.text(name))) for i, name in enumerate(self._names)]
        self.item.getAxis("left").setTicks([ticks])

    def _leave_room(self, _box: object = None) -> None:
        """Let 1 on the axis lie where the full bars end, before the numbers."""
        width = max(self.box.width(), NUMBER_PIXELS + 1.0)
        low = self.view.height() < _LOW
        for side in ("bottom", "left"):
            self.item.getAxis(side).showLabel(not low)
        self.item.getAxis("left").setTickFont(fitting(self.font(), self.box.height() / max(len(self._names), 1)))
        self.follow.fix((0.0, width / (width - NUMBER_PIXELS)), (-0.5, len(self._names) - 0.5))
        self.fit()


def _short(name: str) -> str:
    return name if len(name) <= 14 else name[:13] + "…"
