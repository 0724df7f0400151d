"""The drawing once more, moment by moment: what the network read then, and where it changed its mind."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from nnplayground.gui.desk import Desk
from nnplayground.gui.film import Moment
from nnplayground.gui.film_strip import FilmStrip
from nnplayground.gui.image_tile import ImageTile
from nnplayground.gui.panes import PaneView
from nnplayground.gui.tool_row import ToolRow
from nnplayground.text import Text
from nnplayground.training.snapshot import Snapshot

EMPTY = Text(
    "Draw a digit: every moment of it is kept, with what the network read then.",
    "数字を描くと、その途中の一瞬ごとに、ネットワークが何と読んだかが残ります。",
)
SAID = Text(
    "Moment {k} of {n}: {name}, {share:.1%}; then {second}, {rest:.1%}.",
    "{n} コマ中 {k} コマ目: {name}（{share:.1%}）、次点 {second}（{rest:.1%}）。",
)
TURNED = Text("It changed its mind {n} times.", "答えは {n} 回変わりました。")
TURNED_ONCE = Text("It changed its mind once.", "答えは 1 回変わりました。")
STEADY = Text("It never changed its mind.", "答えは一度も変わりませんでした。")
SEEN = Text("What the network got at that moment", "その時点でのネットワークへの入力")
BEFORE = Text("To the turn before", "前に答えが変わったところへ")
AFTER = Text("To the next turn", "次に答えが変わったところへ")
PLAY = Text("Play the drawing again", "描く過程を再生する")
SECONDS = 3.0
"""Length of the whole film when it is played."""


class PenFilmView(PaneView):
    """The image, the strip, and one sentence."""

    interval = 0.08

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("pen_film_view")
        self._at: int | None = None
        """The moment that is looked at; None: the newest."""
        self.tile = ImageTile(desk.ui)
        self.strip = FilmStrip(desk.ui)
        self.words = QLabel()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._tools = ToolRow(desk.ui)
        self._tools.add_button("film_before", "turn-before", BEFORE, lambda: self._to_turn(-1))
        self.play = self._tools.add_button("film_play", "play", PLAY, self._play)
        self._tools.add_button("film_after", "turn-after", AFTER, lambda: self._to_turn(1))
        self._lay_out()
        self.strip.moved.connect(self._look_at)
        desk.film.changed.connect(self._follow)

    def _lay_out(self) -> None:
        ui = self.desk.ui
        self.tile.setObjectName("film_image")
        self.tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tile.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        ui.bind(self.tile.setAccessibleName, SEEN, self.tile)
        ui.bind(self.tile.setToolTip, SEEN, self.tile)
        self.words.setObjectName("film_words")
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row, below, layout = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(self.tile, 1)
        row.addWidget(self.strip, 3)
        below.addLayout(self._tools)
        below.addWidget(self.words, 1)
        layout.setContentsMargins(10, 4, 10, 8)
        layout.addLayout(row, 1)
        layout.addLayout(below)

    @property
    def moment(self) -> Moment | None:
        """What is shown."""
        moments = self.desk.film.moments
        return moments[self._place()] if moments else None

    def _place(self) -> int:
        last = len(self.desk.film.moments) - 1
        return last if self._at is None else min(self._at, last)

    @Slot()
    def _follow(self) -> None:
        """The pen moves: to the end."""
        self._at = None
        self._timer.stop()
        self.outdate()

    @Slot(int)
    def _look_at(self, place: int) -> None:
        self._timer.stop()
        self._go_to(place)

    def _go_to(self, place: int) -> None:
        self._at = place
        self._show()

    def _to_turn(self, way: int) -> None:
        film, now = self.desk.film, self._place()
        before = [i for i in film.turns if i < now][-1:]
        found = before if way < 0 else [i for i in film.turns if i > now][:1]
        if film.moments:
            self._look_at(found[0] if found else 0 if way < 0 else len(film.moments) - 1)

    def _play(self) -> None:
        count = len(self.desk.film.moments)
        if self._timer.isActive() or count < 2:
            self._timer.stop()
            return
        if self._place() == count - 1:
            self._go_to(0)
        self._timer.start(max(round(1000 * SECONDS / count), 16))

    @Slot()
    def _go_on(self) -> None:
        if self._place() >= len(self.desk.film.moments) - 1:
            self._timer.stop()
        else:
            self._go_to(self._place() + 1)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._show()

    def _show(self) -> None:
        moments, moment = self.desk.film.moments, self.moment
        self.strip.show_moments(moments, self._place())
        self.strip.setEnabled(bool(moments))
        if moment is not None:
            self.tile.show_values(moment.image)
        self.tile.setVisible(moment is not None)
        words = EMPTY if moment is None else _words(moment, self._place(), len(moments), len(self.desk.film.turns))
        self.desk.ui.bind(self.words.setText, words, self.words)


def _words(moment: Moment, place: int, count: int, turns: int) -> Text:
    answer = moment.answer
    best, second = sorted(range(len(answer.values)), key=answer.values.__getitem__, reverse=True)[:2]
    said = SAID.format(
        k=place + 1, n=count, name=answer.classes[best], share=answer.values[best],
        second=answer.classes[second], rest=answer.values[second],
    )  # fmt: skip
    turned = TURNED.format(n=turns) if turns > 1 else TURNED_ONCE if turns else STEADY
    return Text(f"{said.en} {turned.en}", f"{said.ja}{turned.ja}")
