"""What can be done with the collection of one's own digits, as a row of buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from nnplayground.data.datasets.my_digits import MyDigits
from nnplayground.gui import ask_file
from nnplayground.gui.designer.adapt import with_dataset
from nnplayground.gui.desk import Desk
from nnplayground.gui.tool_row import ToolRow
from nnplayground.text import Text

CORRECT = Text("Correct the label of the selected digits", "選んだ数字のラベルを直す")
DELETE = Text("Take the selected digits away (Delete)", "選んだ数字を削除（Delete）")
UNDO = Text("Take the last change of the collection back", "コレクションへの最後の変更を取り消す")
AGAIN = Text("Put the selected digit on the canvas (Enter)", "選んだ数字をキャンバスに出す（Enter）")
FILES = Text("Files", "ファイル")
IMPORT = Text("Add digits from a file…", "ファイルから数字を加える…")
EXPORT = Text("Write all digits to a file…", "すべての数字をファイルに書き出す…")
KINDS = Text("Digits (*.json)", "数字のコレクション (*.json)")
TRAIN = Text("Learn these", "学習に使う")
RENEW = Text("Learn changes", "変更を学習")
USED = Text("In use", "使用中")


class MyDigitsTools(ToolRow):
    """`chosen` gives the places of the selected digits."""

    def __init__(self, desk: Desk, chosen: Callable[[], list[int]]) -> None:
        super().__init__(desk.ui)
        self._desk, self._chosen = desk, chosen
        self.addStretch()
        self._correct = self.add_button("my_digits_correct", "label", CORRECT, lambda: None)
        self._correct.setMenu(self._labels())
        self._correct.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._again = self.add_button("my_digits_again", "pen", AGAIN, self.draw_again)
        self._delete = self.add_button("my_digits_delete", "remove", DELETE, lambda: desk.my_digits.remove(chosen()))
        self._undo = self.add_button("my_digits_undo", "undo", UNDO, desk.my_digits.undo)
        files = self.add_button("my_digits_files", "more", FILES, lambda: None)
        menu = QMenu(files)
        self._add(menu, "my_digits_import", IMPORT, self._import)
        self._export = self._add(menu, "my_digits_export", EXPORT, self._export_all)
        files.setMenu(menu)
        files.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._train = QPushButton()
        self._train.clicked.connect(self._train_on_them)
        self.add(self._train, "my_digits_train", TRAIN)
        desk.document.changed.connect(self.follow)

    def _add(self, menu: QMenu, name: str, words: Text, act: Callable[[], object]) -> QAction:
        action = menu.addAction("")
        action.setObjectName(name)
        action.triggered.connect(lambda: act())
        self._desk.ui.bind(action.setText, words, action)
        return action

    def _labels(self) -> QMenu:
        menu = QMenu(self._correct)
        for label in range(10):
            action = menu.addAction(f"&{label}")
            action.setObjectName(f"my_digits_label_{label}")
            action.triggered.connect(lambda _=False, n=label: self._desk.my_digits.relabel(self._chosen(), n))
        return menu

    @Slot()
    def follow(self) -> None:
        """Offer what can be done just now."""
        digits, chosen = self._desk.my_digits, self._chosen()
        for button in (self._correct, self._delete, self._again):
            button.setEnabled(bool(chosen))
        self._undo.setEnabled(digits.can_undo)
        self._export.setEnabled(bool(digits.digits))
        dataset = self._desk.document.experiment.dataset
        words = TRAIN if not isinstance(dataset, MyDigits) else USED if dataset.version == digits.version else RENEW
        self._desk.ui.bind(self._train.setText, words, self._train)
        self._train.setEnabled(len(digits.digits) > 1 and words is not USED)

    @Slot()
    def draw_again(self) -> None:
        """Put the first selected digit on the canvas, as if it had been drawn now."""
        chosen = self._chosen()
        if chosen:
            self._desk.drawing_wanted.emit(self._desk.my_digits.digits[chosen[0]].strokes)

    @Slot()
    def _train_on_them(self) -> None:
        document, version = self._desk.document, self._desk.my_digits.version
        now = document.experiment.dataset
        mine = now if isinstance(now, MyDigits) else MyDigits()
        document.edit(with_dataset(document.experiment, mine.replace(version=version))[0])

    def _import(self) -> None:
        path = ask_file.to_open(self._desk.ui, IMPORT, KINDS)
        if path is not None:
            self._desk.my_digits.import_from(path)

    def _export_all(self) -> None:
        path = ask_file.to_save(self._desk.ui, EXPORT, KINDS, "my-digits.json")
        if path is not None:
            self._desk.my_digits.export_to(path)
