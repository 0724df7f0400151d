"""Datasets, one a file: a description with options that makes the same `Data` from the same options."""

from __future__ import annotations

from nnplayground.data.task import Data, Task
from nnplayground.engine.arrays import Shape
from nnplayground.registry import Entry, Registry
from nnplayground.text import Text


class Dataset(Entry):
    """A source of samples. `input_shape` and `task` are known without loading."""

    input_shape: Shape = ()
    task: Task = Task()
    note: Text | None = None
    """What a person should know about this data, shown beside its name."""

    def load(self) -> Data:
        """The samples; raises `Problem` if they cannot be had."""
        raise NotImplementedError


datasets: Registry[Dataset] = Registry(Text("Dataset", "データセット"), __name__)
