"""How a table is to be read: what was guessed is shown with the first rows, and can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnplayground.data import sheet
from nnplayground.data.columns import Choices
from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.sheet import DELIMITERS, ENCODINGS, Format, Sheet
from nnplayground.gui.background import CANCEL
from nnplayground.gui.note import Note
from nnplayground.gui.ui import Ui
from nnplayground.text import Problem, Text

SHOWN = 100
"""Rows of the preview."""
SHOWN_COLUMNS = 60
TITLE = Text("Import {name}", "{name} を読み込む")
ENCODING = Text("Encoding", "文字コード")
DELIMITER = Text("Delimiter", "区切り文字")
NAMES = {
    ",": Text("Comma", "コンマ"),
    "\t": Text("Tab", "タブ"),
    ";": Text("Semicolon", "セミコロン"),
    " ": Text("Space", "空白"),
}
HEADER = Text("The first row holds names", "1 行目は見出し")
ANSWER = Text("To be found", "予測する列")
GAPS = Text("Incomplete rows", "欠けのある行")
GAP_NAMES = {
    "stop": Text("Tell me", "知らせる"), "drop": Text("Leave out", "除く"), "fill": Text("Fill with the mean", "平均で補う"),
}  # fmt: skip
SCALING = Text("Scaling", "スケーリング")
IMPORT = Text("Import", "読み込む")


class ImportDialog(QDialog):
    """Calls `accept_with` with the whole format and the choices; the caller closes it, or says what is wrong."""

    def __init__(
        self, ui: Ui, data: bytes, name: str, accept_with: Callable[[Format, Choices], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("import_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ui.text(TITLE).format(name=name))
        self._ui, self._data, self._name, self._accept_with = ui, data, name, accept_with
        try:
            found, wrong = sheet.guess(data, name), None
        except Problem as problem:  # a person may know better
            found, wrong = Format("cp932"), problem.text
        encodings = [(e, Text.same(e)) for e in dict.fromkeys((found.encoding, *ENCODINGS))]
        self.encoding = self._box("import_encoding", encodings, found.encoding)
        self.delimiter = self._box("import_delimiter", [(d, NAMES[d]) for d in DELIMITERS], found.delimiter)
        self.header = QCheckBox(ui.text(HEADER))
        self.header.setObjectName("import_header")
        self.header.setChecked(found.header)
        self.answer = self._box("import_answer", [], None)
        self.gaps = self._box("import_gaps", list(GAP_NAMES.items()), "stop")
        known = next(o for o in OwnData.options() if o.name == "scaling")
        self.scaling = self._box("import_scaling", known.named_choices, known.default)
        self.preview = QTableWidget()
        self.preview.setObjectName("import_preview")
        self.preview.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.note = Note(ui, self)
        self._lay_out()
        for signal in (self.encoding.currentIndexChanged, self.delimiter.currentIndexChanged, self.header.toggled):
            signal.connect(self._show)
        self.resize(680, 520)
        self._show()
        if wrong is not None:
            self.note.say(wrong, "warning")

    def _box(self, name: str, choices: Sequence[tuple[str, Text]], chosen: str | None) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        for value, words in choices:
            box.addItem(self._ui.text(words), value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        rows = (
            (ENCODING, self.encoding),
            (DELIMITER, self.delimiter),
            (ANSWER, self.answer),
            (GAPS, self.gaps),
            (SCALING, self.scaling),
        )
        for words, box in rows:
            label = QLabel(self._ui.text(words))
            label.setBuddy(box)
            box.setAccessibleName(self._ui.text(words))
            form.addRow(label, box)
        form.insertRow(2, "", self.header)
        self.preview.setAccessibleName(self._name)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setObjectName("import_ok")
        self.ok.setText(self._ui.text(IMPORT))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self._ui.text(CANCEL))
        buttons.accepted.connect(lambda: self._accept_with(self.format, self.choices))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.note)
        layout.addWidget(buttons)

    @property
    def format(self) -> Format:
        """What is chosen for reading."""
        return Format(self.encoding.currentData(), self.delimiter.currentData(), self.header.isChecked())

    @property
    def choices(self) -> Choices:
        """What is chosen for learning."""
        place = self.answer.currentData()
        return Choices(-1 if place is None else place, self.gaps.currentData(), frozenset(), self.scaling.currentData())

    @Slot()
    def _show(self) -> None:
        """Read the first rows as it is chosen."""
        self.note.say(None)
        try:
            found = sheet.parse(self._data, self.format, self._name, SHOWN)
        except Problem as problem:
            self.say(problem)
            found = Sheet(self._name, self.format, (), [], [])
        self.ok.setEnabled(bool(found.rows))
        self._fill(found)

    def say(self, problem: Problem) -> None:
        """Show what is wrong, and stay."""
        self.note.say(problem.text, "warning")

    def _fill(self, found: Sheet) -> None:
        columns = found.columns[:SHOWN_COLUMNS]
        self.preview.clear()
        self.preview.setColumnCount(len(columns))
        self.preview.setRowCount(len(found.rows))
        self.preview.setHorizontalHeaderLabels([name[:40] for name in columns])
        for y, row in enumerate(found.rows):
            for x, cell in enumerate(row[: len(columns)]):
                self.preview.setItem(y, x, QTableWidgetItem(cell[:60]))
        before = self.answer.currentText()
        self.answer.clear()
        for place, name in enumerate(found.columns):
            self.answer.addItem(name[:60], place)
        kept = self.answer.findText(before) if before else -1
        self.answer.setCurrentIndex(kept if kept >= 0 else len(found.columns) - 1)
