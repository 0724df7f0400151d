"""The command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from nnplayground import __doc__ as description
from nnplayground import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="nnplayground", description=description)
    parser.add_argument("--version", action="version", version=f"nnplayground {__version__}")
    parser.parse_args(argv)
    return 0
