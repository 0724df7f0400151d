from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtWidgets import QApplication

from nnplayground.gui.schedule import Schedule
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes import Probe
from nnplayground.training.probes.layer_sums import LayerSums
from nnplayground.training.run import Run
from nnplayground.training.snapshot import Snapshot

FIRST = Run(Experiment(), lambda _: None).snapshot("running", 0, ())
SUMS = LayerSums(0)


def at(step: int, answered: int = 0, probes: dict[Probe, object] | None = None) -> Snapshot:
    return replace(FIRST, step=step, answered=answered, probes=probes or {})


@dataclass(eq=False)
class View:
    interval: float = 0.1
    wants: tuple[Probe, ...] = ()
    seen: bool = True
    steps: list[int] = field(default_factory=list)

    def is_seen(self) -> bool:
        return self.seen

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        return self.wants

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.steps.append(snapshot.step)


@pytest.fixture
def schedule(qapp: QApplication) -> Schedule:
    return Schedule()


def test_a_view_is_painted_when_its_time_has_come_and_the_run_has_moved(schedule: Schedule) -> None:
    view = View(interval=0.1)
    schedule.add(view)
    for step, now in ((1, 0.0), (2, 0.05), (3, 0.11), (3, 0.3), (4, 0.4)):
        schedule.paint(at(step), now)
    assert view.steps == [1, 3, 4]


def test_what_is_outdated_is_painted_again_at_its_own_pace(schedule: Schedule) -> None:
    view = View(interval=0.1)
    schedule.add(view)
    for frame in range(11):
        schedule.outdate(view)
        schedule.paint(at(1), frame / 50)
    assert len(view.steps) == 3
    schedule.paint(at(1), 1.0)
    assert len(view.steps) == 3


def test_a_view_that_wants_to_be_painted_sooner_does_not_wait_as_long_as_it_wanted_before(schedule: Schedule) -> None:
    view = View(interval=100.0)
    schedule.add(view)
    schedule.paint(at(1), 0.0)
    view.interval = 0.1
    schedule.paint(at(2), 0.2)
    assert view.steps == [1, 2]


def test_one_view_a_frame_and_the_one_that_waited_longest_first(schedule: Schedule) -> None:
    slow, quick = View(interval=0.5), View(interval=0.01)
    schedule.add(slow)
    schedule.add(quick)
    for frame in range(60):
        before = len(slow.steps) + len(quick.steps)
        schedule.paint(at(frame), frame / 60)
        assert len(slow.steps) + len(quick.steps) <= before + 1
    assert 2 <= len(slow.steps) <= 3
    assert len(quick.steps) > 50


def test_g22_what_is_not_seen_is_neither_painted_nor_asked_for(schedule: Schedule) -> None:
    view = View(wants=(SUMS,), seen=False)
    schedule.add(view)
    schedule.paint(at(1), 0.0)
    assert schedule.wanted(at(1), 0.0) == ()
    assert not schedule.has_work(at(1))
    view.seen = True
    assert schedule.has_work(at(1))
    assert schedule.wanted(at(1), 0.0) == (SUMS,)
    assert view.steps == []


def test_a_view_waits_for_its_probes(schedule: Schedule) -> None:
    view = View(wants=(SUMS,))
    schedule.add(view)
    schedule.paint(at(1), 0.0)
    assert schedule.wanted(at(1), 0.0) == (SUMS,)
    schedule.asked(5)
    schedule.paint(at(2, answered=4), 0.02)
    assert view.steps == []
    schedule.paint(at(3, answered=5, probes={SUMS: None}), 0.03)
    assert view.steps == [3]
    assert schedule.wanted(at(4), 0.05) == ()  # it is not due, so nothing is computed for it
    assert schedule.wanted(at(4), 0.2) == (SUMS,)


def test_a_view_that_was_away_asks_anew(schedule: Schedule) -> None:
    view = View(wants=(SUMS,))
    schedule.add(view)
    schedule.wanted(at(0), 0.0)
    schedule.asked(1)
    view.seen = False
    schedule.wanted(at(0, answered=1), 0.02)
    view.seen = True
    schedule.paint(at(1, answered=2), 0.04)
    assert view.steps == []
    assert schedule.wanted(at(1, answered=2), 0.04) == (SUMS,)


def test_a_run_that_has_no_answer_is_shown_all_the_same(schedule: Schedule) -> None:
    view = View(wants=(SUMS,))
    schedule.add(view)
    schedule.wanted(at(0), 0.0)
    schedule.asked(5)
    schedule.paint(at(0, answered=5), 0.02)
    assert view.steps == [0]


def test_refresh_paints_the_same_moment_again(schedule: Schedule) -> None:
    view = View(interval=100.0)
    schedule.add(view)
    schedule.paint(at(1), 0.0)
    schedule.refresh(view)
    schedule.paint(at(1), 0.1)
    assert view.steps == [1, 1]


def test_while_the_pen_moves_panes_are_painted_more_seldom_but_not_forgotten(schedule: Schedule) -> None:
    view = View(interval=0.1)
    schedule.add(view)
    for frame in range(60):
        if frame < 30:
            schedule.calm_down(frame / 50)
        schedule.paint(at(frame), frame / 50)
    calm = [step for step in view.steps if step < 44]
    assert 2 <= len(calm) <= 3
    assert len(view.steps) - len(calm) >= 3
