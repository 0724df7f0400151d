"""What stands over the columns: the name of each layer, buttons for more and fewer units, and for further layers."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from nnplayground.gui.network.columns import Column
from nnplayground.gui.network.layout import Layout
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

HEIGHT = 26
NARROW = 22
"""Width of a number of units."""
SMALL = 22
"""Width of a button without words."""
ROOMY = 104.0
"""Distance of the columns from which on there is room for a button between them."""
WIDEST = 132.0
"""A header is not wider than this."""
FEWER = Text("One unit fewer in layer {layer}", "第 {layer} 層のユニットを 1 個減らす")
MORE = Text("One unit more in layer {layer}", "第 {layer} 層のユニットを 1 個増やす")
INSERT = Text("Insert a layer after layer {layer}", "第 {layer} 層の後に層を追加")
INSERT_FIRST = Text("Insert a layer after the input", "入力の後に層を追加")
LAYER = Text("Layer {layer}: {kind}, {total} units", "第 {layer} 層: {kind}、{total} ユニット")
PLAIN_LAYER = Text("Layer {layer}: {kind}", "第 {layer} 層: {kind}")
INPUT = Text("Input: {total} values", "入力: {total} 個の値")


class Headers(QWidget):
    """A row of headers that follows the columns of the picture below it."""

    layer_clicked = Signal(int)
    grow = Signal(int)
    shrink = Signal(int)
    insert = Signal(int)
    """Carries the index that the new layer is to have."""

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._columns: tuple[Column, ...] = ()
        self._headers: list[_Header] = []
        self._inserts: list[QToolButton] = []
        self.setFixedHeight(HEIGHT)

    def follow(self, layout: Layout, sizable: frozenset[int]) -> None:
        """Stand over the columns of `layout`; the layers in `sizable` get buttons for more and fewer units."""
        columns = tuple(Column(c.layer, c.label, (), c.total) for c in layout.structure.columns)
        if columns != self._columns:
            self._rebuild(columns, sizable)
        spare = layout.spacing >= ROOMY
        between = [(a + b) / 2 for a, b in itertools.pairwise(layout.middles)]
        aside = SMALL / 2 + 1 if spare else 0.0
        edges = [-aside, *between, self.width() + aside]
        for place, (header, x) in enumerate(zip(self._headers, layout.middles, strict=True)):
            half = layout.width(place) / 2 - 1
            first, last = max(x - half, edges[place] + aside), min(x + half, edges[place + 1] - aside)
            width = min(last - first, WIDEST)
            left = min(max(x - width / 2, first), last - width)
            header.setGeometry(round(left), 0, round(width), HEIGHT)
            header.fit(width)
        for button, middle in zip(self._inserts, between, strict=True):
            button.setVisible(spare)
            button.setGeometry(round(middle - SMALL / 2), 0, SMALL, HEIGHT)

    def _rebuild(self, columns: tuple[Column, ...], sizable: frozenset[int]) -> None:
        for part in (*self._headers, *self._inserts):
            part.hide()
            part.setParent(None)
            part.deleteLater()
        self._columns, self._headers, self._inserts = columns, [], []
        for column in columns:
            header = _Header(self._ui, column, column.layer in sizable, self)
            header.show()
            self._headers.append(header)
            if column is not columns[-1]:
                self._inserts.append(self._insert_button(column.layer))

    def _insert_button(self, layer: int) -> QToolButton:
        words = INSERT_FIRST if layer < 0 else INSERT.format(layer=layer + 1)
        button = _button(self._ui, self, f"network_insert_{layer + 1}", words, "layer-add")
        button.clicked.connect(lambda: self.insert.emit(layer + 1))
        return button


class _Header(QWidget):
    """The name of one layer, between the buttons for fewer and for more units."""

    def __init__(self, ui: Ui, column: Column, sizable: bool, headers: Headers) -> None:
        super().__init__(headers)
        self._ui, self._column = ui, column
        self._sizers: list[QToolButton] = []
        layer, count = column.layer, f"{column.total:,}"
        words = INPUT if layer < 0 else LAYER if column.total else PLAIN_LAYER
        spoken = words.format(layer=layer + 1, kind=column.label, total=count)
        self._name = _button(ui, self, f"network_layer_{layer + 1}", spoken)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._name.setEnabled(layer >= 0)
        self._name.clicked.connect(lambda: headers.layer_clicked.emit(layer))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._name, 1)
        if sizable:
            fewer = _button(ui, self, f"network_fewer_{layer + 1}", FEWER.format(layer=layer + 1), "minus")
            more = _button(ui, self, f"network_more_{layer + 1}", MORE.format(layer=layer + 1), "add")
            fewer.clicked.connect(lambda: headers.shrink.emit(layer))
            more.clicked.connect(lambda: headers.grow.emit(layer))
            fewer.setEnabled(column.total > 1)
            line.insertWidget(0, fewer)
            line.addWidget(more)
            self._sizers = [fewer, more]

    def fit(self, width: float) -> None:
        """Write as much as there is room for."""
        roomy = width >= 2 * SMALL + NARROW
        for button in self._sizers:
            button.setVisible(roomy)
        column, room = self._column, width - (2 * SMALL if self._sizers and roomy else 0)
        words = column.label
        if column.layer >= 0 and column.total:
            words = Text.same(f"{column.total:,}")
            longer = column.label.map(lambda label: f"{column.total:,} {label}")
            if self._name.fontMetrics().horizontalAdvance(self._ui.text(longer)) + 6 <= room:
                words = longer
        self._ui.bind(self._name.setText, words, self._name)


def _button(ui: Ui, parent: QWidget, name: str, words: Text, icon: str = "") -> QToolButton:
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setProperty("role", "slim")
    button.setFixedHeight(HEIGHT)
    ui.bind(button.setToolTip, words, button)
    ui.bind(button.setAccessibleName, words, button)
    if icon:
        button.setIconSize(QSize(14, 14))
        button.setFixedWidth(SMALL)
        ui.bind_icon(button.setIcon, icon, button)
    return button
