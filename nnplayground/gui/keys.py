"""The list of keys: those of the menus, and those that single parts of the window understand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from nnplayground.gui.ui import Ui
from nnplayground.text import Text

TITLE = Text("Keyboard", "キーボード操作")
EVERYWHERE = Text("Everywhere", "どこでも")
Row = tuple[str, Text]
PARTS: tuple[tuple[Text, tuple[Row, ...]], ...] = (
    (
        Text("Going about", "移動"),
        (
            ("Tab, Shift+Tab", Text("To the next or the previous control", "次・前の部品へ")),
            ("Alt", Text("To the menus, by their underlined letters", "下線の文字でメニューを開く")),
        ),
    ),
    (
        Text("Canvas", "キャンバス"),
        (
            ("← ↑ → ↓", Text("Move the pen", "ペンを動かす")),
            ("Space", Text("Put the pen down or lift it", "ペンを下ろす・上げる")),
            ("Backspace", Text("Take back the last stroke; with Shift, draw it again", "最後の線を取り消す（Shift でやり直し）")),
            ("Esc", Text("Clear", "消去")),
        ),
    ),
    (
        Text("List of layers", "層の一覧"),
        (
            ("↑ ↓", Text("Choose a layer", "層を選ぶ")),
            ("Enter, 0–9", Text("Change its number of units", "ユニット数を変える")),
            ("F4", Text("Choose its activation function", "活性化関数を選ぶ")),
            ("Insert, Delete", Text("Add or remove a layer", "層を追加・削除")),
            ("Alt+↑, Alt+↓", Text("Move the layer", "層を移動")),
            ("Ctrl+D", Text("Duplicate the layer", "層を複製")),
        ),
    ),
    (
        Text("Picture of the network", "ネットワークの図"),
        (
            ("← ↑ → ↓", Text("Choose a unit or a layer", "ユニットや層を選ぶ")),
            ("+ −", Text("One unit more or less", "ユニットを増やす・減らす")),
            ("Delete", Text("Remove", "削除")),
            ("Enter", Text("Edit its bias and weights", "バイアスと重みを編集")),
            ("S", Text("Silence the unit", "ユニットを休止")),
        ),
    ),
    (
        Text("Plots", "グラフ"),
        (
            ("← →", Text("Read off a value", "値を読み取る")),
            ("+ −", Text("Zoom in or out", "拡大・縮小")),
            ("0", Text("Show everything", "全体を表示")),
        ),
    ),
)  # fmt: skip


def make_keys(ui: Ui, actions: Iterable[QAction], parent: QWidget) -> QDialog:
    """The dialog, not yet shown; it does not stop the window and goes when it is closed."""
    dialog, sheet, known = QDialog(parent), QTextBrowser(), tuple(actions)
    dialog.setObjectName("keys")
    dialog.resize(460, 560)
    sheet.setObjectName("keys_list")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    ui.bind(dialog.setWindowTitle, TITLE, dialog)
    ui.bind(sheet.setAccessibleName, TITLE, sheet)
    _Keeper(ui, sheet, known).fill()
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(sheet)
    layout.addWidget(buttons)
    return dialog


class _Keeper(QObject):
    """Writes the sheet, and again when the language of the window changes."""

    def __init__(self, ui: Ui, sheet: QTextBrowser, actions: Iterable[QAction]) -> None:
        super().__init__(sheet)
        self._ui, self._sheet, self._actions = ui, sheet, actions
        ui.language_changed.connect(self.fill)

    @Slot()
    def fill(self) -> None:
        """Write all tables."""
        ui = self._ui
        self._sheet.setHtml("".join(_table(ui, EVERYWHERE, shortcuts(self._actions))) + "".join(_tables(ui)))


def shortcuts(actions: Iterable[QAction]) -> Iterator[Row]:
    """Keys and words of those of `actions` that have a key, as they are called now."""
    for action in actions:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys:
            yield keys, Text.same(re.sub(r"\(&.\)|[&…]", "", action.text()).strip())


def _tables(ui: Ui) -> Iterator[str]:
    for title, rows in PARTS:
        yield from _table(ui, title, rows)


def _table(ui: Ui, title: Text, rows: Iterable[Row]) -> Iterator[str]:
    yield f"<h4>{escape(ui.text(title))}</h4><table cellpadding='3' width='100%'>"
    for keys, words in rows:
        yield f"<tr><td width='38%'><b>{escape(keys)}</b></td><td>{escape(ui.text(words))}</td></tr>"
    yield "</table>"
