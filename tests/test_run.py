"""run.py: what it sets up and when, and what it says where it cannot."""

import ast
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "run.py"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for .venv's Python is a shell script")


class Machine:
    """A checkout in a folder of its own, whose pip, venv and apt-get are only written down."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        spec = importlib.util.spec_from_file_location("run", SOURCE)
        self.run = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.run)
        for name in ("HERE", "VENV", "PYTHON", "STAMP", "UNFINISHED"):
            monkeypatch.setattr(self.run, name, folder / getattr(self.run, name).relative_to(SOURCE.parent))
        self.monkeypatch = monkeypatch
        self.folder, self.venv = folder, folder / ".venv"
        (folder / "pyproject.toml").write_text("[project]")
        self.commands: list[str] = []
        self.became = ""
        self.fail, self.failure = "", KeyboardInterrupt
        monkeypatch.chdir(folder)
        monkeypatch.setattr(self.run, "run", self._run)
        monkeypatch.setattr(self.run, "become", self._become)
        self.be_root(False)
        self.answer("sys.exit(0)")

    def start(self, *arguments: str) -> int | None:
        """Run run.py; the exit code, or None where the program would have taken over."""
        self.commands, self.became = [], ""
        return self.run.main(list(arguments))

    def make_python(self, script: str = "exit 0") -> None:
        self.run.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        self.run.PYTHON.write_text(f"#!/bin/sh\n{script}\n")
        self.run.PYTHON.chmod(0o755)

    def answer(self, code: str) -> None:
        """What the check for system libraries does."""
        module = self.folder / "nnplayground" / "gui" / "display.py"
        module.parent.mkdir(parents=True, exist_ok=True)
        for package in (module.parent, module.parent.parent):
            (package / "__init__.py").touch()
        module.write_text(f"import sys; {code}")

    def be_root(self, root: bool) -> None:
        self.monkeypatch.setattr(self.run, "is_root", lambda: root)

    def have_no_ensurepip(self) -> None:
        self.monkeypatch.setattr(self.run.importlib.util, "find_spec", lambda name: None)

    def _run(self, command, environment=None):
        line = " ".join(command).replace(str(self.folder), "")
        self.commands.append(line)
        if self.fail and self.fail in line:
            raise self.failure
        if "-m venv" in line:
            self.make_python()

    def _become(self, command):
        self.became = " ".join(command).replace(str(self.folder), "")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    return Machine(tmp_path, monkeypatch)


PIP = "/.venv/bin/python -m pip install --editable"


def test_the_first_start_makes_an_environment_installs_and_passes_arguments_on(machine):
    assert machine.start("train", "digits", "--epochs", "3") is None
    assert machine.commands[0].endswith("-m venv /.venv")
    assert machine.commands[1:] == [f"{PIP} ."]
    assert machine.became == "/.venv/bin/python -P -m nnplayground train digits --epochs 3"


def test_the_second_start_sets_nothing_up(machine):
    machine.start()
    machine.start("--lang", "ja")
    assert machine.commands == []
    assert machine.became == "/.venv/bin/python -P -m nnplayground --lang ja"


def test_tests_bring_their_own_packages_and_leave_the_program_alone(machine):
    machine.start()
    machine.start("test", "-k", "softmax")
    assert machine.commands == [f"{PIP} .[test]"]
    assert machine.became == "/.venv/bin/python -m pytest -n 4 --dist worksteal -k softmax"
    machine.start()
    assert machine.commands == []


def test_a_changed_pyproject_is_installed_with_all_that_was_there(machine):
    machine.start("test")
    (machine.folder / "pyproject.toml").write_text("[project] # changed")
    machine.start()
    assert machine.commands == [f"{PIP} .[test]"]


def test_another_python_makes_another_environment(machine):
    machine.start("test")
    (machine.venv / "old").touch()
    machine.monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    machine.start()
    assert machine.commands[0].endswith("-m venv /.venv")
    assert machine.commands[1:] == [f"{PIP} ."]
    assert not (machine.venv / "old").exists()


def test_a_moved_folder_is_installed_again(machine):
    machine.start()
    stamp = machine.run.STAMP
    stamp.write_text(stamp.read_text().replace(str(machine.folder), "/elsewhere"))
    machine.start()
    assert machine.commands == [f"{PIP} ."]


def test_an_interrupted_install_does_not_count(machine, capsys):
    machine.fail = "pip install"
    assert machine.start() == 130
    assert machine.became == ""
    assert len(capsys.readouterr().err.strip().splitlines()[-1].split()) > 3
    machine.fail = ""
    machine.start()
    assert machine.commands == [f"{PIP} ."]


def test_an_interrupted_change_does_not_count_either(machine):
    machine.start()
    machine.fail = "pip install"
    assert machine.start("test") == 130
    machine.fail = ""
    machine.start()
    assert machine.commands == [f"{PIP} ."]


def test_a_half_made_environment_is_made_anew(machine):
    machine.fail = "-m venv"
    assert machine.start() == 130
    machine.make_python()
    machine.fail = ""
    machine.start()
    assert len(machine.commands) == 2


@pytest.mark.parametrize("damage", ["no python", "python without pip", "dangling link"])
def test_a_broken_environment_is_made_anew(machine, damage):
    machine.start()
    machine.run.PYTHON.unlink()
    if damage == "python without pip":
        machine.make_python("exit 1")
        machine.run.STAMP.unlink()
    elif damage == "dangling link":
        machine.run.PYTHON.symlink_to("/nowhere/python")
    machine.start()
    assert len(machine.commands) == 2
    assert machine.became


def test_an_environment_made_by_hand_is_kept(machine):
    machine.make_python()
    (machine.venv / "mine").touch()
    machine.start()
    assert machine.commands == [f"{PIP} ."]
    assert (machine.venv / "mine").exists()


def test_a_spoilt_stamp_is_no_stamp(machine):
    machine.start()
    machine.run.STAMP.write_text("[]")
    machine.start()
    assert machine.commands == [f"{PIP} ."]


def test_debian_without_venv_asks_for_it(machine, capsys):
    machine.have_no_ensurepip()
    assert machine.start() == 2
    package = "python{}.{}-venv".format(*sys.version_info)
    assert f"sudo apt-get install -y --no-install-recommends {package}" in capsys.readouterr().err
    machine.be_root(True)
    machine.start("--version")
    assert machine.commands[:2] == ["apt-get update -q", f"apt-get install -y --no-install-recommends {package}"]
    assert machine.became


class TestLibraries:
    @pytest.fixture
    def lacking(self, machine):
        machine.answer("print('apt-get install libegl1'); sys.exit(1)")
        return machine

    def test_root_gets_them_before_the_first_start(self, lacking):
        lacking.be_root(True)
        lacking.start()
        assert lacking.commands[:2] == ["apt-get update -q", "apt-get install libegl1"]
        assert len(lacking.commands) == 4 and lacking.became

    def test_a_dead_package_source_does_not_stop_root(self, lacking):
        lacking.be_root(True)
        lacking.fail, lacking.failure = "apt-get update", lacking.run.Failure
        lacking.start()
        assert lacking.commands[1] == "apt-get install libegl1" and lacking.became

    def test_root_gets_them_when_they_are_gone(self, machine):
        machine.be_root(True)
        machine.start()
        machine.answer("print('apt-get install libegl1'); sys.exit(1)")
        machine.start()
        assert machine.commands == ["apt-get update -q", "apt-get install libegl1"]

    def test_everybody_else_is_told_the_command_before_anything_is_downloaded(self, lacking, capsys):
        for arguments in ([], ["test"]):
            assert lacking.start(*arguments) == 2
            assert "sudo apt-get install libegl1" in capsys.readouterr().err
        assert lacking.commands == []

    def test_one_command_names_all_that_is_missing(self, lacking, capsys):
        lacking.have_no_ensurepip()
        assert lacking.start() == 2
        assert "sudo apt-get install libegl1 python3." in capsys.readouterr().err

    def test_commands_without_a_window_need_none(self, lacking):
        lacking.be_root(True)
        lacking.start("train", "digits")
        assert len(lacking.commands) == 2 and lacking.became

    def test_a_picture_and_the_tests_need_only_what_draws_without_a_display(self, machine):
        machine.answer("sys.exit(sys.argv[1:] != ['offscreen'])")
        for arguments in (["test"], ["--screenshot", "a.png"], ["--screenshot=a.png"]):
            machine.start(*arguments)
            assert machine.became

    def test_only_apt_is_run_for_root(self, machine, capsys):
        machine.answer("print('dnf install libglvnd'); sys.exit(1)")
        machine.be_root(True)
        assert machine.start() == 2
        assert "sudo dnf install libglvnd" in capsys.readouterr().err
        assert machine.commands == []

    def test_an_unknown_system_hears_the_names(self, machine, capsys):
        machine.answer("print('Qt needs libEGL', file=sys.stderr); sys.exit(1)")
        assert machine.start() == 2
        assert capsys.readouterr().err == "Qt needs libEGL\n"


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "network"),
        ("PermissionError: [Errno 13] Permission denied: '.venv'", "permission"),
        ("something else", "says why above"),
    ],
)
def test_what_fails_is_shown_and_explained_in_a_sentence(tmp_path, monkeypatch, capfd, error, advice):
    machine = Machine(tmp_path, monkeypatch)
    monkeypatch.undo()
    script = f"import sys; print('progress', flush=True); print({error!r}, file=sys.stderr); sys.exit(1)"
    with pytest.raises(machine.run.Failure, match=advice):
        machine.run.run([sys.executable, "-c", script])
    out, err = capfd.readouterr()
    assert out == ""  # which belongs to the program
    assert "progress" in err and error in err


def test_a_full_disk_is_seen_where_the_error_does_not_say_so(tmp_path, monkeypatch):
    machine = Machine(tmp_path, monkeypatch)
    monkeypatch.undo()
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(10**9, 10**9 - 1000, 1000))
    with pytest.raises(machine.run.Failure, match="disk is full"):
        machine.run.run([sys.executable, "-c", "exit(1)"])


def test_sentences_follow_the_language_of_the_person(machine, capsys):
    machine.have_no_ensurepip()
    machine.monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert machine.start() == 2
    assert "先に次を実行してください" in capsys.readouterr().err
    machine.monkeypatch.setattr(sys, "argv", ["run.py", "--lang", "en"])
    assert machine.start() == 2
    assert "First run" in capsys.readouterr().err


def test_an_old_python_is_told_so(machine, capsys):
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))
    machine.monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    assert machine.start() == 2
    assert "3.11" in capsys.readouterr().err
    assert machine.commands == []


def test_the_program_takes_the_process_over_with_its_exit_code(tmp_path, monkeypatch):
    machine = Machine(tmp_path, monkeypatch)
    (tmp_path / "run.py").write_bytes(SOURCE.read_bytes())
    machine.start()
    machine.make_python('echo "$@"; exit 7')
    command = [sys.executable, str(tmp_path / "run.py"), "predict", "digits", "a b.png"]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    assert (done.returncode, done.stdout, done.stderr) == (7, "-P -m nnplayground predict digits a b.png\n", "")


@pytest.mark.parametrize("code", [0, 1, 5, 134, 139])
def test_p10_the_exit_code_of_the_tests_is_that_of_run_py(code: int) -> None:
    script = f"import run; run.become(['/bin/sh', '-c', 'exit {code}'])"
    assert subprocess.run([sys.executable, "-B", "-c", script], cwd=SOURCE.parent).returncode == code


def test_p10_tests_that_are_killed_do_not_count_as_passed() -> None:
    script = "import run; run.become(['/bin/sh', '-c', 'kill -ABRT $$'])"
    assert subprocess.run([sys.executable, "-B", "-c", script], cwd=SOURCE.parent).returncode == -signal.SIGABRT
