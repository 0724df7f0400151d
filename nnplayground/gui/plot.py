"""The base of every plot: axes with names, a theme, a read-out, zoom, a legend, pictures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QGraphicsItem, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from nnplayground.gui.axis import Axis
from nnplayground.gui.curve import Curve, Paint
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.grid import Grid, Marks
from nnplayground.gui.icons import line_icon
from nnplayground.gui.letters import scaled
from nnplayground.gui.painting import guarded
from nnplayground.gui.plot_menu import FIT, PlotMenu
from nnplayground.gui.plot_range import Follow
from nnplayground.gui.readout import Readout
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

pg.setConfigOption("mouseRateLimit", 0)  # or the last of several quick moves would not be read
for _kind in (pg.ScatterPlotItem, pg.InfiniteLine, pg.PlotCurveItem, pg.BarGraphItem, pg.TargetItem):
    _kind.paint = guarded(_kind.paint)  # what pyqtgraph paints of ours: an error there ended the process
LEAST = 120, 50
"""Pixels of the axes and what is between them, at least."""
SHOW_CURVE = Text("Show or hide: {name}", "表示・非表示: {name}")


LOW = 120
"""Pixels of curves and axes without room for the names of the axes."""
BESIDE = 56
"""Pixels of an axis that its name does not have, for the other axis and the edges."""


class Plot(QWidget):
    """Curves over two named axes.

    The wheel zooms, dragging moves, a double click or the button fits everything in again. With the keyboard:
    arrow keys read values, + and - zoom, 0 fits, the menu key opens the menu.
    """

    def __init__(self, ui: Ui, name: Text, x: Text, y: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = ui
        self.name = name
        self.x_name, self.y_name = x, y
        self.curves: list[Curve] = []
        self.log_offered = (False, False)
        self.menu = PlotMenu(self)
        self._log = (False, False)
        self._marked: tuple[tuple[float, Text], ...] = ()
        self.view = pg.PlotWidget(axisItems={"bottom": Axis("bottom"), "left": Axis("left")}, enableMenu=False)
        self.item = self.view.getPlotItem()
        self.box = self.item.getViewBox()
        self.grid = Grid(self.item.getAxis("bottom"), self.item.getAxis("left"))
        self._marks = Marks()
        self.readout = Readout(ui, self.view)
        self.pointer: QPoint | None = None
        """Where values are read, in pixels of `view`; None while nobody reads."""
        self.header = FlowRow()
        self._lay_out()
        self._set_up_view()
        self.follow = Follow(self.box, self._fit_button)
        ui.bind(self.view.setAccessibleName, name, self)
        ui.bind_theme(self._restyle, self)
        ui.language_changed.connect(self.read)
        self.set_names(x, y)
        ui.language_changed.connect(self._name_what_fits)

    def _lay_out(self) -> None:
        self._fit_button = self._button("fit", FIT)
        self._fit_button.clicked.connect(self.fit)
        self._more_button = self._button("more", Text("Plot menu", "グラフのメニュー"))
        self._more_button.clicked.connect(self._menu_below_button)
        self.header.setSpacing(2)
        self.header.addStretch()
        top = QHBoxLayout()
        top.setContentsMargins(4, 2, 4, 0)
        top.setSpacing(2)
        top.addLayout(self.header, 1)
        for button in (self._fit_button, self._more_button):
            top.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.view)

    def _button(self, icon: str, words: Text) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"plot_{icon}")
        button.setAutoRaise(True)
        button.setIconSize(QSize(16, 16))
        self.ui.bind(button.setToolTip, words, button)
        self.ui.bind(button.setAccessibleName, words, button)
        self.ui.bind_icon(button.setIcon, icon, button)
        return button

    def _set_up_view(self) -> None:
        self.item.hideButtons()
        self.item.layout.setContentsMargins(0, 8, 12, 0)  # or the last labels would be cut in half
        self.item.disableAutoRange()
        self.box.setDefaultPadding(0)
        for side in ("bottom", "left"):
            axis = self.item.getAxis(side)
            axis.enableAutoSIPrefix(False)
            axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # halves the time to paint a plot
        for part in (self.grid, self._marks, self.readout.line):
            self.box.addItem(part, ignoreBounds=True)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.view.scene().sigMouseMoved.connect(self._on_mouse)
        self.view.scene().sigMouseClicked.connect(self._on_click)
        self.view.installEventFilter(self)
        self.view.setMinimumSize(*LEAST)

    def hasHeightForWidth(self) -> bool:
        """Or a box would take what the axes would like for the least that they need."""
        return False

    # Curves and axes.

    def curve(
        self, name: Text, paint: Paint, *, style: Qt.PenStyle = Qt.PenStyle.SolidLine, bold: bool = True
    ) -> Curve:
        """Add a curve with a place in the legend. `bold` costs three times as much as a thin line."""
        curve = Curve(name, paint, style, bold, self._data_changed)
        curve.restyle(self.ui.theme)
        curve.set_log(*self._log)
        self.curves.append(curve)
        self.box.addItem(curve.item, ignoreBounds=True)
        self._add_to_legend(curve)
        return curve

    def _add_to_legend(self, curve: Curve) -> None:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setCheckable(True)
        button.setChecked(True)
        button.setProperty("legend", True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(20, 12))
        self.ui.bind(button.setText, curve.name, button)
        self.ui.bind(button.setToolTip, SHOW_CURVE.format(name=curve.name), button)
        self.ui.bind_theme(lambda t: button.setIcon(line_icon(curve.paint(t), curve.style)), button)
        button.toggled.connect(curve.set_visible)
        self.header.insertWidget(len(self.curves) - 1, button)

    def set_names(self, x: Text, y: Text) -> None:
        """Name the axes."""
        self.x_name, self.y_name = x, y
        for side, name in (("bottom", x), ("left", y)):
            axis = self.item.getAxis(side)
            self.ui.bind(_Labeller(axis), name, self)
        self._name_what_fits()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_what_fits()

    @Slot()
    def _name_what_fits(self) -> None:
        """Leave out the name of an axis that would be cut off, and both where the curves need the room more."""
        metrics, size = self.fontMetrics(), self.view.size()
        for side, name, room in (("bottom", self.x_name, size.width()), ("left", self.y_name, size.height())):
            needed = metrics.horizontalAdvance(self.ui.text(name)) + scaled(BESIDE)
            self.item.getAxis(side).showLabel(needed <= room and size.height() >= LOW)

    def offer_log(self, *, x: bool = False, y: bool = False) -> None:
        """Which axes the menu can make logarithmic."""
        self.log_offered = x, y

    @property
    def log(self) -> tuple[bool, bool]:
        """Which axes are logarithmic: (x, y)."""
        return self._log

    def set_log(self, x: bool, y: bool) -> None:
        """Make axes logarithmic or not; values that have no logarithm become gaps."""
        self._log = x, y
        self.item.getAxis("bottom").setLogMode(x, None)
        self.item.getAxis("left").setLogMode(None, y)
        for curve in self.curves:
            curve.set_log(x, y)
        self.set_marks(self._marked)
        self.stop_reading()
        self.fit()

    def set_marks(self, marks: Sequence[tuple[float, Text]]) -> None:
        """Upright lines at places on the x axis, whose words are read out with the values there."""
        self._marked = tuple(marks)
        self._marks.set(marks, self._log[0])

    def hold_axis(self, *others: Plot, width: int = 54) -> None:
        """Keep the y axis `width` pixels wide, and those of `others` too: nothing is laid out anew for each new number.

        For numbers that need more all of them grow, and stand in line.
        """
        line = tuple(plot.item.getAxis("left") for plot in (self, *others))
        for axis in line:
            axis.line = line
            axis.setWidth(width)

    def fit(self) -> None:
        """Show everything, and follow the data again."""
        self.follow.fit(self._visible())

    def _visible(self) -> list[Curve]:
        return [curve for curve in self.curves if curve.visible]

    def _data_changed(self) -> None:
        self.follow.update(self._visible())
        self.read()

    def _restyle(self, theme: Theme) -> None:
        self.view.setBackground(theme.surface)
        for side in ("bottom", "left"):
            axis = self.item.getAxis(side)
            axis.setPen(pg.mkPen(theme.outline))
            axis.setTextPen(pg.mkPen(theme.muted))
        self.grid.restyle(theme)
        self._marks.restyle(theme)
        self.readout.restyle(theme)
        for curve in self.curves:
            curve.restyle(theme)

    def columns(self) -> list[list[str]]:
        """What a table of the plot holds: columns, each with its title first."""
        found, x_name = [], self.ui.text(self.x_name)
        for curve in self.curves:
            name = self.ui.text(curve.name)
            found.append([f"{name}: {x_name}", *map(repr, curve.x.tolist())])
            found.append([name, *("" if v != v else repr(v) for v in curve.y.tolist())])
        return found

    # Reading values.

    @Slot()
    def read(self) -> None:
        """Show the values at the pointer, as they are now."""
        if self.pointer is None:
            self.readout.hide()
            return
        x = self.box.mapSceneToView(self.view.mapToScene(self.pointer)).x()
        notes = self._marks.words_near(x, 6 * self.box.viewPixelSize()[0])
        self.readout.show(x, self.pointer, self.x_name, self.curves, notes)

    def stop_reading(self) -> None:
        """Take the read-out away."""
        self.pointer = None
        self.read()

    def _on_mouse(self, scene_place: QPointF) -> None:
        inside = self.box.sceneBoundingRect().contains(scene_place)
        self.pointer = self.view.mapFromScene(scene_place) if inside else None
        self.read()

    def _read_by_key(self, step: int) -> None:
        xs = next((c.shown()[0] for c in self._visible() if len(c.x)), np.empty(0))
        if not len(xs):
            return
        middle = self.box.viewRect().center()
        x = middle.x() if self.pointer is None else self.readout.line.value()
        i = int(np.nanargmin(np.abs(xs - x))) + step
        there = QPointF(float(xs[min(max(i, 0), len(xs) - 1)]), middle.y())
        self.pointer = self.view.mapFromScene(self.box.mapViewToScene(there))
        self.read()

    def _on_menu(self, at: QPoint) -> None:
        self.menu.open(self.view.mapToGlobal(at))

    def _menu_below_button(self) -> None:
        button = self._more_button
        self.menu.open(button.mapToGlobal(QPoint(0, button.height())))

    def _on_click(self, event: object) -> None:
        if getattr(event, "double", bool)():
            self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys, and the pointer leaving."""
        if event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self.stop_reading()
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._on_key(event)

    def _on_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Left:
                self._read_by_key(-1)
            case Qt.Key.Key_Right:
                self._read_by_key(1)
            case Qt.Key.Key_Plus:
                self.follow.zoom(0.8)
            case Qt.Key.Key_Minus:
                self.follow.zoom(1.25)
            case Qt.Key.Key_0:
                self.fit()
            case _:
                return False
        return True


class _Labeller:
    """Sets the label of an axis; equal for the same axis, so that binding anew replaces the words."""

    def __init__(self, axis: pg.AxisItem) -> None:
        self._axis = axis

    def __call__(self, words: str) -> None:
        self._axis.setLabel(escape(words))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Labeller) and other._axis is self._axis

    def __hash__(self) -> int:
        return id(self._axis)
