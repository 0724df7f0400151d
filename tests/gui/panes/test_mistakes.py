"""The matrix counts what the network answers, and a click on it brings those samples."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.plan import predict
from nnplayground.gui.image_tile import as_bytes
from nnplayground.gui.painted_table import PaintedTable
from nnplayground.storage import ready_made
from nnplayground.training.experiment import Experiment
from tests.gui.driving import Driver
from tests.gui.pixels import like

DIGITS = Experiment(
    dataset=GeneratedDigits(samples=400), layers=(Flatten(), Dense(16, ReLU()), Dense(10, Softmax()))
)  # fmt: skip
PLANE = Experiment()


def opened(open_pane, experiment: Experiment, steps: int = 12) -> Driver:
    driver = open_pane(experiment, "mistakes")
    driver.wait(lambda: driver.window.views["mistakes"].blank.said is None)
    if steps:
        driver.window.controller.play()
        driver.wait(lambda: driver.window.controller.newest.step >= steps)
        driver.window.controller.pause()
        driver.wait_for_state("paused")
    driver.settle()
    return driver


def answers(driver: Driver, experiment: Experiment, side: str = "test"):
    newest, data = driver.window.controller.newest, experiment.dataset.load()
    rows, labels = (data.x_test, data.test_labels) if side == "test" else (data.x_train, data.train_labels)
    return labels, predict(newest.network, newest.parameters, rows)


def counted(driver: Driver, classes: int) -> np.ndarray:
    table = driver.find(PaintedTable, "confusion_table")
    return np.array([[table.at(i, j).count for j in range(classes)] for i in range(classes)])


def click(driver: Driver, row: int, column: int) -> None:
    table = driver.find(PaintedTable, "confusion_table")
    place = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    driver.settle()


@pytest.mark.parametrize("side", ["test", "train"])
def test_the_matrix_and_the_shares_are_what_the_network_answers(open_pane, side):
    driver = opened(open_pane, PLANE, steps=40)
    driver.choose("side_choice", side)
    driver.settle()
    labels, values = answers(driver, PLANE, side)
    wanted = np.zeros((3, 3), int)
    np.add.at(wanted, (labels, values.argmax(axis=1)), 1)
    assert counted(driver, 3).tolist() == wanted.tolist()
    table = driver.find(PaintedTable, "confusion_table")
    for i in range(3):
        assert table.at(i, 3).share == pytest.approx(wanted[i, i] / wanted[i].sum())
    right = np.trace(wanted) / wanted.sum()
    assert f"{right:.1%} of {wanted.sum()}" in driver.find(QLabel, "mistakes_total").text()


def test_the_worst_mistakes_come_first_and_are_the_images_of_the_data(open_pane):
    driver = opened(open_pane, DIGITS)
    labels, values = answers(driver, DIGITS)
    data = DIGITS.dataset.load()
    wrong = np.flatnonzero(values.argmax(axis=1) != labels)
    order = wrong[np.argsort(values[wrong, labels[wrong]], kind="stable")]
    items = driver.window.views["mistakes"].gallery.grid.items
    assert len(items) == min(len(order), 60) > 5
    for item, sample in zip(items[:5], order[:5], strict=True):
        assert np.array_equal(item.pixels, as_bytes(data.x_test[sample].reshape(28, 28)))
        assert item.caption == f"{labels[sample]} → {values[sample].argmax()}"
        assert f"Sample {sample + 1}:" in item.spoken.en


def test_a_click_on_a_cell_brings_its_samples_and_the_button_the_worst_again(open_pane):
    driver = opened(open_pane, DIGITS)
    labels, values = answers(driver, DIGITS)
    predicted, data = values.argmax(axis=1), DIGITS.dataset.load()
    counts = counted(driver, 10)
    np.fill_diagonal(counts, 0)
    row, column = np.unravel_index(counts.argmax(), counts.shape)
    back = driver.find(QPushButton, "worst_mistakes")
    assert not back.isVisible()
    click(driver, int(row), int(column))
    samples = np.flatnonzero((labels == row) & (predicted == column))
    items = driver.window.views["mistakes"].gallery.grid.items
    assert len(items) == len(samples)
    for item, sample in zip(items, samples, strict=True):
        assert np.array_equal(item.pixels, as_bytes(data.x_test[sample].reshape(28, 28)))
    worst = driver.find(QLabel, "mistakes_title").text()
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    driver.settle()
    assert not back.isVisible()
    assert driver.find(QLabel, "mistakes_title").text() != worst


def test_on_the_plane_the_mistakes_lie_where_the_points_are_and_are_read_under_the_pointer(open_pane):
    driver = opened(open_pane, PLANE, steps=40)
    labels, values = answers(driver, PLANE)
    data, plot = PLANE.dataset.load(), driver.window.views["mistakes"].gallery.plot
    wrong = np.flatnonzero(values.argmax(axis=1) != labels)
    shown = np.array([spot[:2] for spot in plot.chosen.shown()])
    assert {tuple(p) for p in shown.round(4)} == {tuple(p) for p in data.x_test[wrong].astype(float).round(4)}
    theme = driver.window.ui.theme
    assert like(plot.view, theme.class_color(int(labels[wrong[0]]))).any()
    middle = plot.view.mapFromScene(plot.box.mapViewToScene(QPointF(*shown[0])))
    QTest.mouseMove(plot.view.viewport(), middle)
    driver.wait(lambda: "answered as" in plot.readout.label.text())


def test_the_accuracy_of_a_class_brings_its_mistakes(open_pane):
    driver = opened(open_pane, PLANE)
    labels, values = answers(driver, PLANE)
    worst = int(np.argmin([np.mean(values.argmax(axis=1)[labels == k] == k) for k in range(3)]))
    click(driver, worst, 3)
    chosen = driver.window.views["mistakes"].gallery.plot.chosen.shown()
    assert len(chosen) == ((labels == worst) & (values.argmax(axis=1) != worst)).sum() > 0


def test_a_regression_has_its_largest_errors_and_no_matrix(open_pane):
    sine = ready_made.load("sine")
    driver = opened(open_pane, sine)
    assert not driver.find(PaintedTable, "confusion_table").isVisible()
    labels, values = answers(driver, sine)
    worst = np.argsort(-np.abs(values[:, 0] - labels.reshape(-1)))[:20]
    shown = driver.window.views["mistakes"].gallery.plot.chosen.shown()
    wanted = sine.dataset.load().x_test[worst, 0].astype(float)
    np.testing.assert_allclose(sorted(spot[0] for spot in shown), sorted(wanted))


def test_the_choice_speaks_both_languages(open_pane):
    driver = opened(open_pane, PLANE, steps=0)
    driver.window.ui.set_language("ja")
    assert driver.find(QComboBox, "side_choice").itemText(0) == "テストデータ"
    assert "正解率" in driver.find(QLabel, "mistakes_total").text()


def test_without_a_mistake_it_says_so_and_shows_no_point(open_pane):
    driver = opened(open_pane, ready_made.load("xor"), steps=0)
    controller = driver.window.controller
    controller.play()
    driver.wait(lambda: (found := controller.newest.evaluation) is not None and found.test_accuracy == 1)
    controller.pause()
    driver.wait_for_state("paused")
    driver.settle()
    assert controller.newest.evaluation.test_accuracy == 1
    gallery = driver.window.views["mistakes"].gallery
    assert list(gallery.plot.chosen.shown()) == []
    for theme in ("dark", "light"):
        driver.window.ui.set_theme_choice(theme)
    driver.settle()
    assert driver.find(QLabel, "mistakes_title").text() == "No mistake."
