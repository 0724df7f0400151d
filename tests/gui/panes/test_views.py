"""What a pane shows is imported when the pane is built, and no sooner: the window is there earlier."""

import subprocess
import sys

LISTED = (
    "import sys\n"
    "from nnplayground.gui.panes import panes\n"
    "assert len(panes) > 20 and all(pane.label.en for pane in panes.values())\n"
    "print([name for name in sys.modules if name.startswith('nnplayground.gui.views.')])\n"
)


def test_the_list_of_panes_needs_none_of_their_views():
    done = subprocess.run([sys.executable, "-c", LISTED], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
