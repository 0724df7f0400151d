"""Learning: the synchronous trainer, the thread around it, and what it tells of itself. No Qt in here."""
