"""What an empty loss plot says: how to begin, and that a trained network can be trained from scratch."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.plot import LEAST, Plot
from nnplayground.text import Text
from nnplayground.training.snapshot import Snapshot

PLAY = Text("Press play, and the loss appears here.", "再生を押すと、ここに損失の推移が描かれます。")
TRAINED = Text(
    "This network has already learnt: draw a digit, and it reads it. Or watch how it learns:",
    "このネットワークは学習済みです。数字を描くと読み取ります。学習していく様子を見るには:",
)
SCRATCH = Text("Start from scratch", "最初から学習する")
SCRATCH_HELP = Text(
    "Forget what was learnt, and train from the initial weights", "学習したことを忘れ、初期値の重みから学習します"
)


class EmptyRun(QWidget):
    """Lies in the middle of `plot` as long as there is no step to show."""

    def __init__(self, desk: Desk, plot: Plot) -> None:
        super().__init__(plot.view)
        self._desk, self._plot = desk, plot
        self._words, self._button = QLabel(), QPushButton()
        self._words.setObjectName("loss_hint")
        self._words.setProperty("role", "muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._button.setObjectName("start_from_scratch")
        desk.ui.bind(self._button.setText, SCRATCH, self._button)
        desk.ui.bind(self._button.setToolTip, SCRATCH_HELP, self)
        self._button.clicked.connect(self._start)
        self._column = layout = QVBoxLayout(self)
        layout.addStretch()
        layout.addWidget(self._words)
        layout.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        plot.box.sigResized.connect(self._place)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._make_room)  # not while the plot is being laid out
        self._tell(False)

    def show_for(self, snapshot: Snapshot) -> None:
        """Say what fits `snapshot`, or nothing if there is a loss to be seen."""
        self.setVisible(not len(snapshot.curves.steps))
        trained = bool(snapshot.experiment.weights) and snapshot.given and snapshot.state == "idle"
        self._tell(trained and len(snapshot.network.spec.input_shape) == 3)
        if self.isHidden():
            self._plot.view.setMinimumSize(*LEAST)
        else:
            self._place()

    def _tell(self, trained: bool) -> None:
        self._desk.ui.bind(self._words.setText, TRAINED if trained else PLAY, self._words)
        self._button.setVisible(trained)

    @Slot()
    def _start(self) -> None:
        self._desk.controller.reset()
        self._desk.controller.play()

    @Slot()
    def _place(self, _box: object = None) -> None:
        room = self._plot.box.sceneBoundingRect().toAlignedRect().adjusted(8, 0, -8, 0)
        self.setGeometry(room)
        if not self.isHidden():
            self._soon.start()

    @Slot()
    def _make_room(self) -> None:
        """Ask for as much room between the axes as the words need."""
        around = self._plot.view.height() - self.height()
        needed = self._column.totalMinimumHeightForWidth(self.width()) + around
        self._plot.view.setMinimumHeight(LEAST[1] if self.isHidden() else needed)
