"""What the training thread says beside its snapshots."""

from __future__ import annotations

import traceback

from nnplayground.text import Text
from nnplayground.training.snapshot import Event

LOADING = Text("Preparing the data: {dataset} …", "データを準備しています: {dataset}…")
BEGINNING = Text("Lining up …", "スタートの準備をしています…")

BRANCHED = Text(
    "The run goes on from step {step}; undo brings the steps after it back.",
    "ステップ {step} から枝分かれして学習します。「元に戻す」で、この後のステップに戻れます。",
)

LOADED = Event("loaded", Text("", ""))

NO_MEMORY = Text(
    "There is not enough memory for this; take fewer units or layers, or a smaller batch.",
    "メモリが足りません。ユニットや層の数、またはバッチサイズを減らしてください。",
)
_FAILED = Text(
    "Training stopped because of a fault in the program ({kind}: {error}). Your network is kept; press play to try again.",
    "プログラムの不具合で学習が止まりました（{kind}: {error}）。ネットワークは残っています。再生を押すとやり直せます。",
)


def failure(error: BaseException) -> Event:
    """What the window is told of a fault in the thread."""
    details = "".join(traceback.format_exception(error))
    if isinstance(error, MemoryError):
        return Event("failed", NO_MEMORY, details)
    kind = type(error).__name__
    return Event("failed", _FAILED.format(kind=kind, error=str(error)[:200]), details)
