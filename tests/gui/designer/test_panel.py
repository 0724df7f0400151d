"""The whole panel, driven as a person would."""

import re
from collections.abc import Callable
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnplayground.data.datasets import datasets
from nnplayground.data.features import FEATURES
from nnplayground.engine.activations import activations
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.optimizers import optimizers
from nnplayground.gui.designer.panel import DesignerPanel
from nnplayground.gui.document import Document
from nnplayground.gui.explain import explanation_of
from nnplayground.gui.forms import SHOWN
from nnplayground.gui.log_slider import LogSlider
from nnplayground.gui.theme import DARK
from nnplayground.gui.ui import Ui
from nnplayground.training.experiment import Experiment
from tests.gui.driving import Driver

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROLS = (QAbstractButton, QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit, QAbstractItemView)


def box(panel: DesignerPanel, name: str) -> QComboBox:
    found = panel.findChild(QComboBox, f"{name}_box")
    assert found is not None
    return found


def choose(panel: DesignerPanel, name: str, id: str) -> None:
    """Choose with the keys, as without a mouse."""
    found = box(panel, name)
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Home)
    for _ in range(found.findData(id)):
        QTest.keyClick(found, Qt.Key.Key_Down)
    assert found.currentData() == id


def field(panel: DesignerPanel, name: str) -> QAbstractSpinBox:
    found = panel.findChild(QAbstractSpinBox, name)
    assert found is not None
    return found


def enter(widget: QAbstractSpinBox, typed: str) -> None:
    widget.setFocus()
    widget.selectAll()
    for character in typed:
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, character))
    QTest.keyClick(widget, Qt.Key.Key_Return)


def controls(panel: DesignerPanel) -> list[QWidget]:
    """Everything that can be operated and is shown."""
    found = [w for w in panel.widget().findChildren(QWidget) if isinstance(w, CONTROLS) and w.isVisible()]
    return [
        w for w in found if not isinstance(w, QScrollBar) and not isinstance(w.parent(), (QAbstractSpinBox, QComboBox))
    ]


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


def test_what_the_data_is_stands_below_it(panel: DesignerPanel, document: Document) -> None:
    for id, kind in datasets.items():
        box(panel, "dataset").setCurrentIndex(box(panel, "dataset").findData(id))
        note = kind().note
        if note is not None:
            assert any(w.text() == note.en for w in panel.findChildren(QLabel) if w.isVisible()), id


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


def test_settings_in_use_are_not_folded_away(panel: DesignerPanel, document: Document, qtbot: QtBot) -> None:
    l2 = field(panel, "l2")
    assert not l2.isVisible()
    qtbot.mouseClick(panel.training.more.button, LEFT)
    assert l2.isVisible()
    qtbot.mouseClick(panel.training.more.button, LEFT)
    assert not l2.isVisible()
    document.open(Experiment(l2=0.01))
    assert l2.isVisible() and l2.text() == "0.01"
    assert not field(panel, "patience").isVisible()
    document.open(Experiment(patience=5))
    assert field(panel, "patience").isVisible() and field(panel, "patience").text() == "5"


def test_every_control_has_a_name_and_a_role_for_screen_readers(panel: DesignerPanel, document: Document) -> None:
    panel.training.more.open()
    panel.training.end.open()
    for widget in controls(panel):
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.text(QAccessible.Text.Name).strip(), widget
        assert spoken.role() != QAccessible.Role.NoRole, widget
        assert widget.objectName() or isinstance(widget, QToolButton), widget


