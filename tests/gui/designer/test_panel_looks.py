"""What the panel looks like and says to whoever sees, hears or points at it."""

import re
from collections.abc import Callable
from itertools import groupby

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnplayground.data.datasets import datasets
from nnplayground.data.features import FEATURES
from nnplayground.engine.activations import activations
from nnplayground.engine.optimizers import optimizers
from nnplayground.gui.designer.panel import DesignerPanel
from nnplayground.gui.document import Document
from nnplayground.gui.explain import explanation_of
from nnplayground.gui.forms import SHOWN
from nnplayground.gui.log_slider import LogSlider
from nnplayground.gui.theme import DARK
from nnplayground.gui.ui import Ui
from nnplayground.training.experiment import Experiment
from tests.gui.designer.using import LEFT, box, choose, controls, field
from tests.gui.driving import Driver


def test_what_the_data_is_stands_below_it(panel: DesignerPanel, document: Document) -> None:
    for id, kind in datasets.items():
        box(panel, "dataset").setCurrentIndex(box(panel, "dataset").findData(id))
        note = kind().note
        if note is not None:
            assert any(w.text() == note.en for w in panel.findChildren(QLabel) if w.isVisible()), id


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
