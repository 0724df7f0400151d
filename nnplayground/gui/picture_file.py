"""Any widget as a picture in a file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from nnplayground.text import Text

KINDS = Text("Pictures (*.png *.svg)", "画像 (*.png *.svg)")


def content(widget: QWidget, suffix: str, title: str) -> bytes:
    """`widget` as it is seen now, as SVG if `suffix` says so, else as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if suffix.lower() == ".svg":
        _draw(widget, buffer, title)
    else:
        widget.grab().save(buffer, "PNG")
    return bytes(buffer.data().data())


def _draw(widget: QWidget, buffer: QBuffer, title: str) -> None:
    size = widget.size().expandedTo(QSize(1, 1))
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # SVG Tiny knows no clipping
    generator.setOutputDevice(buffer)
    generator.setResolution(widget.logicalDpiX())
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(0, 0), size))
    generator.setTitle(title)
    with QPainter(generator) as painter:
        widget.render(painter, QPoint(0, 0))
