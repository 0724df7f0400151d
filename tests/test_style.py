"""Types, lint and layout are part of the tests, so that one command says whether a change is fit to share."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
oldest = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="checked with Python 3.11, whose NumPy no longer changes its types"
)


@pytest.mark.timeout(900)  # without its cache mypy reads everything, while other tests use the processors
@pytest.mark.parametrize(
    "check",
    [
        pytest.param(["ruff", "check"], id="lint"),
        pytest.param(["ruff", "format", "--check", "--diff"], id="layout"),
        pytest.param(["mypy"], id="types", marks=oldest),
    ],
)
def test_the_code_is_clean(check):
    done = subprocess.run([sys.executable, "-m", *check], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
