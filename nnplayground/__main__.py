"""`python -m nnplayground` is the command `nnplayground`."""

import sys

from nnplayground.cli import main

if __name__ == "__main__":
    sys.exit(main())
