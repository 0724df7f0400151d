"""Any order of clicks: the window agrees with a model of itself, says no fault, and always closes."""

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from tests.gui.driving import Driver

SETTINGS = settings(
    max_examples=5, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each try opens a window: too slow to shrink
)  # fmt: skip


def test_t01_any_order_of_clicks(drive: Callable[..., Driver]) -> None:
    class Machine(WindowMachine):
        open_window = staticmethod(drive)

    run_state_machine_as_test(Machine, settings=SETTINGS)


class WindowMachine(RuleBasedStateMachine):
    """`state` is what the window must say at once after each click."""

    open_window: Callable[..., Driver]

    @initialize()
    def begin(self) -> None:
        self.driver = self.open_window("xor")
        self.window = self.driver.window
        self.faults: list[object] = []
        self.window.controller.happened.connect(
            lambda event: self.faults.append(event) if event.kind == "failed" else None
        )
        self.state = "idle"

    @rule()
    def play_or_pause(self) -> None:
        self.driver.click("play_button")
        self.state = "paused" if self.state == "running" else "running"

    @rule()
    def batch(self) -> None:
        self.driver.click("button_step")
        self.state = "paused"

    @rule()
    def reset(self) -> None:
        self.driver.click("button_reset")
        self.state = "idle"

    @rule()
    def new_seed(self) -> None:
        before = self.window.document.experiment.seed
        self.driver.click("button_new_seed")
        if before != self.window.document.experiment.seed and self.state != "running":
            self.state = "idle"

    @rule(rate=st.sampled_from([0.01, 0.03, 0.1]))
    def edit(self, rate: float) -> None:
        self.window.document.change(learning_rate=rate)

    @rule()
    def add_layer(self) -> None:
        layers = self.window.document.experiment.layers
        self.window.document.change(layers=(Dense(3, Tanh()), *layers))

    @rule(name=st.sampled_from(["undo", "redo"]))
    def undo_or_redo(self, name: str) -> None:
        before = self.window.document.experiment
        self.driver.action(name).trigger()
        after = self.window.document.experiment
        if (before.seed, before.initializer) != (after.seed, after.initializer) and self.state != "running":
            self.state = "idle"

    @rule(name=st.sampled_from(["xor", "circle", "three-classes"]))
    def open_another(self, name: str) -> None:
        assert self.window.files.open(name)
        self.state = "idle"

    @rule(pane=st.sampled_from(["loss", "activation", "decision_map", "probabilities", "designer"]))
    def open_or_close_a_pane(self, pane: str) -> None:
        self.driver.action(f"pane_{pane}").trigger()

    @rule(language=st.sampled_from(["ja", "en"]), theme=st.sampled_from(["dark", "light"]))
    def switch(self, language: str, theme: str) -> None:
        self.driver.action(f"language_{language}").trigger()
        self.driver.action(f"theme_{theme}").trigger()

    @rule(x=st.floats(0, 1), y=st.floats(0, 1))
    def point_at_the_plane(self, x: float, y: float) -> None:
        plot = self.window.docks["decision_map"].view.plot.view
        QTest.mouseMove(plot.viewport(), QPoint(round(x * plot.width()), round(y * plot.height())))

    @rule()
    def look(self) -> None:
        self.driver.qtbot.wait(30)
        self.window.grab()

    @rule()
    def settle(self) -> None:
        self.driver.settle()
        newest = self.window.controller.newest
        assert newest is not None
        assert newest.state == self.state
        assert newest.experiment == self.window.document.experiment

    @invariant()
    def it_answers_at_once(self) -> None:
        if hasattr(self, "window"):
            shown = self.driver.get("state")
            assert shown == self.state
            assert self.driver.action("play").isChecked() == (shown == "running")
            assert not self.faults

    def teardown(self) -> None:
        if hasattr(self, "window"):
            assert self.window.close()
            assert not self.window.controller.is_alive
            self.window.ui.set_language("en")
            self.window.ui.set_theme_choice("light")
