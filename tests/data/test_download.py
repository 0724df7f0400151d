"""A download ends with the right files, or with one message and nothing wrong left behind."""

from __future__ import annotations

import errno
import os
import queue
import threading
from pathlib import Path
from typing import IO, Any

import pytest

from nnplayground.data import download as download_module
from nnplayground.data.download import Download
from nnplayground.data.files import FileProblem
from nnplayground.data.progress import Cancelled
from nnplayground.data.sources import MNIST, SOURCES, Source
from nnplayground.text import Text
from tests.data import certificates
from tests.data.toy_server import (
    CONTENTS,
    Answer,
    Server,
    break_both,
    cut,
    download,
    encrypted,
    redirect,
    stall,
    unannounced,
    whole,
)


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
def test_w03_w04_w06_w08_what_is_not_the_file_is_refused(
    source: Source, server: Server, answer: Answer, words: str
) -> None:
    break_both(server, answer)
    with pytest.raises(FileProblem, match=words):
        download(source).run()
    assert_nothing_installed(source)


def test_w02_a_connection_that_breaks_is_gone_on_from(source: Source, server: Server) -> None:
    break_both(server, cut)
    with pytest.raises(FileProblem):
        download(source).run()
    assert_nothing_installed(source)
    server.answers.clear()
    download(source).run()
    half = len(CONTENTS["train-images"]) // 2
    assert ("/one/train-images", f"bytes={half}-") in server.requests
    assert not source.missing()


def test_w05_a_mirror_that_stalls_is_given_up(source: Source, server: Server) -> None:
    server.answers["/one/train-images"] = stall
    download(source, stall=0.3).run()
    assert not source.missing()


def test_w05_w09_cancelling_breaks_off_even_a_stalled_download(source: Source, server: Server) -> None:
    break_both(server, stall)
    job = download(source, stall=15)
    with pytest.raises(Cancelled):
        job.run(lambda done, total: job.cancel())
    assert_nothing_installed(source)


def test_w05_cancelling_lets_the_reader_go_that_waits_for_room(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = threading.Event()

    class Box(queue.Queue[Any]):
        def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
            if self.full():
                waits.set()
            super().put(item, block, timeout)

    monkeypatch.setattr(download_module, "CHUNK", 1000)
    monkeypatch.setattr(download_module.queue, "Queue", Box)
    job = download(source)
    with pytest.raises(Cancelled):
        job.run(lambda done, total: job.cancel() if waits.wait(10) else None)
    assert waits.is_set()
    for thread in threading.enumerate():
        if thread.name == "download":
            thread.join(10)
            assert not thread.is_alive()


def test_w01_w02_no_server_is_a_sentence(source: Source, server: Server) -> None:
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


def test_w06_only_https_is_spoken_outside_of_tests(source: Source, server: Server) -> None:
    with pytest.raises(FileProblem, match="sends us to http"):
        Download(source).run()
    assert not server.requests
    for known in SOURCES.values():
        assert len(known.mirrors) >= 2 and all(m.startswith("https://") for m in known.mirrors)


@pytest.mark.parametrize(
    ("certificate", "is_trusted", "words"),
    [
        (certificates.GOOD, False, "self-signed"),
        (certificates.ELSEWHERE, True, "mismatch|not valid for"),
        (certificates.EXPIRED, True, "certificate has expired"),
    ],
    ids=["unknown", "of another host", "expired"],
)
def test_w07_a_certificate_that_proves_nothing_is_refused_and_there_is_no_way_around(
    source: Source, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    certificate: str, is_trusted: bool, words: str,
) -> None:  # fmt: skip
    secret = encrypted(source, server, tmp_path, certificate)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    with pytest.raises(FileProblem, match=words):
        Download(secret, stall=5).run()
    assert not server.requests
    assert_nothing_installed(secret)


def test_w07_a_certificate_that_is_right_is_taken(
    source: Source, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = encrypted(source, server, tmp_path, certificates.GOOD)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    Download(secret, stall=5).run()
    assert not secret.missing()


@pytest.mark.parametrize(("room", "missing"), [(0, 4), (1, 4), (156_884, 3)])
def test_w10_a_disk_that_fills_up_is_a_sentence_and_what_came_is_gone_on_from(
    source: Source, monkeypatch: pytest.MonkeyPatch, room: int, missing: int
) -> None:
    def open_file(path: Path, mode: str) -> IO[bytes]:
        if sum(file.stat().st_size for file in path.parent.iterdir()) >= room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return open(path, mode)

    with monkeypatch.context() as patch:
        patch.setattr(download_module, "open", open_file, raising=False)
        with pytest.raises(FileProblem, match="No space left.*make room"):
            download(source).run()
    assert len(source.missing()) == missing
    download(source).run()
    assert not source.missing()


def test_w12_a_proxy_is_asked_unless_the_host_needs_none(
    source: Source, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = ("http://away.example/one/",)
    behind = Source("toys", Text.same("Toys"), source.files, away)
    monkeypatch.setenv("http_proxy", server.address)
    monkeypatch.setenv("NO_PROXY", "elsewhere.example")
    download(behind).run()
    assert not behind.missing()
    assert {path for path, _ in server.requests} == {away[0] + file.name for file in source.files}


def test_w12_a_host_that_needs_no_proxy_is_spoken_to_directly(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    download(source).run()
    assert not source.missing()


def test_a_folder_that_cannot_be_looked_into_is_a_sentence(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(source: Source) -> tuple[object, ...]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(source.folder()))

    monkeypatch.setattr(Source, "missing", missing)
    with pytest.raises(FileProblem, match="Permission denied"):
        download(source).run()


def test_w12_where_downloads_are_switched_off_nobody_is_asked(
    source: Source, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NNPLAYGROUND_OFFLINE", "1")
    with pytest.raises(FileProblem, match=f"switched off.*{source.files[0].name}.*{source.folder()}"):
        download(source).run()
    assert not server.requests and len(source.missing()) == len(source.files)
    monkeypatch.delenv("NNPLAYGROUND_OFFLINE")
    download(source).run()
    monkeypatch.setenv("NNPLAYGROUND_OFFLINE", "1")
    download(source).run()  # all is here


def test_missing_data_is_told_with_its_size_and_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNPLAYGROUND_DATA_DIR", str(tmp_path))
    with pytest.raises(FileProblem, match=r"12 MB.*nnplayground download mnist"):
        MNIST.load()
