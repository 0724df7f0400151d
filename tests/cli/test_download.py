import hashlib
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from nnplayground.cli import download as command
from nnplayground.data.download import Download
from nnplayground.data.sources import RemoteFile, Source
from nnplayground.text import Text

CONTENT = bytes(range(256)) * 500


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def source(tmp_path: Path, monkeypatch):
    """A collection of four files on a server of this machine."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there/file.gz").write_bytes(CONTENT)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "there"))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    file = RemoteFile("file.gz", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    there = Source("digits", Text.same("Digits"), (file,) * 4, (f"http://127.0.0.1:{server.server_port}/",))
    monkeypatch.setenv("NNPLAYGROUND_DATA_DIR", str(tmp_path / "here"))
    monkeypatch.setattr(command, "SOURCES", {"digits": there})
    monkeypatch.setattr(command, "Download", partial(Download, schemes=("http",)))
    yield there
    server.shutdown()
    thread.join()
    server.server_close()


def test_files_are_fetched_once(run, source, tmp_path):
    said = run("download", "digits")
    assert said.code == 0 and str(tmp_path / "here") in said and said.errors == ""
    assert (tmp_path / "here/digits/file.gz").read_bytes() == CONTENT
    (tmp_path / "there/file.gz").unlink()
    assert run("download", "digits").code == 0


def test_a_wrong_file_is_refused_in_one_line_and_not_kept(run, source, tmp_path):
    (tmp_path / "there/file.gz").write_bytes(CONTENT[::-1])
    said = run("download", "digits")
    assert said.code == 2 and "checksum" in said.errors and said.errors.count("\n") == 1
    assert list((tmp_path / "here/digits").iterdir()) == []


def test_only_known_collections_are_fetched(run):
    assert run("download", "nope").code == 2
    assert "mnist" in run("download").errors
