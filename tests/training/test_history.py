"""The history keeps the whole run at a bounded size."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.text import Text
from nnplayground.training.history import CAPACITY, Evaluation, History


@given(st.lists(st.integers(1, 3000), max_size=12))
def test_every_step_is_in_the_curve_once(chunks):
    history, total = History(), 0
    for chunk in chunks:
        history.extend(np.arange(total, total + chunk, dtype=float))
        total += chunk
    curves = history.curves()
    assert len(curves.steps) <= CAPACITY + 1
    if total:
        assert curves.low[0] == 0
        assert curves.high[-1] == total - 1
        weights = np.full(len(curves.steps), curves.steps_per_point)
        weights[-1] = total - curves.steps_per_point * (len(curves.steps) - 1)
        assert np.average(curves.mean, weights=weights) * 2 == total - 1
        # The losses count up from 0, so the mean of a bin is the place of its middle on the axis of steps from 1.
        np.testing.assert_allclose(curves.mean + 1, curves.steps)


def test_a_million_steps_stay_small_and_the_spike_is_still_seen():
    history = History()
    losses = np.ones(1_000_000)
    losses[123_456] = 50
    for part in np.split(losses, 100):
        history.extend(part)
    curves = history.curves()
    assert len(curves.steps) <= CAPACITY + 1
    assert curves.high.max() == 50
    assert curves.steps[curves.high.argmax()] - 123_457 < curves.steps_per_point


def test_many_evaluations_are_thinned_out_but_the_first_and_last_stay():
    history = History()
    for step in range(3 * CAPACITY):
        history.evaluate(Evaluation(step, 1.0, None, 1.0, None))
    found = history.curves().evaluations
    assert len(found) <= CAPACITY
    assert (found[0].step, found[-1].step) == (0, 3 * CAPACITY - 1)


def test_marks_are_kept_with_their_step():
    history = History()
    history.mark(12, Text.same("η"))
    assert [(m.step, m.text.en) for m in history.curves().marks] == [(12, "η")]


@given(st.integers(1, 10_000), st.data())
def test_a_truncated_history_goes_on_in_step(total, data):
    history = History()
    history.extend(np.ones(total))
    cut = data.draw(st.integers(0, total))
    history.truncate(cut)
    history.extend(np.ones(10))
    curves = history.curves()
    covered = (len(curves.steps) - 1) * curves.steps_per_point
    assert covered < cut + 10 <= covered + curves.steps_per_point
    assert (curves.mean == 1).all()
