"""Everything the window can be told to do, as one table: words, icon, keys. Menus and toolbar only place it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nnplayground.gui.action_tries import TRIES
from nnplayground.gui.explain import Explanation
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class Command:
    """One action: `name` makes its objectName, `action_<name>`."""

    name: str
    words: Text
    tip: Text
    icon: str = ""
    keys: str | Key | None = None
    checkable: bool = False
    checked: bool = False


COMMANDS = (
    Command("open", Text("&Open…", "開く…(&O)"), Text("Open an experiment file", "実験ファイルを開く"), "open", Key.Open),
    Command("save", Text("&Save", "保存(&S)"), Text("Save the experiment", "実験を保存する"), "save", Key.Save),
    Command(
        "save_as", Text("Save &as…", "名前を付けて保存…(&A)"),
        Text("Save the experiment under another name", "別の名前で実験を保存する"), "", Key.SaveAs,
    ),
    Command(
        "screenshot", Text("Save a &picture of the window…", "ウィンドウの画像を保存…(&P)"),
        Text("Save the window as a PNG or SVG file", "ウィンドウを PNG か SVG のファイルに保存する"), "export",
    ),
    Command(
        "import_table", Text("A &table (CSV, TSV)…", "表（CSV、TSV）…(&T)"),
        Text("Learn from a table of your own", "自分の表を学習データにする"),
    ),
    Command(
        "import_folder", Text("A &folder of pictures…", "画像のフォルダー…(&F)"),
        Text("Learn from your own pictures, in a folder for each class", "クラスごとのフォルダーに分けた画像を学習データにする"),
    ),
    Command(
        "import_drawn", Text("Digits in pictures as &drawings are", "画像の数字を手描きと同じように整える(&D)"),
        Text(
            "Make digits and letters in a folder of pictures as large, and centred by mass, as those on the canvas",
            "フォルダーの画像の数字や文字を、キャンバスに描いたものと同じ大きさにし、重心を合わせる",
        ),
        "", checkable=True, checked=True,
    ),
    Command(
        "import_idx", Text("&IDX files…", "IDX ファイル…(&I)"),
        Text("Learn from files in the format of MNIST", "MNIST と同じ形式のファイルを学習データにする"),
    ),
    Command(
        "copy_share", Text("Copy a share c&ode", "共有コードをコピー(&O)"),
        Text("Put the settings into the clipboard as one word for a chat", "設定を、チャットに貼れる 1 語のコードにしてコピーする"), "copy", "Ctrl+Shift+C",
    ),
    Command(
        "open_share", Text("Open a s&hare code…", "共有コードを開く…(&H)"),
        Text("Open an experiment from a share code", "共有コードから実験を開く"), "", "Ctrl+Shift+V",
    ),
    Command("quit", Text("&Quit", "終了(&Q)"), Text("End the program", "プログラムを終了する"), "", "Ctrl+Q"),
    Command("undo", Text("&Undo", "元に戻す(&U)"), Text("Take back the last change", "最後の変更を取り消す"), "undo", Key.Undo),
    Command("redo", Text("&Redo", "やり直し(&R)"), Text("Do the change again", "取り消した変更をもう一度行う"), "redo", Key.Redo),
    Command(
        "play", Text("&Play", "再生(&P)"),
        Text("Train the network; press again to pause", "ネットワークを学習させる。もう一度押すと一時停止"),
        "play", "Space", checkable=True,
    ),
    Command(
        "step", Text("One &mini-batch", "ミニバッチ 1 回(&M)"),
        Text("Train on one mini-batch", "ミニバッチ 1 つ分だけ学習する"), "step", ".",
    ),
    Command(
        "epoch", Text("One &epoch", "1 エポック(&E)"),
        Text("Train to the end of the epoch", "エポックの終わりまで学習する"), "epoch", "Shift+.",
    ),
    Command(
        "reset", Text("&Start from scratch", "最初から(&S)"),
        Text(
            "Forget all that was learnt: back to the same initial weights",
            "学習したことを忘れ、同じ初期値の重みに戻す",
        ),
        "reset", "R",
    ),
    Command(
        "new_seed", Text("&New initial weights", "新しい初期値(&N)"),
        Text("Draw other initial weights with a new seed", "新しい乱数シードで重みの初期値を引き直す"), "dice",
    ),
    Command(
        "race_rates", Text("Race: learning rate × 10 and ÷ &10", "競走: 学習率を 10 倍・1/10 に(&1)"),
        Text(
            "Train three copies side by side: with the present learning rate, ten times and a tenth of it",
            "いまの学習率、10 倍、1/10 の 3 つを同じ状態から並べて学習させる",
        ),
        "fork", "Ctrl+L",
    ),
    Command(
        "open_picture", Text("Open a picture of a &digit…", "数字の画像を開く…(&D)"),
        Text("Read a digit in a picture file", "画像ファイルの数字を読み取る"), "picture",
    ),
    Command(
        "paste_picture", Text("&Paste a picture", "画像を貼り付け(&P)"),
        Text("Read a digit in the picture in the clipboard", "クリップボードの画像の数字を読み取る"), "", Key.Paste,
    ),
    Command(
        "clear", Text("&Clear the drawing", "描画を消す(&C)"),
        Text("Clear the canvas", "キャンバスを消す"), "clear", "Esc",
    ),
    Command(
        "reset_layout", Text("&Usual arrangement", "標準の配置に戻す(&U)"),
        Text("Put all panels back where they were at first", "すべてのパネルを最初の位置に戻す"), "fit",
    ),
    Command(
        "explain", Text("&Explain what has the focus", "選んでいる部品を説明(&E)"),
        Text("Show what the control or panel with the focus is", "いま選んでいる部品やパネルが何かを表示する"), "info", "F1",
    ),
    Command(
        "what_is_this", Text("&What is this? Click on anything", "これは何？ クリックで説明(&W)"),
        Text("Then click on anything: it is explained, with its formula and what to try", "押してから知りたいものをクリックすると、説明・式・試すことを表示する"),
        "help", "Shift+F1", checkable=True,
    ),
    Command(
        "glossary", Text("&Glossary", "用語集(&G)"),
        Text("Look up a technical word", "専門用語を調べる"), "book", "Ctrl+F1",
    ),
    Command(
        "keys", Text("&Keyboard", "キーボード操作(&K)"),
        Text("Which keys do what", "どのキーで何ができるか"), "info",
    ),
    Command(
        "tour", Text("&Tour of the window", "ウィンドウのツアー(&T)"),
        Text("A short tour: what is where", "どこに何があるかを短く紹介する"), "eye",
    ),
    Command("about", Text("&About nnplayground", "nnplayground について(&A)"), Text("Version and licence", "版とライセンス"), "info"),
)  # fmt: skip

SHIFTED = {"Shift+.": ("Shift+.", ">", "Shift+>"), "F1": ("F1", "?", "Shift+?")}
"""Keys that arrive as another character on some keyboards, and keys that mean the same."""


def make_actions(ui: Ui, window: QWidget) -> dict[str, QAction]:
    """The actions by name, as children of `window`."""
    return {command.name: _make(ui, window, command) for command in COMMANDS}


def explanation_of_action(action: QAction) -> Explanation:
    """What the explanation card says of `action`, which is one of `COMMANDS`."""
    found = next(command for command in COMMANDS if action.objectName() == f"action_{command.name}")
    title = found.words.map(lambda words: re.sub(r"\(&.\)|[&…]", "", words))
    return Explanation(title, "", Text(found.tip.en + ".", found.tip.ja + "。"), TRIES[found.name])


def _make(ui: Ui, window: QWidget, command: Command) -> QAction:
    action = QAction(window)
    action.setObjectName(f"action_{command.name}")
    action.setCheckable(command.checkable)
    action.setChecked(command.checked)
    if isinstance(command.keys, str):
        action.setShortcuts([QKeySequence(k) for k in SHIFTED.get(command.keys, (command.keys,))])
    elif command.keys is not None:
        action.setShortcuts(command.keys)
    ui.bind(action.setText, command.words, action)
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    tip = command.tip.map(lambda words: f"{words} ({keys})") if keys else command.tip
    ui.bind(action.setToolTip, tip, action)
    ui.bind(action.setStatusTip, command.tip, action)
    if command.icon:
        ui.bind_icon(action.setIcon, command.icon, action)
    window.addAction(action)
    return action
