"""Collections of images that are fetched once and kept: which files, from where, and whether they are here."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.data.idx import read_pair
from nnplayground.text import Text

Pair = tuple[NDArray[np.uint8], NDArray[np.int64]]


@dataclass(frozen=True)
class RemoteFile:
    """A file to fetch: its size in bytes, and SHA-256 of the file as the mirrors have it."""

    name: str
    size: int
    sha256: str
    also: tuple[str, ...] = ()
    """SHA-256 of the same contents packed differently: good when found, never fetched."""


@dataclass(frozen=True)
class Source:
    """Training images and labels, then test images and labels, in a folder of their own."""

    id: str
    label: Text
    files: tuple[RemoteFile, RemoteFile, RemoteFile, RemoteFile]
    mirrors: tuple[str, ...]
    """Addresses to which a file's name is added, tried one after the other."""

    @property
    def size(self) -> int:
        """Bytes to fetch in all."""
        return sum(f.size for f in self.files)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The only hosts that are spoken to."""
        return frozenset(m.split("/")[2] for m in self.mirrors)

    def folder(self) -> Path:
        """Where the files are, or will be put."""
        return data_folder() / self.id

    def missing(self) -> tuple[RemoteFile, ...]:
        """The files that are not here, or not with a right checksum."""
        return tuple(f for f in self.files if not is_right(f, self.folder() / f.name))

    def load(self) -> tuple[Pair, Pair]:
        """Training and test (images, labels); raises `FileProblem` while files are missing."""
        missing = self.missing()
        if missing:
            raise FileProblem("missing", _MISSING.format(label=self.label, id=self.id, size=self.size / 1e6))
        paths = [self.folder() / f.name for f in self.files]
        return read_pair(paths[0], paths[1]), read_pair(paths[2], paths[3])


def data_folder() -> Path:
    """The folder of fetched data: `NNPLAYGROUND_DATA_DIR`, or one of this program's in the user's cache."""
    given = os.environ.get("NNPLAYGROUND_DATA_DIR")
    if given:
        return Path(given)
    import pooch  # it brings along what speaks to the network, which most starts never need

    return Path(pooch.os_cache("nnplayground"))


def is_right(file: RemoteFile, path: Path) -> bool:
    """Whether `path` holds `file`, by its checksum."""
    try:
        data = read_bytes(path, 2 * file.size)
    except FileProblem:
        return False
    return hashlib.sha256(data).hexdigest() in (file.sha256, *file.also)


MNIST = Source(
    "mnist",
    Text.same("MNIST"),
    (
        RemoteFile(
            "train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            ("71524e2cd1ad2968737f7f2f2ff69cbfc32df8ccddff51593f7cb2d4e0eb5b64",),
        ),
        RemoteFile(
            "train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            ("fe03b8bd7915f70bf5aa08be480aa413fbd85afcaa58b35d230d335f284fd88e",),
        ),
        RemoteFile(
            "t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            ("5634745efa576a17e7d4cf5cd9d09123c75e6538e5114267c2d156edaf519341",),
        ),
        RemoteFile(
            "t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
            ("ae18e77e031ccde52407f794d123116439864147d33ac992975f85dd4dc42af6",),
        ),
    ),
    ("https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"),
)  # fmt: skip
"""LeCun, Cortes & Burges: 60,000 and 10,000 handwritten digits of 28x28 pixels."""

FASHION_MNIST = Source(
    "fashion-mnist",
    Text.same("Fashion-MNIST"),
    (
        RemoteFile(
            "train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"
        ),
        RemoteFile(
            "train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"
        ),
        RemoteFile(
            "t10k-images-idx3-ubyte.gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"
        ),
        RemoteFile(
            "t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"
        ),
    ),
    (
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ),
)
"""Xiao, Rasul & Vollgraf 2017: 60,000 and 10,000 pictures of clothes of 28x28 pixels."""

SOURCES = {s.id: s for s in (MNIST, FASHION_MNIST)}

_MISSING = Text(
    "{label} is not on this computer; download it ({size:.0f} MB) with the button or with: nnplayground download {id}",
    "{label} がこのコンピューターにありません。ボタンか「nnplayground download {id}」で"
    "ダウンロード（{size:.0f} MB）してください。",
)
