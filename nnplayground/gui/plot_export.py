"""A plot as a picture or as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator

from nnplayground.exports._csv import harmless
from nnplayground.text import Problem, Text

if TYPE_CHECKING:
    from nnplayground.gui.plot import Plot

SUFFIXES = (".png", ".svg", ".csv")
_SCALE = 2.0
_LEGEND = 26
"""Height of the line of names above the picture."""


def content(plot: Plot, suffix: str) -> bytes:
    """The plot as the content of a file with `suffix`, one of `SUFFIXES`."""
    return {".png": png, ".svg": svg, ".csv": table}[suffix](plot)


def picture(plot: Plot) -> QImage:
    """The plot with its legend, in twice as many pixels as on the screen."""
    image = QImage(_size(plot) * _SCALE, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        painter.scale(_SCALE, _SCALE)
        _paint(plot, painter)
    return image


def png(plot: Plot) -> bytes:
    """The picture as PNG."""
    buffer = _buffer()
    QImageWriter(buffer, QByteArray(b"png")).write(picture(plot))
    return bytes(buffer.data().data())


def svg(plot: Plot) -> bytes:
    """The picture as SVG, with lines that stay sharp at any size."""
    buffer = _buffer()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # SVG Tiny knows no clipping
    generator.setResolution(plot.view.logicalDpiX())  # or the ticks would be scaled
    generator.setOutputDevice(buffer)
    generator.setSize(_size(plot))
    generator.setViewBox(QRectF(0, 0, _size(plot).width(), _size(plot).height()))
    generator.setTitle(plot.ui.text(plot.name))
    with QPainter(generator) as painter:
        _paint(plot, painter)
    return bytes(buffer.data().data())


def table(plot: Plot) -> bytes:
    """The numbers as CSV; a spreadsheet sees by the leading mark that it is UTF-8."""
    out = io.StringIO()
    columns = ([harmless(name), *numbers] for name, *numbers in plot.columns())
    csv.writer(out).writerows(zip_longest(*columns, fillvalue=""))
    return out.getvalue().encode("utf-8-sig")


def write(path: Path, data: bytes) -> None:
    """Write the whole file or nothing; raises `Problem` when that fails."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Problem(
            Text(
                "{path} could not be written: {why}. Choose another folder.",
                "{path} に書き込めません: {why}。別のフォルダを選んでください。",
            ).format(path=str(path), why=error.strerror or str(error))
        ) from error


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _size(plot: Plot) -> QSize:
    size = plot.view.viewport().size()
    return QSize(max(size.width(), 1), max(size.height(), 1) + _LEGEND)


def _paint(plot: Plot, painter: QPainter) -> None:
    size = _size(plot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(0, 0, size.width(), size.height(), QColor(plot.ui.theme.surface))
    _paint_legend(plot, painter)
    with _wide_lines(plot):
        target = QRectF(0, _LEGEND, size.width(), size.height() - _LEGEND)
        plot.view.render(painter, target, plot.view.viewport().rect())


def _paint_legend(plot: Plot, painter: QPainter) -> None:
    x = 12
    for curve in plot.curves:
        if curve.visible:
            words = plot.ui.text(curve.name)
            painter.setPen(QPen(QColor(curve.paint(plot.ui.theme)), 2, curve.style))
            painter.drawLine(x, _LEGEND // 2, x + 22, _LEGEND // 2)
            painter.setPen(QColor(plot.ui.theme.text))
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRectF(x + 28, 0, width + 4, _LEGEND), Qt.AlignmentFlag.AlignVCenter, words)
            x += width + 48


@contextmanager
def _wide_lines(plot: Plot) -> Iterator[None]:
    """Lines of their full width, and no read-out, while the picture is painted."""
    plot.stop_reading()
    for curve in plot.curves:
        curve.restyle(plot.ui.theme, width=2.0)
    try:
        yield
    finally:
        for curve in plot.curves:
            curve.restyle(plot.ui.theme)
