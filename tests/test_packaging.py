"""What is shipped: a wheel that runs on its own, with the resources inside."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import nnplayground
from nnplayground import resources

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    return folder


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts}


def test_the_wheel_holds_the_package_and_the_resources_and_nothing_else(installed):
    shipped = {name for name in _files(installed) if ".dist-info/" not in name}
    code = {f"nnplayground/{name}" for name in _files(ROOT / "nnplayground")}
    files = {f"nnplayground/resources/{name}" for name in _files(ROOT / "resources")}
    assert shipped == code | files
    assert files


def test_the_source_archive_holds_what_building_and_testing_need(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "run.py", "tests/conftest.py"} <= names
    assert {f"resources/{name}" for name in _files(ROOT / "resources")} <= names


@pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")
def test_s09_it_starts_from_a_folder_that_is_read_only_and_not_in_ascii(built, tmp_path):
    folder = tmp_path / "プログラム 置き場"
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    places = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for place in places:
        place.chmod(0o555)
    try:
        before = _files(folder)
        environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "nnplayground", "xor", "--screenshot", "a.png", "--after", "0"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "a.png").stat().st_size > 10_000
        assert _files(folder) == before
    finally:
        for place in places:
            place.chmod(0o755)


def test_s09_it_starts_zipped(built, tmp_path):
    wheel, rest = next(built.glob("*.whl")), tmp_path / "temporary"
    rest.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(wheel), "TMPDIR": str(rest), "TEMP": str(rest)}
    command = [sys.executable, "-m", "nnplayground", "xor", "--screenshot", "a.png", "--after", "0"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.png").stat().st_size > 10_000
    assert list(rest.iterdir()) == []


def test_the_installed_program_starts_and_finds_its_resources(installed, tmp_path):
    code = "import nnplayground.resources as r; print(r.path('README.md').read_text(encoding='utf-8'), r.path(), sep='\\n')"
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert run("-m", "nnplayground", "--version").endswith(nnplayground.__version__)
    *_, found = run("-c", code).splitlines()
    assert Path(found) == installed / "nnplayground" / "resources"


def test_a_checkout_uses_the_resources_beside_the_package():
    assert resources.path("README.md") == ROOT / "resources" / "README.md"
    assert resources.path("README.md").is_file()
