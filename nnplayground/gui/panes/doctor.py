"""Words and place of the pane `Training doctor`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class DoctorPane(Pane):
    """The training doctor."""

    id = "doctor"
    label = Text("Training doctor", "学習ドクター")
    help = Text(
        "Looks at the run for what commonly goes wrong, shows by what he can tell, and offers a remedy that can be undone.",
        "学習でよくある問題がないかを調べ、根拠をグラフで示し、対処法を提案します。対処は元に戻せます。",
    )
    try_it = Text(
        "Set the learning rate to 10, press play, and read what the doctor finds.",
        "学習率を 10 にして再生を押し、ドクターの診断を読みましょう。",
    )
    icon = "pulse"
    group = "training"
    behind = "loss"
    order = 14

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.doctor import DoctorView

        return DoctorView(desk)
