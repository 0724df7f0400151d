import pytest

from nnplayground.cli import main


class Said(str):
    """What the command wrote on stdout; `errors` is what it wrote on stderr, `code` its exit code."""

    errors: str
    code: int


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a command line in English, or in the language of LANG."""
    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.setenv("LANG", "C.UTF-8")

    def call(*arguments: str) -> Said:
        try:
            code = main(arguments)
        except SystemExit as exit:  # argparse leaves this way after --help and --version
            code = exit.code
        said = capsys.readouterr()
        out = Said(said.out)
        out.errors, out.code = said.err, code
        return out

    return call
