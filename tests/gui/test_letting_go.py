"""What belongs to a network that is not shown any more is let go of, also by panes that nobody looks at."""

import gc
import weakref
from collections.abc import Callable

from nnplayground.engine.network import Network
from tests.gui.driving import Driver
from tests.gui.panes_of_digits import show_pane

ASKING = ("stages", "feature_maps", "network", "softmax")
"""Panes that send the drawing through the network themselves."""


def test_panes_out_of_sight_keep_no_network_of_before(drive: Callable[..., Driver]) -> None:
    driver = drive("digits")
    window = driver.window
    driver.draw([(0.5, 0.2), (0.5, 0.8)])
    for name in ASKING:
        show_pane(driver, name)
    trainable = window.controller.newest.network.trainable
    gone = [weakref.ref(o) for o in gc.get_objects() if isinstance(o, Network) and o.trainable == trainable]
    assert gone
    window.files.open("circle")
    window.message_bar.clear()  # it offers to bring the run back
    driver.wait(lambda: window.controller.newest.experiment.name == "circle")
    driver.settle()
    gc.collect()
    assert [ref() for ref in gone] == [None] * len(gone)
