"""What to try with each action, by its name."""

from __future__ import annotations

from nnplayground.text import Text

TRIES: dict[str, Text] = {
    "open": Text("Open a file that you saved yesterday, and press play: it goes on where it was.", "昨日保存したファイルを開いて再生しましょう。続きから学習します。"),
    "save": Text("Save in the middle of the training, and open the file again.", "学習の途中で保存し、もう一度開いてみましょう。"),
    "save_as": Text("Save twice, with two learning rates, and compare the files.", "学習率を変えて 2 つ保存し、比べましょう。"),
    "screenshot": Text("Save a picture before and after training, and lay them side by side.", "学習の前と後の画像を保存し、並べて比べましょう。"),
    "import_table": Text("Take a table with a column of classes, and colour it in.", "クラスの列がある表を読み込み、分類させましょう。"),
    "import_folder": Text("Make two folders with ten pictures each.", "画像を 10 枚ずつ入れたフォルダーを 2 つ用意しましょう。"),
    "import_idx": Text("Take the files of MNIST or of anything in the same format.", "MNIST や同じ形式のファイルを読み込みましょう。"),
    "import_drawn": Text(
        "Import the same folder with and without it, and compare the accuracies.",
        "同じフォルダーを、オンとオフの両方で読み込み、精度を比べましょう。",
    ),
    "copy_share": Text("Send the code to a friend and ask for a better result.", "コードを友人に送り、もっと良い結果を競いましょう。"),
    "open_share": Text("Paste a code that somebody sent you.", "送られてきたコードを貼り付けましょう。"),
    "quit": Text("Close while it trains: unsaved work is asked for first.", "学習中に閉じてみましょう。保存していない内容は先に確認されます。"),
    "undo": Text("Remove a layer, and take it back.", "層を 1 つ削除して、元に戻しましょう。"),
    "redo": Text("Undo and redo a change while the network learns, and watch the curve.", "学習中に元に戻す・やり直すを繰り返し、曲線を見ましょう。"),
    "play": Text("Press it, and draw a digit while the network still learns.", "押して、学習が進む間に数字を描いてみましょう。"),
    "step": Text("Press it ten times and read the loss after each.", "10 回押して、そのつど損失を読みましょう。"),
    "epoch": Text("Guess the test accuracy first, then press.", "テスト精度を予想してから押しましょう。"),
    "reset": Text("Start anew twice: with the same seed the curve is the same.", "2 回やり直しましょう。シードが同じなら曲線も同じです。"),
    "new_seed": Text("Press it a few times: how much of the result is luck?", "何度か押しましょう。結果のどこまでが運でしょうか？"),
    "race_rates": Text("Run it at 0.1 and see which of the three rates diverges.", "学習率 0.1 で始め、3 つのうちどれが発散するかを見ましょう。"),
    "open_picture": Text("Photograph a digit on paper and open the picture.", "紙に書いた数字を撮影し、その画像を開きましょう。"),
    "paste_picture": Text("Copy a digit from a web page and paste it.", "Web ページの数字をコピーして貼り付けましょう。"),
    "clear": Text("Clear, and draw the same digit in another way.", "消してから、同じ数字を別の書き方で描きましょう。"),
    "reset_layout": Text("Drag a panel somewhere else, and put it back with this.", "パネルを移動してから、これで元に戻しましょう。"),
    "explain": Text("Go to a control with the Tab key and press F1.", "Tab キーで部品に移動し、F1 を押しましょう。"),
    "what_is_this": Text("Press it, and click on the learning rate.", "押してから、学習率をクリックしましょう。"),
    "glossary": Text("Look up a word that you just read.", "いま読んだ言葉を調べてみましょう。"),
    "keys": Text("Learn one key today: the space bar plays and pauses.", "まず 1 つ覚えましょう。スペースキーで再生と一時停止です。"),
    "tour": Text("Take the tour again when something new puzzles you.", "わからないものが出てきたら、もう一度見てみましょう。"),
    "about": Text("Read whose ideas are built in here.", "どんな考えが使われているかを読みましょう。"),
}  # fmt: skip
