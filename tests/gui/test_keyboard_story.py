"""A whole story in the real window, by keys alone: no mouse, and no focus but by the Tab key."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.gui.driving import Driver

Key = Qt.Key


def tab_to(driver: Driver, name: str) -> QWidget:
    """Press Tab until `name` has the focus."""
    been: list[QWidget] = []
    while (focused := driver.window.focusWidget()) is None or focused.objectName() != name:
        assert focused is None or been.count(focused) < 2, f"Tab never comes to {name}"
        been += [focused] if focused is not None else []
        driver.key(Key.Key_Tab)
    return focused


def type_in(driver: Driver, name: str, words: str) -> None:
    """Put `words` into a field."""
    field = tab_to(driver, name)
    QTest.keyClick(field, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Key.Key_Return)


def choose_experiment(driver: Driver, name: str) -> None:
    """Go to `name` in the box of the toolbar."""
    box = tab_to(driver, "experiment_box")
    driver.key(Key.Key_Home)
    for _ in range(box.count()):
        if box.currentData() == name:
            return
        driver.key(Key.Key_Down)
    raise AssertionError(f"the keys never come to {name}")


def test_choose_design_learn_draw_and_read_the_answer_by_keys(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    document = driver.window.document

    choose_experiment(driver, "digits")
    driver.settle()
    assert document.experiment.name == "digits"
    type_in(driver, "option_samples", "2000")
    assert document.experiment.dataset.samples == 2000

    # Add a layer, and change the learning rate.
    layers = document.experiment.layers
    tab_to(driver, "layer_list")
    driver.key(Key.Key_Home)
    driver.key(Key.Key_Down)
    driver.key(Key.Key_Insert)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        if menu.activeAction() is None or menu.activeAction().objectName() != "action_add_dense":
            QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert len(document.experiment.layers) == len(layers) + 1
    QApplication.processEvents()
    driver.window.activateWindow()  # as a desktop does when a menu goes
    driver.wait(driver.window.isActiveWindow)
    type_in(driver, "learning_rate_field", "0.02")
    assert document.experiment.learning_rate == 0.02

    # Play and pause.
    tab_to(driver, "play_button")
    driver.key(Key.Key_Space)
    assert driver.get("state") == "running"
    driver.wait(lambda: driver.get("step") > 3)
    tab_to(driver, "play_button")
    driver.key(Key.Key_Space)
    assert driver.get("state") == "paused", QApplication.focusWidget()
    driver.wait_for_state("paused")

    # Draw a one, and read the answer.
    canvas, bars = tab_to(driver, "digit_canvas"), driver.find(QWidget, "probabilities")
    assert bars.property("prediction") == -1
    for _ in range(12):
        driver.key(Key.Key_Up)
    driver.key(Key.Key_Space)
    for _ in range(24):
        driver.key(Key.Key_Down)
    driver.key(Key.Key_Space)
    assert len(canvas.property("strokes")) == 1
    driver.wait(lambda: bars.property("prediction") >= 0)
    values = bars.property("values")
    assert len(values) == 10
    assert bars.property("prediction") == values.index(max(values))
    assert driver.get("state") == "paused"  # the space bar drew, and did not play

    # Take the drawing and the last change back.
    driver.key(Key.Key_Backspace)
    assert canvas.property("empty")
    driver.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.experiment.learning_rate != 0.02
