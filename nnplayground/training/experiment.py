"""Everything that a person sets, as one frozen value: undo, files and the trainer all deal in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nnplayground.data.augmentations import Augmentation
from nnplayground.data.augmentations.none import NoAugmentation
from nnplayground.data.datasets import Dataset
from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.data.task import Data, hold_back
from nnplayground.engine.activations import activations
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.initializers import Initializer
from nnplayground.engine.initializers.glorot import GlorotUniform
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses import Loss
from nnplayground.engine.losses.cross_entropy import CategoricalCrossEntropy
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.optimizers import Optimizer
from nnplayground.engine.optimizers.sgd import SGD
from nnplayground.engine.schedules import Schedule
from nnplayground.engine.schedules.constant import Constant
from nnplayground.registry import Entry, option
from nnplayground.text import Problem, Text, listed

MOST_NUMERICAL = 2_000
"""Parameters for which a numerical gradient still takes less than a second."""
MOST_MEMORY = 4_000_000_000
"""Bytes that training may take: more than that is slow beyond all patience, or more than there is."""
_TOO_LARGE = Text(
    "This network would need about {need} GB of memory to train, and at most {most} GB are used; "
    "take fewer units or layers, or a smaller batch.",
    "このネットワークの学習には約 {need} GB のメモリが必要ですが、使えるのは {most} GB までです。"
    "ユニットや層の数、またはバッチサイズを減らしてください。",
)
_TOO_MANY = Text(
    "Numerical differentiation of {n} parameters needs {losses} losses for each step; take backpropagation, or at most "
    "{most} parameters.",
    "{n} 個のパラメータを数値微分するには、1 ステップで損失を {losses} 回計算する必要があります。誤差逆伝播法にするか、パラメータを {most} 個以下にしてください。",
)


@dataclass(frozen=True)
class Experiment(Entry):
    """Data, network and training settings. What is `live` takes effect on the running network."""

    id = "experiment"
    label = Text("Experiment", "実験")

    name: str = ""
    title: Text = Text("Untitled", "無題")
    description: Text = Text("", "")
    """One sentence on what there is to see."""
    dataset: Dataset = field(default=ThreeClasses())
    layers: tuple[Layer, ...] = (Dense(2, Sigmoid()), Dense(3, Softmax()))
    loss: Loss = field(default=CategoricalCrossEntropy())
    initializer: Initializer = field(default=GlorotUniform())
    optimizer: Optimizer = field(default=SGD())
    augment: Augmentation = field(default=NoAugmentation())
    """How the training samples are changed each time they are seen."""
    schedule: Schedule = field(default=Constant())
    weights: str = ""
    """Name of trained parameters in resources/models to start with; empty for fresh ones."""

    learning_rate: float = option(
        0.1, Text("Learning rate η", "学習率 η"), low=1e-6, high=10.0, log=True, live=True, formula="w ← w − η ∂E/∂w",
        help=Text(
            "How far each step changes the parameters: too small is slow, too large overshoots.",
            "1 回の更新でパラメータを動かす大きさです。小さすぎると遅く、大きすぎると行き過ぎます。",
        ),
        try_it=Text(
            "Drag it to 1 while the network learns, and watch the loss jump.", "学習中に 1 まで動かし、損失が跳ねる様子を見ましょう。"
        ),
    )  # fmt: skip
    batch_size: int = option(
        32, Text("Batch size", "バッチサイズ"), low=1, high=100_000, live=True, formula="∂E/∂w = 1/N Σₙ ∂Eₙ/∂w",
        help=Text("How many samples are looked at for one step of learning.", "1 回の更新に使うデータの数です。"),
        try_it=Text("Set it to 1: the loss gets restless. Then to 256: it gets smooth.", "1 にすると損失が揺れ、256 にするとなめらかになります。"),
    )  # fmt: skip
    epochs: int = option(
        10, Text("Epochs", "エポック数"), low=1, high=1_000_000, live=True, formula="samples / N steps",
        help=Text("One epoch is one pass through all training samples.", "1 エポックは、すべての訓練データを一通り使うことです。"),
        try_it=Text("Set it to 1 and see how much is learnt in a single pass.", "1 にして、1 回通すだけでどれだけ学習するかを見ましょう。"),
    )  # fmt: skip
    seed: int = option(
        1, Text("Seed of the weights", "重みの乱数シード"), low=0, high=2**31 - 1,
        help=Text(
            "The initial weights are drawn from it: the same seed gives the same run.", "重みの初期値の出発点です。同じシードなら同じ結果になります。"
        ),
        try_it=Text("Change it a few times: how much of the result is luck?", "何度か変えてみましょう。結果のどこまでが運でしょうか？"),
    )  # fmt: skip
    l1: float = option(
        0.0, Text("L1 regularization", "L1 正則化"), low=0.0, high=10.0, live=True, formula="E + λ Σ |w|",
        help=Text("A price for large weights that makes many of them exactly 0.", "大きな重みへの罰です。多くの重みがちょうど 0 になります。"),
        try_it=Text("Set it to 0.01 and watch lines vanish from the network.", "0.01 にして、ネットワークの線が消えていく様子を見ましょう。"),
    )  # fmt: skip
    l2: float = option(
        0.0, Text("L2 regularization", "L2 正則化"), low=0.0, high=10.0, live=True, formula="E + λ/2 Σ w²",
        help=Text("A price for large weights that keeps all of them small.", "大きな重みへの罰です。すべての重みが小さく保たれます。"),
        try_it=Text("Set it to 0.01: the gap between training and test loss shrinks.", "0.01 にすると、訓練損失とテスト損失の差が縮みます。"),
    )  # fmt: skip
    weight_decay: float = option(
        0.0, Text("Weight decay", "荷重減衰"), low=0.0, high=1.0, live=True, formula="w ← w − ηλw",
        help=Text("Shrinks all weights a little at each step, whatever the gradient.", "勾配にかかわらず、更新のたびにすべての重みを少し小さくします。"),
        try_it=Text("Set it to 0.1 and watch the histograms of the weights get narrow.", "0.1 にして、重みの分布が狭くなる様子を見ましょう。"),
    )  # fmt: skip
    clip: float = option(
        0.0, Text("Gradient clipping", "勾配クリッピング"), low=0.0, high=1e6, live=True,
        help=Text("Longest gradient that is let through; 0 is no limit.", "通す勾配の最大の長さです。0 なら制限しません。"),
    )  # fmt: skip
    numerical: bool = option(
        False, Text("Numerical gradient", "数値微分で学習"), live=True,
        help=Text(
            "Moves each parameter a little and looks at the loss, instead of backpropagation: the same gradient, only slower.",
            "誤差逆伝播法の代わりに、パラメータを 1 つずつ少し動かして損失の変化を見ます。求まる勾配は同じですが、ずっと遅くなります。",
        ),
    )  # fmt: skip
    stop_epochs: bool = option(
        False, Text("Stop after these epochs", "このエポック数で停止"), live=True,
        help=Text("The training ends after the number of epochs above.", "上のエポック数だけ学習すると終わります。"),
        try_it=Text("Switch it on with 1 epoch and press play.", "1 エポックにしてオンにし、再生を押しましょう。"),
    )  # fmt: skip
    stop_loss: float = option(
        0.0, Text("Stop at training loss", "停止する訓練損失"), low=0.0, high=1e6, live=True,
        help=Text("Training ends when the loss has fallen this low; 0: never.", "損失がここまで下がると学習を終えます。0 なら止めません。"),
    )  # fmt: skip
    stop_test_loss: float = option(
        0.0, Text("Stop at test loss", "停止するテスト損失"), low=0.0, high=1e6, live=True,
        help=Text("Training ends when the test loss has fallen this low; 0: never.", "テスト損失がここまで下がると学習を終えます。0 なら止めません。"),
    )  # fmt: skip
    stop_accuracy: float = option(
        0.0, Text("Stop at test accuracy", "停止するテスト精度"), low=0.0, high=1.0, live=True,
        help=Text("Training ends at this share of right answers, 0.95 is 95 %; 0: never.", "正解率がこの値（0.95 なら 95 %）に達すると学習を終えます。0 なら止めません。"),
    )  # fmt: skip
    patience: int = option(
        0, Text("Patience (epochs)", "忍耐（エポック数）"), low=0, high=1_000_000, live=True,
        help=Text(
            "Early stopping: training ends when the test loss (or validation loss) has not fallen for so many epochs; 0: never.",
            "早期終了: テスト損失（検証データがあれば検証損失）がこのエポック数だけ下がらなければ学習を終えます。0 なら止めません。",
        ),
    )  # fmt: skip
    keep_best: bool = option(
        True, Text("Keep the best parameters", "最良のパラメータを残す"), live=True,
        help=Text(
            "When patience ends the training, go back to the parameters with the lowest test loss.",
            "早期終了のとき、テスト損失が最も低かったパラメータに戻します。",
        ),
    )  # fmt: skip
    validation: float = option(
        0.0, Text("Validation share", "検証データの割合"), low=0.0, high=0.9, live=True,
        help=Text(
            "This share of the training samples is held back: limits and early stopping look at it, and the test data stays unseen.",
            "訓練データのこの割合を学習に使わず取り分けます。停止の条件と早期終了はこのデータで判断し、テストデータは最後まで使いません。",
        ),
    )  # fmt: skip
    class_weights: tuple[float, ...] = option(
        (), Text("Class weights", "クラスの重み"), live=True,
        help=Text(
            "How much a sample of each class counts, as 1, 1, 2.5 in the order of the classes; empty: all the same.",
            "各クラスのデータ 1 件をどれだけ重く数えるかを、クラスの順に 1, 1, 2.5 のように指定します。空なら同じ重さです。",
        ),
    )  # fmt: skip

    silenced: tuple[tuple[int, int], ...] = ()
    """Units held at 0, as (layer, unit)."""
    frozen: tuple[tuple[int, str, int], ...] = ()
    """Parameters that do not learn, as (layer, name, index); index -1 for all of that name, name "" for all of the layer.

    Names are those of `Network.views` ("W", "b", ...), indices count through the array row by row.
    """

    def load_data(self) -> Data:
        """The samples, with those that are held back for validation set apart; raises `Problem` if they cannot be had."""
        return hold_back(self.dataset.load(), self.validation)

    @property
    def network_spec(self) -> NetworkSpec:
        return NetworkSpec(self.dataset.input_shape, self.layers, self.loss, self.initializer, self.dataset.inputs)

    def network(self) -> Network:
        """The network of this experiment; raises `Problem` if it cannot work with its data."""
        network = Network(self.network_spec, self.silenced)
        if len(network.output_shape) != 1:
            raise Problem(
                Text(
                    "The last layer gives an image; put a Flatten and a Dense layer after it.",
                    "最後の層の出力が画像のままです。後ろに平坦化層と全結合層を置いてください。",
                )
            )
        if not self.dataset.task.fits(network.output_shape[0]):
            raise self.dataset.task.misfit(network.output_shape[0])
        self.check_class_weights()
        self.check_memory(network, 1)
        if self.numerical and network.trainable > MOST_NUMERICAL:
            raise Problem(_TOO_MANY.format(n=network.trainable, losses=2 * network.trainable, most=MOST_NUMERICAL))
        return network

    def check_memory(self, network: Network, samples: int) -> None:
        """Raise `Problem` if batches of what is set, out of so many samples, need more memory than there may be."""
        need = network.memory(min(self.batch_size, samples))
        if need > MOST_MEMORY:
            raise Problem(_TOO_LARGE.format(need=f"{need / 1e9:.1f}", most=f"{MOST_MEMORY / 1e9:g}"))

    def check_class_weights(self) -> None:
        """Raise `Problem` unless there is a weight for each class, or none at all."""
        weights, classes = self.class_weights, self.dataset.task.classes
        if weights and (len(weights) != len(classes) or not all(0 <= w <= 1e6 for w in weights)):
            raise Problem(
                Text(
                    "The class weights are {weights}; give {n} numbers from 0 to 1000000, or none.",
                    "クラスの重みが {weights} です。0 から 1000000 までの数を {n} 個指定するか、空にしてください。",
                ).format(weights=list(weights), n=len(classes))
            )


def same_network(a: Experiment, b: Experiment) -> bool:
    """Whether the change from `a` to `b` leaves the network as it is."""
    return same_layout(a, b) and (a.loss, a.silenced) == (b.loss, b.silenced)


def same_data(a: Experiment, b: Experiment) -> bool:
    """Whether both learn from the same samples."""
    return (a.dataset, a.validation) == (b.dataset, b.validation)


def same_layout(a: Experiment, b: Experiment) -> bool:
    """Whether the parameters of `a` and `b` mean the same."""
    return _layout(a) == _layout(b)


def _layout(experiment: Experiment) -> tuple[object, ...]:
    return experiment.dataset.input_shape, experiment.dataset.inputs, experiment.layers


def starts_afresh(a: Experiment, b: Experiment) -> bool:
    """Whether the change from `a` to `b` means new initial weights."""
    return (a.seed, a.initializer, a.weights) != (b.seed, b.initializer, b.weights)


def advice(experiment: Experiment) -> list[tuple[str, Text]]:
    """What will not work or rarely does, as (control, sentence); control is the name of a field."""
    found: list[tuple[str, Text]] = []
    try:
        network = experiment.network()
    except Problem as problem:
        return [("layers", problem.text)]
    activation, loss, task = network.output_activation, experiment.loss, experiment.dataset.task
    if not experiment.augment.fits(experiment.dataset.input_shape):
        found.append(
            ("augment", Text(
                "{augment} works on images only; this data is used as it is.",
                "{augment}は画像にしか使えません。このデータはそのまま学習します。",
            ).format(augment=experiment.augment.label))
        )  # fmt: skip
    if loss.pairs and activation.id not in loss.pairs:
        found.append(("loss", _pairing(activation, loss)))
    if not task.is_classification and activation.id == "softmax":
        found.append(
            ("layers", Text(
                "Softmax outputs always add to 1, so they cannot be the values of a regression; use the identity.",
                "ソフトマックスの出力は合計が必ず 1 になり、回帰の値を表せません。恒等関数にしてください。",
            ))
        )  # fmt: skip
    if activation.id == "softmax" and network.output_shape == (1,):
        found.append(
            ("layers", Text(
                "Softmax over a single unit is always 1; use the sigmoid, or one unit per class.",
                "ユニット 1 個のソフトマックスはいつも 1 です。シグモイドにするか、クラスの数だけユニットを置いてください。",
            ))
        )  # fmt: skip
    return found


def _pairing(activation: Any, loss: Loss) -> Text:
    return Text(
        "{loss} does not go with an output of {activation}; it is made for: {pairs}.",
        "{loss}は出力の{activation}と合いません。組み合わせる活性化関数: {pairs}。",
    ).format(loss=loss.label, activation=activation.label, pairs=listed(activations[id].label for id in loss.pairs))
