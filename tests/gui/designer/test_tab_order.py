"""The Tab key goes through what is laid out, however often that changes."""

from __future__ import annotations

import gc
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget, QWidgetItem

from nnplayground.gui.designer.tab_order import chain
from nnplayground.gui.flow import FlowRow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def items() -> int:
    gc.collect()
    return sum(isinstance(found, QWidgetItem) for found in gc.get_objects())


def test_nothing_is_kept_of_rows_that_came_and_went(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    column.addWidget(QPushButton("first"))
    chain(root)
    before = items()
    rows = [QPushButton("row") for _ in range(5)]
    for row in rows:
        column.addWidget(row)
    chain(root)
    assert column.count() == 6
    for row in rows:
        row.deleteLater()
    rows.clear()
    qtbot.waitUntil(lambda: column.count() == 1)
    assert items() == before


def test_layouts_in_layouts_are_gone_through_in_their_order(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    last, b, c, a = (QPushButton(name, root) for name in ("last", "b", "c", "a"))  # not the order of the layouts
    card = QWidget(root)
    column, row, flow, inner = QVBoxLayout(root), QHBoxLayout(), FlowRow(), QVBoxLayout(card)
    row.addWidget(a)
    row.addWidget(QLabel("words"))
    row.addLayout(flow)
    flow.addWidget(b)
    inner.addWidget(c)
    column.addLayout(row)
    column.addWidget(card)
    column.addWidget(last)
    chain(root)
    for one, following in pairwise((a, b, c, last)):
        found = one.nextInFocusChain()
        while not isinstance(found, QPushButton):
            found = found.nextInFocusChain()
        assert found is following
