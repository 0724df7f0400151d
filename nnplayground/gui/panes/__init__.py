"""Panes, one a file: a description that the menus show, and the view that it makes."""

from __future__ import annotations

from typing import ClassVar, Literal

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.registry import Entry, Registry
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes import Probe
from nnplayground.training.snapshot import Snapshot

Place = Literal["left", "middle", "right"]
Group = Literal["network", "training", "plane", "digits", "inside", "words"]
GROUPS: dict[Group, Text] = {
    "network": Text("&Network", "ネットワーク(&N)"),
    "training": Text("&Training", "学習(&T)"),
    "plane": Text("&Plane and curves", "平面と曲線(&P)"),
    "digits": Text("&Digits", "数字(&D)"),
    "inside": Text("&Inside", "中の様子(&I)"),
    "words": Text("&Explanations and notes", "説明とメモ(&E)"),
}
"""The submenus of the panes, in their order."""


class Pane(Entry):
    """A dock of the window."""

    icon: ClassVar[str]
    group: ClassVar[Group]
    """Under what it is listed in the menu."""
    column: ClassVar[Place] = "middle"
    """Where it stands at first; within a column by `order`."""
    share: ClassVar[int] = 100
    """Its height at first, compared with the others of its column."""
    opened: ClassVar[bool] = True
    """Whether it is there at first."""
    from_start: ClassVar[bool] = False
    """Made with the window even where nobody has it open: others find its widgets by their names."""
    behind: ClassVar[str] = ""
    """Id of the pane that it shares a place with, as a tab."""
    unsuited: ClassVar[Text] = Text("", "")
    """Why it has nothing to show for an experiment that it does not suit."""
    instead: ClassVar[str] = ""
    """Name of a ready-made experiment that it suits."""

    def suits(self, experiment: Experiment) -> bool:
        """Whether it has anything to show for `experiment`."""
        return True

    def leads(self, experiment: Experiment) -> bool:
        """Whether it comes to the front of a shared place for `experiment`, even if the other one suits too."""
        return False

    def build(self, desk: Desk) -> QWidget:
        """The view, not yet shown. One that follows the run is a `PaneView`."""
        raise NotImplementedError


class PaneView(QWidget):
    """A view of the run, painted when it is seen and its turn has come."""

    interval = 0.15
    """Seconds between two repaints, at least."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.nest)
        self.desk = desk
        desk.controller.schedule.add(self)

    def is_seen(self) -> bool:
        """Whether a person can see it: not closed, not behind another tab."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        """What it needs in a snapshot to show this run."""
        return ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Paint the run."""
        raise NotImplementedError

    @Slot()
    def refresh(self, *_: object) -> None:
        """Paint anew in the next frame."""
        self.desk.controller.schedule.refresh(self)

    @Slot()
    def outdate(self, *_: object) -> None:
        """Paint anew at the usual pace."""
        self.desk.controller.schedule.outdate(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.desk.controller.wake()


panes: Registry[Pane] = Registry(Text("Pane", "パネル"), __name__)
