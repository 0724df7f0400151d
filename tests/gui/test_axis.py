import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF

from nnplayground.gui.axis import Axis, linear_ticks, log_ticks, power_of_ten


@pytest.mark.parametrize("size", [60, 300, 1200])
@pytest.mark.parametrize("span", [1e-3, 0.1, 0.5, 1, 3, 12, 300])
@pytest.mark.parametrize("low", [-7.3, 0.0, 2.6])
def test_labels_leave_room_for_each_other(low, span, size):
    levels = log_ticks(low, low + span, size)
    labelled = sorted(t for spacing, ticks in levels if spacing >= 0.1 for t in ticks)
    places = np.array([t for _, ticks in levels for t in ticks])
    assert len(set(places.round(9))) == len(places)
    assert all(low - 1e-9 <= t <= low + span + 1e-9 for t in places)
    if len(labelled) > 1 and span >= 0.7:
        assert np.diff(labelled).min() * size / span >= 40


@pytest.mark.parametrize("size", [90, 300, 1200])
@pytest.mark.parametrize("span", [1e-12, 0.1, 1, 3, 1e3, 7e8])
@pytest.mark.parametrize("low", [-7.3, 0.0, 2.6])
def test_linear_ticks_are_round_and_leave_room_for_each_other(low, span, size):
    low, high = low * span, (low + 1) * span
    ((step, ticks),) = linear_ticks(low, high, size, 45)
    assert 1 <= len(ticks) <= size / 45 + 1
    assert len(ticks) >= size / 45 / 2.5 - 1, "there is room for more"
    assert all(low - 1e-6 * span <= t <= high + 1e-6 * span for t in ticks)
    np.testing.assert_allclose([t / step for t in ticks], [round(t / step) for t in ticks], atol=1e-6)
    assert f"{step:.0e}"[0] in "125"


def test_a_decade_has_labels_at_one_two_five(qapp):
    axis = Axis("left")
    axis.setLogMode(None, True)
    ticks = axis.tickValues(-2.0, 0.0, 600)
    words = [word for spacing, values in ticks for word in axis.tickStrings(values, 1.0, spacing) if word]
    assert sorted(map(float, words)) == [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]


@pytest.mark.parametrize(
    ("place", "words"),
    [(-2, "0.01"), (0, "1"), (np.log10(50), "50"), (-7, "10⁻⁷"), (np.log10(2e6), "2·10⁶"), (5, "10⁵")],
)
def test_powers_of_ten_read_as_on_paper(place, words):
    assert power_of_ten(place) == words


def test_less_than_a_decade_has_even_labels():
    (_, ticks), = log_ticks(np.log10(0.30), np.log10(0.42), 400)  # fmt: skip
    values = 10.0 ** np.array(ticks)
    assert len(values) >= 3
    assert np.allclose(np.diff(values), values[1] - values[0])
    assert all(len(power_of_ten(t)) <= 4 for t in ticks)


def across(low, high, size):
    """Places of the ticks of a horizontal axis, and what stands there."""
    axis = Axis("bottom")
    ((step, places),) = axis.tickValues(low, high, size)
    return places, axis.tickStrings(places, 1.0, step)


@pytest.mark.parametrize(("low", "high", "size"), [(-4.5, 4.5, 300), (-3.3, 3.3, 180), (0, 100, 120)])
def test_a_narrow_axis_has_three_numbers_where_they_are_short(qapp, low, high, size):
    places, _ = across(low, high, size)
    assert 3 <= len(places) <= size / 32 + 1


@pytest.mark.parametrize("size", [90, 180, 300, 900])
@pytest.mark.parametrize("start", [-1.2345e-5, 0.0, 0.123, 12345.0])
@pytest.mark.parametrize("span", [1e-7, 0.02, 7.0, 3e5])
def test_numbers_come_closer_only_where_they_do_not_touch(qapp, start, span, size):
    places, words = across(start, start + span, size)
    widest = max(map(QFontMetricsF(qapp.font()).horizontalAdvance, words), default=0)
    if len(places) > 1:
        assert np.diff(places).min() / span * size > min(widest, 74)
