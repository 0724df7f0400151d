"""Lanes of a race: the same until they are not, fair, and none pulls another down."""

import numpy as np
import pytest

from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.optimizers.momentum import Momentum
from nnplayground.text import Problem, Text
from nnplayground.training.berth import Berth
from nnplayground.training.commands import Pause, Play, Reset, SetExperiment, Step, TakeOver, Want
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes.fork_point import ForkPoint
from nnplayground.training.race import Lane, Race
from nnplayground.training.races import races
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.trainer import Diverged
from tests.training.sessions import wait

BASE = Experiment(
    layers=(Dense(6, Tanh()), Dense(3, Softmax())), optimizer=Momentum(), learning_rate=0.02, batch_size=30
)


def run(experiment: Experiment = BASE, steps: int = 55) -> Run:
    subject = Run(experiment, lambda e: None)
    subject.load()
    if steps:
        subject.steps(steps)
    return subject


def race(*experiments: Experiment, steps: int = 55) -> Race:
    lanes = [Lane(Text.same(str(i)), e) for i, e in enumerate(experiments)]
    return Race(run(steps=steps), lanes)


def lanes(subject: Race) -> list[Run]:
    return [subject.keep(i) for i in range(len(subject.snapshot("paused", 0, ()).lanes))]


def test_identical_lanes_stay_bit_identical_and_equal_a_run_without_a_race():
    alone = run()
    subject = race(BASE, BASE, BASE)
    alone.steps(200)
    for count in (1, 7, 92, 100):
        subject.steps(count)
    for lane in lanes(subject):
        np.testing.assert_array_equal(lane.trainer.parameters, alone.trainer.parameters)
        np.testing.assert_array_equal(lane.trainer.state[0], alone.trainer.state[0])
    first, second, _ = subject.snapshot("running", 0, ()).lanes
    np.testing.assert_array_equal(first.snapshot.curves.mean, second.snapshot.curves.mean)
    np.testing.assert_array_equal(first.snapshot.curves.mean, alone.history.curves().mean)


def test_a_changed_rate_shows_from_the_next_step_only():
    subject = race(BASE, BASE.replace(learning_rate=0.2))
    before = len(subject.snapshot("idle", 0, ()).curves.mean)
    subject.steps(30)
    a, b = (lane.snapshot.curves.mean for lane in subject.snapshot("paused", 0, ()).lanes)
    np.testing.assert_array_equal(a[: before + 1], b[: before + 1])
    assert (a[before + 1 :] != b[before + 1 :]).all()


def test_the_run_that_was_forked_is_left_alone():
    start, twin = run(), run()
    Race(start, [Lane(Text.same("a"), BASE.replace(learning_rate=0.5))]).steps(50)
    start.steps(50)
    twin.steps(50)
    np.testing.assert_array_equal(start.trainer.parameters, twin.trainer.parameters)


def test_lanes_that_draw_other_random_numbers_see_the_same_batches():
    dropped = BASE.replace(layers=(BASE.layers[0], Dropout(0.3), BASE.layers[1]))
    subject = race(BASE, dropped, BASE.replace(initializer=HeNormal()))
    subject.steps(40)
    orders = [lane.trainer.checkpoint().order for lane in lanes(subject)]
    np.testing.assert_array_equal(orders[0], orders[1])
    np.testing.assert_array_equal(orders[0], orders[2])
    assert len({lane.trainer.epoch for lane in lanes(subject)}) == 1


def test_other_initial_weights_start_everybody_anew():
    subject = race(BASE, BASE.replace(initializer=HeNormal()))
    assert [lane.snapshot.step for lane in subject.snapshot("idle", 0, ()).lanes] == [0, 0]
    fresh = run(BASE.replace(initializer=HeNormal()), steps=0)
    np.testing.assert_array_equal(subject.keep(1).trainer.parameters, fresh.trainer.parameters)


