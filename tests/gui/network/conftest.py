"""The picture of a circle's network, after an epoch."""

import pytest

from tests.gui.network.hand import CIRCLE, Hand, Open


@pytest.fixture
def hand(plane_room: Open) -> Hand:
    made = Hand(plane_room(CIRCLE, "network"))
    made.train()
    return made
