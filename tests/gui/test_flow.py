"""A row that goes on in a further line where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnplayground.gui.flow import FlowRow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_row_inside_of_a_layout_is_asked_while_a_part_goes(qtbot: QtBot) -> None:
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
