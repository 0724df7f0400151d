import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics

from nnplayground.gui.run_readout import COLUMNS, NONE, Readout, loss, rounded, share, short, whole
from nnplayground.text import Text
from nnplayground.training.history import Evaluation
from nnplayground.training.snapshot import Event
from tests.gui.driving import Driver

Open = Callable[..., Driver]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.29471, "0.2947"),
        (0.0, "0.0000"),
        (12.3456, "12.35"),
        (4321.0, "4e+03"),
        (float("inf"), "∞"),
        (float("nan"), "∞"),
    ],
)
def test_losses_never_get_longer_than_their_column(value: float, words: str) -> None:
    assert loss(value) == words


def test_n14_numbers_of_any_size() -> None:
    assert whole(12345) == "12,345"
    assert (whole(12_345_678), whole(2**31)) == ("12.35 M", "2,147 M")
    assert (short(99_999, 1e5), short(123_456, 1e5)) == ("99,999", "0.12 M")
    assert (short(999_999), short(1_110_000), short(23_450_000), short(2**31)) == (
        "999,999",
        "1.11 M",
        "23.4 M",
        "2,150 M",
    )
    assert rounded(91234) == 91200
    assert rounded(0) == 0
    assert (share(0.9125), share(None)) == ("91.2 %", NONE)


def test_it_shows_the_run_and_tells_screen_readers(drive: Open) -> None:
    driver = drive()
    readout: Readout = driver.find(Readout, "readout")
    driver.action("epoch").trigger()
    driver.settle()
    shown = readout.values()
    evaluation = driver.window.controller.newest.evaluation
    assert (shown["Epoch"], shown["Step"]) == ("1.00", "1")
    assert shown["Test loss"] == f"{evaluation.test_loss:.4f}"
    assert f"Test loss {evaluation.test_loss:.4f}" in readout.accessibleDescription()


@pytest.mark.parametrize("many", [1e3, 99_999, 999_999, 1_114_000, 9_999_999, 99_999_999])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_number_is_wider_than_its_column(drive: Open, language: str, many: float) -> None:
    driver = drive(lang=language)
    readout: Readout = driver.find(Readout, "readout")
    driver.settle()
    bad = Evaluation(1, math.inf, 1.0, 8.8e99, 1.0)
    now = driver.window.controller.newest
    readout.show_snapshot(replace(now, step=int(many), epoch=many, samples_per_second=many, evaluation=bad))
    room = dict(zip((column.words.en for column in COLUMNS), readout._widths(), strict=True))
    font = QFontMetrics(readout._number_font())
    assert {name for name, words in readout.values().items() if font.horizontalAdvance(words) > room[name]} == set()


def test_numbers_do_not_move(drive: Open) -> None:
    driver = drive()
    readout: Readout = driver.find(Readout, "readout")
    driver.settle()
    width = readout.sizeHint().width()
    long = Evaluation(1, 9.9999, 1.0, 123.4, 1.0)
    readout.show_snapshot(replace(driver.window.controller.newest, step=9_999_999, epoch=999.99, evaluation=long))
    assert readout.sizeHint().width() == width
    assert readout.values()["Step"] == "9,999,999"


def test_a_regression_has_no_accuracy(drive: Open) -> None:
    driver = drive("sine")
    driver.action("step").trigger()
    driver.settle()
    shown = driver.find(Readout, "readout").values()
    assert shown["Train acc."] == NONE
    assert shown["Train loss"] != NONE


def test_preparing_data_is_shown_until_it_is_there(drive: Open) -> None:
    driver = drive()
    readout: Readout = driver.find(Readout, "readout")
    numbers = readout.grab().toImage()
    told = driver.window.controller.happened
    told.emit(Event("loading", Text("Preparing …", "準備中…")))
    empty = readout.grab().toImage()
    told.emit(Event("progress", Text("Preparing …", "準備中…"), share=0.5))
    half = readout.grab().toImage()
    assert numbers != empty != half
    told.emit(Event("loaded", Text("", "")))
    assert readout.grab().toImage() == numbers
    assert driver.get("message") == ""
