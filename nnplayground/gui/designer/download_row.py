"""The button that fetches the chosen data where it is not on this computer yet."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nnplayground.data.datasets import Dataset
from nnplayground.gui.fetching import Fetching, fetching_of
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.note import Note
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

MISSING = Text("{label} is not on this computer yet.", "{label} はまだこのコンピューターにありません。")
DOWNLOAD = Text("Download ({size:.0f} MB)", "ダウンロード（{size:.0f} MB）")
AGAIN = Text("Try again ({size:.0f} MB)", "もう一度試す（{size:.0f} MB）")
GO_ON = Text("Go on: {size:.1f} MB left", "続ける（残り {size:.1f} MB）")
CANCEL = Text("Cancel", "中止")
PROGRESS = Text("{label}: {done:.1f} of {total:.1f} MB", "{label}: {done:.1f} / {total:.1f} MB")
NAME = Text("Download of {label}", "{label} のダウンロード")
READY = Text(
    "{label} is here: press play to train on it.", "{label} の用意ができました。再生を押すと学習が始まります。"
)


class DownloadRow(QWidget):
    """Hidden while nothing is missing."""

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._fetching: Fetching | None = None
        self._was_fetching = False
        self._note = Note(ui, self)
        self._start, self._cancel, self._bar = QPushButton(self), QPushButton(self), QProgressBar(self)
        for part, name in ((self._start, "start"), (self._cancel, "cancel"), (self._bar, "progress")):
            part.setObjectName(f"download_{name}")
        self._start.clicked.connect(self._on_start)
        self._cancel.clicked.connect(self._on_cancel)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        ui.bind(self._cancel.setText, CANCEL, self._cancel)
        line = FlowRow()
        for part in (self._start, self._bar, self._cancel):
            line.addWidget(part, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._note)
        column.addLayout(line)
        self.hide()

    def show_for(self, dataset: Dataset) -> None:
        """Offer what `dataset` lacks."""
        source = next((s for s in dataset.sources if fetching_of(s).state != "here"), None)
        found = None if source is None else fetching_of(source)
        if found is not self._fetching:
            if self._fetching is not None:
                self._fetching.changed.disconnect(self._follow)
            if found is not None:
                found.changed.connect(self._follow)
            self._fetching = found
        if found is not None:
            found.check()
        self._follow()

    @Slot()
    def _on_start(self) -> None:
        if self._fetching is not None:
            self._fetching.start()

    @Slot()
    def _on_cancel(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()

    @Slot()
    def _follow(self) -> None:
        found = self._fetching
        shown = found is not None and found.state in ("missing", "fetching")
        self.setVisible(shown)
        if found is None:
            return
        if found.state == "here" and self._was_fetching:
            self._ui.tell(READY.format(label=found.source.label))
        self._was_fetching = found.state == "fetching"
        if shown:
            self._show(found)

    def _show(self, found: Fetching) -> None:
        busy = found.state == "fetching"
        label, done, total = found.source.label, found.done / 1e6, found.total / 1e6
        words = PROGRESS.format(label=label, done=done, total=total) if busy else MISSING.format(label=label)
        self._note.say(found.problem or words, "warning" if found.problem else "info")
        self._start.setVisible(not busy)
        self._cancel.setVisible(busy)
        self._bar.setVisible(busy)
        begin = AGAIN if found.problem else GO_ON if 0 < done < total else DOWNLOAD
        size = total - done if begin is GO_ON else total
        self._ui.bind(self._start.setText, begin.format(size=size), self._start)
        self._bar.setValue(round(1000 * done / max(total, 1e-6)))
        for part in (self._start, self._cancel, self._bar):
            self._ui.bind(part.setAccessibleName, NAME.format(label=label), part)
