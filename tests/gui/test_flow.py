"""A row goes on in a further line where there is no room, alone and within another row."""

import gc

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from nnplayground.gui.flow import WIDTHS, FlowRow, _Line


def row(*parts: QWidget) -> QWidget:
    around = QWidget()
    layout = FlowRow(around)
    for part in parts:
        layout.addWidget(part)
    return around


def buttons(count: int) -> list[QPushButton]:
    made = [QPushButton(f"button {i}") for i in range(count)]
    for button in made:
        button.setFixedSize(80, 20)
    return made


@pytest.fixture
def nested(qtbot):
    """A row of three buttons in a row beside a fourth, in a column."""
    window = QWidget()
    qtbot.addWidget(window)
    inner = row(*buttons(3))
    outer = row(inner, *buttons(1))
    QVBoxLayout(window).addWidget(outer)
    window.resize(600, 200)
    window.show()
    return window, outer, inner


def test_a_row_in_a_row_breaks_too_before_anything_is_cut_off(nested):
    window, outer, inner = nested
    assert inner.height() == 20
    assert window.layout().totalMinimumSize().width() < 160
    window.resize(150, 300)
    assert all(inner.rect().contains(part.geometry()) for part in inner.findChildren(QPushButton))
    assert outer.height() >= 4 * 20


def test_what_comes_goes_or_grows_is_measured_anew(nested):
    window, outer, inner = nested
    window.resize(200, 300)
    before = outer.heightForWidth(180)
    inner.findChildren(QPushButton)[0].setFixedHeight(50)
    QApplication.processEvents()
    assert outer.heightForWidth(180) == before + 30
    inner.findChildren(QPushButton)[0].hide()
    QApplication.processEvents()
    assert outer.heightForWidth(180) < before
    inner.layout().addWidget(QPushButton("one more"))
    inner.layout().addWidget(QPushButton("and one more"))
    QApplication.processEvents()
    assert outer.heightForWidth(180) > before - 24


def test_a_row_inside_of_a_layout_is_asked_while_a_part_goes(qtbot) -> None:
    """Qt tells only the outermost layout at once; what is raised when it asks the row ends the process."""
    page = QWidget()
    qtbot.addWidget(page)
    column, row, parts = QVBoxLayout(page), FlowRow(), [QLabel(words) for words in "abc"]
    column.addLayout(row)
    for part in parts:
        row.addWidget(part)
    page.show()
    row.heightForWidth(300)

    parts[1].hide()

    assert row.heightForWidth(301) >= parts[0].sizeHint().height()
    column.activate()
    across = sum(part.sizeHint().width() for part in parts if not part.isHidden())
    assert row.sizeHint().width() == across + row.spacing()
    assert row.heightForWidth(across // 2) > row.heightForWidth(2 * across)


def test_not_each_width_that_a_row_ever_had_is_kept(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = FlowRow(page)
    row.addWidget(QLabel("words"))

    def lines() -> int:
        return sum(isinstance(found, _Line) for found in gc.get_objects())

    before = lines()
    for width in range(100, 100 + 10 * WIDTHS):
        row.heightForWidth(width)
    assert lines() - before <= WIDTHS


def test_a_page_that_is_not_shown_does_not_keep_the_lines_it_had_in_less_room(qtbot) -> None:
    window, stack = QWidget(), QStackedWidget()
    qtbot.addWidget(window)
    stack.addWidget(QLabel("words"))
    stack.addWidget(row(*buttons(4)))
    QVBoxLayout(window).addWidget(stack)
    stack.setCurrentIndex(1)
    window.resize(120, 300)
    window.show()
    QApplication.processEvents()
    assert stack.minimumSizeHint().height() > 80
    stack.setCurrentIndex(0)
    window.resize(600, 300)
    QApplication.processEvents()
    assert stack.minimumSizeHint().height() <= 20
    stack.setCurrentIndex(1)
    QApplication.processEvents()
    assert stack.widget(1).layout().minimumSize().height() == 20
