"""The perceptron's own learning rule, Rosenblatt 1958: no gradient, only right or wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplayground.engine.arrays import Array
from nnplayground.text import Problem, Text
from nnplayground.training.history import Evaluation


class PerceptronTrainer:
    """One unit with a step: it answers 1 if w x + b > 0, else 0. It looks at the samples one by one, in their order.

    After a wrong answer, w <- w + rate (t - y) x and b <- b + rate (t - y); after a right one nothing changes. If a
    line can separate the classes, it comes to an end with no mistakes; otherwise it never does.
    """

    def __init__(self, x: ArrayLike, labels: ArrayLike, learning_rate: float = 1.0) -> None:
        self.x: Array = np.asarray(x, np.float64)
        self.labels: NDArray[np.int64] = np.asarray(labels, np.int64)
        if self.x.ndim != 2 or self.labels.shape != self.x.shape[:1] or not set(self.labels.tolist()) <= {0, 1}:
            raise Problem(_INPUT)
        self.learning_rate = learning_rate
        self.weights: Array = np.zeros(self.x.shape[1])
        self.bias = 0.0
        self.step_count = 0

    @property
    def steps_per_epoch(self) -> int:
        return len(self.x)

    @property
    def epoch(self) -> float:
        return self.step_count / len(self.x)

    def predict(self, x: ArrayLike) -> NDArray[np.int64]:
        """The answers (samples,) for inputs (samples, features)."""
        return np.asarray(np.asarray(x) @ self.weights + self.bias > 0, np.int64)

    def steps(self, count: int) -> NDArray[np.float64]:
        """Look at the next `count` samples; 1 for each that was answered wrongly before the correction, else 0."""
        wrong = np.empty(count)
        for i in range(count):
            n = self.step_count % len(self.x)
            error = int(self.labels[n] - self.predict(self.x[n : n + 1])[0])
            self.weights += self.learning_rate * error * self.x[n]
            self.bias += self.learning_rate * error
            wrong[i] = abs(error)
            self.step_count += 1
        return wrong

    def train(self, epochs: int) -> int | None:
        """Go through the samples `epochs` times; the epoch (from 1) without mistakes that ended it, or None."""
        for _ in range(epochs):
            if not self.steps(self.steps_per_epoch).any():
                return round(self.epoch)
        return None

    def evaluate(self) -> Evaluation:
        """Share of wrong answers as the loss, and of right ones as the accuracy; there is no other data to test on."""
        right = float(np.mean(self.predict(self.x) == self.labels))
        return Evaluation(self.step_count, 1 - right, right, 1 - right, right)


_INPUT = Text(
    "A perceptron needs inputs (samples, features) and as many labels, each 0 or 1.",
    "パーセプトロンには、入力 (データ数, 特徴数) と、同じ数の 0 か 1 のラベルが必要です。",
)
