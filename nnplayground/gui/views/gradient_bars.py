"""The gradient of every parameter, by numerical differentiation and by backpropagation, with a stopwatch on both."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from nnplayground.gui.blank import LOADING, Blank
from nnplayground.gui.count_box import CountBox
from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import joined
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.gradient_plot import GradientPlot
from nnplayground.gui.layer_names import row_name
from nnplayground.gui.pacing import interval_for
from nnplayground.gui.panes import PaneView
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.inspection.gradient_bars import GradientBars
from nnplayground.training.probes import Probe
from nnplayground.training.probes.gradient_bars import GradientBarsProbe
from nnplayground.training.snapshot import Snapshot

SAMPLES = Text("Training samples", "訓練データの件数")
TEXTBOOK = Text("Textbook's weights", "教科書の重み")
TEXTBOOK_TIP = Text(
    "Sets the 15 parameters to the textbook's random numbers of seed 1: with 2 samples its bars appear.",
    "15 個のパラメータを教科書と同じシード 1 の乱数にします。データ 2 件で教科書の棒グラフが現れます。",
)
TEXTBOOK_COUNT = 15
MANY = 4e6
"""Parameters of the network times bars: large networks show fewer."""
FEWEST, MOST = 16, 100
SIDES = Text(
    "Left, pale: numerical. Right: backpropagation. Largest difference {difference:.1e}.",
    "左（淡色）: 数値微分、右: 誤差逆伝播。差は最大 {difference:.1e} です。",
)
WATCH = Text(
    "Numerical: {evaluations:,} losses in {numeric}; backpropagation: every gradient in one pass, {backprop}.",
    "数値微分は損失の計算 {evaluations:,} 回で {numeric}、誤差逆伝播は 1 回ですべての勾配が {backprop}。",
)
FASTER = Text("That is {times:,.0f} times faster.", "{times:,.0f} 倍速いことになります。")
SOME = Text(
    "{shown} of {count:,} parameters are shown; all of them would take {evaluations:,} losses, about {time}: "
    "{times:,.0f} times as long as one pass.",
    "{count:,} 個のうち {shown} 個を表示しています。全部なら損失の計算 {evaluations:,} 回で約 {time}、"
    "誤差逆伝播の {times:,.0f} 倍の時間です。",
)
SHORT = Text(
    "A short bar says that this parameter would change little now, not that its value is good.",
    "棒が短いのは「今は変化が小さい」という意味で、「良い値」という意味ではありません。",
)


class GradientBarsView(PaneView):
    """The plot, and what the stopwatch says."""

    interval = 0.5

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.plot = GradientPlot(desk.ui)
        self.samples = CountBox(1, 500, 2)
        self.samples.setObjectName("gradient_samples")
        self.textbook = QPushButton()
        self.textbook.setObjectName("textbook_weights")
        self.words, self.layers = QLabel(), QLabel()
        self._lay_out()
        self.samples.valueChanged.connect(self.refresh)
        self.textbook.clicked.connect(self._take_textbook)
        desk.document.changed.connect(self._suit)
        desk.ui.theme_changed.connect(self.refresh)
        desk.ui.language_changed.connect(self.refresh)
        self._suit()

    def _lay_out(self) -> None:
        bind, top = self.desk.ui.bind, FlowRow()
        label = QLabel()
        label.setBuddy(self.samples)
        bind(label.setText, SAMPLES, label)
        bind(self.samples.setAccessibleName, SAMPLES, self.samples)
        bind(self.textbook.setText, TEXTBOOK, self.textbook)
        bind(self.textbook.setToolTip, TEXTBOOK_TIP, self.textbook)
        for widget in (label, self.samples, self.textbook):
            top.addWidget(widget)
        top.addStretch()
        self.layers.setTextFormat(Qt.TextFormat.RichText)
        self.layers.setObjectName("gradient_layers")
        self.layers.setWordWrap(True)
        self.words.setObjectName("gradient_words")
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.plot.header.insertWidget(1, self.layers, 1)
        self.blank = Blank(self.desk.ui, self.plot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.addLayout(top)
        layout.addWidget(self.blank, 1)
        layout.addWidget(self.words)

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        most = int(min(MOST, max(FEWEST, MANY / max(snapshot.network.size, 1))))
        return (GradientBarsProbe(self.samples.value(), most=most),)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.interval = interval_for(snapshot.network, 0.5, 1.5)
        found = snapshot.probes.get(self.probes(snapshot)[0])
        if found is None:
            self.desk.controller.prepare()
            self.blank.say(LOADING)
            return
        self.plot.show_bars(found)
        self.blank.say(None)
        self.desk.ui.bind(self.words.setText, words_of(found), self.words)
        theme, text = self.desk.ui.theme, self.desk.ui.text
        layers = snapshot.network.spec.layers
        named = [
            f'<span style="color:{theme.curve_color(i)}">■</span>&nbsp;{text(row_name(i, layers[i])).replace(" ", "&nbsp;")}'
            for i in sorted({bar.layer for bar in found.bars})
        ]
        self.layers.setText("&ensp; ".join(named[:4]))

    @Slot()
    def _suit(self, *_: object) -> None:
        self.textbook.setVisible(is_textbook(self.desk.document.experiment))

    @Slot()
    def _take_textbook(self) -> None:
        if is_textbook(self.desk.document.experiment):
            self.samples.setValue(2)
            start = np.random.RandomState(1).randn(TEXTBOOK_COUNT).astype(np.float32)
            self.desk.controller.set_parameters(start, TEXTBOOK)


def is_textbook(experiment: Experiment) -> bool:
    """Whether it is the textbook's network on the textbook's data."""
    if experiment.dataset.id != "three-classes":
        return False
    sizes = [getattr(layer, "units", 0) for layer in experiment.layers]
    kinds = [layer.activation.id for layer in experiment.layers]
    return sizes == [2, 3] and kinds == ["sigmoid", "softmax"] and experiment.dataset.input_shape == (2,)


def words_of(found: GradientBars) -> Text:
    """Difference and stopwatch in words."""
    said = [SIDES.format(difference=float(np.abs(found.difference).max(initial=0.0)))]
    numeric, backprop = duration(found.numeric_seconds), duration(found.backprop_seconds)
    said.append(WATCH.format(evaluations=2 * len(found.bars), numeric=numeric, backprop=backprop))
    times = found.numeric_seconds_for_all / max(found.backprop_seconds, 1e-9)
    if len(found.bars) == found.parameters:
        return joined(*said, FASTER.format(times=times), SHORT)
    known = {"shown": len(found.bars), "count": found.parameters, "evaluations": found.evaluations_for_all}
    return joined(*said, SOME.format(time=duration(found.numeric_seconds_for_all), times=times, **known))


def duration(seconds: float) -> Text:
    """A duration in a unit that suits it."""
    if seconds < 1e-3:
        return Text.same(f"{seconds * 1e6:.0f} µs")
    if seconds < 1:
        return Text.same(f"{seconds * 1e3:.1f} ms")
    if seconds < 100:
        return Text(f"{seconds:.1f} s", f"{seconds:.1f} 秒")
    return Text(f"{seconds / 60:.0f} min", f"{seconds / 60:.0f} 分")
