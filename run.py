#!/usr/bin/env python3
"""Set nnplayground up in the folder .venv beside this file, once, and start it.

python3 run.py [arguments of nnplayground]
python3 run.py test [arguments of pytest]
"""
# Written so that an old Python understands it too, and can say that it is too old.

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, NoReturn, Set

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "nnplayground.json"  # says what is installed; written when all of it is
UNFINISHED = VENV / "unfinished"  # there while .venv is being made
WITHOUT_A_WINDOW = ("train", "predict", "list", "download", "-h", "--help", "--version")
FULL_DISK = "No space left on device"
APT_INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]
CAUSES = (
    (
        (FULL_DISK, "Errno 28", "not enough free space"),
        "The disk is full. Free about 1 GB, then run this again.",
        "ディスクの空きがありません。約 1 GB 空けてから、もう一度実行してください。",
    ),
    (
        (
            "onnection",
            "name resolution",
            "getaddrinfo",
            "resolving",
            "Network is unreachable",
            "ProxyError",
            "timed out",
        ),
        "The packages cannot be downloaded. Check the network (or the proxy), then run this again.",
        "パッケージをダウンロードできません。ネットワーク（またはプロキシ）を確かめて、もう一度実行してください。",
    ),
    (
        ("Permission denied", "Errno 13"),
        f"There is no permission to write. Make {HERE} your own, or delete .venv in it, then run this again.",
        f"書き込みの許可がありません。{HERE} の所有者を自分にするか、その中の .venv を消して、もう一度実行してください。",
    ),
)


class Failure(Exception):
    """One sentence for the person: what went wrong and what to do."""


def main(arguments: List[str]) -> int:
    """Set up, then become the program or its tests."""
    try:
        become(command_for(arguments))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 2
    except OSError as error:
        print(meaning(str(error)) or error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(words("Stopped. Run this again to go on.", "中断しました。もう一度実行すると続けます。"), file=sys.stderr)
        return 130


def command_for(arguments: List[str]) -> List[str]:
    """The command that does what is asked, after everything it needs is there."""
    if sys.version_info < (3, 11):
        version = "{}.{}".format(*sys.version_info)
        raise Failure(
            words(
                f"nnplayground needs Python 3.11 or later, and this is {version}. Install a newer one from python.org.",
                f"Python 3.11 以降が必要です（これは {version}）。python.org から新しい版を入れてください。",
            )
        )
    testing = arguments[:1] == ["test"]
    window = testing or not any(name in arguments for name in WITHOUT_A_WINDOW)
    offscreen = testing or any(argument.startswith("--screenshot") for argument in arguments)
    set_up("test" if testing else "", window, offscreen)
    if testing:
        os.chdir(HERE)  # four at a time also on two processors: the window's tests mostly wait
        return [str(PYTHON), "-m", "pytest", "-n", "4", "--dist", "worksteal", *arguments[1:]]
    return [str(PYTHON), "-P", "-m", "nnplayground", *arguments]


def set_up(extra: str, window: bool, offscreen: bool) -> None:
    """Provide what the system lacks and install the project into .venv, unless the stamp says that this was done."""
    digest = hashlib.sha256((HERE / "pyproject.toml").read_bytes()).hexdigest()
    now = {"folder": str(HERE), "python": "{}.{}".format(*sys.version_info), "pyproject": digest}
    before = read_stamp()
    extras = set(before.pop("extras", ()))
    done = before == now and extra in extras and PYTHON.exists()
    anew = not done and (before.get("python", now["python"]) != now["python"] or not usable())
    # Once all is set up, the program itself says what it lacks; root then still gets it installed.
    lacking = missing_libraries(offscreen) if window and (extra or is_root() or not done) else []
    if anew and importlib.util.find_spec("ensurepip") is None:  # Debian and Ubuntu keep it in a package of its own
        lacking = (lacking or APT_INSTALL) + ["python{}.{}-venv".format(*sys.version_info)]
    if lacking:
        provide(lacking)
    if anew:
        make_environment()
        extras = set()
    if not done:
        install(now, extras | {"", extra})


def install(stamp: Dict[str, Any], extras: Set[str]) -> None:
    """Install the project with its packages, and write down that this is done."""
    STAMP.unlink(missing_ok=True)
    names = ",".join(sorted(extras - {""}))
    tell("Installing nnplayground and what it needs", "nnplayground と必要なパッケージを入れています")
    run([str(PYTHON), "-m", "pip", "install", "--editable", f".[{names}]" if names else "."])
    STAMP.write_text(json.dumps({**stamp, "extras": sorted(extras)}), encoding="utf-8")


def read_stamp() -> Dict[str, Any]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def usable() -> bool:
    """Whether .venv can be installed into; one that was made by other means is kept, and given pip if it has none."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    return any(
        subprocess.run([str(PYTHON), *way], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
        for way in (["-c", "import pip"], ["-m", "ensurepip"])
    )


def make_environment() -> None:
    """Make .venv anew."""
    tell(f"Making {VENV}", f"{VENV} を作っています")
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    run([getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(VENV)])
    UNFINISHED.unlink()


def missing_libraries(offscreen: bool) -> List[str]:
    """The command that installs the system libraries Qt lacks; empty if it lacks none."""
    check = [sys.executable, "-B", "-m", "nnplayground.gui.display", *(["offscreen"] if offscreen else [])]
    found = subprocess.run(check, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=HERE, text=True)
    if found.returncode and not found.stdout.strip():
        raise Failure(found.stderr.strip())
    return found.stdout.split()


def provide(command: List[str]) -> None:
    """Install packages of the system if we may; else ask for it."""
    line = " ".join(command)
    if not (is_root() and command[0] == "apt-get" and shutil.which("apt-get")):
        raise Failure(
            words(
                f"System packages are missing. First run: sudo {line}",
                f"システムのパッケージが足りません。先に次を実行してください: sudo {line}",
            )
        )
    tell(line, line)
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    with contextlib.suppress(Failure):  # one dead source among many need not matter
        run(["apt-get", "update", "-q"], environment)
    run(command, environment)


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def run(command: List[str], environment: Dict[str, str] = {}) -> None:  # noqa: B006
    """Run `command` before the person's eyes, on stderr; raise `Failure` that says what its errors mean."""
    surroundings = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **environment}
    said = ""
    with subprocess.Popen(
        command, cwd=HERE, env=surroundings, stdout=sys.stderr, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            sys.stderr.write(line)
            said += line
    if process.returncode:
        line = " ".join(command)
        said += FULL_DISK if shutil.disk_usage(HERE).free < 50e6 else ""
        raise Failure(
            meaning(said)
            or words(
                f"This failed, and says why above: {line}", f"次のコマンドが失敗しました。理由は上にあります: {line}"
            )
        )


def meaning(errors: str) -> str:
    for signs, en, ja in CAUSES:
        if any(sign in errors for sign in signs):
            return words(en, ja)
    return ""


def become(command: List[str]) -> NoReturn:
    """Hand this process over to `command`: its signals and its exit code are then its own."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command) as process:  # Windows would not wait for it
        while True:
            try:
                sys.exit(process.wait())
            except KeyboardInterrupt:
                continue


def tell(en: str, ja: str) -> None:
    print("==> " + words(en, ja), file=sys.stderr, flush=True)


def words(en: str, ja: str) -> str:
    """The sentence in the language of the person: that of --lang, or of the environment."""
    asked = " ".join(sys.argv).partition("--lang")[2].strip(" =")
    language = asked or next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")
    return ja if language.startswith("ja") else en


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
