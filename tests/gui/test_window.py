from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDockWidget, QLineEdit, QWidget

from nnplayground.gui import create_window
from nnplayground.gui.window import WAIT
from nnplayground.text import Problem
from tests.gui.driving import Driver, nameless

Open = Callable[..., Driver]
CONTRACT = {
    QAction: ["action_play", "action_step", "action_epoch", "action_reset", "action_open", "action_save",
              "action_undo", "action_redo"],
    QComboBox: ["experiment_box", "dataset_box", "optimizer_box", "loss_box", "initializer_box", "activation_box"],
    QWidget: ["learning_rate", "batch_size", "layer_list", "digit_canvas", "probabilities"],
    QDockWidget: ["pane_loss", "pane_activation", "pane_digit", "pane_probabilities"],
}  # fmt: skip


def test_what_others_rely_on_is_there(drive: Open) -> None:
    driver = drive("digits")
    for kind, names in CONTRACT.items():
        for name in names:
            found = driver.find(kind, name)
            assert not isinstance(found, QWidget) or found.accessibleName(), name
    assert (driver.get("state"), driver.get("step"), driver.get("epoch")) == ("idle", 0, 0.0)
    assert driver.find(QComboBox, "experiment_box").currentData() == "digits"
    assert driver.action("play").isCheckable()


def test_an_unknown_experiment_leaves_nothing_behind(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="nonsense"):
        create_window("nonsense", settings_dir=tmp_path)


def test_play_answers_at_once_and_pause_too(drive: Open) -> None:
    driver = drive()
    driver.click("play_button")
    assert driver.get("state") == "running"
    assert driver.action("play").isChecked()
    driver.wait(lambda: driver.get("step") > 20)
    driver.click("play_button")
    assert driver.get("state") == "paused"
    driver.wait_for_state("paused")
    assert not driver.action("play").isChecked()


def test_keys_step_play_and_reset(drive: Open) -> None:
    driver = drive()
    driver.window.setFocus()
    driver.key(".")
    driver.settle()
    assert (driver.get("step"), driver.get("state")) == (1, "paused")
    driver.key(">", Qt.KeyboardModifier.ShiftModifier)
    driver.settle()
    assert driver.get("epoch") == 2.0
    driver.key(Qt.Key.Key_Space)
    assert driver.get("state") == "running"
    driver.key(Qt.Key.Key_Space)
    assert driver.get("state") == "paused"
    driver.key("r")
    driver.settle()
    assert (driver.get("step"), driver.get("state")) == (0, "idle")


def test_keys_belong_to_the_field_that_is_typed_in(drive: Open) -> None:
    driver = drive()
    field = driver.find(QWidget, "batch_size")
    edit = field.findChild(QLineEdit) or field
    edit.setFocus()
    edit.selectAll()
    for key in ("2", "0", ".", " ", "r"):
        QTest.keyClick(edit, key)
    driver.settle()
    assert (driver.get("step"), driver.get("state")) == (0, "idle")


def test_space_presses_the_button_that_has_the_focus(drive: Open) -> None:
    driver = drive()
    button = driver.find(QWidget, "button_step")
    button.setFocus()
    driver.key(Qt.Key.Key_Space)
    driver.settle()
    assert (driver.get("step"), driver.get("state")) == (1, "paused")


def test_slow_is_slow_and_each_step_is_seen(drive: Open) -> None:
    driver = drive()
    slider = driver.find(QWidget, "speed")
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert driver.window.toolbar.speed.steps_per_second == 1
    driver.action("play").trigger()
    driver.wait(lambda: driver.get("step") == 1)
    driver.action("step").trigger()
    driver.settle()
    assert (driver.get("step"), driver.get("state")) == (2, "paused")
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert driver.window.toolbar.speed.steps_per_second is None


def test_a_new_seed_starts_afresh_and_can_be_undone(drive: Open) -> None:
    driver = drive()
    first = driver.window.controller.newest.parameters
    driver.action("step").trigger()
    driver.action("new_seed").trigger()
    driver.settle()
    newest = driver.window.controller.newest
    assert driver.get("step") == 0
    assert (newest.parameters != first).any()
    driver.action("undo").trigger()
    driver.settle()
    assert (driver.window.controller.newest.parameters == first).all()


def test_another_experiment_is_opened_from_the_toolbar(drive: Open) -> None:
    driver = drive("three-classes")
    driver.choose("experiment_box", "xor")
    driver.settle()
    assert driver.window.document.experiment.name == "xor"
    assert driver.window.controller.newest.experiment.name == "xor"
    assert "Exclusive" in driver.window.windowTitle()


def test_the_pane_that_has_something_to_show_is_in_front(drive: Open) -> None:
    driver = drive("three-classes")
    digit, plane = driver.window.docks["digit"], driver.window.docks["decision_map"]
    assert plane.view.is_seen()
    driver.choose("experiment_box", "digits")
    driver.wait(lambda: digit.view.isVisible() and not digit.view.visibleRegion().isEmpty())
    assert not plane.view.is_seen()
    plane.raise_()
    offer = plane.findChild(QWidget, "open_three-classes")
    driver.wait(offer.isVisible)
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert driver.window.document.experiment.name == "three-classes"


