"""Paint your own data: points on the plane, class by class, over what the network makes of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QLabel, QToolButton, QVBoxLayout

from nnplayground.data import point_table
from nnplayground.data.datasets import Dataset
from nnplayground.data.datasets.my_points import MOST, MyPoints, Point
from nnplayground.data.task import Data
from nnplayground.gui import ask_file
from nnplayground.gui.designer.adapt import with_dataset
from nnplayground.gui.desk import Desk
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.panes import PaneView
from nnplayground.gui.point_canvas import PointCanvas
from nnplayground.gui.tool_row import ToolRow
from nnplayground.storage import atomic
from nnplayground.text import Problem, Text
from nnplayground.training.probes import Probe
from nnplayground.training.probes._plane import points_of
from nnplayground.training.probes.decision_map import DecisionMap, PlaneMap
from nnplayground.training.snapshot import Snapshot

TOOLS = {
    "brush": ("pen", Text("Brush: drag to scatter points", "ブラシ: ドラッグで点をまく")),
    "point": ("add", Text("Single points: click to put one", "1 点ずつ: クリックで置く")),
    "erase": ("clear", Text("Eraser (or the right button)", "消しゴム（右ボタンでも可）")),
    "move": ("move", Text("Move a point", "点を動かす")),
}
DONE = {
    "point": Text("{n} points painted", "点を {n} 個追加"),
    "erase": Text("{n} points erased", "点を {n} 個削除"),
    "move": Text("point moved", "点を移動"),
}
CLEAR, CLEARED = Text("Start with an empty plane", "すべての点を消す"), Text("all points erased", "すべての点を削除")
OPEN, OPENED = Text("Read points from a table…", "表から点を読み込む…"), Text("points of {name}", "{name} の点")
SAVE, SAVED = (
    Text("Write the points to a table…", "点を表に書き出す…"),
    Text("Written: {name}", "書き出しました: {name}"),
)
KINDS = Text("Tables (*.csv *.tsv *.txt)", "表 (*.csv *.tsv *.txt)")
CLASS = Text("Paint class {name}", "クラス {name} を描く")
MORE = Text("One more class", "クラスを増やす")
COUNT = Text("{n} of at most {most} points", "点 {n} 個（最大 {most} 個）")
FIRST_STROKE = Text(
    "{n} points. The first stroke makes them your own points.", "点 {n} 個。最初のひと筆で「自分の点」になります。"
)
SUFFIXES = (".csv", ".tsv", ".txt")


class PointsView(PaneView):
    """Tools, classes, the canvas, and how many points there are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("points_view")
        self.setAcceptDrops(True)
        self._data: Data | None = None
        self._dataset: Dataset | None = None
        """What the data came from."""
        self._taken: tuple[Point, ...] = ()
        self._names: tuple[str, ...] = ()
        self.canvas = PointCanvas(desk.ui)
        self.count = QLabel()
        self.count.setObjectName("points_count")
        self.count.setProperty("role", "muted")
        self._tools, self._classes = QButtonGroup(self), QButtonGroup(self)
        self._class_row = FlowRow()
        self._class_row.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(self._tool_row())
        layout.addLayout(self._class_row)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.count)
        self.canvas.edited.connect(self._edited)
        self.canvas.class_chosen.connect(self._choose)
        desk.document.changed.connect(self._follow)
        desk.ui.theme_changed.connect(self._show_classes)
        self._follow()

    def _tool_row(self) -> ToolRow:
        row = ToolRow(self.desk.ui)
        for name, (icon, words) in TOOLS.items():
            button = row.add_button(f"points_{name}", icon, words, partial(self._take, name), checkable=True)
            button.setChecked(name == self.canvas.tool)
            self._tools.addButton(button)
        row.addStretch()
        row.add_button("points_undo", "undo-stroke", Text("Undo", "元に戻す"), self.desk.document.undo_stack.undo)
        row.add_button("points_clear", "remove", CLEAR, lambda: self.put((), 2, CLEARED))
        row.add_button("points_open", "open", OPEN, self._ask_open)
        row.add_button("points_save", "save", SAVE, self._ask_save)
        return row

    # What is shown.

    @property
    def points(self) -> tuple[Point, ...]:
        """The points that can be painted on: the person's own, or those of the data that is in use."""
        dataset = self.desk.document.experiment.dataset
        return dataset.points if isinstance(dataset, MyPoints) else self._taken

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        return (DecisionMap(),) if snapshot.experiment.dataset.lies_on_plane else ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer = snapshot.probes.get(DecisionMap())
        if not isinstance(answer, PlaneMap):
            if snapshot.experiment.dataset != self._dataset:
                self._data, self._taken = None, ()
                self.canvas.show_map(None)
                self._follow()
            self.desk.controller.prepare()
            return
        self._dataset = snapshot.experiment.dataset
        if answer.data is not self._data:
            self._data = answer.data
            own = isinstance(snapshot.experiment.dataset, MyPoints)
            self._taken = () if own or not answer.data.task.is_classification else all_points(answer.data)
            self._follow()
        self.canvas.show_map(answer)

    @Slot()
    def _follow(self, *_: object) -> None:
        dataset = self.desk.document.experiment.dataset
        self.canvas.show_points(self.points)
        words = COUNT if isinstance(dataset, MyPoints) else FIRST_STROKE
        self.desk.ui.bind(self.count.setText, words.format(n=len(self.points), most=MOST), self.count)
        if dataset.task.is_classification and dataset.task.classes != self._names:
            self._show_classes()

    @Slot()
    def _show_classes(self, *_: object) -> None:
        """A button for each class, in its colour, and one for a further class."""
        while item := self._class_row.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        names = self._names = self.desk.document.experiment.dataset.task.classes
        for button in self._classes.buttons():
            self._classes.removeButton(button)
        self.canvas.label = min(self.canvas.label, max(0, len(names) - 1))
        for k, name in enumerate(names):
            button = self._class_button(f"points_class_{k}", CLASS.format(name=name))
            button.setText(name)
            button.setIcon(dot(self.desk.ui.theme.class_color(k)))
            button.setCheckable(True)
            button.setChecked(k == self.canvas.label)
            button.clicked.connect(lambda _=False, k=k: self._choose(k))
            self._classes.addButton(button, k)
        more = self._class_button("points_more", MORE)
        more.setText("+")
        more.setEnabled(len(names) < 10)
        more.clicked.connect(self._one_more)
        self._class_row.addStretch()

    def _class_button(self, name: str, words: Text) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(12, 12))
        self.desk.ui.bind(button.setToolTip, words, button)
        self.desk.ui.bind(button.setAccessibleName, words, button)
        self._class_row.addWidget(button)
        return button

    # What a person does.

    def _take(self, tool: str) -> None:
        self.canvas.tool = tool  # type: ignore[assignment]

    @Slot(int)
    def _choose(self, label: int) -> None:
        button = self._classes.button(label)
        if button is not None:
            button.setChecked(True)
            self.canvas.label = label

    @Slot()
    def _one_more(self) -> None:
        count = len(self.desk.document.experiment.dataset.task.classes) + 1
        self.put(self.points, count, Text("{n} classes", "クラス数 {n}").format(n=count))
        self._choose(count - 1)

    @Slot(object, str, int)
    def _edited(self, points: tuple[Point, ...], what: str, count: int) -> None:
        self.put(points, 2, DONE[what].format(n=count))
        self.canvas.show_points(self.points)  # what could not be done is not shown either

    def put(self, points: tuple[Point, ...], classes: int, words: Text) -> None:
        """Make these the data, undoably, with at least so many classes."""
        experiment = self.desk.document.experiment
        old = experiment.dataset
        base = old if isinstance(old, MyPoints) else MyPoints(classes=max(2, len(old.task.classes))).after(old)
        try:
            made = base.replace(points=points, classes=max(classes, base.classes))
            self.desk.document.edit(with_dataset(experiment, made)[0], words)
        except Problem as problem:
            self.desk.ui.tell(problem.text, "warning")

    @Slot()
    def _ask_open(self) -> None:
        path = ask_file.to_open(self.desk.ui, OPEN, KINDS)
        if path is not None:
            self.open_table(path)

    def open_table(self, path: Path) -> None:
        """Take the points of a file in place of those that are there."""
        try:
            points, classes = point_table.read(path)
        except Problem as problem:
            self.desk.ui.tell(problem.text, "warning")
            return
        self.put(points, classes, OPENED.format(name=path.name))

    @Slot()
    def _ask_save(self) -> None:
        path = ask_file.to_save(self.desk.ui, SAVE, KINDS, "points.csv")
        if path is None:
            return
        try:
            told = atomic.write_bytes(path, point_table.encode(self.points))
        except Problem as problem:
            self.desk.ui.tell(problem.text, "warning")
            return
        self.desk.ui.tell(told or SAVED.format(name=path.name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _tables(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open_table(_tables(event)[0])


def _tables(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in SUFFIXES]


def all_points(data: Data) -> tuple[Point, ...]:
    """The training and test points of data on the plane, as many as can be kept."""
    train, test = points_of(data)
    where = np.concatenate([train, test])[:MOST].round(4)
    labels = np.concatenate([data.train_labels, data.test_labels])[:MOST].astype(int)
    return tuple((float(x), float(y), int(k)) for (x, y), k in zip(where, labels, strict=True))


def dot(color: str) -> QIcon:
    """A round spot of `color`."""
    made = QPixmap(36, 36)
    made.setDevicePixelRatio(3.0)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(1, 1, 10, 10)
    return QIcon(made)
