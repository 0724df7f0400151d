import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.gui.numbers import can_become_number, parse, write


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        ("０．５", 0.5),
        ("１，５", 1.5),
        ("−3", -3),
        (" 1e-3 ", 1e-3),
        ("1E5", 1e5),
        (".5", 0.5),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, number: float) -> None:
    assert parse(typed) == number


@pytest.mark.parametrize("typed", ["", "-", "1e", "nan", "inf", "1e999", "1,5,5", "1.000,5", "0x10", "1_0", "三", "."])
def test_what_is_no_finite_number_is_none(typed: str) -> None:
    assert parse(typed) is None


@pytest.mark.parametrize(("typed", "possible"), [("", True), ("-", True), ("1e-", True), ("n", False), ("1 0", False)])
def test_the_beginning_of_a_number_may_be_typed(typed: str, possible: bool) -> None:
    assert can_become_number(typed) is possible


@pytest.mark.parametrize(
    ("number", "words"),
    [(0.1, "0.1"), (1e-7, "1e-7"), (20000.0, "20000"), (0.0, "0"), (1e20, "1e20"), (-0.25, "-0.25")],
)
def test_numbers_are_written_short(number: float, words: str) -> None:
    assert write(number) == words


@given(st.floats(-1e300, 1e300))
def test_what_is_written_is_read_again(number: float) -> None:
    again = parse(write(number))
    assert again is not None
    assert again == pytest.approx(number, rel=1e-9)
