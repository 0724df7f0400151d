"""Data from outside: tables, folders of pictures, IDX files, by menu or dropped on the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from nnplayground.data import holdings, sheet
from nnplayground.data.columns import Choices, Imported, build
from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.own_pictures import labels_beside, of_idx
from nnplayground.data.sheet import Format
from nnplayground.gui import ask_file
from nnplayground.gui.background import Background
from nnplayground.gui.designer.adapt import with_dataset
from nnplayground.gui.import_dialog import ImportDialog
from nnplayground.gui.picture_folder import ImportedPictures, read_folder
from nnplayground.text import Problem, Text, listed

if TYPE_CHECKING:
    from nnplayground.gui.window import Window

TABLES = (".csv", ".tsv", ".txt", ".tab")
TABLE = Text("Import a table", "表を読み込む")
TABLE_KINDS = Text("Tables (*.csv *.tsv *.txt *.tab)", "表 (*.csv *.tsv *.txt *.tab)")
FOLDER = Text("Import a folder of pictures", "画像のフォルダーを読み込む")
IMAGES = Text("IDX file of images", "画像の IDX ファイル")
LABELS = Text("IDX file of their labels", "ラベルの IDX ファイル")
IDX_KINDS = Text("IDX files (*idx* *.gz)", "IDX ファイル (*idx* *.gz)")
READING = Text("Reading {name} …", "{name} を読み込んでいます…")
DONE = Text("{name}: {n} samples. {notes}", "{name}: {n} 件。{notes}")
EDIT = Text("own data: {name}", "自分のデータ: {name}")


class Importing(QObject):
    """Each import is one edit that can be undone; what goes wrong is said and changes nothing."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._work: Background | None = None
        self.dialog: ImportDialog | None = None

    def takes(self, path: Path) -> bool:
        """Import what was dropped, if it is no experiment; False if it is not for us."""
        if path.is_dir():
            self.open_folder(path)
        elif path.suffix.lower() in TABLES:
            self.open_table(path)
        elif "idx3" in path.name and labels_beside(path) is not None:
            self.open_idx(path)
        else:
            return False
        return True

    def ask(self, kind: Literal["table", "folder", "idx"]) -> None:
        """Let the person choose what to read."""
        {"table": self._ask_table, "folder": self._ask_folder, "idx": self._ask_idx}[kind]()

    def _ask_table(self) -> None:
        path = ask_file.to_open(self._window.ui, TABLE, TABLE_KINDS)
        if path is not None:
            self.open_table(path)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, self._window.ui.text(FOLDER), str(Path.home()))
        if chosen:
            self.open_folder(Path(chosen))

    def _ask_idx(self) -> None:
        path = ask_file.to_open(self._window.ui, IMAGES, IDX_KINDS)
        if path is not None:
            self.open_idx(path)

    def open_table(self, path: Path) -> None:
        """Read a table and ask how it is to be understood."""
        self._do(path.name, lambda: sheet.read(path), lambda data: self._ask_how(data, path.name))

    def open_folder(self, path: Path) -> None:
        """Read the pictures in the folders of a folder."""
        like_drawings = self._window.actions_by_name["import_drawn"].isChecked()
        self._do(path.name, lambda: read_folder(path, like_drawings), self._take_pictures)

    def open_idx(self, images: Path) -> None:
        """Read a file of images with that of their labels."""
        labels = labels_beside(images) or ask_file.to_open(self._window.ui, LABELS, IDX_KINDS)
        if labels is not None:
            self._do(images.name, lambda: of_idx(images, labels), lambda dataset: self._take(dataset, ()))

    def _ask_how(self, data: bytes, name: str) -> None:
        def accept(how: Format, choices: Choices) -> None:
            def work() -> Imported:
                return build(sheet.parse(data, how, name), choices)

            self._do(name, work, self._take_table, dialog.say)

        dialog = ImportDialog(self._window.ui, data, name, accept, self._window)
        self.dialog = dialog
        dialog.destroyed.connect(self._forget)
        dialog.open()

    @Slot()
    def _forget(self) -> None:
        self.dialog = None

    def _do(
        self, name: str, work: Callable[[], Any], then: Callable[[Any], object],
        failed: Callable[[Problem], object] | None = None,
    ) -> None:  # fmt: skip
        """`work` in a thread, then the rest here; one at a time."""
        if self._work is not None:
            return

        words, refused = READING.format(name=name[:60]), failed or self._window.notices.problem
        self._work = Background(self._window.ui, words, work, then, refused, self._worked, self._window)

    def _worked(self) -> None:
        self._work = None

    def _take_table(self, found: Imported) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._take(found.dataset, found.notes)

    def _take_pictures(self, found: ImportedPictures) -> None:
        self._take(found.dataset, found.notes)

    def _take(self, dataset: OwnData, notes: Sequence[Text]) -> None:
        """Learn from it from now on."""
        document = self._window.document
        experiment, changes = with_dataset(document.experiment, dataset)
        document.edit(experiment, EDIT.format(name=dataset.source))
        said = listed([*notes, *changes])
        count = len(holdings.held(dataset.content).t)
        self._window.notices.say(DONE.format(name=dataset.source, n=count, notes=said))

    def shutdown(self) -> None:
        """Stop what is being read."""
        if self.dialog is not None:
            self.dialog.close()
        if self._work is not None:
            self._work.end()
            self._work = None
