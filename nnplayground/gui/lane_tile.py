"""One lane of a race: what it is, how good it is, what it would answer, and a button that goes on with it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nnplayground.engine.arrays import Array
from nnplayground.gui.icons import line_icon
from nnplayground.gui.painting import guarded
from nnplayground.gui.plane_colors import class_picture, value_picture
from nnplayground.gui.predictor import Predictor
from nnplayground.gui.race_curves import STYLES
from nnplayground.gui.run_readout import loss, share
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.probes.decision_map import DecisionMap, PlaneMap
from nnplayground.training.snapshot import LaneView

MAP = DecisionMap(60)
DRAW = Text("Draw a digit to see the answer of each lane", "数字を描くと、レーンごとの答えが出ます")
USE = Text("Go on with this network", "このネットワークで続ける")
USE_HELP = Text(
    "Go on with this lane, its settings and all that it has learnt; can be undone",
    "このレーンの設定と学習結果で続けます。元に戻せます",
)
SHORT = Text("test {test}", "テスト {test}")
NUMBERS = Text("Training data: {train}, test data: {test}", "訓練データ {train}、テストデータ {test}")


class LaneTile(QFrame):
    """Follows one lane."""

    wanted = Signal()
    """The person wants to go on with this lane."""

    def __init__(self, ui: Ui, index: int, label: Text) -> None:
        super().__init__()
        self._ui, self._index = ui, index
        self.setProperty("role", "card")
        self.setObjectName(f"lane_{index}")
        self.sign, self.name, self.numbers = QLabel(), QLabel(wordWrap=True), QLabel()
        self.name.setMaximumHeight(2 * self.name.fontMetrics().lineSpacing() + 4)
        ui.bind(self.name.setToolTip, label, self)
        self.note = QLabel(wordWrap=True)
        self.note.setProperty("role", "muted")
        self.note.hide()
        self.numbers.setProperty("role", "muted")
        self.picture = LanePicture(ui)
        self.use = QToolButton()
        self.use.setAutoRaise(True)
        self.use.setIconSize(QSize(16, 16))
        ui.bind_icon(self.use.setIcon, "keep", self.use)
        self.use.setObjectName(f"lane_{index}_use")
        self.use.clicked.connect(self.wanted)
        ui.bind(self.name.setText, label, self)
        ui.bind(self.setAccessibleName, label, self)
        ui.bind(self.use.setAccessibleName, Text("{use}: {label}", "{use}: {label}").format(use=USE, label=label), self)
        ui.bind(self.use.setToolTip, USE_HELP, self.use)
        ui.bind_theme(
            lambda theme: self.sign.setPixmap(line_icon(theme.curve_color(index), STYLES[index]).pixmap(20, 12)), self
        )
        head = QHBoxLayout()
        head.addWidget(self.sign)
        head.addWidget(self.name, 1)
        head.addWidget(self.use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 4, 6)
        layout.setSpacing(2)
        layout.addLayout(head)
        for part in (self.numbers, self.picture, self.note):
            layout.addWidget(part, 1 if part is self.picture else 0)

    def show_lane(self, lane: LaneView, row: Array | None) -> None:
        """Show what it has come to; `row` (features,) is what the person asks, if anything."""
        found = lane.snapshot.evaluation
        if found is not None:
            classes = found.test_accuracy is not None
            train = share(found.train_accuracy) if classes else loss(found.train_loss)
            test = share(found.test_accuracy) if classes else loss(found.test_loss)
            self._ui.bind(self.numbers.setText, SHORT.format(test=test), self.numbers)
            self._ui.bind(self.numbers.setToolTip, NUMBERS.format(train=train, test=test), self.numbers)
        self.note.setVisible(lane.stopped is not None)
        if lane.stopped is not None:
            self._ui.bind(self.note.setText, lane.stopped, self.note)
        self.picture.show_lane(lane, row)


class LanePicture(QWidget):
    """The decision map of a lane, or its answer to the drawing in bars."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._predictor = Predictor(self)
        self.map: PlaneMap | None = None
        self.shares: tuple[float, ...] = ()
        self.names: tuple[str, ...] = ()
        self.draws = False
        """Whether it waits for a drawing."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        ui.theme_changed.connect(self._renew)
        ui.language_changed.connect(self._renew)

    @Slot()
    def _renew(self) -> None:
        """Connected in place of `update`: PySide 6.11.3 keeps the name of each built-in method, and lanes come and go."""
        self.update()

    def show_lane(self, lane: LaneView, row: Array | None) -> None:
        """Show what the lane answers."""
        answer = lane.snapshot.probes.get(MAP)
        self.map = answer if isinstance(answer, PlaneMap) else None
        self.draws = len(lane.snapshot.network.spec.input_shape) == 3
        self.names = lane.snapshot.experiment.dataset.task.classes
        shares = None if row is None or self.map is not None else self._predictor.shares(lane.snapshot, row[None])
        self.shares = () if shares is None or not self.names else tuple(shares[0].tolist())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 90)

    def minimumSizeHint(self) -> QSize:
        return QSize(50, 40)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self.map is not None:
                self._paint_map(painter, self.map)
            elif self.shares:
                self._paint_bars(painter)
            elif self.draws:
                painter.setPen(QColor(self._ui.theme.muted))
                wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(QRectF(self.rect()), int(wrapped), self._ui.text(DRAW))

    def _paint_map(self, painter: QPainter, found: PlaneMap) -> None:
        theme, values = self._ui.theme, found.values
        if found.data.task.is_classification:
            pixels = class_picture(values, theme)
        else:
            pixels = value_picture(values[:, :, 0], max(float(abs(found.data.train_labels).max()), 1e-9), theme)
        pixels = pixels[::-1].copy()  # row 0 is the lowest
        side = min(self.width(), self.height())
        image = QImage(
            pixels.data, pixels.shape[1], pixels.shape[0], 4 * pixels.shape[1], QImage.Format.Format_RGBA8888
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF((self.width() - side) / 2, 0, side, side), image)

    def _paint_bars(self, painter: QPainter) -> None:
        theme, height = self._ui.theme, self.height() / len(self.shares)
        font = self.font()
        font.setPixelSize(max(6, min(12, int(height) - 1)))
        painter.setFont(font)
        best = max(range(len(self.shares)), key=self.shares.__getitem__)
        for i, value in enumerate(self.shares):
            row = QRectF(0, i * height, 16, height)
            painter.setPen(QColor(theme.text if i == best else theme.muted))
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, self.names[i])
            room = QRectF(18, row.y() + 1, self.width() - 20, max(1.0, height - 2))
            painter.fillRect(room, QColor(theme.sunken))
            room.setWidth(room.width() * value)
            painter.fillRect(room, QColor(theme.accent if i == best else theme.outline))
