"""Pictures of digits from files, the clipboard and other windows, on their way to the drawing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage

from nnplayground.data.strokes import SIZE
from nnplayground.gui import ask_file
from nnplayground.gui.document import Document
from nnplayground.gui.drawing import Drawing
from nnplayground.gui.pictures import MAX_PIXELS, pixels_of, read_picture
from nnplayground.gui.ui import Ui
from nnplayground.text import Problem, Text

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".pgm", ".ppm", ".pbm")
MOST_FILES = 20
"""Of many files that are dropped at once, so many are tried."""
CHOOSE = Text("Open a picture of a digit", "数字の画像を開く")
KINDS = Text("Pictures ({suffixes})", "画像 ({suffixes})").format(suffixes=" ".join(f"*{s}" for s in SUFFIXES))
NO_PICTURE = Text(
    "There is no picture in the clipboard; copy one first.",
    "クリップボードに画像がありません。先に画像をコピーしてください。",
)
NOTHING_DROPPED = Text(
    "None of this is a picture; drop a PNG or JPEG file of a digit.",
    "画像が見つかりません。数字の PNG か JPEG ファイルをドロップしてください。",
)
TOO_LARGE = Text(
    "The picture has {width}×{height} pixels, and at most {limit} million are read; choose a smaller one.",
    "画像は {width}×{height} ピクセルですが、読めるのは {limit} 百万ピクセルまでです。小さい画像を選んでください。",
)
UNREAD = Text(
    "This network does not read images of 28×28 pixels; open an experiment with digits first.",
    "このネットワークは 28×28 画素の画像を読みません。先に数字の実験を開いてください。",
)


class PictureInput(QObject):
    """Says in the message bar why a picture cannot be taken; what was drawn then stays."""

    shown = Signal()
    """A picture took the place of the drawing."""

    def __init__(self, ui: Ui, document: Document, drawing: Drawing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ui, self._document, self._drawing = ui, document, drawing

    @Slot()
    def choose(self) -> None:
        """Ask for a file and show it."""
        path = ask_file.to_open(self._ui, CHOOSE, KINDS)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> bool:
        """Show the picture in a file."""
        return self._show_first([path])

    @Slot()
    def paste(self) -> None:
        """Show the picture in the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not self.accepts(data):  # None if the system has nothing to give
            self._ui.tell(NO_PICTURE, "warning")
        else:
            self.take(data)

    def accepts(self, data: QMimeData) -> bool:
        """Whether there is a picture, or a file that may be one."""
        return data.hasImage() or bool(_files(data))

    def take(self, data: QMimeData) -> bool:
        """Show the first picture in `data`."""
        if not data.hasImage():
            return self._show_first(_files(data)[:MOST_FILES])
        try:
            self._show(_checked(QImage(data.imageData())))
        except Problem as problem:
            self._ui.tell(problem.text, "warning")
            return False
        return True

    def _show_first(self, files: list[Path]) -> bool:
        """The first that can be read; the problem of a single one is told."""
        problems = []
        for path in files:
            try:
                self._show(read_picture(path))
            except Problem as problem:
                problems.append(problem)
            else:
                return True
        self._ui.tell(problems[0].text if len(problems) == 1 else NOTHING_DROPPED, "warning")
        return False

    def put_back(self, pixels: NDArray[np.uint8], inverted: bool) -> None:
        """Show a picture that was saved, as it was read then."""
        try:
            self._show(pixels)
        except Problem as problem:
            self._ui.tell(problem.text, "warning")
        else:
            self._drawing.invert(inverted)

    def _show(self, pixels: NDArray[np.uint8]) -> None:
        if not reads_images(self._document):
            raise Problem(UNREAD)
        self._drawing.show_picture(pixels)
        self.shown.emit()


def reads_images(document: Document) -> bool:
    """Whether the network of the experiment takes the image of a drawing."""
    return int(np.prod(document.experiment.dataset.input_shape)) == SIZE * SIZE


def _files(data: QMimeData) -> list[Path]:
    urls = data.urls()[:1000] if data.hasUrls() else []
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in SUFFIXES]


def _checked(image: QImage) -> NDArray[np.uint8]:
    if image.width() * image.height() > MAX_PIXELS:
        size = {"width": image.width(), "height": image.height(), "limit": MAX_PIXELS // 1_000_000}
        raise Problem(TOO_LARGE.format(**size))
    if image.isNull():
        raise Problem(NO_PICTURE)
    return pixels_of(image)
