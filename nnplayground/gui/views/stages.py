"""The way from the pen to the network, step by step, each with a switch and what it does to the answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from nnplayground.data.strokes import LABELS, Switches
from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import Explanation
from nnplayground.gui.note import Note
from nnplayground.gui.panes import PaneView
from nnplayground.gui.predictor import Predictor
from nnplayground.gui.stage_tile import StageTile, name_tile
from nnplayground.gui.stage_words import HELP, RESET, TRY, Effect, said_of
from nnplayground.text import Text
from nnplayground.training.snapshot import Snapshot


class StagesView(PaneView):
    """The images in a row, and one sentence below them."""

    interval = 0.12

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._predictor = Predictor(self, desk.controller)
        self.tiles = {name: self._tile(name, label) for name, label in LABELS.items()}
        self.words = Note(desk.ui)
        self.words.setObjectName("stages_words")
        self._reset = QPushButton()
        self._reset.setObjectName("stages_reset")
        self._reset.clicked.connect(lambda: desk.drawing.set_switches(Switches()))
        desk.ui.bind(self._reset.setText, RESET, self._reset)
        self._lay_out()
        desk.drawing.changed.connect(self.outdate)
        desk.drawing.switched.connect(self._follow_switches)
        self._follow_switches()

    def _tile(self, name: str, label: Text) -> StageTile:
        ui = self.desk.ui
        tile = StageTile(ui, has_switch=name != "raw")
        tile.setObjectName(f"stage_{name}")
        name_tile(ui, tile, label, HELP[name])
        if name != "raw":
            tile.clicked.connect(lambda on: self.desk.drawing.switch(name, on))
        self.desk.explainer.watch(tile, lambda: Explanation(label, "", HELP[name], TRY))
        return tile

    def _lay_out(self) -> None:
        row, line, layout = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(4)
        for tile in self.tiles.values():
            row.addWidget(tile)
        line.addWidget(self.words, 1)
        line.addWidget(self._reset)
        layout.setContentsMargins(10, 4, 10, 8)
        layout.addLayout(row, 1)
        layout.addLayout(line)

    @Slot()
    def _follow_switches(self) -> None:
        off = self.desk.drawing.off
        for name, tile in self.tiles.items():
            tile.setChecked(name not in off)
        self._reset.setVisible(bool(off))
        self.refresh()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        drawing = self.desk.drawing
        for stage in drawing.stages():
            self.tiles[stage.id].show_image(stage.image)
        effects = () if drawing.empty else self._effects(snapshot)
        for effect in effects:
            self.tiles[effect.step].show_effect(effect.shares, effect.turns)
        if not effects:
            for tile in self.tiles.values():
                tile.show_effect(None)
        self.words.say(said_of(effects, drawing.off), "warning" if drawing.off else "info")

    def _effects(self, snapshot: Snapshot) -> tuple[Effect, ...]:
        """What each step alone does to the answer that is given now."""
        drawing = self.desk.drawing
        names, now = list(LABELS)[1:], drawing.switches
        others = [drawing.image_with(replace(now, **{name: not getattr(now, name)})) for name in names]
        rows = np.stack([drawing.image, *others]).reshape(len(others) + 1, -1)
        shares = self._predictor.shares(snapshot, rows)
        classes = snapshot.experiment.dataset.task.classes
        if shares is None or not classes:
            return ()
        return tuple(
            Effect.of(name, getattr(now, name), shares[0], share, classes)
            for name, share in zip(names, shares[1:], strict=True)
        )
