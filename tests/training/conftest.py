"""A small run in its thread, that ends with the test."""

from collections.abc import Iterator

import pytest

from nnplayground.training.session import Session
from tests.training.sessions import EXPERIMENT


@pytest.fixture
def session() -> Iterator[Session]:
    subject = Session(EXPERIMENT)
    yield subject
    assert subject.close(10)
