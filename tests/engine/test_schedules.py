import numpy as np
import pytest

from nnplayground.engine.schedules import schedules
from nnplayground.engine.schedules.constant import Constant
from nnplayground.engine.schedules.cosine import Cosine
from nnplayground.engine.schedules.cyclical import Cyclical
from nnplayground.engine.schedules.exponential import Exponential
from nnplayground.engine.schedules.steps import Steps
from nnplayground.engine.schedules.warm_up import WarmUp


@pytest.mark.parametrize(
    ("schedule", "points"),
    [
        (Constant(), {0: 1, 7.5: 1}),
        (Steps(10, 0.5), {0: 1, 9.99: 1, 10: 0.5, 25: 0.25}),
        (Exponential(0.9), {0: 1, 1: 0.9, 2.5: 0.9**2.5}),
        (Cosine(8, 0.2), {0: 1, 4: 0.6, 8: 0.2, 100: 0.2}),
        (WarmUp(2, 0.1), {0: 0.1, 1: 0.55, 2: 1, 50: 1}),
        (Cyclical(4, 0.2), {0: 0.2, 1: 0.6, 2: 1, 3: 0.6, 4: 0.2, 6: 1}),
    ],
    ids=lambda s: s.id if hasattr(s, "id") else "",
)
def test_the_factor_at_some_epochs(schedule, points):
    for epoch, factor in points.items():
        assert schedule.factor(epoch) == pytest.approx(factor)


def test_no_schedule_raises_the_learning_rate_above_what_was_set():
    for kind in schedules.values():
        factors = [kind().factor(epoch) for epoch in np.arange(0, 50, 0.125)]
        assert 0 <= min(factors) and max(factors) <= 1, kind.id
