import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.gui.settings import Settings
from tests.gui.driving import Driver

Open = Callable[..., Driver]


def test_what_is_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    first = Settings(tmp_path / "new" / "folder")
    first.set("language", "ja")
    first.set("recent", ["/実験/a.nnp"])
    second = Settings(tmp_path / "new" / "folder")
    assert second.get("language", "") == "ja"
    assert second.get("recent", []) == ["/実験/a.nnp"]
    assert not second.was_broken
    assert [p.name for p in (tmp_path / "new" / "folder").iterdir()] == ["settings.json"]


def test_what_was_chosen_is_remembered_however_the_program_ends(drive: Open, tmp_path: Path) -> None:
    window = drive("xor", lang="en", theme="light").window
    window.ui.set_language("ja")
    window.ui.set_theme_choice("dark")
    path = tmp_path / "実験.nnp"
    assert window.files.save_to(path) and window.files.keeper.finish()
    now = Settings(window.settings.folder)  # as another program finds it, while this one still runs
    assert (now.get("language", ""), now.get("theme", "")) == ("ja", "dark")
    assert now.get("recent", []) == [str(path)]


def test_a_value_of_another_type_is_the_default(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"language": 7, "recent": "x", "wide": true}')
    settings = Settings(tmp_path)
    assert settings.get("language", "en") == "en"
    assert settings.get("recent", []) == []
    assert settings.get("wide", 1) == 1


def test_s04_s02_what_a_newer_version_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"from_the_future": {"a": [1]}, "language": "en"}')
    settings = Settings(tmp_path)
    settings.set("language", "ja")
    kept = json.loads((tmp_path / "settings.json").read_text())
    assert kept == {"from_the_future": {"a": [1]}, "language": "ja"}


GOLDEN = sorted((Path(__file__).parent / "golden").glob("settings-*.json"))


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.stem)
def test_s03_what_an_older_version_remembered_is_taken_up(golden: Path, drive: Open, tmp_path: Path) -> None:
    folder = tmp_path / "settings"
    folder.mkdir()
    shutil.copy(golden, folder / "settings.json")
    window = drive("xor", lang=None, theme=None).window
    assert (window.ui.language, window.ui.theme.name) == ("ja", "dark")
    assert window.settings.get("recent", [""]) == ["/home/haru/実験/はじめて.nnp"]
    assert not window.settings.was_broken


@given(content=st.one_of(st.binary(max_size=200), st.text().map(str.encode), st.just(b"[" * 100_000)))
def test_s01_a_broken_file_is_put_aside_and_the_program_starts(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / "settings.json").write_bytes(content)
    settings = Settings(folder)
    if settings.was_broken:
        assert (folder / "settings.bak").read_bytes() == content
    settings.set("language", "ja")
    assert settings.save()
    assert Settings(folder).get("language", "") == "ja"


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"language": "ja", "x": "y" * 2_000_000}))
    assert Settings(tmp_path).was_broken


def test_d07_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "folder")
    settings.set("language", "ja")
    assert not settings.save()
    assert settings.get("language", "") == "ja"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_its_place_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.json")
    assert Settings(tmp_path).get("language", "en") == "en"


def test_s06_of_two_programs_that_save_at_once_one_is_found_whole(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from nnplayground.gui.settings import Settings
mine = Settings(Path(sys.argv[1]))
for i in range(100):
    mine.set("who", [sys.argv[2]] * 500)
    assert mine.save()
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", script, str(tmp_path)]
    writers = [subprocess.Popen([*command, who], env=environment) for who in ("a", "b")]
    while any(writer.poll() is None for writer in writers):
        found = Settings(tmp_path)
        assert not found.was_broken
        assert len(set(found.get("who", ["nobody"]))) == 1
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]
