"""A download ends with the right files, or with one message and nothing wrong left behind."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from nnplayground.data.download import Cancelled, Download
from nnplayground.data.files import FileProblem
from nnplayground.data.sources import MNIST, SOURCES, RemoteFile, Source
from nnplayground.text import Text


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


def assert_nothing_installed(source: Source) -> None:
    assert "train-images" in {f.name for f in source.missing()}
    assert not (source.folder() / "train-images").exists()


def test_files_are_fetched_checked_and_read(source: Source) -> None:
    seen: list[tuple[int, int]] = []
    download(source).run(lambda done, total: seen.append((done, total)))
    (x, y), (x_test, y_test) = source.load()
    assert x.shape == (200, 28, 28) and len(y) == 200 and len(x_test) == len(y_test) == 20
    assert seen[-1] == (source.size, source.size)
    assert [d for d, _ in seen] == sorted(d for d, _ in seen)


def test_what_is_here_is_not_fetched_again(source: Source, server: Server) -> None:
    download(source).run()
    asked = len(server.requests)
    download(source).run()
    assert len(server.requests) == asked


def test_a_damaged_file_is_fetched_again(source: Source) -> None:
    download(source).run()
    (source.folder() / "test-labels").write_bytes(b"damaged")
    assert [f.name for f in source.missing()] == ["test-labels"]
    download(source).run()
    assert not source.missing()


def test_the_next_mirror_is_tried(source: Source, server: Server) -> None:
    server.answers["/one/train-images"] = lambda h, b: whole(h, b, status=500)
    download(source).run()
    assert not source.missing()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda h, b: h.send_error(404), "HTTP 404"),
        (lambda h, b: h.send_error(429), "HTTP 429"),
        (lambda h, b: whole(h, b"<html>Please log in</html>"), "26 bytes instead of"),
        (unannounced(lambda b: bytes(len(b))), "wrong checksum"),
        (unannounced(lambda b: b[:-1]), "of .* bytes"),
        (unannounced(lambda b: b + b), "more than"),
        (redirect("https://example.org/train-images"), "sends us to https://example.org"),
        (redirect("file:///etc/passwd"), "HTTP 302"),
        (redirect("ftp://127.0.0.1/x"), "sends us to ftp"),
        (redirect("/one/train-images"), "HTTP 302"),
    ],
)
def test_what_is_not_the_file_is_refused(source: Source, server: Server, answer: Answer, words: str) -> None:
    break_both(server, answer)
    with pytest.raises(FileProblem, match=words):
        download(source).run()
    assert_nothing_installed(source)


def test_a_connection_that_breaks_is_gone_on_from(source: Source, server: Server) -> None:
    break_both(server, cut)
    with pytest.raises(FileProblem):
        download(source).run()
    assert_nothing_installed(source)
    server.answers.clear()
    download(source).run()
    half = len(CONTENTS["train-images"]) // 2
    assert ("/one/train-images", f"bytes={half}-") in server.requests
    assert not source.missing()


def test_a_mirror_that_stalls_is_given_up(source: Source, server: Server) -> None:
    server.answers["/one/train-images"] = stall
    download(source, stall=0.3).run()
    assert not source.missing()


def test_cancelling_breaks_off_even_a_stalled_download(source: Source, server: Server) -> None:
    break_both(server, stall)
    job = download(source, stall=15)
    with pytest.raises(Cancelled):
        job.run(lambda done, total: job.cancel())
    assert_nothing_installed(source)


def test_no_server_is_a_sentence(source: Source, server: Server) -> None:
    nobody = Source("toys", Text.same("Toys"), source.files, ("http://127.0.0.1:9/",))
    with pytest.raises(FileProblem, match="Check the connection"):
        download(nobody).run()


def test_a_folder_that_cannot_be_made_is_a_sentence(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NNPLAYGROUND_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(FileProblem, match="cannot be written"):
        download(source).run()


def test_only_https_is_spoken_outside_of_tests(source: Source, server: Server) -> None:
    with pytest.raises(FileProblem, match="sends us to http"):
        Download(source).run()
    assert not server.requests
    for known in SOURCES.values():
        assert len(known.mirrors) >= 2 and all(m.startswith("https://") for m in known.mirrors)


def test_missing_data_is_told_with_its_size_and_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNPLAYGROUND_DATA_DIR", str(tmp_path))
    with pytest.raises(FileProblem, match=r"12 MB.*nnplayground download mnist"):
        MNIST.load()
