"""Datasets, one a file: a description with options that makes the same `Data` from the same options."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Self

from nnplayground.data.task import Data, Task
from nnplayground.engine.arrays import Array, Shape
from nnplayground.registry import Entry, Registry
from nnplayground.text import Problem, Text

if TYPE_CHECKING:
    from nnplayground.data.sources import Source


class Dataset(Entry):
    """A source of samples. `input_shape` and `task` are known without loading."""

    try_it = Text(
        "Train on it, then take away hidden units until it no longer works.",
        "学習させたあと、うまくいかなくなるまで中間層のユニットを減らしてみましょう。",
    )

    input_shape: Shape = ()
    task: Task = Task()
    lies_on_plane: bool = False
    """Whether each sample is a point of the plane; `input_shape` says how much of it the network is fed."""
    note: Text | None = None
    """What a person should know about this data, shown beside its name."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """What has to be downloaded once before this data can be loaded."""
        return ()

    @property
    def inputs(self) -> tuple[str, ...]:
        """What the inputs are called, so that a network keeps the weights of those that stay; empty: by their places."""
        return ()

    def on_plane(self, points: Array) -> Array | None:
        """Network inputs (n, features) for points (n, 2) of the plane; None for data that lies on no plane."""
        return points if self.lies_on_plane else None

    def after(self, other: Dataset) -> Self:
        """This dataset with what a person had set on `other`, where both know it and it may be so here."""
        found = self
        for known in other.options():
            twin = next((o for o in self.options() if (o.name, o.type) == (known.name, known.type)), None)
            value = getattr(other, known.name)
            if twin is not None and value != known.default:
                with suppress(Problem):
                    found = found.replace(**{known.name: value})
        return found

    def load(self) -> Data:
        """The samples; raises `Problem` if they cannot be had."""
        raise NotImplementedError


datasets: Registry[Dataset] = Registry(Text("Dataset", "データセット"), __name__)
