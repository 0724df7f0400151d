"""What this program is, and on whose shoulders it stands."""

from __future__ import annotations

import platform

from PySide6.QtWidgets import QMessageBox, QWidget

from nnplayground import __version__
from nnplayground.gui.icons import pixmap
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

TITLE = Text("About nnplayground", "nnplayground について")
WORDS = Text(
    "nnplayground {version}\n\n"
    "Design a neural network, watch it learn, and draw digits for it to read.\n\n"
    "MIT licence. Made with Python {python}, NumPy, Qt for Python (LGPL) and pyqtgraph.",
    "nnplayground {version}\n\n"
    "ニューラルネットワークを設計し、学習する様子を眺め、手書き数字を読ませるプログラムです。\n\n"
    "MIT ライセンス。Python {python}、NumPy、Qt for Python（LGPL）、pyqtgraph を使っています。",
)


def make_about(ui: Ui, parent: QWidget) -> QMessageBox:
    """The dialog, not yet shown; it does not stop the window and goes when it is closed."""
    box = QMessageBox(parent)
    box.setObjectName("about")
    box.setWindowTitle(ui.text(TITLE))
    box.setText(ui.text(WORDS.format(version=__version__, python=platform.python_version())))
    box.setIconPixmap(pixmap("program", ui.theme.accent, 64, parent.devicePixelRatioF()))
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    return box
