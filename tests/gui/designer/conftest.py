from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.gui.designer.panel import DesignerPanel
from nnplayground.gui.document import Document
from nnplayground.gui.ui import Ui
from nnplayground.training.experiment import Experiment


@pytest.fixture
def document(qapp: QApplication) -> Iterator[Document]:
    made = Document(Experiment(layers=(Dense(8, ReLU()), Dense(5, Tanh()), Dense(3, Softmax()))))
    yield made
    delete(made)


@pytest.fixture
def panel(ui: Ui, document: Document, qtbot: QtBot) -> DesignerPanel:
    made = DesignerPanel(ui, document)
    qtbot.addWidget(made)
    for fold in made.folds:
        fold.make()  # as the window does, once it is there
    made.resize(300, 1400)
    made.show()
    qtbot.waitExposed(made)
    return made
