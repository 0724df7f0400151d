"""Datasets, one a file: a description with options that makes the same `Data` from the same options."""

from __future__ import annotations

from nnplayground.data.task import Data, Task
from nnplayground.engine.arrays import Array, Shape
from nnplayground.registry import Entry, Registry
from nnplayground.text import Text


class Dataset(Entry):
    """A source of samples. `input_shape` and `task` are known without loading."""

    input_shape: Shape = ()
    task: Task = Task()
    note: Text | None = None
    """What a person should know about this data, shown beside its name."""

    def on_plane(self, points: Array) -> Array | None:
        """Network inputs (n, features) for points (n, 2) of the plane; None for data that lies on no plane."""
        return points if self.input_shape == (2,) else None

    def load(self) -> Data:
        """The samples; raises `Problem` if they cannot be had."""
        raise NotImplementedError


datasets: Registry[Dataset] = Registry(Text("Dataset", "データセット"), __name__)
