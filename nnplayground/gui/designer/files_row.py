"""Buttons that choose the images of the person: two IDX files, or a folder of pictures."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nnplayground.data.datasets.image_files import ImageFiles, labels_of
from nnplayground.gui import ask_file, image_folder
from nnplayground.gui.document import Document
from nnplayground.gui.errand import Errand
from nnplayground.gui.note import Note
from nnplayground.gui.ui import Ui
from nnplayground.text import Problem, Text

FILES = Text("Choose files…", "ファイルを選ぶ…")
FOLDER = Text("Choose a folder…", "フォルダーを選ぶ…")
IMAGES = Text("Open a file of images", "画像のファイルを開く")
LABELS = Text("Open the file of their labels", "そのラベルのファイルを開く")
PICTURES = Text(
    "Open a folder with a folder of pictures for each digit", "数字ごとのフォルダーに分けた画像のフォルダーを開く"
)
KINDS = Text("IDX files (*ubyte* *.idx* *.gz)", "IDX ファイル (*ubyte* *.idx* *.gz)")
READING = Text("Reading the pictures in {name} …", "{name} の画像を読み込んでいます…")
READ = Text("{n} pictures were read from {name}.", "{name} から {n} 枚の画像を読み込みました。")
LEFT_OUT = Text(
    "{n} pictures were read from {name}; in {left} no digit was found.",
    "{name} から {n} 枚の画像を読み込みました。{left} 枚には数字が見つかりませんでした。",
)
LOOK = 80
"""Milliseconds between two looks at the reading."""


class FilesRow(QWidget):
    """Hidden unless the data comes from the person's files."""

    def __init__(self, ui: Ui, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui, self._document = ui, document
        self._errand: Errand[tuple[Path, int, int] | Problem] = Errand()
        self._folder = Path()
        self._share = 0.0
        self._files, self._folders, self._bar = QPushButton(self), QPushButton(self), QProgressBar(self)
        self._note = Note(ui, self)
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._look)
        line, column = QHBoxLayout(), QVBoxLayout(self)
        for button, name, words in ((self._files, "files", FILES), (self._folders, "folder", FOLDER)):
            button.setObjectName(f"choose_{name}")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            ui.bind(button.setText, words, button)
            line.addWidget(button, 1)
        self._files.clicked.connect(self._choose_files)
        self._folders.clicked.connect(self._choose_folder)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._bar.setObjectName("folder_progress")
        ui.bind(self._bar.setAccessibleName, PICTURES, self._bar)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self._bar)
        column.addWidget(self._note)
        document.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self.setVisible(isinstance(self._document.experiment.dataset, ImageFiles))
        busy = self._errand.is_busy
        self._bar.setVisible(busy)
        for button in (self._files, self._folders):
            button.setEnabled(not busy)

    @Slot()
    def _choose_files(self) -> None:
        images = ask_file.to_open(self._ui, IMAGES, KINDS)
        if images is None:
            return
        labels = Path(labels_of(str(images)))
        if labels == images or not labels.is_file():
            chosen = ask_file.to_open(self._ui, LABELS, KINDS)
            if chosen is None:
                return
            labels = chosen
        self._take(images, labels)

    @Slot()
    def _choose_folder(self) -> None:
        folder = ask_file.folder(self._ui, PICTURES)
        if folder is not None:
            self.read(folder)

    def read(self, folder: Path) -> None:
        """Read the pictures in `folder`, in a thread."""
        self._folder, self._share = folder, 0.0
        self._note.say(READING.format(name=folder.name))
        self._errand.begin(partial(self._import, folder))
        self._timer.start()
        self._follow()

    def _import(self, folder: Path) -> tuple[Path, int, int] | Problem:
        try:
            return image_folder.import_folder(folder, self._tell, image_folder.home())
        except Problem as problem:
            return problem

    def _tell(self, share: float) -> None:
        self._share = share

    @Slot()
    def _look(self) -> None:
        found = self._errand.take()
        self._bar.setValue(round(1000 * self._share))
        if self._errand.is_busy:
            return
        self._timer.stop()
        if isinstance(found, Problem):
            self._note.say(found.text, "error")
        elif found is not None:
            path, count, left = found
            words = LEFT_OUT if left else READ
            self._take(path, Path(labels_of(str(path))))
            self._note.say(words.format(n=count, name=self._folder.name, left=left))
        self._follow()

    def _take(self, images: Path, labels: Path) -> None:
        """Learn from these files."""
        experiment = self._document.experiment
        dataset = experiment.dataset
        if isinstance(dataset, ImageFiles):
            self._note.say(None)
            self._document.edit(experiment.replace(dataset=dataset.replace(images=str(images), labels=str(labels))))