def test_tab_goes_through_all_controls_from_top_to_bottom(panel: DesignerPanel, document: Document) -> None:
    panel.training.more.open()
    panel.training.end.open()
    choose(panel, "optimizer", "adam")  # its options came last
    QApplication.processEvents()
    wanted = [w for w in controls(panel) if w.isEnabled()]
    first = box(panel, "dataset")
    first.setFocus()
    visited = [QApplication.focusWidget()]
    for _ in range(len(wanted)):
        QTest.keyClick(visited[-1], Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())
    assert visited[-1] is first, "no trap, and nothing else"
    assert set(visited) == set(wanted)
    places = [w.mapTo(panel.widget(), w.rect().center()) for w in visited[:-1]]
    rows = [(p.y() // 20, p.x()) for p in places]
    assert all(b[0] >= a[0] - 1 for a, b in zip(rows, rows[1:], strict=False))
    QTest.keyClick(first, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is first


def test_japanese_leaves_no_english(panel: DesignerPanel, document: Document, ui: Ui) -> None:
    panel.training.more.open()
    panel.training.end.open()
    choose(panel, "optimizer", "adam")
    choose(panel, "loss", "binary_crossentropy")
    ui.set_language("ja")
    words: list[str] = []
    for widget in panel.findChildren(QWidget):
        words += [widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, (QLabel, QAbstractButton)):
            words.append(widget.text())
        if isinstance(widget, QComboBox):
            words += [widget.itemText(i) for i in range(widget.count())]
    model = panel.network.view.model()
    words += [model.index(i, 0).data(Qt.ItemDataRole.ToolTipRole) for i in range(3)]
    words += [a.text() for a in panel.network.view.actions()] + [
        a.text() for a in panel.network.actions_.menu.actions()
    ]
    plain = [re.sub(r"<[^>]*>|\([A-Z][A-Za-z+]*\)", "", w) for w in words if w]
    english = [w for w in plain if re.search(r"[A-Za-z]{2}", w) and not re.search(r"[ぁ-んァ-ヶ一-龠]", w)]
    names = {kind.label.ja for registry in (activations, optimizers, datasets) for kind in registry.values()}
    names |= {feature.name for feature in FEATURES.values()}
    assert set(english) <= names
    ui.set_language("en")
    assert not any(re.search(r"[ぁ-んァ-ヶ一-龠]", w.text()) for w in panel.findChildren(QLabel))


def test_dark_repaints_at_once(panel: DesignerPanel, ui: Ui, qtbot: QtBot) -> None:
    ui.set_theme_choice("dark")
    image = panel.grab().toImage()
    row = panel.network.view.visualRect(panel.network.view.model().index(0, 0))
    at = panel.network.view.viewport().mapTo(panel, row.topRight() + QPoint(-4, row.height() // 2))
    assert image.pixelColor(at).name() == DARK.surface
    ui.set_theme_choice("light")


def test_pointing_and_focusing_explain(panel: DesignerPanel, document: Document) -> None:
    told: list[str] = []
    panel.network.view.setFocus()
    panel.explain.connect(lambda subject: told.append(explanation_of(subject).title.en))
    box(panel, "dataset").setFocus()
    field(panel, "batch_size").setFocus()
    panel.findChild(LogSlider, "learning_rate").slider.setFocus()
    document.select(0)
    choose(panel, "activation", "tanh")
    assert told[:4] == ["Three classes on the plane", "Batch size", "Learning rate η", "Dense"]
    assert "Tanh" in explanation_of(document.experiment.layers[0].activation).title.en
    view = panel.network.view
    QApplication.processEvents()
    told.clear()
    index = view.model().index(1, 0)
    cell = view.delegate.layout(index, view.visualRect(index)).activation
    QTest.mouseMove(view.viewport(), view.visualRect(index).topLeft() + QPoint(60, 12))
    QApplication.processEvents()
    QTest.mouseMove(view.viewport(), cell.center())
    QApplication.processEvents()
    said = [title for title, _ in groupby(told)]  # a pointer that rests may be told of again
    assert said == ["Dense", explanation_of(document.experiment.layers[1].activation).title.en]


def test_nothing_is_wider_than_the_panel(panel: DesignerPanel, ui: Ui, qtbot: QtBot) -> None:
    panel.training.more.open()
    panel.training.end.open()
    for language in ("en", "ja"):
        ui.set_language(language)
        for id in datasets:
            box(panel, "dataset").setCurrentIndex(box(panel, "dataset").findData(id))
            # A scroll bar that comes or goes takes its room a moment later.
            qtbot.waitUntil(lambda: panel.widget().width() <= panel.viewport().width())
            for widget in controls(panel):
                right = widget.mapTo(panel.widget(), QPoint(widget.width(), 0)).x()
                assert right <= panel.viewport().width() - 8, (language, id, widget)


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


def test_the_fixed_names_have_their_fixed_kinds(panel: DesignerPanel, document: Document) -> None:
    assert isinstance(panel.findChild(QWidget, "batch_size"), QSpinBox)
    assert isinstance(panel.findChild(QWidget, "layer_list"), QAbstractItemView)
    rate = panel.findChild(QWidget, "learning_rate")
    assert rate is not None and rate.setProperty("value", 0.025)
    assert document.experiment.learning_rate == rate.property("value") == 0.025


def test_many_options_are_folded_away_unless_they_were_changed(panel: DesignerPanel, document: Document) -> None:
    document.change(dataset=datasets["generated-digits"]())
    options = [o.name for o in document.experiment.dataset.options()]
    QApplication.processEvents()
    editors = {w.objectName() for w in panel.data.findChildren(QWidget) if w.isVisible()}
    shown = [name for name in options if f"option_{name}" in editors]
    assert shown == options[:SHOWN]
    document.change(dataset=datasets["xor"]())
    document.change(dataset=datasets["generated-digits"](**{options[-1]: 0.0}))
    QApplication.processEvents()
    assert panel.data.findChild(QWidget, f"option_{options[-1]}").isVisible()


def test_the_input_shape_stands_above_the_layers_even_without_any(panel: DesignerPanel, document: Document) -> None:
    document.change(layers=())
    document.change(dataset=datasets["generated-digits"]())
    assert any(w.text() == "1×28×28" for w in panel.network.findChildren(QLabel))


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


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("experiment", ["three-classes", "digits-cnn"])
def test_nothing_is_cut_off_at_the_right_in_a_small_window(
    drive: Callable[..., Driver], experiment: str, lang: str
) -> None:
    driver = drive(experiment, lang=lang)
    driver.window.resize(1024, 700)
    driver.settle()
    panel = driver.window.findChild(DesignerPanel)
    assert panel.widget().minimumSizeHint().width() <= panel.viewport().width()
