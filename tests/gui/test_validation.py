"""Samples held back for validation: a curve of their own where there are some, and none where there are not."""

from collections.abc import Callable

from nnplayground.gui.views.loss import VALIDATION, LossView
from nnplayground.training.history import Evaluation
from tests.gui.driving import Driver


def newest(driver: Driver) -> Evaluation:
    driver.settle()
    return driver.window.controller.newest.curves.evaluations[-1]


def test_their_loss_and_accuracy_are_drawn_once_some_are_held_back(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    driver.action("epoch").trigger()
    driver.wait(lambda: driver.get("epoch") == 1.0)
    loss = driver.find(LossView, "loss_view")
    driver.settle()
    assert VALIDATION not in [curve.name for plot in (loss.loss, loss.accuracy) for curve in plot.curves]

    driver.window.document.change(validation=0.25)
    driver.settle()
    driver.action("epoch").trigger()
    driver.wait(lambda: driver.get("epoch") == 2.0)
    found = newest(driver)
    for plot, value in ((loss.loss, found.validation_loss), (loss.accuracy, found.validation_accuracy)):
        driver.wait(lambda plot=plot: any(curve.name == VALIDATION for curve in plot.curves))
        (curve,) = [curve for curve in plot.curves if curve.name == VALIDATION]
        driver.wait(lambda curve=curve, value=value: len(curve.y) > 0 and curve.y[-1] == value)
        assert curve.x[0] > 0, "nothing was held back before"
