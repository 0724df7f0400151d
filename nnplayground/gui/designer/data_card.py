"""What the network learns from, and how much of it at a time."""

from __future__ import annotations

import secrets
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nnplayground.data.augmentations import augmentations
from nnplayground.data.datasets import Dataset, datasets
from nnplayground.engine.layers import shape_words
from nnplayground.gui.designer.adapt import with_dataset
from nnplayground.gui.designer.bound_form import BoundForm, ExperimentForm
from nnplayground.gui.designer.card import Card
from nnplayground.gui.designer.download_row import DownloadRow
from nnplayground.gui.designer.entry_picker import EntryPicker, part_picker
from nnplayground.gui.document import Document
from nnplayground.gui.explain import Explainer
from nnplayground.gui.fold import Fold
from nnplayground.gui.note import Note
from nnplayground.gui.ui import Ui
from nnplayground.registry import Entry
from nnplayground.text import Text, listed
from nnplayground.training.experiment import Experiment

TITLE = Text("Data", "データ")
SHARE = Text("Validation and class weights", "検証データとクラスの重み")
CLASSES = Text("Input {shape}  ·  {n} classes", "入力 {shape}  ·  {n} クラス")
VALUES = Text("Input {shape}  ·  output {n}", "入力 {shape}  ·  出力 {n}")
FOLLOWS = Text(
    "The network was changed to match: {changes}.", "データに合わせてネットワークを変更しました: {changes}。"
)
ANEW, ANEW_EDIT = Text("Draw the data anew", "データを引き直す"), Text("other samples", "データの引き直し")
ANEW_HELP = Text(
    "Other samples of the same kind, with a new seed; the network keeps what it has learnt",
    "同じ種類のデータを新しい乱数シードで作り直します。ネットワークは学習したことを保ちます",
)
WHOLE = Text(
    "There are only {n} training samples, so each step takes all of them.",
    "訓練データは {n} 件なので、毎回すべてを使って学習します。",
)


class DataCard(Card):
    """The dataset with its options, and the batch size."""

    def __init__(self, ui: Ui, document: Document, explainer: Explainer, parent: QWidget | None = None) -> None:
        super().__init__(ui, TITLE, "data", parent)
        self._ui, self._document = ui, document
        self._adapted: Text | None = None
        self.picker = EntryPicker(
            ui,
            document,
            explainer,
            datasets,
            "dataset",
            False,
            lambda experiment: experiment.dataset,
            self._put,
            self,
        )
        self.batch = ExperimentForm(ui, document, explainer, ("batch_size",), self)
        self.share = Fold(ui, SHARE, partial(self._fill_share, explainer), self)
        self.weights: BoundForm | None = None
        """There once somebody has opened `share`."""
        self.anew = QPushButton(self)
        self.anew.setObjectName("data_anew")
        ui.bind(self.anew.setText, ANEW, self.anew)
        ui.bind(self.anew.setAccessibleName, ANEW, self)
        ui.bind(self.anew.setToolTip, ANEW_HELP, self.anew)
        ui.bind_icon(self.anew.setIcon, "dice", self.anew)
        self.anew.clicked.connect(self._draw_anew)
        self._shape = QLabel(self)
        self._shape.setProperty("role", "muted")
        self._about, self._change = Note(ui, self), Note(ui, self)
        self._download = DownloadRow(ui, self)
        self.augment = part_picker(ui, document, explainer, augmentations, "augment", live=True, parent=self)
        for part in (
            self.picker,
            self.anew,
            self._change,
            self._download,
            self._shape,
            self._about,
            self.batch,
            self.augment,
            self.share,
        ):
            self.column.addWidget(part)
        document.opened.connect(self._unfold)
        self._unfold(document.experiment)
        document.changed.connect(self._follow)
        self._follow(document.experiment, document.experiment)

    def _fill_share(self, explainer: Explainer) -> None:
        ui, document, room = self._ui, self._document, self.share.content
        self.weights = BoundForm(
            ui, document, explainer, "experiment", lambda e: e, _weighed, ("class_weights",), "", room
        )
        self.weights.setVisible(document.experiment.dataset.task.is_classification)
        self.share.column.addWidget(ExperimentForm(ui, document, explainer, ("validation",), room))
        self.share.column.addWidget(self.weights)

    def _put(self, experiment: Experiment, dataset: Entry) -> Experiment:
        assert isinstance(dataset, Dataset)
        if type(dataset) is not type(experiment.dataset):
            dataset = dataset.after(experiment.dataset)
        new, changes = with_dataset(experiment, dataset)
        self._adapted = FOLLOWS.format(changes=listed(changes)) if changes else None
        return new

    @Slot()
    def _draw_anew(self) -> None:
        """Other samples of the same kind; what was learnt stays."""
        experiment, dataset = self._document.experiment, self._document.experiment.dataset
        seed = (getattr(dataset, "seed", 0) + 1 + secrets.randbelow(9_999)) % 10_000
        self._document.edit(experiment.replace(dataset=dataset.replace(seed=seed)), ANEW_EDIT)

    @Slot(object)
    def _unfold(self, experiment: Experiment) -> None:
        """Settings that are in use are not hidden."""
        if experiment.validation or experiment.class_weights:
            self.share.open()

    @Slot(object, object)
    def _follow(self, old: Experiment, new: Experiment) -> None:
        dataset = new.dataset
        words = (CLASSES if dataset.task.is_classification else VALUES).format(
            shape=shape_words(dataset.input_shape), n=dataset.task.units
        )
        self._ui.bind(self._shape.setText, words, self._shape)
        self.anew.setVisible(any(option.name == "seed" for option in dataset.options()))
        self._about.say(dataset.note)
        if self.weights is not None:
            self.weights.setVisible(dataset.task.is_classification)
        self._download.show_for(dataset)
        samples = training_samples(new)
        too_few = samples is not None and new.batch_size > samples
        if too_few or (old.dataset, old.batch_size, old.validation) != (new.dataset, new.batch_size, new.validation):
            self.batch.say("batch_size", WHOLE.format(n=samples) if too_few else None, "info")
        if old.dataset != new.dataset:
            self._change.say(self._adapted)
            self._adapted = None


def _weighed(_: Experiment, changed: Entry) -> Experiment:
    """The experiment with class weights that fit its classes; raises `Problem`."""
    assert isinstance(changed, Experiment)
    changed.check_class_weights()
    return changed


def training_samples(experiment: Experiment) -> int | None:
    """How many samples there will be to train on, where the options say so before the data is loaded."""
    dataset, left = experiment.dataset, 1 - experiment.validation
    samples = getattr(dataset, "samples", None)
    return None if samples is None else round(samples * (1 - getattr(dataset, "test_share", 0.0)) * left)
