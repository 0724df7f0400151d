"""A server on this machine that has a small collection of images, and answers as badly as it is told to."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from nnplayground.data.download import Download
from nnplayground.data.sources import RemoteFile, Source
from nnplayground.text import Text
from tests.data.certificates import KEY


def _idx(array: np.ndarray) -> bytes:
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.astype(np.uint8).tobytes()


RNG = np.random.default_rng(0)
CONTENTS = {
    name: gzip.compress(_idx(array), mtime=0)
    for name, array in {
        "train-images": RNG.integers(0, 256, (200, 28, 28)), "train-labels": np.arange(200) % 10,
        "test-images": RNG.integers(0, 256, (20, 28, 28)), "test-labels": np.arange(20) % 10,
    }.items()
}  # fmt: skip
Answer = Callable[[http.server.BaseHTTPRequestHandler, bytes], None]


class Server(http.server.ThreadingHTTPServer):
    """Answers with the contents of the file; `answers` maps a path to another way of answering."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, str | None]] = []
        self.release = threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of these tests."""


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.requests.append((self.path, self.headers.get("Range")))
        body = CONTENTS.get(self.path.split("/")[-1], b"")
        self.server.answers.get(self.path, whole)(self, body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def whole(handler: http.server.BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    wanted = handler.headers.get("Range")
    start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
    handler.send_response(206 if wanted else status)
    if wanted:
        handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
    handler.send_header("Content-Length", str(len(body) - start))
    handler.end_headers()
    handler.wfile.write(body[start:])


def redirect(to: str) -> Answer:
    def answer(handler: http.server.BaseHTTPRequestHandler, body: bytes) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.end_headers()

    return answer


def unannounced(change: Callable[[bytes], bytes]) -> Answer:
    """No length in the header, and a changed body."""

    def answer(handler: http.server.BaseHTTPRequestHandler, body: bytes) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(change(body))

    return answer


def cut(handler: http.server.BaseHTTPRequestHandler, body: bytes) -> None:
    """Promises all and breaks off in the middle."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])


def stall(handler: http.server.BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[:100])
    handler.wfile.flush()
    handler.server.release.wait(20)  # type: ignore[attr-defined]


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield running
    running.release.set()
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def source(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.setenv("NNPLAYGROUND_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    files = tuple(RemoteFile(n, len(b), hashlib.sha256(b).hexdigest()) for n, b in CONTENTS.items())
    mirrors = (server.address + "one/", server.address + "two/")
    return Source("toys", Text.same("Toys"), files, mirrors)  # type: ignore[arg-type]


def download(source: Source, stall: float = 5.0) -> Download:
    return Download(source, stall=stall, schemes=("http",))


def break_both(server: Server, answer: Answer, name: str = "train-images") -> None:
    server.answers[f"/one/{name}"] = server.answers[f"/two/{name}"] = answer


def encrypted(source: Source, server: Server, folder: Path, certificate: str) -> Source:
    """The same collection over https, from now on."""
    (folder / "key.pem").write_text(KEY)
    (folder / "certificate.pem").write_text(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    mirror = server.address.replace("http:", "https:") + "one/"
    return Source("toys", Text.same("Toys"), source.files, (mirror,))
