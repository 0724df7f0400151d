import json
import os
import struct
import subprocess
import sys

import pytest

import nnplayground
from nnplayground.engine.optimizers import optimizers
from nnplayground.storage import ready_made


def python(code: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, **options)


def test_version(run):
    assert run("--version") == f"nnplayground {nnplayground.__version__}\n"


@pytest.mark.parametrize("command", [[], ["train"], ["list"]])
def test_help_is_in_the_language_that_is_asked_for(run, command):
    english, japanese = run(*command, "--help"), run(*command, "--lang", "ja", "--help")
    assert english.code == japanese.code == 0
    assert "show this help" in english and "この説明を表示する" in japanese


def test_the_environment_chooses_the_language(run, monkeypatch):
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert "この説明を表示する" in run("--help")
    monkeypatch.setenv("LC_ALL", "C")
    assert "show this help" in run("--help")


def test_errors_are_in_the_language_that_is_asked_for(run):
    assert "という実験はありません" in run("train", "nope", "--lang", "ja").errors


def test_a_list_has_ids_and_both_labels(run):
    found = json.loads(run("list", "optimizers", "--json"))
    assert [entry["id"] for entry in found] == list(optimizers)
    assert found[0] == {"id": "sgd", "label_en": optimizers["sgd"].label.en, "label_ja": optimizers["sgd"].label.ja}


def test_experiments_are_listed_by_name(run):
    found = json.loads(run("list", "experiments", "--json"))
    assert [entry["id"] for entry in found] == list(ready_made.names())
    assert all(entry["label_en"] and entry["label_ja"] for entry in found)


def test_without_a_name_everything_is_listed(run):
    found = json.loads(run("list", "--json"))
    assert list(found) == [
        "experiments", "datasets", "layers", "activations", "optimizers", "losses", "initializers", "panes",
    ]  # fmt: skip
    assert {"loss", "activation", "digit", "probabilities"} <= {entry["id"] for entry in found["panes"]}
    assert "Losses:" in run("list") and "mean_squared_error" in run("list")


@pytest.mark.parametrize("kind", ["datasets", "layers", "activations", "losses", "initializers"])
def test_each_list_has_something(run, kind):
    entries = json.loads(run("list", kind, "--json"))
    table = run("list", kind)
    assert entries and all(entry["id"] in table for entry in entries)


def test_an_unknown_list_is_refused(run):
    said = run("list", "nope")
    assert said.code == 2 and "experiments" in said.errors and said.errors.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [["--size", "3"], ["--size", "1x1"], ["--size", "9999999x3"], ["--after", "x"], ["--after", "nan"], ["--theme", "pink"],
     ["--lang", "xx"], ["a", "b"], ["--screenshot"]],
)  # fmt: skip
def test_bad_usage_of_the_window_is_said_in_one_line(run, arguments):
    said = run(*arguments)
    assert said.code == 2 and said.errors.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_g09_without_a_display_two_lines_say_what_to_do():
    names = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run(
        [sys.executable, "-m", "nnplayground"], capture_output=True, text=True, env=environment, timeout=60
    )
    assert done.returncode == 2 and done.stderr.count("\n") == 2
    assert "--screenshot" in done.stderr and "xvfb-run" in done.stderr


def test_a_screenshot_is_drawn_without_a_display(tmp_path):
    path = tmp_path / "window.png"
    command = [sys.executable, "-m", "nnplayground", "circle", "--screenshot", str(path), "--size", "1100x760"]
    done = subprocess.run([*command, "--after", "0"], capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    header = path.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", header[16:]) == (1100, 760)


def test_the_module_is_the_command():
    done = subprocess.run([sys.executable, "-m", "nnplayground", "train", "nope"], capture_output=True, text=True)
    assert done.returncode == 2 and "Traceback" not in done.stderr


def test_training_and_lists_need_no_qt_and_help_needs_no_numpy():
    code = (
        "import sys; from nnplayground.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "assert 'numpy' not in sys.modules\n"
        "assert main(['train', 'logic-gates', '--epochs', '2']) == 0 and main(['list', 'datasets']) == 0\n"
        "assert not [m for m in sys.modules if 'PySide' in m or 'pyqtgraph' in m]\n"
    )
    done = python(code)
    assert done.returncode == 0, done.stderr


def test_a_reader_that_goes_away_is_no_error():
    command = [sys.executable, "-m", "nnplayground", "list", "datasets"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, b"")


def test_a_terminal_that_cannot_spell_japanese_gets_escapes():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "nnplayground", "list", "datasets", "--lang", "ja"]
    done = subprocess.run(command, capture_output=True, env=environment)
    assert done.returncode == 0 and rb"\u5186" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo terminal")
def test_a_bar_moves_on_a_terminal_and_is_wiped_away():
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "nnplayground", "train", "circle", "--epochs", "200", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower) as process:
        os.close(follower)
        shown = b""
        while chunk := _read(leader):
            shown += chunk
        assert json.loads(process.stdout.read())["epochs"] == 200
    os.close(leader)
    assert "░".encode() in shown and b"loss" in shown and shown.endswith(b"\r")


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 1000)
    except OSError:  # how Linux says that the other end is closed
        return b""
