"""What reads bytes from outside: each loader by name, with good examples of what it reads."""

from __future__ import annotations

import base64
import gzip
import json
import struct
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from nnplayground.data import columns, holdings, my_digits, own_pictures, pictures, point_table, sheet
from nnplayground.data.idx import read_idx
from nnplayground.gui.pictures import read_picture
from nnplayground.gui.settings import Settings
from nnplayground.storage import experiment_file, project, ready_made, share_code, weights
from nnplayground.storage.project import Project
from nnplayground.storage.table import Table
from nnplayground.storage.tensors import pack, unpack
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

SMALL = Experiment(seed=3)
NETWORK = SMALL.network()
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))
GOLDEN = Path(__file__).parents[1] / "storage" / "golden"


class Target(NamedTuple):
    """`load` may raise a Problem and nothing else, whatever bytes it gets."""

    load: Callable[[bytes], object]
    seeds: list[bytes]


def _file(data: bytes, name: str = "file") -> Path:
    (FOLDER / name).write_bytes(data)
    return FOLDER / name


def _experiment(data: bytes) -> None:
    found = experiment_file.loads(data)
    assert experiment_file.loads(experiment_file.dumps(found)) == found
    found.network()


def _project(data: bytes) -> None:
    found = project.loads(data)
    again = project.dumps(found)
    assert project.dumps(project.loads(again)) == again
    holdings._held.clear()


def _inside(data: bytes) -> None:
    """What nobody but a forger writes: a sound checksum over anything."""
    try:
        description = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(description, dict):
        return
    arrays, _ = unpack(PROJECTS[len(data) % len(PROJECTS)], "")
    try:
        forged = pack(arrays, description)
    except UnicodeEncodeError:  # half a letter, which the loaders refuse
        return
    _project(forged)


def _weights_inside(data: bytes) -> None:
    """Any header before the right number of bytes: no checksum keeps a file of another program from being read."""
    weights.loads(struct.pack("<Q", len(data)) + data + bytes(4 * NETWORK.size), NETWORK)


def _code_inside(data: bytes) -> None:
    press = zlib.compressobj(1, wbits=-15)
    packed = press.compress(data) + press.flush()
    letters = base64.urlsafe_b64encode(zlib.crc32(packed).to_bytes(4) + packed).decode()
    _shared(share_code.decode(share_code.PREFIX + letters))


def _shared(found: Experiment) -> None:
    assert experiment_file.loads(experiment_file.dumps(found)) == found
    found.network()


def _table(data: bytes) -> None:
    how = sheet.guess(data, "a.csv")
    found = sheet.parse(data, how, "a.csv")
    made = columns.build(found, columns.Choices(len(found.columns) - 1, ("stop", "drop", "fill")[len(data) % 3]))
    loaded = made.dataset.load()
    assert np.isfinite(loaded.x_train).all() and np.isfinite(loaded.x_test).all()
    holdings._held.clear()


def _idx(data: bytes) -> None:
    found = read_idx(_file(data))
    images, labels = _file(data, "a-images-idx3"), _file(_idx_bytes(np.arange(len(found)) % 3), "a-labels-idx1")
    own_pictures.of_idx(images, labels)
    holdings._held.clear()


def _picture(data: bytes) -> None:
    """What is seen in it is slow to find, so only in some."""
    found = read_picture(_file(data))
    if zlib.crc32(data) % 8 == 0:
        image = pictures.picture_image(found)
        assert image.shape == (28, 28) and np.isfinite(image).all()


def _settings(data: bytes) -> None:
    settings = Settings(_file(data, "settings.json").parent)
    settings.get("language", ""), settings.get("recent", [])
    assert settings.save()


def _learnt() -> bytes:
    """With everything a file can hold."""
    trainer = Trainer(SMALL, SMALL.dataset.load())
    trainer.step()
    strokes = (np.array([[0.1, 0.2], [0.3, 0.4]]),)
    return project.dumps(Project(SMALL, trainer.parameters, table=Table(strokes, notes="a note", layout="abcd")))


def _idx_bytes(array: Any) -> bytes:
    sizes = np.array(array.shape, ">u4").tobytes()
    return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()


def _images() -> list[bytes]:
    picture = QImage(9, 12, QImage.Format.Format_RGBA8888)
    picture.fill(0xFFFFFFFF)
    for i in range(3, 9):
        picture.setPixel(4, i, 0xFF000000)
    found = []
    for kind in ("PNG", "JPG", "BMP", "GIF", "WEBP", "PGM", "PPM", "PBM", "TIFF"):
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if picture.save(buffer, kind):
            found.append(bytes(buffer.data().data()))
    return found


EXPERIMENTS = [experiment_file.dumps(ready_made.load(name)) for name in ready_made.names()]
PROJECTS = [_learnt(), *(path.read_bytes() for path in sorted(GOLDEN.glob("format-2-*.nnp")))]
_DESCRIPTIONS = [{k: v for k, v in unpack(data, "")[1].items() if k != "sha256"} for data in PROJECTS]
_WEIGHTS = weights.dumps(NETWORK, NETWORK.initial_parameters(np.random.default_rng(1)))
_HEADER = {k: v for k, v in json.loads(_WEIGHTS[8 : -4 * NETWORK.size]).items() if k != "__metadata__"}
_CODES = [share_code.encode(ready_made.load(name)).encode() for name in ready_made.names()]
_CODE_INSIDES = [msgspec.msgpack.encode(json.loads(data)) for data in EXPERIMENTS]
_TABLES = [b"a,b,class\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n", "長さ;幅;種類\n1,5;2;甲\n3;4,25;乙\n5;-;甲\n".encode("cp932"),
           "\ufeffx\ty\n１\t2\n3\t4e5\n".encode(), b'"a ""b""", c\n1e300,1\n-1e300,2\n', b"1 2\n3 4\n5 6\n"]  # fmt: skip
_IDX = [_idx_bytes(np.arange(6 * 5 * 4).reshape(6, 5, 4)), gzip.compress(_idx_bytes(np.arange(24).reshape(6, 2, 2)))]
_DIGITS = [my_digits.encode([my_digits.KeptDigit.of(7, [[[0.2, 0.2], [0.8, 0.2], [0.4, 0.9]]])])]

TARGETS = {
    "experiment": Target(_experiment, EXPERIMENTS),
    "project": Target(_project, PROJECTS),
    "project-inside": Target(_inside, [json.dumps(one).encode() for one in _DESCRIPTIONS]),
    "weights": Target(lambda data: weights.loads(data, NETWORK), [_WEIGHTS]),
    "weights-inside": Target(_weights_inside, [json.dumps(_HEADER).encode()]),
    "idx": Target(_idx, _IDX),
    "table": Target(_table, _TABLES),
    "points": Target(lambda data: point_table.parse(data, "a.csv"), _TABLES),
    "picture": Target(_picture, _images()),
    "share-code": Target(lambda data: _shared(share_code.decode(data.decode("utf-8", "replace"))), _CODES),
    "share-code-inside": Target(_code_inside, _CODE_INSIDES),
    "my-digits": Target(lambda data: my_digits.parse(data, "a"), _DIGITS),
    "settings": Target(_settings, [b'{"language": "ja", "recent": ["a", 3]}']),
}
