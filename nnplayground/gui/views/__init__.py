"""What the panes show, one a file, imported when the pane is first seen."""
