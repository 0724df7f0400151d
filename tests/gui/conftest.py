from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from nnplayground.gui.ui import Ui


@pytest.fixture
def ui(qapp: QApplication) -> Iterator[Ui]:
    """A light window in English."""
    made = Ui("en", "light")
    yield made
    made.set_language("en")
    made.set_theme_choice("light")
    delete(made)
