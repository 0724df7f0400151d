"""The bench computes what the articles print, breaks where they warn of it, and is worked with mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QSlider, QStyle, QStyleOptionSlider

from nnplayground.engine.plan import predict
from nnplayground.gui.note import Note
from nnplayground.gui.number_bar import NumberBar
from nnplayground.gui.softmax_numbers import SoftmaxNumbers
from nnplayground.gui.views.softmax import ADDS_UP, BROKEN, UNDIVIDED, WITHOUT_E
from nnplayground.training.experiment import Experiment
from tests.gui.driving import Driver
from tests.gui.pixels import like


@pytest.fixture
def driver(open_pane):
    return open_pane(Experiment(), "softmax", "decision_map")


def shown(driver: Driver, key: str) -> list[float]:
    rows = len(driver.window.views["softmax"].rows)
    return [driver.find(NumberBar, f"bench_{key}_{i}").value for i in range(rows)]


def total(driver: Driver, key: str) -> str:
    return driver.find(QLabel, f"bench_sum_{key}").text()


def press(driver: Driver, name: str) -> None:
    kind = QPushButton if name.endswith("button") else QCheckBox
    QTest.mouseClick(driver.find(kind, name), Qt.MouseButton.LeftButton, pos=QPoint(8, 10))


@pytest.mark.parametrize(
    ("scores", "wanted"),
    [
        ((1, 2, 3), (0.09003057, 0.24472847, 0.66524096)),
        ((1, 10, 5), (0.00012257, 0.9931854, 0.00669203)),
        ((-5, -10, -15), (0.99326236, 0.00669255, 0.00004509)),
        ((1000, 1001, 1002), (0.09003057, 0.24472847, 0.66524096)),
        ((-1000, -999, -998), (0.09003057, 0.24472847, 0.66524096)),
    ],
)
def test_the_shares_of_the_articles(scores, wanted):
    found = SoftmaxNumbers(scores)
    np.testing.assert_allclose(found.shares, wanted, atol=5e-9)
    assert found.shares.sum() == pytest.approx(1, abs=1e-12)
    assert not found.overflows


def naive(scores: tuple[float, ...]) -> np.ndarray:
    """Softmax as the articles begin with it. The NumPy of that time said "true_divide" in its warning."""
    exps = np.exp(np.array(scores, np.float64))
    return exps / exps.sum()


@pytest.mark.parametrize(
    ("scores", "exps", "warnings"),
    [
        ((1000, 1001, 1002), np.inf, ["overflow encountered in exp", "invalid value encountered in divide"]),
        ((-1000, -1001, -1002), 0, ["invalid value encountered in divide"]),
    ],
    ids=["inf / inf", "0 / 0"],
)
def test_the_naive_form_breaks_where_the_articles_warn_of_it(scores, exps, warnings):
    with pytest.warns(RuntimeWarning) as caught:
        by_hand = naive(scores)
    assert [str(w.message) for w in caught] == warnings
    found = SoftmaxNumbers(scores, stable=False)
    np.testing.assert_array_equal(found.exps, [exps] * 3)
    np.testing.assert_array_equal(found.shares, by_hand)
    assert np.isnan(found.shares).all() and found.overflows


def test_a_hundred_more_on_each_score_changes_nothing():
    np.testing.assert_array_equal(SoftmaxNumbers((1, 2, 3)).shares, SoftmaxNumbers((101, 102, 103)).shares)


def test_a_temperature_levels_or_sharpens():
    cold, hot = SoftmaxNumbers((1, 2, 3), 0.1).shares, SoftmaxNumbers((1, 2, 3), 10).shares
    assert cold[2] > 0.999
    assert hot.max() - hot.min() < 0.1


def test_it_opens_with_the_example_and_both_ways_side_by_side(driver):
    np.testing.assert_allclose(shown(driver, "exp"), np.exp([1, 2, 3]))
    np.testing.assert_allclose(shown(driver, "share"), [0.09003057, 0.24472847, 0.66524096], atol=1e-8)
    np.testing.assert_allclose(shown(driver, "plain"), [1 / 6, 1 / 3, 1 / 2])
    np.testing.assert_allclose(shown(driver, "sigmoid"), 1 / (1 + np.exp([-1, -2, -3])))
    assert (total(driver, "share"), total(driver, "sigmoid")) == ("1.0000", "2.5644")
    assert driver.find(Note, "bench_words").said == ADDS_UP.format(sum=SoftmaxNumbers((1, 2, 3)).sigmoids.sum())


def test_dragging_a_score_moves_every_number_and_the_bar(driver):
    slider: QSlider = driver.find(QSlider, "score_slider_0")
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    handle = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    bar = driver.find(NumberBar, "bench_share_0")
    theme = driver.window.ui.theme
    before = like(bar, theme.sunken, 12).sum()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=handle.center())
    QTest.mouseMove(slider, QPoint(slider.width() - 3, handle.center().y()))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 3, handle.center().y()))
    score = driver.window.views["softmax"].rows[0].value
    assert score > 5
    np.testing.assert_allclose(shown(driver, "share"), SoftmaxNumbers((score, 2, 3)).shares)
    assert total(driver, "share") == "1.0000"
    assert like(bar, theme.sunken, 12).sum() < before / 2


def test_breaking_it_and_mending_it(driver):
    press(driver, "bench_break_button")
    assert np.isnan(shown(driver, "share")).all()
    assert np.isinf(shown(driver, "exp")).all()
    assert driver.find(Note, "bench_words").said == BROKEN
    press(driver, "bench_stable")
    np.testing.assert_allclose(shown(driver, "share"), [0.09003057, 0.24472847, 0.66524096], atol=1e-8)
    press(driver, "bench_start_button")
    assert driver.window.views["softmax"].rows[0].value == 1


def test_without_the_division_the_sum_leaves_one(driver):
    press(driver, "bench_divide")
    assert total(driver, "share") == f"{np.exp([1, 2, 3]).sum():.4f}"
    assert driver.find(Note, "bench_words").said.en.startswith(UNDIVIDED.en[:20])
    press(driver, "bench_divide")
    assert total(driver, "share") == "1.0000"


def test_a_negative_score_has_no_share_without_e(driver):
    slider = driver.find(QSlider, "score_slider_0")
    slider.setFocus()
    for _ in range(2):
        QTest.keyClick(slider, Qt.Key.Key_PageDown)
    assert driver.window.views["softmax"].rows[0].value == -1
    assert shown(driver, "plain")[0] == -0.25
    assert driver.find(Note, "bench_words").said == WITHOUT_E
    assert min(shown(driver, "share")) > 0


def test_it_follows_the_scores_of_the_network(driver):
    driver.wait(lambda: driver.window.views["decision_map"].answer is not None)
    press(driver, "bench_follow")
    driver.window.views["decision_map"].plot.ask(1.0, -0.5)
    newest = driver.window.controller.newest
    wanted = predict(newest.network, newest.parameters, np.array([[1.0, -0.5]], np.float32))[0]
    np.testing.assert_allclose(shown(driver, "share"), wanted, atol=1e-6)
    assert [row.label.text() for row in driver.window.views["softmax"].rows] == list(
        newest.experiment.dataset.task.classes
    )
