"""Fetching a collection, only when asked: checked, bounded, resumable, and at any moment cancelled.

Speaks https to the fixed hosts of the collection and to nobody else, reads no more bytes than the file has, and
gives up on a connection that stalls. What was fetched before an interruption is kept and gone on from.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import queue
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from nnplayground.data.files import FileProblem
from nnplayground.data.progress import Cancelled
from nnplayground.data.sources import RemoteFile, Source
from nnplayground.text import Text

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""

_Box = queue.Queue[tuple[int, bytes] | Exception | None]
"""Pieces of a file on their way to the disk; an error or None ends them."""

CHUNK = 1 << 16
STALL = 15.0
"""Seconds without a byte, or to connect, after which a mirror is given up."""
SLOWEST = 1000
"""Bytes per second below which a mirror is given up, measured over `STALL` seconds."""
REDIRECTS = 3
OFFLINE = "NNPLAYGROUND_OFFLINE"
"""The environment variable that forbids any download, for a class room."""


class _Unfit(Exception):
    """This mirror does not give the file; the next one may."""


class Download:
    """Fetches the missing files of `source`. `cancel` may be called from any thread."""

    def __init__(self, source: Source, *, stall: float = STALL, schemes: tuple[str, ...] = ("https",)) -> None:
        self.source = source
        self._stall, self._schemes = stall, schemes
        self._cancelled = threading.Event()
        self._opener = urllib.request.build_opener(_Redirects(source.hosts, schemes))

    def cancel(self) -> None:
        """Stop within a fraction of a second; `run` then raises `Cancelled`."""
        self._cancelled.set()

    def run(self, progress: Progress | None = None) -> None:
        """Fetch what is missing; raises `FileProblem` (nothing wrong is left behind) or `Cancelled`."""
        folder = self.source.folder()
        try:
            missing = self.source.missing()
            if missing and os.environ.get(OFFLINE):
                names = ", ".join(file.name for file in missing)
                raise FileProblem("offline", _OFFLINE.format(variable=OFFLINE, names=names, folder=folder))
            folder.mkdir(parents=True, exist_ok=True)
            total, done = sum(f.size for f in missing), 0
            for file in missing:
                self._fetch(file, folder, _after(done, total, progress))
                done += file.size
        except OSError as error:
            raise FileProblem("unwritable", _UNWRITABLE.format(folder=folder, why=error.strerror)) from None

    def _fetch(self, file: RemoteFile, folder: Path, progress: Callable[[int], None]) -> None:
        part = folder / (file.name + ".part")
        reasons = []
        for mirror in self.source.mirrors:
            try:
                self._from_mirror(mirror + file.name, file, part, progress)
            except _Unfit as unfit:
                reasons.append(f"{urlsplit(mirror).hostname}: {unfit}")
            else:
                os.replace(part, folder / file.name)
                return
        raise FileProblem("download", _FAILED.format(name=file.name, why="; ".join(reasons)))

    def _from_mirror(self, address: str, file: RemoteFile, part: Path, progress: Callable[[int], None]) -> None:
        have = part.stat().st_size if part.is_file() else 0
        if have > file.size:
            have = 0
        if have < file.size:
            have = self._append(address, file, part, have, progress)
        if have != file.size:
            raise _Unfit(f"{have} of {file.size} bytes")
        found = hashlib.sha256(part.read_bytes()).hexdigest()
        if found != file.sha256:
            part.unlink()
            raise _Unfit(f"wrong checksum {found[:16]}…, not {file.sha256[:16]}…")

    def _append(self, address: str, file: RemoteFile, part: Path, have: int, progress: Callable[[int], None]) -> int:
        for start, chunk in self._chunks(address, file.size, have):
            with open(part, "r+b" if start else "wb") as out:
                out.seek(start)
                out.truncate()
                out.write(chunk)
            have = start + len(chunk)
            if have > file.size:
                part.unlink()
                raise _Unfit(f"more than {file.size} bytes")
            progress(have)
        return have

    def _chunks(self, address: str, size: int, have: int) -> Iterator[tuple[int, bytes]]:
        """(place in the file, bytes) as they come, read in a thread of its own so that waiting can be broken off."""
        box: _Box = queue.Queue(maxsize=16)
        over = threading.Event()
        arguments = (address, size, have, box, over)
        threading.Thread(target=self._read, args=arguments, name="download", daemon=True).start()
        try:
            yield from self._until_end(box)
        finally:
            over.set()
            _empty(box)

    def _until_end(self, box: _Box) -> Iterator[tuple[int, bytes]]:
        began, got = time.monotonic(), 0
        while True:
            if self._cancelled.is_set():
                raise Cancelled
            with contextlib.suppress(queue.Empty):
                item = box.get(timeout=0.1)
                if item is None:
                    return
                if isinstance(item, Exception):
                    raise _Unfit(_words(item))
                got += len(item[1])
                yield item
            waited = time.monotonic() - began
            if waited > self._stall:
                if got < SLOWEST * self._stall:
                    raise _Unfit("too slow")
                began, got = time.monotonic(), 0

    def _read(
        self, address: str, size: int, have: int, box: _Box,
        over: threading.Event,
    ) -> None:  # fmt: skip
        try:
            with self._open(address, have) as response:
                place = _start(response, size, have)
                while not over.is_set() and (chunk := response.read1(CHUNK)):
                    box.put((place, chunk))
                    place += len(chunk)
            box.put(None)
        except (OSError, HTTPException, ValueError, _Unfit) as error:
            box.put(error)

    def _open(self, address: str, have: int) -> HTTPResponse:
        _check_address(address, self.source.hosts, self._schemes)
        headers = {"User-Agent": "nnplayground", "Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        response: HTTPResponse = self._opener.open(
            urllib.request.Request(address, headers=headers), timeout=min(self._stall, 10)
        )
        return response


def _empty(box: _Box) -> None:
    """Make room for a reader that waits to put something in, so that it sees that it is over."""
    with contextlib.suppress(queue.Empty):
        while True:
            box.get_nowait()


def _after(done: int, total: int, progress: Progress | None) -> Callable[[int], None]:
    """Tells `progress` of bytes that come after `done` others."""

    def report(more: int) -> None:
        if progress is not None:
            progress(done + more, total)

    return report


def _start(response: HTTPResponse, size: int, have: int) -> int:
    """Where in the file the body begins; raises `_Unfit` when the lengths cannot be those of the file."""
    start = 0
    if response.status == 206:
        begin = (response.headers.get("Content-Range") or "").removeprefix("bytes ").split("-")[0]
        if begin != str(have):
            raise _Unfit("a wrong part")
        start = have
    length = response.headers.get("Content-Length")
    if length is not None and start + int(length) != size:
        raise _Unfit(f"{start + int(length)} bytes instead of {size}")
    return start


def _check_address(address: str, hosts: frozenset[str], schemes: tuple[str, ...]) -> None:
    parts = urlsplit(address)
    if parts.scheme not in schemes or parts.netloc not in hosts:
        raise _Unfit(f"sends us to {parts.scheme}://{parts.netloc}")


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = REDIRECTS

    def __init__(self, hosts: frozenset[str], schemes: tuple[str, ...]) -> None:
        self._hosts, self._schemes = hosts, schemes

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        _check_address(newurl, self._hosts, self._schemes)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _words(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code}"
    reason = getattr(error, "reason", None)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return reason.verify_message
    if isinstance(error, urllib.error.URLError):
        return str(error.reason)[:80]
    return (str(error) or type(error).__name__)[:80]


_FAILED = Text(
    "{name} could not be downloaded ({why}). Check the connection and try again.",
    "{name} をダウンロードできませんでした（{why}）。接続を確かめて、もう一度試してください。",
)
_OFFLINE = Text(
    "Downloads are switched off here ({variable} is set). Put {names} into {folder}, or unset {variable}.",
    "ここではダウンロードが禁止されています（{variable} が設定されています）。"
    "{names} を {folder} に置くか、{variable} を解除してください。",
)
_UNWRITABLE = Text(
    "{folder} cannot be written to ({why}); make room, or set NNPLAYGROUND_DATA_DIR to another folder.",
    "{folder} に書き込めません（{why}）。空きを作るか、NNPLAYGROUND_DATA_DIR に別のフォルダーを指定してください。",
)
