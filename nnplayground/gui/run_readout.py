"""Where the run is, in numbers that stay in their place: epoch, step, speed, loss and accuracy."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.letters import scaled
from nnplayground.gui.painting import guarded
from nnplayground.text import Text
from nnplayground.training.history import Evaluation
from nnplayground.training.probes import Probe
from nnplayground.training.snapshot import Event, Snapshot

NONE = "–"
GAP = 16
"""Pixels between two columns where there is room."""
NARROW_GAP = 7


@dataclass(frozen=True)
class Column:
    """One number: what it is called, the widest that it gets, its colour in the theme, and how it is read."""

    words: Text
    help: Text
    widest: str
    color: str
    read: Callable[[Snapshot], str]


def _of(read: Callable[[Evaluation], str]) -> Callable[[Snapshot], str]:
    return lambda snapshot: NONE if snapshot.evaluation is None else read(snapshot.evaluation)


COLUMNS = (
    Column(
        Text("Epoch", "エポック"), Text("How often all training samples have been seen", "訓練データ全体を何回学習したか"),
        "000.00", "text", lambda s: f"{s.epoch:.2f}" if s.epoch < 1000 else short(s.epoch, 1e5),
    ),
    Column(
        Text("Step", "ステップ"), Text("Mini-batches learnt so far", "これまでに学習したミニバッチの数"),
        "0,000,000", "text", lambda s: whole(s.step),
    ),
    Column(
        Text("Samples/s", "データ/秒"), Text("Training samples learnt per second", "1 秒間に学習した訓練データの数"),
        "000,000", "muted", lambda s: short(rounded(s.samples_per_second)) if s.samples_per_second else NONE,
    ),
    Column(
        Text("Train loss", "訓練損失"), Text("Mean loss on training samples", "訓練データでの損失の平均"),
        "0.0000", "train", _of(lambda e: loss(e.train_loss)),
    ),
    Column(
        Text("Test loss", "テスト損失"), Text("Mean loss on samples kept for testing", "テストデータでの損失の平均"),
        "0.0000", "test", _of(lambda e: loss(e.test_loss)),
    ),
    Column(
        Text("Train acc.", "訓練精度"), Text("Share of training samples that are right", "訓練データの正解率"),
        "100.0 %", "train", _of(lambda e: share(e.train_accuracy)),
    ),
    Column(
        Text("Test acc.", "テスト精度"), Text("Share of test samples that are right", "テストデータの正解率"),
        "100.0 %", "test", _of(lambda e: share(e.test_accuracy)),
    ),
)  # fmt: skip
LEAVING = (2, 1, 5, 3, 4)
"""Places of the columns that go first where there is no room for all; a tip then tells all numbers."""
NAME = Text("State of the run", "学習の状況")


def whole(number: float) -> str:
    """12345 as 12,345 and from ten millions on as 12.35 M."""
    return f"{number:,.0f}" if number < 1e7 else _millions(number, 2 if number < 9e8 else 0)


def short(number: float, most: float = 1e6) -> str:
    """12345 as 12,345 and from `most` on in three digits that matter, or two below a million: 1.23 M, 0.12 M."""
    if number < most:
        return f"{number:,.0f}"
    number = rounded(number)
    return _millions(number, min(2, max(0, 8 - math.floor(math.log10(number)))))


def _millions(number: float, places: int) -> str:
    return f"{number / 1e6:,.{places}f} M"


def rounded(number: float) -> float:
    """Three significant digits: the rest is noise."""
    return 0.0 if number <= 0 else round(number, 2 - math.floor(math.log10(number)))


def loss(value: float) -> str:
    """Four digits that matter, never longer than six characters up to 10^99."""
    if not math.isfinite(value):
        return "∞"
    return f"{value:.4f}" if value < 10 else f"{value:.2f}" if value < 1000 else f"{value:.0e}"


def share(value: float | None) -> str:
    """0.912 as 91.2 %."""
    return NONE if value is None else f"{value:.1%}".replace("%", " %")


class Readout(QWidget):
    """Columns of a small caption over a number; painted in one go, so that nothing is laid out anew."""

    interval = 0.1

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._values = [NONE] * len(COLUMNS)
        self._loading: Text | None = None
        self._share = 0.0
        self._measured: tuple[tuple[str, str], list[float]] | None = None
        self.setObjectName("readout")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        desk.ui.bind(self.setAccessibleName, NAME, self)
        desk.ui.language_changed.connect(self._renew)
        desk.ui.theme_changed.connect(self.update)
        desk.controller.schedule.add(self)
        desk.controller.happened.connect(self._happened)

    def is_seen(self) -> bool:
        """Whether it stands in a window that is shown."""
        return self.isVisible()

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        """It needs none."""
        return ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Paint the numbers of `snapshot`."""
        values = [column.read(snapshot) for column in COLUMNS]
        if values != self._values:
            self._values = values
            self._describe()
            self.update()

    @Slot(object)
    def _happened(self, event: Event) -> None:
        """While data is prepared, there is that to tell instead of numbers."""
        if event.kind in ("loading", "progress"):
            self._loading, self._share = event.text, event.share
        elif event.kind in ("loaded", "refused", "failed"):
            self._loading = None
        self.update()

    def values(self) -> dict[str, str]:
        """The numbers as they are shown, by the English caption."""
        return {column.words.en: value for column, value in zip(COLUMNS, self._values, strict=True)}

    def sizeHint(self) -> QSize:
        return self._size(range(len(COLUMNS)), GAP)

    def minimumSizeHint(self) -> QSize:
        return self._size([i for i in range(len(COLUMNS)) if i not in LEAVING], NARROW_GAP)

    def _size(self, shown: Sequence[int], gap: int) -> QSize:
        widths = self._widths()
        return QSize(math.ceil(sum(widths[i] for i in shown)) + gap * (len(shown) - 1), scaled(38))

    def _shown(self) -> list[int]:
        """The columns that there is room for."""
        shown = list(range(len(COLUMNS)))
        for i in LEAVING:
            if self._size(shown, NARROW_GAP).width() <= self.width():
                break
            shown.remove(i)
        return shown

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._loading is None:
                self._paint_numbers(painter)
            else:
                self._paint_loading(painter, self._loading)

    def _paint_loading(self, painter: QPainter, words: Text) -> None:
        theme, middle, width = self._desk.ui.theme, self.height() / 2, min(self.width(), scaled(320))
        room = QRectF(self.width() - width, 0, width, middle)
        painter.setFont(self._caption_font())
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, _RIGHT | Qt.AlignmentFlag.AlignVCenter, self._desk.ui.text(words))
        track = QRectF(room.x(), middle + 5, room.width(), 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for share, color in ((1.0, theme.sunken), (max(self._share, 0.02), theme.accent)):
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(QRectF(track.x(), track.y(), track.width() * share, track.height()), 2.5, 2.5)

    def _paint_numbers(self, painter: QPainter) -> None:
        theme, caption, number = self._desk.ui.theme, self._caption_font(), self._number_font()
        middle = self.height() / 2
        for i, rect in self._cells().items():
            column, value = COLUMNS[i], self._values[i]
            painter.setFont(caption)
            painter.setPen(QColor(theme.muted))
            upper = QRectF(rect.x(), 0, rect.width(), middle - 1)
            painter.drawText(upper, _RIGHT | Qt.AlignmentFlag.AlignBottom, self._desk.ui.text(column.words))
            painter.setFont(number)
            painter.setPen(QColor(getattr(theme, column.color)))
            lower = QRectF(rect.x(), middle, rect.width(), middle)
            painter.drawText(lower, _RIGHT | Qt.AlignmentFlag.AlignTop, value)

    def event(self, event: QEvent) -> bool:
        """Each column has a tip of its own."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cells = self._cells()
            for i, rect in cells.items():
                if rect.contains(event.pos()):
                    every = "" if len(cells) == len(COLUMNS) else f"\n{self.accessibleDescription()}"
                    QToolTip.showText(event.globalPos(), self._desk.ui.text(COLUMNS[i].help) + every, self)
            return True
        return super().event(event)

    def _cells(self) -> dict[int, QRectF]:
        """The places of the columns that are shown."""
        every = self._widths()
        shown = self._shown()
        widths = [every[i] for i in shown]
        gap = min(max((self.width() - sum(widths)) / (len(widths) - 1), 0.0), float(GAP))
        x = self.width() - sum(widths) - gap * (len(widths) - 1)
        found = {}
        for i, width in zip(shown, widths, strict=True):
            found[i] = QRectF(x, 0, width, self.height())
            x += width + gap
        return found

    def _widths(self) -> list[float]:
        """Widths of the columns in the font and language of now; layouts ask for them again and again."""
        known = self.font().key(), self._desk.ui.language
        if self._measured is None or self._measured[0] != known:
            caption, number = QFontMetrics(self._caption_font()), QFontMetrics(self._number_font())
            text = self._desk.ui.text
            self._measured = known, [
                max(caption.horizontalAdvance(text(c.words)), number.horizontalAdvance(c.widest)) + 2.0
                for c in COLUMNS
            ]  # fmt: skip
        return self._measured[1]

    def _caption_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        return font

    def _number_font(self) -> QFont:
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _describe(self) -> None:
        text = self._desk.ui.text
        words = [f"{text(c.words)} {v}" for c, v in zip(COLUMNS, self._values, strict=True)]
        self.setAccessibleDescription(", ".join(words))

    def _renew(self) -> None:
        self._describe()
        self.updateGeometry()
        self.update()


_RIGHT = Qt.AlignmentFlag.AlignRight
