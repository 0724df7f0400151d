"""Where the tour stops, and what is said there."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from nnplayground.text import Text


@dataclass(frozen=True)
class Stop:
    """Something in the window that is worth a look."""

    place: str
    """Id of a pane, "play_button" for the button or "menu" for the menu bar."""
    title: Text
    sentence: Text


PLAY, MENU = "play_button", "menu"

DESIGNER = Stop(
    "designer",
    Text("Design the network", "ネットワークを設計する"),
    Text(
        "Choose the data, add layers, and pick an activation function and a learning rate. "
        "The small sign beside a setting says whether a change takes effect at once or builds the network anew.",
        "データを選び、層を追加し、活性化関数や学習率を決めます。"
        "設定の横の小さな印は、変更がすぐに反映されるか、ネットワークを作り直すかを表します。",
    ),
)
RUN = Stop(
    PLAY,
    Text("Let it learn", "学習させる"),
    Text(
        "Play starts and pauses the training, also with the space bar. "
        "The buttons beside it go on by one mini-batch or one epoch, or back to the initial weights.",
        "「再生」で学習を始め、もう一度押すと一時停止します（スペースキーでも同じです）。"
        "隣のボタンで、ミニバッチ 1 回や 1 エポックだけ進めたり、初期値に戻したりできます。",
    ),
)
LOSS = Stop(
    "loss",
    Text("See how well it does", "どれだけ学べたかを見る"),
    Text(
        "The loss should fall and the accuracy rise. "
        "If the test curve turns away from the training curve, the network learns by heart: overfitting.",
        "損失が下がり、精度が上がれば順調です。"
        "テストの曲線が訓練の曲線から離れていくときは、丸暗記しています（過学習）。",
    ),
)
CANVAS = Stop(
    "digit",
    Text("Draw a digit", "数字を描く"),
    Text(
        "Draw with mouse, pen or finger, or with the arrow keys and the space bar. "
        "The small image shows what the network is given: 28×28 pixels.",
        "マウス、ペン、指で描けます。矢印キーとスペースキーでも描けます。"
        "小さな画像は、ネットワークに渡される 28×28 画素です。",
    ),
)
ANSWER = Stop(
    "probabilities",
    Text("Read the answer", "答えを読む"),
    Text(
        "One bar for each class: the outputs of softmax, which add up to 1. They follow your pen while you draw.",
        "クラスごとに 1 本の棒で、ソフトマックス関数の出力を表します。合計は 1 です。描いている間も変わっていきます。",
    ),
)
MAP = Stop(
    "decision_map",
    Text("See what it answers where", "どこをどう分けるかを見る"),
    Text(
        "The colour says which class the network answers at each point of the plane; the dots are the data.",
        "色は、平面の各点でネットワークが答えるクラスです。点はデータを表します。",
    ),
)
CURVE = Stop(
    "regression_curve",
    Text("See what it answers where", "どこで何と答えるかを見る"),
    Text(
        "The curve is what the network answers for each input; the dots are the data that it learns from.",
        "曲線は各入力に対するネットワークの答え、点は学習に使うデータです。",
    ),
)
PICTURE = Stop(
    "network",
    Text("Look inside", "中をのぞく"),
    Text(
        "The network as a picture: thick lines are large weights. Click on a unit or a layer to see more or to change it.",
        "ネットワークの図です。太い線ほど重みが大きいことを表します。ユニットや層をクリックすると、詳しく見たり変更したりできます。",
    ),
)
MORE = Stop(
    MENU,
    Text("There is more", "ほかにもたくさん"),
    Text(
        "View opens more panels, such as the race and the training doctor. F1 explains what has the focus. "
        "Help has a glossary, a list of keys, and this tour.",
        "「表示」メニューから、競走や学習ドクターなどのパネルを開けます。F1 キーで、選んでいる部品の説明が出ます。"
        "「ヘルプ」には用語集とキーの一覧があり、このツアーももう一度見られます。",
    ),
)
STOPS = (DESIGNER, RUN, LOSS, CANVAS, ANSWER, MAP, CURVE, PICTURE, MORE)


def stops_for(suited: Container[str]) -> tuple[Stop, ...]:
    """The stops whose panes are among `suited`: have something to show for the experiment."""
    return tuple(stop for stop in STOPS if stop.place in (PLAY, MENU) or stop.place in suited)
