"""The optimizers of Keras that the engine has, with Keras's arguments and defaults."""

from __future__ import annotations

from typing import Any, ClassVar

from nnplayground.keras.optimizers.base import Optimizer, entry_of
from nnplayground.keras.problems import require


class SGD(Optimizer):
    """Gradient descent, with momentum if there is any."""

    def __init__(
        self, learning_rate: Any = 0.01, momentum: float = 0.0, nesterov: bool = False, weight_decay: float | None = None,
        name: str | None = "SGD", **others: Any,
    ) -> None:  # fmt: skip
        id = "sgd" if momentum == 0 else "nesterov" if nesterov else "momentum"
        entry = entry_of(id, **({} if momentum == 0 else {"momentum": momentum}))
        super().__init__(entry, learning_rate, weight_decay, name, **others)

    def options(self) -> dict[str, Any]:
        momentum = {} if self.entry.id == "sgd" else {"momentum": self.entry.momentum}  # type: ignore[attr-defined]
        return {**momentum, **({"nesterov": True} if self.entry.id == "nesterov" else {})}


class Adam(Optimizer):
    """Kingma and Ba 2015."""

    def __init__(
        self, learning_rate: Any = 0.001, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-7,
        amsgrad: bool = False, weight_decay: float | None = None, name: str | None = None, **others: Any,
    ) -> None:  # fmt: skip
        entry = entry_of("adam", beta_1=beta_1, beta_2=beta_2, epsilon=epsilon)
        super().__init__(entry, learning_rate, weight_decay, name, amsgrad=amsgrad, **others)


class AdamW(Optimizer):
    """Adam with a decay of the weights of its own."""

    renamed: ClassVar[dict[str, str]] = {"decay": "weight_decay"}

    def __init__(
        self, learning_rate: Any = 0.001, weight_decay: float = 0.004, beta_1: float = 0.9, beta_2: float = 0.999,
        epsilon: float = 1e-7, amsgrad: bool = False, name: str | None = None, **others: Any,
    ) -> None:  # fmt: skip
        entry = entry_of("adamw", decay=weight_decay, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon)
        super().__init__(entry, learning_rate, None, name, amsgrad=amsgrad, **others)


class Nadam(Optimizer):
    """Adam with Nesterov's momentum."""

    def __init__(
        self, learning_rate: Any = 0.001, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-7,
        weight_decay: float | None = None, name: str | None = None, **others: Any,
    ) -> None:  # fmt: skip
        entry = entry_of("nadam", beta_1=beta_1, beta_2=beta_2, epsilon=epsilon)
        super().__init__(entry, learning_rate, weight_decay, name, **others)


class RMSprop(Optimizer):
    """Steps divided by the size of recent gradients."""

    def __init__(
        self, learning_rate: Any = 0.001, rho: float = 0.9, momentum: float = 0.0, epsilon: float = 1e-7,
        centered: bool = False, weight_decay: float | None = None, name: str | None = None, **others: Any,
    ) -> None:  # fmt: skip
        require("RMSprop", momentum=(momentum, 0.0))
        super().__init__(
            entry_of("rmsprop", rho=rho, epsilon=epsilon),
            learning_rate,
            weight_decay,
            name,
            centered=centered,
            **others,
        )


class Adagrad(Optimizer):
    """Steps divided by the size of all gradients so far."""

    renamed: ClassVar[dict[str, str]] = {"start": "initial_accumulator_value"}

    def __init__(
        self, learning_rate: Any = 0.001, initial_accumulator_value: float = 0.1, epsilon: float = 1e-7,
        weight_decay: float | None = None, name: str | None = None, **others: Any,
    ) -> None:  # fmt: skip
        entry = entry_of("adagrad", start=initial_accumulator_value, epsilon=epsilon)
        super().__init__(entry, learning_rate, weight_decay, name, **others)


class Adadelta(Optimizer):
    """Steps from the ratio of recent steps to recent gradients."""

    def __init__(
        self, learning_rate: Any = 0.001, rho: float = 0.95, epsilon: float = 1e-7, weight_decay: float | None = None,
        name: str | None = None, **others: Any,
    ) -> None:  # fmt: skip
        super().__init__(entry_of("adadelta", rho=rho, epsilon=epsilon), learning_rate, weight_decay, name, **others)
