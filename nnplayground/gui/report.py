"""A page about an experiment as PDF: network and settings, the curves, what is taken for what, notes."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen, QPolygonF, QTextDocument

from nnplayground.engine.plan import predict
from nnplayground.gui.theme import LIGHT
from nnplayground.registry import Entry
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.history import Curves, Evaluation
from nnplayground.training.kept import Record

MOST_SAMPLES = 10_000
MOST_CLASSES = 20
CURVE = (1200, 420)
SHOWN = 600
"""Pixels of the curve on the page."""
PIXELS_PER_INCH = 96


@dataclass(frozen=True)
class Report:
    """May be made in any thread."""

    experiment: Experiment
    language: str
    notes: str = ""

    def pdf(self, record: Record | None) -> bytes:
        """The page; raises `Problem` if the run cannot be asked."""
        if record is None:
            raise Problem(BUSY)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(18, 16, 18, 16), QPageLayout.Unit.Millimeter)
        writer.setResolution(PIXELS_PER_INCH)
        writer.setTitle(record.experiment.title.in_(self.language))
        document = QTextDocument()
        curves = record.run.history.curves()
        document.addResource(QTextDocument.ResourceType.ImageResource, "curves", _picture(curves))
        document.setDefaultStyleSheet(STYLE)
        document.setPageSize(QSizeF(writer.width(), writer.height()))  # or Qt adds margins of its own
        document.setHtml(self.html(record))
        document.print_(writer)
        del writer  # finishes the file
        return bytes(buffer.data().data())

    def html(self, record: Record) -> str:
        """The content of the page."""
        experiment, curves = record.experiment, record.run.history.curves()
        step = 0 if record.run.checkpoint is None else record.run.checkpoint.step
        parts = [
            f"<h1>{self._say(experiment.title)}</h1>",
            f"<p>{self._say(DONE.format(step=step, epoch=record.run.epoch, parameters=experiment.network().trainable))}</p>",
            self._result(curves.evaluations[-1]) if curves.evaluations else "",
            self._heading(NETWORK), self._layers(experiment), self._heading(SETTINGS), self._settings(experiment),
        ]  # fmt: skip
        if len(curves.steps):
            parts += [
                self._heading(CURVES),
                f'<img src="curves" width="{SHOWN}" height="{SHOWN * CURVE[1] // CURVE[0]}">',
            ]
        parts += [self._confusion(record)]
        if self.notes:
            parts += [self._heading(NOTES), f"<p>{html.escape(self.notes).replace(chr(10), '<br>')}</p>"]
        return "\n".join(parts)

    def _say(self, words: Text) -> str:
        return html.escape(words.in_(self.language))

    def _heading(self, words: Text) -> str:
        return f"<h2>{self._say(words)}</h2>"

    def _result(self, found: Evaluation) -> str:
        sides = ((TRAIN, found.train_loss, found.train_accuracy), (TEST, found.test_loss, found.test_accuracy))
        rows = [
            [side, Text.same(f"{loss:.4f}"), Text.same("" if share is None else f"{share:.2%}")]
            for side, loss, share in sides
        ]
        return self._table([[Text.same(""), LOSS, ACCURACY], *rows])

    def _table(self, rows: list[list[Text]]) -> str:
        cells = ("".join(f"<td>{self._say(cell)}</td>" for cell in row) for row in rows)
        return f'<table cellspacing="0" cellpadding="3">{"".join(f"<tr>{row}</tr>" for row in cells)}</table>'

    def _layers(self, experiment: Experiment) -> str:
        network = experiment.network()
        rows = [[Text.same("#"), LAYER, SHAPE, PARAMETERS]]
        for i, layer in enumerate(experiment.layers):
            shape = "×".join(map(str, network.shapes[i + 1]))
            rows.append(
                [
                    Text.same(str(i + 1)),
                    _described(layer),
                    Text.same(shape),
                    Text.same(f"{network.parameter_count(i):,}"),
                ]
            )
        return self._table(rows)

    def _settings(self, experiment: Experiment) -> str:
        parts = [experiment.dataset, experiment.optimizer, experiment.loss, experiment.initializer]
        rows = [[Text.same("") if not isinstance(p, Entry) else KINDS[i], _described(p)] for i, p in enumerate(parts)]
        for known in experiment.options():
            value = getattr(experiment, known.name)
            if value != known.default or known.name in ("learning_rate", "batch_size", "seed"):
                rows.append([known.label, Text.same(f"{value:g}" if isinstance(value, float) else str(value))])
        return self._table(rows)

    def _confusion(self, record: Record) -> str:
        """How many samples of each class (rows) the network takes for each class (columns), on the test data."""
        experiment = record.experiment
        classes = experiment.dataset.task.classes
        if not 2 <= len(classes) <= MOST_CLASSES:
            return ""
        try:
            data = experiment.dataset.load()
        except Problem as problem:
            return f"{self._heading(CONFUSION)}<p>{self._say(problem.text)}</p>"
        network = experiment.network()
        outputs = predict(network, record.parameters, data.x_test[:MOST_SAMPLES])
        guesses = data.task.probabilities(outputs, network.output_activation).argmax(1)
        counts = np.zeros((len(classes), len(classes)), np.int64)
        np.add.at(counts, (data.test_labels[:MOST_SAMPLES].astype(np.int64), guesses), 1)
        head = "".join(f'<td align="right"><b>{html.escape(name)}</b></td>' for name in classes)
        rows = "".join(
            f"<tr><td><b>{html.escape(name)}</b></td>{''.join(_cell(count, i == j, sum(row)) for j, count in enumerate(row))}</tr>"
            for i, (name, row) in enumerate(zip(classes, counts.tolist(), strict=True))
        )
        table = f'<table cellspacing="0" cellpadding="3"><tr><td></td>{head}</tr>{rows}</table>'
        return f"{self._heading(CONFUSION)}<p>{self._say(CONFUSION_HELP)}</p>{table}"


def _cell(count: int, right: bool, total: int) -> str:
    shade = 255 - round(130 * count / max(total, 1))
    color = f"#{shade:02x}{255 if right else shade:02x}{shade:02x}" if right else f"#ff{shade:02x}{shade:02x}"
    return f'<td align="right" bgcolor="{color if count else "#ffffff"}">{count}</td>'


def _described(entry: Entry) -> Text:
    """The entry with the options that are not usual, and its activation."""
    words = entry.label
    inner = getattr(entry, "activation", None)
    if isinstance(inner, Entry) and inner.id != "identity":
        words = Text("{a}, {b}", "{a}、{b}").format(a=words, b=inner.label)
    for known in entry.options():
        value = getattr(entry, known.name)
        if value != known.default or known.name in ("units", "filters", "samples"):
            shown = f"{value:g}" if isinstance(value, float) else str(value)
            words = Text("{a}; {b}: {c}", "{a}、{b}: {c}").format(a=words, b=known.label, c=shown)
    return words


def _picture(curves: Curves) -> QImage:
    """Loss of each step in grey, of both sides of the split in colour; the losses on a logarithmic axis."""
    width, height = CURVE
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    if not len(curves.steps):
        return image
    room = QRectF(90, 20, width - 110, height - 70)
    known = [
        *curves.mean.tolist(),
        *(e.test_loss for e in curves.evaluations),
        *(e.train_loss for e in curves.evaluations),
    ]
    logs = [math.log10(v) for v in known if v > 1e-12 and math.isfinite(v)] or [0.0]
    low, high, last = min(logs), max(max(logs), min(logs) + 0.1), max(float(curves.steps[-1]), 1.0)

    def place(step: float, loss: float) -> QPointF:
        share = (math.log10(max(loss, 1e-12)) - low) / (high - low)
        return QPointF(
            room.left() + room.width() * step / last, room.bottom() - room.height() * min(max(share, 0.0), 1.0)
        )

    series = [
        (list(zip(curves.steps.tolist(), curves.mean.tolist(), strict=True)), "#b0b0b0"),
        ([(e.step, e.train_loss) for e in curves.evaluations], LIGHT.train),
        ([(e.step, e.test_loss) for e in curves.evaluations], LIGHT.test),
    ]
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#808080"), 1))
        painter.drawRect(room)
        font = painter.font()
        font.setPixelSize(20)
        painter.setFont(font)
        for share in (0.0, 0.5, 1.0):
            value = 10 ** (low + share * (high - low))
            painter.drawText(QPointF(4, room.bottom() - share * room.height() + 7), f"{value:.3g}")
            painter.drawText(QPointF(room.left() + share * room.width() - 40, height - 18), f"{last * share:g}")
        for points, color in series:
            painter.setPen(QPen(QColor(color), 2))
            painter.drawPolyline(QPolygonF([place(step, loss) for step, loss in points if math.isfinite(loss)]))
    return image


STYLE = "h1 { font-size: 18pt } h2 { font-size: 11pt; margin-top: 10px } p, td { font-size: 9pt }"
DONE = Text(
    "Step {step}, epoch {epoch:.2f}; {parameters:,} parameters.",
    "ステップ {step}、エポック {epoch:.2f}、パラメータ {parameters:,} 個。",
)
NETWORK = Text("Network", "ネットワーク")
SETTINGS = Text("Settings", "設定")
CURVES = Text(
    "Loss (grey: mini-batches; blue: training data; orange: test data)",
    "損失（灰色: ミニバッチ、青: 訓練データ、橙: テストデータ）",
)
CONFUSION = Text("Confusion matrix of the test data", "テストデータの混同行列")
CONFUSION_HELP = Text(
    "Rows: the right class; columns: the network's answer.", "行が正解のクラス、列がネットワークの答えです。"
)
NOTES = Text("Notes", "メモ")
TRAIN, TEST = Text("Training data", "訓練データ"), Text("Test data", "テストデータ")
LOSS, ACCURACY = Text("Loss", "損失"), Text("Accuracy", "精度")
LAYER, SHAPE, PARAMETERS = Text("Layer", "層"), Text("Output", "出力の形"), Text("Parameters", "パラメータ数")
KINDS = (
    Text("Data", "データ"),
    Text("Optimizer", "最適化手法"),
    Text("Loss", "損失関数"),
    Text("Initial weights", "重みの初期値"),
)
BUSY = Text(
    "The report cannot be made while the data is being prepared; try again then.",
    "データの準備中はレポートを作れません。終わってからもう一度お試しください。",
)
