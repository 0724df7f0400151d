"""A folder of pictures, one folder inside for each class, as small grey images."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.files import FileProblem
from nnplayground.data.own_pictures import of_pictures
from nnplayground.data.pictures import picture_image
from nnplayground.data.progress import report
from nnplayground.gui.picture_input import SUFFIXES
from nnplayground.gui.pictures import read_picture
from nnplayground.text import Text

SIDE = 28
"""Pixels, as the digits have them."""
MOST = 50_000
MOST_ENTRIES = 200_000
"""Files of any kind that are looked at."""


@dataclass(frozen=True, eq=False)
class ImportedPictures:
    """The dataset, and what a person should know of it."""

    dataset: OwnData
    notes: tuple[Text, ...]


def read_folder(folder: Path, like_drawings: bool = True) -> ImportedPictures:
    """The pictures in the folders inside `folder`, whose names are the classes; raises `FileProblem`.

    `like_drawings`: digits and letters, whose classes are single characters, go the way of what is drawn on the canvas.
    """
    found = _listed(folder)
    drawn = like_drawings and all(len(label) == 1 for _, label in found)
    change = _as_drawing if drawn else _small
    pictures, labels, broken = [], [], []
    for place, (path, label) in enumerate(found):
        report(place / len(found))
        try:
            pictures.append(change(read_picture(path)))
        except FileProblem:
            broken.append(path.name[:40])
        else:
            labels.append(label)
    if len(pictures) < 2:
        raise FileProblem("empty", _NOTHING.format(folder=folder.name[:80]))
    x = np.stack(pictures)
    notes = [_COUNT.format(n=len(x), classes=len(set(labels)), side=SIDE)]
    if drawn:
        notes.append(_DRAWN)
    elif _is_paper(x):
        x = 255 - x
        notes.append(_INVERTED)
    if broken:
        notes.append(_BROKEN.format(n=len(broken), names=", ".join(broken[:3]) + (" …" if len(broken) > 3 else "")))
    return ImportedPictures(of_pictures(x, labels, folder.name), tuple(notes))


def _listed(folder: Path) -> list[tuple[Path, str]]:
    """Pictures with the names of their folders, in a fixed order."""
    try:
        classes = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
        found: list[tuple[Path, str]] = []
        looked = 0
        for inner in classes:
            for path in sorted(inner.iterdir()):
                looked += 1
                if path.suffix.lower() in SUFFIXES and path.is_file():
                    found.append((path, inner.name))
                if len(found) > MOST or looked > MOST_ENTRIES:
                    raise FileProblem("too-large", _MANY.format(folder=folder.name[:80], most=MOST))
    except OSError as error:
        why = error.strerror or ""
        raise FileProblem("unreadable", _UNREADABLE.format(folder=folder.name[:80], why=why)) from None
    if not found:
        raise FileProblem("empty", _NOTHING.format(folder=folder.name[:80]))
    return found


def _as_drawing(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(SIDE, SIDE), 255 is ink: without the paper, made 20 pixels long and centred by mass."""
    return np.rint(picture_image(pixels) * 255).astype(np.uint8)


def _small(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(SIDE, SIDE) grey, over white where it is transparent; the whole picture fits in, its sides kept in proportion."""
    opacity = pixels[..., 3:4].astype(np.float32) / 255
    grey = (pixels[..., :3] * opacity + 255 * (1 - opacity)) @ np.array([0.299, 0.587, 0.114], np.float32)
    rows = np.ascontiguousarray(np.rint(grey).astype(np.uint8))
    height, width = rows.shape
    image = QImage(rows.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
    small = image.scaled(
        QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    small = small.convertToFormat(QImage.Format.Format_Grayscale8)
    kept = np.frombuffer(small.constBits(), np.uint8).reshape(small.height(), small.bytesPerLine())[:, : small.width()]
    edge = int(np.median(np.concatenate([kept[0], kept[-1], kept[:, 0], kept[:, -1]])))
    sheet = np.full((SIDE, SIDE), edge, np.uint8)
    top, left = (SIDE - kept.shape[0]) // 2, (SIDE - kept.shape[1]) // 2
    sheet[top : top + kept.shape[0], left : left + kept.shape[1]] = kept
    return sheet


def _is_paper(x: NDArray[np.uint8]) -> bool:
    """Whether most edges are light: dark ink on light paper."""
    edges = np.concatenate([x[:, 0], x[:, -1], x[:, :, 0], x[:, :, -1]], axis=1)
    return float(edges.mean()) > 127


_NOTHING = Text(
    "{folder} has no pictures in folders; put the pictures of each class into a folder of its own inside it.",
    "{folder} の中のフォルダーに画像がありません。クラスごとにフォルダーを作り、その中に画像を入れてください。",
)
_MANY = Text(
    "{folder} has more than {most} pictures; take a part of them.",
    "{folder} の画像が {most} 枚を超えています。一部を取り出してください。",
)
_UNREADABLE = Text(
    "{folder} cannot be read ({why}); choose another folder.",
    "{folder} を読めません（{why}）。別のフォルダーを選んでください。",
)
_COUNT = Text(
    "{n} pictures in {classes} classes, made {side}×{side} pixels",
    "{classes} クラス、{n} 枚の画像を {side}×{side} 画素にしました",
)
_DRAWN = Text(
    "made as large and centred as drawings are (to be switched off under File, Import data)",
    "手描きの数字と同じ大きさにし、重心を合わせました（「ファイル」→「データを読み込む」で切れます）",
)
_INVERTED = Text("dark on light was inverted", "明るい地に暗い線なので白黒を反転しました")
_BROKEN = Text("{n} could not be read: {names}", "{n} 枚は読めませんでした: {names}")
