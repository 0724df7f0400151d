import numpy as np
import pytest

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
