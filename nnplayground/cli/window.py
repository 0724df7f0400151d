"""`nnplayground [EXPERIMENT]`: the window, and pictures of it."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from nnplayground import __doc__ as description
from nnplayground.cli.words import Parser
from nnplayground.text import Text


def run(arguments: list[str]) -> int:
    """Open the window, or draw it into a file without a display."""
    options = _parse(arguments)
    if options.screenshot and options.size is None:
        options.size = (1400, 900)  # without a display, the window would be as small as Qt's pretended screen
    from nnplayground.gui import app

    return app.run(
        options.experiment, lang=options.lang, theme=options.theme, play=options.play,
        screenshot=options.screenshot, after=options.after, size=options.size,
    )  # fmt: skip


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(
        arguments, "", Text(description or "", "ニューラルネットワークを組み立て、学習させ、眺め、数字を書いて読ませるアプリです。"),
        Text(
            "Other commands: nnplayground train | predict | export | list | download, each with --help.",
            "ほかのコマンド: nnplayground train | predict | export | list | download（それぞれ --help で説明を表示）",
        ),
    )  # fmt: skip
    words = parser.words
    parser.add_version()
    parser.add_argument(
        "experiment", metavar="EXPERIMENT", nargs="?",
        help=words("name of a ready-made experiment, or a file", "用意された実験の名前か、ファイル"),
    )  # fmt: skip
    parser.add_argument("--theme", choices=("light", "dark", "system"), help=words("colours", "配色"))
    parser.add_argument("--play", action="store_true", help=words("start training at once", "すぐに学習を始める"))
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        type=Path,
        help=words("draw the window into a PNG file and leave", "ウィンドウを PNG に描いて終わる"),
    )
    parser.add_argument(
        "--after", metavar="SECONDS", type=_seconds, default=1.0,
        help=words("wait so long before the picture (1)", "描くまで待つ秒数（1）"),
    )  # fmt: skip
    parser.add_argument(
        "--size", metavar="WxH", type=_size, default=None,
        help=words("size of the window in pixels, as 1400x900", "ウィンドウの大きさ。例: 1400x900"),
    )  # fmt: skip
    return parser.parse_args(arguments)


def _seconds(words: str) -> float:
    try:
        seconds = float(words)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{words!r} is not a number of seconds")
    return seconds


def _size(words: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{2,5})[xX×](\d{2,5})", words)
    if not found:
        raise argparse.ArgumentTypeError(f"{words!r} is not a size such as 1400x900")
    width, height = map(int, found.groups())
    if not (200 <= width <= 16_000 and 150 <= height <= 16_000):
        raise argparse.ArgumentTypeError(f"{words!r} is not between 200x150 and 16000x16000")
    return width, height
