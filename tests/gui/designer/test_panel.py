"""The whole panel, driven as a person would."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnplayground.data.datasets import datasets
from nnplayground.engine.activations import activations
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.optimizers import optimizers
from nnplayground.gui.designer.panel import DesignerPanel
from nnplayground.gui.document import Document
from nnplayground.gui.log_slider import LogSlider
from nnplayground.training.experiment import Experiment
from tests.gui.designer.using import LEFT, NONE, box, choose, controls, enter, field


@pytest.mark.parametrize("name", ["dataset", "optimizer", "loss", "initializer", "activation"])
def test_the_boxes_show_and_set_the_experiment(panel: DesignerPanel, document: Document, name: str) -> None:
    found = box(panel, name)
    start = document.experiment
    now = start.layers[2].activation if name == "activation" else getattr(start, name)
    assert found.currentData() == now.id
    other = next(found.itemData(i) for i in range(found.count()) if found.itemData(i) != now.id)
    found.setFocus()
    found.setCurrentIndex(found.findData(other))
    new = document.experiment
    changed = new.layers[-1].activation if name == "activation" else getattr(new, name)
    assert changed.id == other
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.experiment == start
    assert found.currentData() == now.id


def test_options_follow_the_chosen_optimizer(panel: DesignerPanel, document: Document) -> None:
    choose(panel, "optimizer", "adam")
    QApplication.processEvents()
    assert {o.name for o in optimizers["adam"].options()} == {
        w.objectName().removeprefix("option_")
        for w in panel.training.optimizer.form.findChildren(QWidget)
        if w.objectName().startswith("option_") and not w.objectName().endswith(("_slider", "_field")) and w.isVisible()
    }
    enter(field(panel, "option_beta_1"), "0,5")
    assert document.experiment.optimizer.beta_1 == 0.5
    document.undo_stack.undo()
    assert document.experiment.optimizer == optimizers["adam"]()
    assert field(panel, "option_beta_1").text() == "0.9"


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("batch_size", "0", "32"),
        ("batch_size", "1000000", "32"),
        ("batch_size", "2.5", "32"),
        ("batch_size", "-", "32"),
        ("learning_rate_field", "0", "0.1"),
        ("learning_rate_field", "1e", "0.1"),
        ("learning_rate_field", "99", "0.1"),
        ("option_test_share", "1", "0.5"),
    ],
)
def test_a_wrong_number_changes_nothing_and_is_explained_beside_the_field(
    panel: DesignerPanel, document: Document, name: str, typed: str, kept: str
) -> None:
    start = document.experiment
    number = field(panel, name)
    enter(number, typed)
    assert document.experiment == start
    assert number.text() == kept
    spoken = [w.text() for w in panel.findChildren(QLabel) if w.isVisible() and "; give " in w.text()]
    assert len(spoken) == 1
    enter(number, kept.replace("0.1", "0.2").replace("32", "16").replace("0.5", "0.4"))
    assert document.experiment != start
    assert not [w for w in panel.findChildren(QLabel) if w.isVisible() and "; give " in w.text()]


@pytest.mark.parametrize("typed", ["nan", "inf", "１６", "16"])
def test_only_digits_reach_a_number(panel: DesignerPanel, document: Document, typed: str) -> None:
    enter(field(panel, "batch_size"), typed)
    assert document.experiment.batch_size == (16 if typed in ("１６", "16") else 32)


def test_a_batch_larger_than_the_data_is_remarked(panel: DesignerPanel, document: Document) -> None:
    enter(field(panel, "batch_size"), "500")
    assert document.experiment.batch_size == 500
    assert any("only 100 training samples" in w.text() for w in panel.findChildren(QLabel) if w.isVisible())


def test_one_drag_of_the_learning_rate_is_one_undo(panel: DesignerPanel, document: Document, qtbot: QtBot) -> None:
    editor = panel.findChild(LogSlider, "learning_rate")
    assert editor is not None
    slider = editor.slider
    seen: list[float] = []
    document.changed.connect(lambda old, new: seen.append(new.learning_rate))
    share = slider.value() / slider.maximum()
    grip = QPoint(8 + round(share * (slider.width() - 16)), slider.height() // 2)
    QTest.mousePress(slider, LEFT, NONE, grip)
    for x in range(4, 41, 4):
        QTest.mouseMove(slider, grip - QPoint(x, 0))
    QTest.mouseRelease(slider, LEFT, NONE, grip - QPoint(40, 0))
    assert len(seen) > 3 and seen == sorted(seen, reverse=True)
    assert document.undo_stack.count() == 1
    assert editor.property("value") == document.experiment.learning_rate < 0.1
    QTest.mousePress(slider, LEFT, NONE, grip - QPoint(40, 0))
    QTest.mouseMove(slider, grip)
    QTest.mouseRelease(slider, LEFT, NONE, grip)
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert editor.property("value") == document.experiment.learning_rate == 0.1


def test_steps_in_one_field_in_a_row_are_one_undo(panel: DesignerPanel, document: Document) -> None:
    batch = field(panel, "batch_size")
    batch.setFocus()
    for _ in range(5):
        QTest.keyClick(batch, Qt.Key.Key_Up)
    assert document.experiment.batch_size == 37
    assert document.undo_stack.count() == 1
    field(panel, "option_samples").setFocus()
    batch.setFocus()
    QTest.keyClick(batch, Qt.Key.Key_Down)
    assert document.undo_stack.count() == 2


def test_undo_from_within_a_field_reaches_the_window(panel: DesignerPanel, document: Document, qtbot: QtBot) -> None:
    shortcut = QShortcut(QKeySequence.StandardKey.Undo, panel, document.undo_stack.undo)
    batch = field(panel, "batch_size")
    enter(batch, "64")
    assert document.experiment.batch_size == 64
    assert batch.hasFocus()
    qtbot.keyClick(batch, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.experiment.batch_size == 32
    assert batch.text() == "32"
    QTest.keyClicks(batch, "7")
    qtbot.keyClick(batch, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.undo_stack.canRedo(), "what is being typed is taken back first"
    shortcut.deleteLater()


def test_the_wheel_changes_only_what_has_the_focus(panel: DesignerPanel, document: Document) -> None:
    start = document.experiment

    def wheel(widget: QWidget) -> None:
        at = QPointF(widget.rect().center())
        there = QPointF(widget.mapToGlobal(at))
        event = QWheelEvent(
            at, there, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(widget, event)

    panel.network.view.setFocus()
    for widget in controls(panel):
        if widget is not panel.network.view:
            wheel(widget)
    assert document.experiment == start
    batch = field(panel, "batch_size")
    batch.setFocus()
    wheel(batch)
    assert document.experiment.batch_size == 33


def test_other_data_changes_the_network_with_it_in_one_step(panel: DesignerPanel, document: Document) -> None:
    start = document.experiment
    box(panel, "dataset").setCurrentIndex(box(panel, "dataset").findData("generated-digits"))
    new = document.experiment
    assert [layer.id for layer in new.layers] == ["flatten", "dense", "dense", "dense"]
    assert new.layers[-1].units == 10
    assert panel.network.view.model().rowCount() == 4
    said = [w.text() for w in panel.findChildren(QLabel) if w.isVisible()]
    assert any("Flatten before Dense" in words and "output units: 10" in words for words in said)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.experiment == start
    assert not any("Flatten before Dense" in w.text() for w in panel.findChildren(QLabel) if w.isVisible())


def test_advice_stands_beside_the_control_at_once(panel: DesignerPanel, document: Document) -> None:
    note = panel.training.loss.note
    assert not note.isVisible()
    choose(panel, "loss", "binary_crossentropy")
    assert note.isVisible() and note.said is not None and "Softmax" in note.said.en
    choose(panel, "activation", "sigmoid")
    assert not note.isVisible()
    enter(field(panel, "option_units"), "4")
    row = panel.network.view.model().rows[2]
    assert row.problem is not None and not row.works


def test_the_details_follow_the_selected_layer(panel: DesignerPanel, document: Document) -> None:
    document.select(1)
    assert box(panel, "activation").currentData() == "tanh"
    choose(panel, "activation", "leaky_relu")
    enter(field(panel, "option_slope"), "0.3")
    assert document.experiment.layers[1].activation == activations["leaky_relu"](slope=0.3)
    document.change(layers=())
    assert not box(panel, "activation").isVisible()
    document.undo_stack.undo()
    assert box(panel, "activation").isVisible()


STEP = st.one_of(
    st.tuples(st.just("key"), st.sampled_from(["Delete", "Ctrl+D", "Alt+Up", "Alt+Down", "Up", "Down"])),
    st.tuples(st.sampled_from(["dataset", "activation", "loss", "optimizer", "initializer"]), st.integers(0, 30)),
    st.tuples(st.just("units"), st.integers(1, 50)),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("redo"), st.none()),
)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=10))
def test_any_edits_can_all_be_undone_and_the_panel_follows(
    panel: DesignerPanel, document: Document, steps: list[tuple[str, object]]
) -> None:
    start = Experiment(layers=(Dense(8, ReLU()), Dense(3, activations["softmax"]())))
    document.open(start)
    view = panel.network.view
    for what, detail in steps:
        if what == "key":
            combination = QKeySequence(str(detail))[0]
            QTest.keyClick(view, combination.key(), combination.keyboardModifiers())
        elif what == "units":
            if document.selected_layer >= 0 and document.experiment.layers[document.selected_layer].id == "dense":
                enter(field(panel, "option_units"), str(detail))
        elif what in ("undo", "redo"):
            getattr(document.undo_stack, what)()
        elif box(panel, what).isVisible():
            box(panel, what).setCurrentIndex(int(str(detail)) % box(panel, what).count())
        experiment = document.experiment
        assert [row.layer for row in view.model().rows] == list(experiment.layers)
        assert view.currentIndex().row() == document.selected_layer
        assert box(panel, "dataset").currentData() == experiment.dataset.id
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.experiment == start
    assert [row.layer for row in view.model().rows] == list(start.layers)


def test_augmentation_that_cannot_work_is_said(panel: DesignerPanel, document: Document) -> None:
    choose(panel, "augment", "images")
    assert any("works on images only" in w.text() for w in panel.data.findChildren(QLabel) if w.isVisible())
    choose(panel, "augment", "none")
    assert not any("works on images only" in w.text() for w in panel.data.findChildren(QLabel) if w.isVisible())


def test_weights_of_classes_are_typed_as_numbers_and_checked_against_the_classes(
    panel: DesignerPanel, document: Document
) -> None:
    panel.data.share.open()
    typed = panel.findChild(QLineEdit, "class_weights")
    enter(typed, "1, 2.5 ０．5")
    assert document.experiment.class_weights == (1.0, 2.5, 0.5)
    assert typed.text() == "1, 2.5, 0.5"
    for wrong, words in (("1, 2", "give 3 numbers"), ("1, two, 3", "give numbers"), ("1, -2, 3", "give 3 numbers")):
        enter(typed, wrong)
        assert document.experiment.class_weights == (1.0, 2.5, 0.5)
        assert any(words in label.text() for label in panel.data.weights.findChildren(QLabel)), wrong
    enter(typed, " ")
    assert document.experiment.class_weights == ()
    document.undo_stack.undo()
    assert document.experiment.class_weights == (1.0, 2.5, 0.5)
    assert typed.text() == "1, 2.5, 0.5"


def test_samples_are_held_back_for_validation(panel: DesignerPanel, document: Document) -> None:
    panel.data.share.open()
    enter(field(panel, "validation"), "0.2")
    assert document.experiment.validation == 0.2
    document.open(Experiment(validation=0.3, dataset=datasets["sine"]()))
    assert field(panel, "validation").value() == 0.3
    assert not panel.data.weights.isVisible()
