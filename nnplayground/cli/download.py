"""`nnplayground download`: fetching a collection of images, because somebody asked for it."""

from __future__ import annotations

import sys

from nnplayground.cli.progress import Bar
from nnplayground.cli.words import Parser, write
from nnplayground.data.download import Download
from nnplayground.data.sources import SOURCES
from nnplayground.text import Text


def run(arguments: list[str]) -> int:
    """Fetch what is missing, with its checksum verified. What was fetched before an interruption is kept."""
    parser = Parser(
        arguments, "download", Text("Download a collection of images.", "画像データをダウンロードします。"),
        Text(
            "The files go to the folder NNPLAYGROUND_DATA_DIR, or to a folder of nnplayground in your cache.",
            "保存先は環境変数 NNPLAYGROUND_DATA_DIR のフォルダー、なければキャッシュの中の nnplayground です。",
        ),
    )  # fmt: skip
    sizes = ", ".join(f"{s.id} ({s.size / 1e6:.0f} MB)" for s in SOURCES.values())
    parser.add_argument("what", choices=tuple(SOURCES), metavar="|".join(SOURCES), help=sizes)
    source = SOURCES[parser.parse_args(arguments).what]
    with Bar() as bar:
        Download(source).run(lambda done, total: bar.show(done / total, f"{done / 1e6:.1f}/{total / 1e6:.1f} MB"))
    done = _DONE.format(label=source.label, folder=source.folder())
    write(sys.stdout, done.in_(parser.lang) + "\n")
    return 0


_DONE = Text("{label} is ready in {folder}.", "{label} を {folder} に用意しました。")
