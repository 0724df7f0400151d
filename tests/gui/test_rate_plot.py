"""The schedule of the learning rate beside the loss curve."""

from collections.abc import Callable

import numpy as np

from nnplayground.engine.schedules.cosine import Cosine
from nnplayground.gui.views.loss import LossView
from tests.gui.driving import Driver


def test_the_schedule_is_drawn_as_far_as_the_run_is_and_as_it_will_go_on(drive: Callable[..., Driver]) -> None:
    driver = drive("circle")
    document = driver.window.document
    view: LossView = driver.find(LossView, "loss_view")
    assert not view.rate.isVisible()
    document.change(schedule=Cosine(length=4.0, final=0.1), epochs=8)
    driver.wait(view.rate.isVisible)
    driver.wait(lambda: view.rate.to_come.x.max(initial=0) == 8 * 25)  # known before the first step
    driver.action("epoch").trigger()
    driver.wait(lambda: driver.get("epoch") == 1.0)
    driver.wait_for_state("paused")
    driver.settle()
    rate, per_epoch = document.experiment.learning_rate, driver.get("step")
    done, to_come = view.rate.done, view.rate.to_come
    assert done.x.max() == to_come.x.min() == per_epoch
    assert to_come.x.max() == 8 * per_epoch
    np.testing.assert_allclose(done.y[0], rate)
    np.testing.assert_allclose(done.y[-1], rate * (0.1 + 0.9 * (1 + np.cos(np.pi / 4)) / 2))
    np.testing.assert_allclose(to_come.y[-1], rate * 0.1)
    driver.action("undo").trigger()
    driver.wait(lambda: not view.rate.isVisible())
