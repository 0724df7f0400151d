"""Pictures from files as arrays of pixels, each checked for its size before it is unpacked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.text import Text

KINDS = ("png", "jpeg", "bmp", "gif", "webp", "tiff", "pgm", "ppm", "pbm")
MAX_BYTES = 64_000_000
MAX_PIXELS = 50_000_000
LARGEST = 1500
"""Larger pictures are scaled down to this side, which is plenty for a digit."""


def read_picture(path: Path) -> NDArray[np.uint8]:
    """(height, width, 4) bytes, red green blue and opacity, turned upright; raises `FileProblem`. Of several, the first."""
    buffer = QBuffer()
    buffer.setData(read_bytes(path, MAX_BYTES))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    try:
        return pixels_of(_image(reader, path.name[:80]))
    finally:
        # When it goes, it looks at the bytes once more, which may have gone before.
        reader.setDevice(None)  # type: ignore[arg-type]


def _image(reader: QImageReader, name: str) -> QImage:
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    if bytes(reader.format().data()).decode("latin-1") not in KINDS:
        raise FileProblem("not-ours", _NO_PICTURE.format(name=name))
    size = reader.size()
    if size.width() * size.height() > MAX_PIXELS:
        pixels = {"width": size.width(), "height": size.height(), "limit": MAX_PIXELS // 1_000_000}
        raise FileProblem("too-large", _TOO_LARGE.format(name=name, **pixels))
    if max(size.width(), size.height()) > LARGEST:
        fitting = size.scaled(QSize(LARGEST, LARGEST), Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(fitting.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull() or not image.width() * image.height():
        raise FileProblem("damaged", _DAMAGED.format(name=name, why=reader.errorString()))
    return image


def within(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """`pixels` (height, width, 4), made smaller if they are more than `side` either way."""
    height, width = pixels.shape[:2]
    if max(height, width) <= side:
        return pixels
    rows = np.ascontiguousarray(pixels)
    image = QImage(rows.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    size = QSize(width, height).scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)
    smooth = Qt.TransformationMode.SmoothTransformation
    return pixels_of(image.scaled(size.expandedTo(QSize(1, 1)), Qt.AspectRatioMode.IgnoreAspectRatio, smooth))


def pixels_of(image: QImage) -> NDArray[np.uint8]:
    """(height, width, 4) bytes of `image`, red green blue and opacity, as an array of its own."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 4 * plain.width()].reshape(plain.height(), plain.width(), 4).copy()


_NO_PICTURE = Text(
    "{name} is not a picture that can be read; choose a PNG or JPEG file.",
    "{name} は読める画像ではありません。PNG か JPEG のファイルを選んでください。",
)
_TOO_LARGE = Text(
    "{name} has {width}×{height} pixels, and at most {limit} million are read; choose a smaller picture.",
    "{name} は {width}×{height} ピクセルですが、読めるのは {limit} 百万ピクセルまでです。小さい画像を選んでください。",
)
_DAMAGED = Text(
    "{name} is damaged ({why}); choose another picture.", "{name} は壊れています（{why}）。別の画像を選んでください。"
)