def test_only_seen_panes_are_computed_for(drive: Open) -> None:
    driver = drive("three-classes")
    for name in ("activation", "decision_map"):
        driver.window.docks[name].close()
    driver.action("step").trigger()
    driver.settle()
    assert driver.window.controller._wanted.probes == ()
    driver.action("pane_activation").trigger()
    driver.wait(lambda: bool(driver.window.docks["activation"].view.density.y.size))


def test_n01_a_divergence_is_told_and_mended_with_one_click(drive: Open) -> None:
    """Pressing the button lowers the rate, undoably, and goes on."""
    driver = drive("three-classes")
    document = driver.window.document
    driver.choose("activation_box", "identity")
    document.select(0)
    driver.choose("activation_box", "identity")
    driver.choose("loss_box", "mean_squared_error")
    document.change(learning_rate=10.0)
    driver.action("play").trigger()
    driver.wait_for_state("stopped")
    message = driver.get("message")
    assert "layer" in message
    assert "infinite" in message
    step = driver.get("step")
    button = next(b for b in driver.window.message_bar.findChildren(QWidget) if "Lower" in getattr(b, "text", str)())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert document.experiment.learning_rate == 1.0
    assert driver.get("state") in ("running", "stopped")
    driver.wait(lambda: driver.get("step") > step or driver.get("state") == "stopped")
    driver.action("pause").trigger() if driver.window.findChild(QAction, "action_pause") else None
    document.undo_stack.undo()
    assert document.experiment.learning_rate == 10.0


@pytest.mark.parametrize("state", ["idle", "running", "slow", "paused", "stepping", "loading", "refused"])
def test_closing_ends_the_thread_in_every_state(drive: Open, state: str) -> None:
    driver = drive("digits" if state == "loading" else "three-classes")
    window = driver.window
    if state in ("running", "paused", "loading"):
        window.controller.play()
    if state == "slow":
        window.controller.set_speed(1)
        window.controller.play()
    if state == "paused":
        window.controller.pause()
    if state == "stepping":
        window.controller.step("epoch")
    if state == "refused":
        window.document.change(layers=window.document.experiment.layers[:1])
        window.controller.play()
    assert window.close()
    driver.wait(lambda: not window.controller.is_alive)  # at once, unless others have the processor
    assert window.shutdown()


def test_a_thread_that_ended_late_has_ended_when_asked_again(drive: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    window = drive().window
    end, waited = window.controller.shutdown, []

    def late(seconds: float) -> bool:
        waited.append(seconds)
        return end() and len(waited) > 1

    monkeypatch.setattr(window.controller, "shutdown", late)
    assert not window.shutdown()
    assert window.shutdown()
    assert waited == [WAIT, 0]


def test_broken_settings_are_said(drive: Open, tmp_path: Path) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "settings.json").write_text("{")
    assert "settings.bak" in drive().get("message")


@pytest.mark.parametrize("experiment", ["digits", "three-classes", "sine"])
def test_g14_every_control_has_a_name(drive: Open, experiment: str) -> None:
    assert not nameless(drive(experiment).window)


def test_g13_shortcuts_are_unique(drive: Open) -> None:
    seen: dict[str, str] = {}
    for action in drive().window.findChildren(QAction):
        for keys in action.shortcuts():
            words = keys.toString()
            assert words not in seen, f"{words}: {action.objectName()} and {seen[words]}"
            seen[words] = action.objectName()


def test_files_of_one_s_own_come_back_with_what_was_learnt(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    window = driver.window
    driver.action("epoch").trigger()
    driver.wait_for_state("paused")
    window.document.change(learning_rate=0.25)
    assert window.isWindowModified()
    assert window.files.save_to(tmp_path / "mine & yours.nnp")
    driver.settle()
    learnt, step = window.controller.newest.parameters, driver.get("step")
    assert not window.isWindowModified()
    assert "mine & yours.nnp" in window.windowTitle()
    driver.choose("experiment_box", "xor")
    assert window.files.open(tmp_path / "mine & yours.nnp")
    driver.settle()
    assert window.document.experiment.learning_rate == 0.25
    assert (window.controller.newest.parameters == learnt).all()
    assert driver.get("step") == step > 0
    assert driver.find(QComboBox, "experiment_box").currentIndex() == -1
    assert window.settings.get("recent", []) == [str(tmp_path / "mine & yours.nnp")]


def test_what_cannot_be_opened_is_said_and_changes_nothing(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    (tmp_path / "broken.nnp").write_bytes(b"\0" * 100)
    before = driver.window.document.experiment
    assert not driver.window.files.open(tmp_path / "broken.nnp")
    assert "broken.nnp" in driver.get("message")
    assert driver.window.document.experiment is before
