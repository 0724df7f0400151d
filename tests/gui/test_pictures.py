"""Files that are meant to be pictures: read within bounds, or refused in words."""

import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from nnplayground.data.files import FileProblem
from nnplayground.data.pictures import picture_image
from nnplayground.gui.pictures import read_picture

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.no_qt_log  # Qt tells of damage in its log too


def content(kind: str, image: QImage | None = None) -> bytes:
    if image is None:
        image = QImage(20, 24, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        with QPainter(image) as painter:
            painter.fillRect(9, 4, 3, 16, QColor("black"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


def written(folder: Path, data: bytes) -> Path:
    (folder / "a.png").write_bytes(data)
    return folder / "a.png"


def tried(folder: Path, data: bytes) -> str:
    """The code of the problem; empty if it is a picture, whole."""
    try:
        pixels = read_picture(written(folder, data))
    except FileProblem as problem:
        return problem.code
    assert pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 4 and pixels.size
    assert np.isfinite(picture_image(pixels)).all()
    return ""


@pytest.mark.parametrize("kind", ["PNG", "JPG", "BMP", "PGM"])
def test_i07_a_picture_cut_or_changed_anywhere_is_a_picture_or_refused(kind: str, tmp_path: Path) -> None:
    data = content(kind)
    assert tried(tmp_path, data) == ""
    for end in range(0, len(data), max(1, len(data) // 25)):
        tried(tmp_path, data[:end])
    for place in range(0, len(data), max(1, len(data) // 40)):
        tried(tmp_path, data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])


READ = """
import sys
from pathlib import Path
from nnplayground.data.files import FileProblem
from nnplayground.gui.pictures import read_picture
for name in sys.argv[1:]:
    try:
        read_picture(Path(name))
    except FileProblem as problem:
        print(problem.code)
print("alive")
"""


def odd_tiff() -> bytes:
    """It is read, and at the end its second directory is looked for."""
    entries = [(256, 3, 1, 1), (257, 3, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8),
               (277, 3, 1, 1), (278, 4, 1, 1), (279, 4, 1, 1), (1025, 4, 1, 9)]  # fmt: skip
    directory = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", 12) + b"\xff" * 4 + struct.pack("<H", len(entries)) + directory + b"\x05\0\0\0"


def test_i07_a_damaged_tiff_does_not_end_the_process(tmp_path: Path) -> None:
    data = content("TIFF")
    names = []
    for i, changed in enumerate(
        [odd_tiff(), *(data[:n] + b"\xff\xff" + data[n + 2 :] for n in range(4, len(data), 17))]
    ):
        (tmp_path / f"{i}.tif").write_bytes(changed)
        names.append(str(tmp_path / f"{i}.tif"))
    done = subprocess.run([sys.executable, "-c", READ, *names], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout.endswith("alive\n"), done.stderr


def png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size", [(60_000, 60_000), (50_001, 1_000)])
def test_i07_a_picture_that_claims_to_be_huge_is_refused(size: tuple[int, int], tmp_path: Path) -> None:
    assert tried(tmp_path, png(*size, b"")) == "too-large"


@pytest.mark.parametrize("size", [(1, 1), (1, 10_000), (10_000, 1), (2, 2)])
def test_i11_thin_and_tiny_pictures(size: tuple[int, int], tmp_path: Path) -> None:
    width, height = size
    assert tried(tmp_path, png(width, height, (b"\0" + b"\x80" * width) * height)) == ""
    assert tried(tmp_path, png(0, 0, b"")) == "damaged"


@pytest.mark.parametrize(
    "form", ["Grayscale16", "Indexed8", "ARGB32", "RGBA64", "Mono", "CMYK8888", "RGB16", "RGBA32FPx4"]
)
def test_i07_any_kind_of_pixels_gives_the_same_digit(form: str, tmp_path: Path) -> None:
    image = QImage()
    image.loadFromData(content("PNG"))
    wanted = picture_image(read_picture(written(tmp_path, content("PNG"))))
    other = image.convertToFormat(getattr(QImage.Format, f"Format_{form}"))
    found = picture_image(read_picture(written(tmp_path, content("TIFF" if form == "CMYK8888" else "PNG", other))))
    assert np.abs(found - wanted).max() < 0.02


def test_i07_what_is_transparent_is_paper(tmp_path: Path) -> None:
    image = QImage(20, 24, QImage.Format.Format_ARGB32)
    image.fill(0)
    with QPainter(image) as painter:
        painter.fillRect(9, 4, 3, 16, QColor("black"))
    found = picture_image(read_picture(written(tmp_path, content("PNG", image))))
    assert np.abs(found - picture_image(read_picture(written(tmp_path, content("PNG"))))).max() < 0.02


def test_i10_light_on_dark_is_seen_as_ink_too(tmp_path: Path) -> None:
    image = QImage()
    image.loadFromData(content("PNG"))
    image.invertPixels()
    found = picture_image(read_picture(written(tmp_path, content("PNG", image))))
    assert np.abs(found - picture_image(read_picture(written(tmp_path, content("PNG"))))).max() < 0.02


@pytest.mark.parametrize(
    "words",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='1e9'/>",
        b"<!DOCTYPE svg>",
        b"%PDF-1.7",
        b"\0\0\1\0",
    ],
)
def test_i08_drawings_and_other_kinds_are_not_read(words: bytes, tmp_path: Path) -> None:
    assert tried(tmp_path, words + b" " * 100) == "not-ours"
