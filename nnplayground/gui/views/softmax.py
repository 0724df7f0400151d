"""A bench for softmax: drag the scores, and see each step to the shares."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnplayground.gui.desk import Desk
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.log_slider import LogSlider
from nnplayground.gui.note import Note
from nnplayground.gui.panes.softmax import SoftmaxPane
from nnplayground.gui.predictor import Predictor
from nnplayground.gui.score_row import COLUMNS, ScoreRow
from nnplayground.gui.softmax_numbers import SoftmaxNumbers
from nnplayground.registry import Option
from nnplayground.text import Text

FIRST = (1.0, 2.0, 3.0)
LARGE = (1000.0, 1001.0, 1002.0)
SCORE = Text("Score a", "スコア a")
SUM = Text("Sum", "合計")
TEMPERATURE = Option("temperature", float, 1.0, Text("Temperature", "温度"), low=0.05, high=20.0)
STABLE = Text("Subtract the largest score first", "先に最大のスコアを引く")
DIVIDE = Text("Divide by the sum", "合計で割る")
BREAK = Text("Break it: 1000, 1001, 1002", "壊してみる: 1000, 1001, 1002")
START = Text("1, 2, 3", "1, 2, 3")
FOLLOW = Text("Follow the network", "ネットワークに合わせる")
FOLLOW_TIP = Text(
    "Takes the scores of the output layer for what you draw or point at.",
    "描いた数字や指した点に対する、出力層のスコアを使います。",
)
NOTHING = Text("Draw a digit or point at the decision map first.", "先に数字を描くか、決定境界の点を指してください。")
ADDS_UP = Text(
    "Divided by their sum, the shares add to exactly 1. Each sigmoid sees its own score only: together {sum:.3f}.",
    "合計で割るので、割合の和はちょうど 1 です。シグモイドは自分のスコアしか見ないので、和は {sum:.3f} です。",
)
UNDIVIDED = Text(
    "Without the division these are no shares: they add to {sum:.4g}.",
    "割らなければ割合にはならず、和は {sum:.4g} です。",
)
BROKEN = Text(
    "e to such a score is too large for the computer (inf), and inf / inf is not a number (nan). "
    "Subtract the largest score first: the shares stay the same.",
    "e のスコア乗が大きすぎて表せず（inf）、inf ÷ inf は数になりません（nan）。"
    "先に最大のスコアを引けば、割合は変わらずに計算できます。",
)
UNDERFLOW = Text(
    "e to every score is too small for the computer (0), and 0 / 0 is not a number (nan). "
    "Subtract the largest score first: the shares stay the same.",
    "e のスコア乗がどれも小さすぎて 0 になり、0 ÷ 0 は数になりません（nan）。"
    "先に最大のスコアを引けば、割合は変わらずに計算できます。",
)
WITHOUT_E = Text(
    "Without e, a score below 0 gives a “share” below 0.",
    "e を使わないと、負のスコアの「割合」は負になってしまいます。",
)


class SoftmaxView(QWidget):
    """Switches, one row for each score, the sums, and a sentence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("softmax_view")
        self._predictor = Predictor(self, desk.controller)
        self.rows: list[ScoreRow] = []
        self.temperature = LogSlider(TEMPERATURE)
        self.temperature.setObjectName("bench_temperature")
        self.stable, self.divide, self.follow = QCheckBox(), QCheckBox(), QCheckBox()
        self.sums = {key: QLabel() for key in COLUMNS}
        self.words = Note(desk.ui)
        self.words.setObjectName("bench_words")
        self._grid = QGridLayout()
        self._lay_out()
        self.set_scores(FIRST)
        self.temperature.edited.connect(self.show_numbers)
        self.stable.toggled.connect(self.show_numbers)
        self.divide.toggled.connect(self.show_numbers)
        self.follow.toggled.connect(self._take_over)
        desk.question.answered.connect(self._take_over)

    def numbers(self) -> SoftmaxNumbers:
        """All that is shown."""
        return SoftmaxNumbers([r.value for r in self.rows], self.temperature.field.value(), self.stable.isChecked())

    def set_scores(self, scores: Sequence[float], names: Sequence[str] = ()) -> None:
        """Show these scores; without `names` they are numbered."""
        names = names or [str(i + 1) for i in range(len(scores))]
        if [row.label.text() for row in self.rows] != list(names):
            for row in self.rows:
                row.remove()
            self.rows = [ScoreRow(self.desk.ui, name, i, self) for i, name in enumerate(names)]
            for place, row in enumerate(self.rows):
                row.place(self._grid, place + 1)
                row.edited.connect(self._by_hand)
        for row, score in zip(self.rows, scores, strict=True):
            row.show_value(score)
        self.show_numbers()

    @Slot()
    def show_numbers(self, *_: object) -> None:
        """Compute everything and show it."""
        found, divided = self.numbers(), self.divide.isChecked()
        columns = {
            "exp": found.exps, "share": found.shares if divided else found.exps,
            "sigmoid": found.sigmoids, "plain": found.plain,
        }  # fmt: skip
        for key, values in columns.items():
            known = values[np.isfinite(values)]
            top = (
                max(float(known.max(initial=0.0)), 1e-300) if key == "exp" or (key == "share" and not divided) else 1.0
            )
            for row, value in zip(self.rows, values, strict=True):
                row.bars[key].show_value(float(value), float(value) / top)
            with np.errstate(all="ignore"):
                total = float(values.sum())
            self.sums[key].setText(f"{total:.4f}" if math.isfinite(total) and abs(total) < 1e4 else f"{total:.3g}")
        self._say(found)

    def _say(self, found: SoftmaxNumbers) -> None:
        if found.overflows and self.divide.isChecked():
            self.words.say(UNDERFLOW if found.total == 0 else BROKEN, "error")
        elif not self.divide.isChecked():
            self.words.say(UNDIVIDED.format(sum=found.total), "warning")
        elif min(found.scores) < 0 and not self.follow.isChecked():
            self.words.say(WITHOUT_E)
        else:
            self.words.say(ADDS_UP.format(sum=float(found.sigmoids.sum())))

    @Slot()
    def _by_hand(self) -> None:
        self.follow.setChecked(False)
        self.show_numbers()

    @Slot()
    def _take_over(self, *_: object) -> None:
        """The scores of the network for what is asked just now."""
        if not self.follow.isChecked() or not self.isVisible():
            return
        newest, row = self.desk.controller.newest, self.desk.question.row
        plan = None if newest is None or row is None else self._predictor.run(newest, row[None])
        if newest is None or plan is None:
            self.words.say(NOTHING)
            return
        scores = plan.pre_activations(len(newest.network.spec.layers) - 1)[:, 0]
        classes = newest.experiment.dataset.task.classes
        if np.isfinite(scores).all():
            self.set_scores(scores.astype(float).tolist(), classes if len(classes) == len(scores) else ())

    def _lay_out(self) -> None:
        bind = self.desk.ui.bind
        top, switches, buttons, last = FlowRow(), FlowRow(), FlowRow(), FlowRow()
        label = QLabel()
        bind(label.setText, TEMPERATURE.label, label)
        bind(self.temperature.setAccessibleName, TEMPERATURE.label, self.temperature)
        top.addWidget(label)
        top.addWidget(self.temperature, 1)
        named = (("stable", self.stable, STABLE), ("divide", self.divide, DIVIDE), ("follow", self.follow, FOLLOW))
        for name, box, words in named:
            box.setObjectName(f"bench_{name}")
            box.setChecked(name == "divide")
            bind(box.setText, words, box)
            (last if name == "follow" else switches).addWidget(box)
        bind(self.follow.setToolTip, FOLLOW_TIP, self.follow)
        for line in (switches, last):
            line.addStretch()
        for name, words, scores in (("break", BREAK, LARGE), ("start", START, FIRST)):
            buttons.addWidget(self._button(name, words, scores))
        buttons.addStretch()
        for column, words in enumerate((SCORE, *COLUMNS.values())):
            self._head(words, column + 2 if column else 1)
        self._grid.setColumnStretch(1, 2)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        self._lay_out_below(top, switches, last, buttons)

    def _lay_out_below(self, *lines: FlowRow) -> None:
        sum_label = QLabel()
        self.desk.ui.bind(sum_label.setText, SUM, sum_label)
        self._grid.addWidget(sum_label, 100, 1)
        for column, (key, total) in enumerate(self.sums.items()):
            total.setObjectName(f"bench_sum_{key}")
            total.setProperty("role", "title")
            total.setIndent(5)
            self._grid.addWidget(total, 100, column + 3)
            self._grid.setColumnStretch(column + 3, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 8)
        for line in lines:
            layout.addLayout(line)
        layout.addLayout(self._grid)
        layout.addWidget(self.words)
        layout.addStretch()
        self.desk.ui.bind(self.setAccessibleName, SoftmaxPane.label, self)

    def _head(self, words: Text, column: int) -> None:
        label = QLabel()
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        self.desk.ui.bind(label.setText, words, label)
        self._grid.addWidget(label, 0, column)

    def _button(self, name: str, words: Text, scores: Sequence[float]) -> QPushButton:
        button = QPushButton()
        button.setObjectName(f"bench_{name}_button")
        self.desk.ui.bind(button.setText, words, button)
        button.clicked.connect(lambda: self._preset(scores))
        return button

    def _preset(self, scores: Sequence[float]) -> None:
        self.follow.setChecked(False)
        if scores is LARGE:
            self.stable.setChecked(False)
        self.set_scores(scores)
