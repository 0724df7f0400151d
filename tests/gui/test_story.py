"""A whole story in the real window, with mouse and keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QWidget

from nnplayground.gui.image_tile import ImageTile
from tests.gui.driving import SEVEN, Driver


def values(driver: Driver) -> list[float]:
    return list(driver.find(QWidget, "probabilities").property("values"))


def fewer_samples(driver: Driver) -> None:
    """Data that is quick to make, typed in as a person would."""
    field = driver.find(QWidget, "option_samples")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "3000")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert driver.window.document.experiment.dataset.samples == 3000


def loss(driver: Driver, place: int) -> float:
    evaluations = driver.window.controller.newest.curves.evaluations
    return float(evaluations[place].train_loss) if evaluations else float("nan")


def test_design_draw_read_learn_change_undo_and_leave(drive: Callable[..., Driver]) -> None:
    driver = drive(None)
    window, canvas = driver.window, driver.find(QWidget, "digit_canvas")
    bars = driver.find(QWidget, "probabilities")
    assert window.document.experiment.name == "digits"
    assert canvas.property("empty")
    assert bars.property("prediction") == -1

    # Draw: the bars follow while the pen is down, and the network's own image is shown.
    driver.draw(SEVEN)
    read = values(driver)
    assert len(read) == 10
    assert abs(sum(read) - 1) < 1e-4
    assert bars.property("prediction") == read.index(max(read))
    assert driver.find(ImageTile, "digit_image").pixels.max() > 200

    # From scratch: other parameters, another answer; then it learns.
    fewer_samples(driver)
    canvas.setFocus()  # in a field, a letter is no shortcut
    driver.key("r")
    driver.wait(lambda: values(driver) != read)
    before = values(driver)
    driver.click("play_button")
    assert driver.get("state") == "running"
    driver.wait(lambda: loss(driver, -1) < loss(driver, 0) / 2)
    driver.wait(lambda: values(driver) != before)
    driver.wait(lambda: bars.property("prediction") == 7)

    # Change the learning rate mid-run: it takes effect with a mark on the curve, and training goes on.
    was = window.document.experiment.learning_rate
    field = driver.find(QWidget, "learning_rate_field")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0.01")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert driver.find(QWidget, "learning_rate").property("value") == 0.01
    driver.wait(lambda: bool(window.controller.newest.curves.marks))
    assert "0.01" in window.controller.newest.curves.marks[-1].text.en
    assert driver.get("state") == "running"

    # Add a layer mid-run, then undo both.
    layers = window.document.experiment.layers
    listed: QListView = driver.find(QListView, "layer_list")
    driver.action("add_dense").trigger()
    assert len(window.document.experiment.layers) == len(layers) + 1
    assert listed.model().rowCount() == len(layers) + 1
    driver.wait(lambda: len(window.controller.newest.network.spec.layers) == len(layers) + 1)
    driver.key("z", Qt.KeyboardModifier.ControlModifier)
    assert window.document.experiment.layers == layers
    window.document.undo_stack.undo()
    assert window.document.experiment.learning_rate == was

    # Pause answers at once; the window closes and its thread ends.
    driver.click("play_button")
    assert driver.get("state") == "paused"
    driver.wait_for_state("paused")
    steps = driver.get("step")
    driver.settle()
    assert driver.get("step") == steps
    assert isinstance(window.grab().rect(), QRect)
    assert window.close()
    assert not window.controller.is_alive
