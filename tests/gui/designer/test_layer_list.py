"""The list of layers, driven by keys, clicks and drops."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.engine.layers import layers as kinds
from nnplayground.gui.designer import edits
from nnplayground.gui.designer.layer_model import MIME, LayerModel
from nnplayground.gui.designer.layer_view import LayerView
from nnplayground.gui.designer.panel import DesignerPanel
from nnplayground.gui.document import Document
from nnplayground.gui.fields import IntBox
from nnplayground.gui.ui import Ui

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(panel: DesignerPanel) -> LayerView:
    found = panel.findChild(LayerView, "layer_list")
    assert found is not None
    found.setFocus()
    return found


def units(document: Document) -> list[int | str]:
    return [getattr(layer, "units", layer.id) for layer in document.experiment.layers]


def cell(view: LayerView, row: int, name: str) -> QPoint:
    """The middle of an editable cell."""
    index = view.model().index(row, 0)
    found = getattr(view.delegate.layout(index, view.visualRect(index)), name)
    return found.center()


def head(view: LayerView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).topLeft() + QPoint(60, 12)


def test_there_is_one_row_for_each_layer_and_all_are_seen(view: LayerView, document: Document) -> None:
    assert view.model().rowCount() == 3
    last = view.visualRect(view.model().index(2, 0))
    assert view.viewport().rect().contains(last)
    assert view.currentIndex().row() == document.selected_layer == 2


def test_keys_remove_duplicate_and_move(view: LayerView, document: Document) -> None:
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert document.selected_layer == 0
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    assert (units(document), document.selected_layer) == ([5, 8, 3], 1)
    QTest.keyClick(view, Qt.Key.Key_D, CTRL)
    assert (units(document), document.selected_layer) == ([5, 8, 8, 3], 2)
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    assert (units(document), document.selected_layer) == ([8, 5, 8, 3], 0)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert (units(document), document.selected_layer) == ([5, 8, 3], 0)
    assert view.currentIndex().row() == 0
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert (units(document), document.selected_layer) == ([8, 5, 3], 0)


def test_moving_stops_at_the_ends(view: LayerView, document: Document) -> None:
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    assert units(document) == [8, 5, 3]
    assert document.undo_stack.count() == 0


def test_insert_opens_the_menu_of_all_layers_and_enter_adds_the_first(view: LayerView, document: Document) -> None:
    QTest.keyClick(view, Qt.Key.Key_Insert)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert len(menu.actions()) == len(kinds)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert units(document) == [8, 5, 16, 3]
    assert document.experiment.layers[2].activation.id == "tanh"
    assert view.currentIndex().row() == document.selected_layer == 2


def test_the_add_button_offers_each_kind(
    panel: DesignerPanel, view: LayerView, document: Document, qtbot: QtBot
) -> None:
    button = panel.findChild(QToolButton, "layer_add")
    for id in kinds:
        qtbot.mouseClick(button, LEFT)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(a for a in menu.actions() if a.objectName() == f"action_add_{id}")
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        assert document.experiment.layers[document.selected_layer].id == id
        document.undo_stack.undo()
    assert units(document) == [8, 5, 3]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("duplicate", [8, 5, 5, 3]), ("up", [5, 8, 3]), ("down", [8, 3, 5]), ("remove", [8, 3])],
)
def test_buttons_do_the_same_as_keys(
    panel: DesignerPanel, view: LayerView, document: Document, qtbot: QtBot, name: str, wanted: list[int]
) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=head(view, 1))
    assert document.selected_layer == 1
    qtbot.mouseClick(panel.findChild(QToolButton, f"layer_{name}"), LEFT)
    assert units(document) == wanted
    document.undo_stack.undo()
    assert units(document) == [8, 5, 3]


def test_without_layers_there_is_a_sentence_and_adding_works(
    panel: DesignerPanel, view: LayerView, document: Document
) -> None:
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Delete)
    assert units(document) == []
    assert panel.network.note.isVisible() and panel.network.note.kind == "error"
    assert not panel.findChild(QToolButton, "layer_remove").isEnabled()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    QTest.keyClick(view, Qt.Key.Key_Insert)
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
    assert units(document) == [16]
    assert not panel.network.note.isVisible()


@pytest.mark.parametrize("begin", ["click", "double click", "F2", "Enter", "digit"])
def test_the_number_is_edited_in_place(view: LayerView, document: Document, begin: str) -> None:
    view.setCurrentIndex(view.model().index(1, 0))
    if begin == "click":
        QTest.mouseClick(view.viewport(), LEFT, pos=cell(view, 1, "number"))
    elif begin == "double click":
        QTest.mouseClick(view.viewport(), LEFT, pos=head(view, 1))
        QTest.mouseDClick(view.viewport(), LEFT, pos=head(view, 1))
    else:
        QTest.keyClick(view, {"F2": Qt.Key.Key_F2, "Enter": Qt.Key.Key_Return, "digit": Qt.Key.Key_4}[begin])
    editor = QApplication.focusWidget()
    assert isinstance(editor, IntBox)
    QTest.keyClicks(editor, "0" if begin == "digit" else "40")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the delegate commits from the event loop
    assert units(document) == [8, 40, 3]
    assert document.undo_stack.count() == 1
    assert QApplication.focusWidget() is view


def test_escape_leaves_the_number_as_it_was(view: LayerView, document: Document) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=cell(view, 0, "number"))
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, "77")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert units(document) == [8, 5, 3]


@pytest.mark.parametrize("typed", ["0", "20000", "1.5", "-3"])
def test_a_wrong_number_is_refused_in_words(
    panel: DesignerPanel, view: LayerView, document: Document, typed: str
) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=cell(view, 0, "number"))
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, typed)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert units(document) == [8, 5, 3]
    said = panel.network.note.said
    assert said is not None and typed in said.en and "1 to 10000" in said.en
    assert panel.network.note.isVisible()


def test_letters_cannot_be_typed_into_a_number(view: LayerView, document: Document) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=cell(view, 0, "number"))
    editor = QApplication.focusWidget()
    assert isinstance(editor, IntBox)
    QTest.keyClicks(editor, "nan9inf")
    assert editor.text() == "9"


@pytest.mark.parametrize("by", ["mouse", "key"])
def test_the_dropdown_in_the_row_sets_the_activation(view: LayerView, document: Document, by: str) -> None:
    if by == "mouse":
        QTest.mouseClick(view.viewport(), LEFT, pos=cell(view, 0, "activation"))
    else:
        view.setCurrentIndex(view.model().index(0, 0))
        QTest.keyClick(view, Qt.Key.Key_F4)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    checked = [a.data() for a in menu.actions() if a.isChecked()]
    assert checked == ["relu"]
    action = next(a for a in menu.actions() if a.data() == "sigmoid")
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    assert document.experiment.layers[0].activation.id == "sigmoid"
    assert document.selected_layer == 0


def drop(view: LayerView, data: QMimeData, at: QPoint) -> None:
    none = Qt.KeyboardModifier.NoModifier
    move = Qt.DropAction.MoveAction
    for event in (
        QDragEnterEvent(at, move, data, LEFT, none),
        QDragMoveEvent(at, move, data, LEFT, none),
        QDropEvent(QPointF(at), move, data, LEFT, none),
    ):
        QApplication.sendEvent(view.viewport(), event)


def test_a_dropped_row_is_one_move(view: LayerView, document: Document) -> None:
    model = view.model()
    data = model.mimeData([model.index(0, 0)])
    drop(view, data, view.visualRect(model.index(2, 0)).bottomLeft() + QPoint(40, -2))
    assert (units(document), document.selected_layer) == ([5, 3, 8], 2)
    assert view.currentIndex().row() == 2
    document.undo_stack.undo()
    assert units(document) == [8, 5, 3]
    drop(view, model.mimeData([model.index(2, 0)]), view.visualRect(model.index(1, 0)).topLeft() + QPoint(40, 2))
    assert units(document) == [8, 3, 5]
    assert document.undo_stack.count() == 1


def test_moves_within_the_list_are_moves_of_the_document(view: LayerView, document: Document) -> None:
    model = view.model()
    nowhere = view.rootIndex()
    assert model.moveRow(nowhere, 0, nowhere, 2)
    assert units(document) == [5, 8, 3]
    assert not model.moveRow(nowhere, 9, nowhere, 0)


def test_what_comes_from_elsewhere_is_not_taken(view: LayerView, document: Document) -> None:
    for words in (b"", b"1 2", b"x", "日本".encode(), b"9" * 10_000):
        data = QMimeData()
        data.setData(MIME, words)
        drop(view, data, head(view, 1))
    text = QMimeData()
    text.setText("0")
    drop(view, text, head(view, 1))
    other = LayerModel(view._ui, document)
    drop(view, other.mimeData([other.index(0)]), head(view, 2))
    assert units(document) == [8, 5, 3]


def test_a_drag_begins_with_the_mouse(view: LayerView, document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    carried: list[int] = []
    make = LayerModel.mimeData
    monkeypatch.setattr(LayerModel, "mimeData", lambda self, rows: carried.append(rows[0].row()) or make(self, rows))
    start = head(view, 1)
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    for step in (QPoint(0, 6), QPoint(0, 40)):
        here = QPointF(start + step)
        none = Qt.KeyboardModifier.NoModifier
        move = QMouseEvent(
            QEvent.Type.MouseMove, here, view.viewport().mapToGlobal(here), Qt.MouseButton.NoButton, LEFT, none
        )
        QApplication.sendEvent(view.viewport(), move)
    QTest.mouseRelease(view.viewport(), LEFT, pos=start)
    assert carried == [1]  # the offscreen platform ends every drag at once
    assert units(document) == [8, 5, 3]


def test_many_layers_scroll_inside_the_list(view: LayerView, document: Document) -> None:
    layer = document.experiment.layers[0]
    document.change(layers=(layer,) * 40)
    QApplication.processEvents()
    assert view.model().rowCount() == 40
    assert view.height() < 1000
    document.select(39)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_errors_are_painted_at_the_row(view: LayerView, document: Document) -> None:
    before = view.sizeHintForRow(2)
    document.change(layers=(*document.experiment.layers[:2], document.experiment.layers[0]))
    index = view.model().index(2, 0)
    assert view.sizeHintForRow(2) > before
    assert "give it 3 units" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert view.viewport().rect().contains(view.visualRect(index))


def test_rows_are_painted_again_when_their_facts_or_words_change(
    view: LayerView, document: Document, ui: Ui, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view.model().dataChanged, timeout=0):
        document.edit(edits.put(document.experiment, 0, document.experiment.layers[0].replace(units=9)))
    with qtbot.waitSignal(view.model().dataChanged, timeout=0):
        ui.set_language("ja")
    assert view.model().index(0, 0).data() == "全結合層"
    with qtbot.assertNotEmitted(view.model().dataChanged):
        document.change(learning_rate=0.5)
