"""The settings of an experiment as one word that can be pasted into a chat.

"nnp1." and base64url of: CRC-32 of the rest (4 bytes, big end first), then deflated MessagePack of what is not usual.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import re
import zlib
from typing import Any

import msgspec

from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.files import FileProblem
from nnplayground.registry import Entry
from nnplayground.storage import experiment_file
from nnplayground.storage.values import to_plain
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

PREFIX = "nnp1."
LONGEST = 40_000
"""Letters of a code that is looked at."""
_MOST = 1_000_000
"""Bytes that it may unfold to."""
_ONES = re.compile(r"nnp(\d{1,6})\.")


def encode(experiment: Experiment) -> str:
    """The code of `experiment`: its settings and title, not what it has learnt.

    Raises `FileProblem` for data of one's own.
    """
    if experiment.dataset.id == OwnData.id:
        raise FileProblem("own-data", _OWN_DATA)
    plain = {"format": experiment_file.FORMAT, **_unusual(experiment.replace(name="", description=Text("", "")))}
    plain.pop("id", None)
    press = zlib.compressobj(9, wbits=-15)
    data = press.compress(msgspec.msgpack.encode(plain)) + press.flush()
    return PREFIX + base64.urlsafe_b64encode(zlib.crc32(data).to_bytes(4) + data).decode().rstrip("=")


def decode(words: str) -> Experiment:
    """The experiment of a code, wherever in `words` lines were broken; raises `FileProblem`."""
    code = "".join(words[: 2 * LONGEST].split())
    found = _ONES.match(code)
    if found is None:
        raise FileProblem("not-ours", _NOT_OURS)
    if found.group() != PREFIX:
        raise FileProblem("newer", _NEWER)
    if len(code) > LONGEST:
        raise FileProblem("too-large", _DAMAGED)
    plain = _unfolded(code.removeprefix(PREFIX))
    try:
        return experiment_file.from_dict(plain)
    except FileProblem as problem:
        raise FileProblem(problem.code, _WRONG.format(why=problem.text)) from None


def _unfolded(letters: str) -> dict[str, Any]:
    try:
        data = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
        press = zlib.decompressobj(wbits=-15)
        if zlib.crc32(data[4:]) != int.from_bytes(data[:4]):
            raise ValueError("checksum")
        content = press.decompress(data[4:], _MOST)
        if not press.eof or press.unused_data:
            raise ValueError("length")
        return msgspec.msgpack.decode(content, type=dict[str, Any])
    except (binascii.Error, zlib.error, ValueError, msgspec.MsgspecError, RecursionError):
        raise FileProblem("damaged", _DAMAGED) from None


def _unusual(entry: Entry) -> dict[str, Any]:
    """The fields of `entry` that are not as usual, with its id."""
    found: dict[str, Any] = {"id": entry.id}
    for field in dataclasses.fields(entry):
        value = getattr(entry, field.name)
        if value != field.default:
            found[field.name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Entry):
        return _unusual(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Entry):
        return [_unusual(item) for item in value]
    return to_plain(value)


_NOT_OURS = Text(
    "This is no share code; a code begins with nnp1. and is one long word.",
    "共有コードではありません。共有コードは nnp1. で始まる長い 1 語です。",
)
_NEWER = Text(
    "This code was made by a newer version of nnplayground; update nnplayground to open it.",
    "このコードは新しい版の nnplayground で作られています。nnplayground を更新してから開いてください。",
)
_DAMAGED = Text(
    "A part of the share code is missing or was changed; copy the whole code again.",
    "共有コードの一部が欠けているか、変わっています。もう一度全体をコピーしてください。",
)
_OWN_DATA = Text(
    "Data of your own does not fit into a share code; save the experiment and send the file.",
    "自分のデータは共有コードに入りません。実験を保存して、そのファイルを送ってください。",
)
_WRONG = Text("The share code cannot be used: {why}", "共有コードを使えません。{why}")
