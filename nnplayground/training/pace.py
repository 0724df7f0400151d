"""How fast a run goes, measured on the monotonic clock."""

from __future__ import annotations

WINDOW = 0.5
"""Seconds of training that a reading covers."""


class Pace:
    """Seconds per step and samples per second of the last half second of steps."""

    def __init__(self) -> None:
        self.step_seconds = 1e-3
        self.samples_per_second = 0.0
        self._steps = 0
        self._samples = 0.0
        self._seconds = 0.0

    def note(self, steps: int, samples: float, seconds: float) -> None:
        """`steps` steps over `samples` samples took `seconds`."""
        self._steps += steps
        self._samples += samples
        self._seconds += seconds
        self.step_seconds += 0.2 * (seconds / steps - self.step_seconds)
        if self._seconds >= WINDOW or self.samples_per_second == 0:
            self.samples_per_second = self._samples / max(self._seconds, 1e-9)
            self._steps, self._samples, self._seconds = 0, 0.0, 0.0