def test_a_lane_that_explodes_drops_out_and_says_why():
    wild = BASE.replace(layers=(Dense(30), Dense(30), Dense(3)), loss=MeanSquaredError(), learning_rate=10.0)
    calm = wild.replace(learning_rate=1e-3)
    subject = Race(run(calm, steps=0), [Lane(Text.same("calm"), calm), Lane(Text.same("wild"), wild)])
    subject.steps(300)
    views = subject.snapshot("running", 0, ()).lanes
    assert views[0].stopped is None
    assert "infinite" in views[1].stopped.en
    assert views[0].snapshot.step == 300
    assert np.isfinite(views[1].snapshot.parameters).all()
    alone = Race(run(calm, steps=0), [Lane(Text.same("wild"), wild)])
    with pytest.raises(Diverged):
        alone.steps(300)


def test_too_many_lanes_and_changes_on_the_way_are_refused():
    with pytest.raises(Problem, match="1 to 4 lanes"):
        race(*[BASE] * 5)
    with pytest.raises(Problem, match="cannot be changed"):
        race(BASE).configure(BASE)


def test_a_race_runs_in_a_session_and_its_winner_goes_on_in_the_first_one():
    main = Session(BASE)
    main.send(Step("epoch"))
    main.send(Want((ForkPoint(1),)))
    start = wait(main, lambda s: ForkPoint(1) in s.probes and s.state == "paused").probes[ForkPoint(1)].take()
    main.send(Want(()))
    faster = BASE.replace(learning_rate=0.1)
    both = Race(start, [Lane(Text.same("a"), BASE), Lane(Text.same("b"), faster)])
    second = Session(BASE, run=both)
    try:
        second.send(Play())
        wait(second, lambda s: s.step > 100)
        second.send(Pause())
        paused = wait(second, lambda s: s.state == "paused")
        assert [v.snapshot.step for v in paused.lanes] == [paused.step] * 2
        assert all(v.snapshot.evaluation.step == paused.step for v in paused.lanes)
        second.send(SetExperiment(faster))
        second.send(Reset())
        again = wait(second, lambda s: s.state == "idle")
        np.testing.assert_array_equal(again.lanes[0].snapshot.parameters, again.lanes[1].snapshot.parameters)
        assert again.step == 4
        assert second.close(10)
        main.send(TakeOver(Berth(both.keep(1))))
        kept = wait(main, lambda s: s.experiment.learning_rate == 0.1)
        assert (kept.step, kept.state, len(kept.lanes)) == (4, "paused", 0)
        main.send(Step())
        wait(main, lambda s: s.step == 5)
    finally:
        assert second.close(10)
        assert main.close(10)


@pytest.mark.parametrize("id", list(races))
def test_each_ready_made_race_starts_from_any_network_it_is_about_and_differs_in_one_thing(id):
    entry = races[id]()
    subject = Race(run(steps=10), entry.lanes(BASE))
    subject.steps(20)
    views = subject.snapshot("paused", 0, ()).lanes
    assert 2 <= len(views) <= 4
    assert len({v.label.en for v in views}) == len({v.label.ja for v in views}) == len(views)
    assert len({v.snapshot.curves.mean[-1] for v in views}) == len(views)
    stage = entry.stage()
    if stage is not None:
        assert len(entry.lanes(stage)) == len(views)
        stage.network()


def losses(id: str, steps: int) -> list[float]:
    """Training loss of each lane of a race on the experiment it was made for, over less data to be quick."""
    entry = races[id]()
    stage = entry.stage()
    subject = Race(
        run(stage.replace(dataset=stage.dataset.replace(samples=1000)), steps=0),
        entry.lanes(stage.replace(dataset=stage.dataset.replace(samples=1000))),
    )
    subject.steps(steps)
    subject.evaluate()
    return [v.snapshot.evaluation.train_loss for v in subject.snapshot("paused", 0, ()).lanes]


def test_small_weights_never_start_to_learn_and_he_is_first():
    small, xavier, he = losses("initial-weights", 200)
    assert small > 2.29
    assert he < xavier < 2.25


def test_batch_normalization_saves_a_deep_network_from_small_weights():
    without, with_it = losses("batch-normalization", 150)
    assert without > 2.29
    assert with_it < 1.0


def test_optimizers_with_a_memory_fall_faster_than_plain_descent():
    plain, *others = losses("optimizers", 100)
    assert max(others) < plain


def test_sigmoids_hold_a_deep_network_back():
    sigmoid, tanh, relu = losses("activations", 100)
    assert sigmoid > 2.2
    assert max(tanh, relu) < 1.5
