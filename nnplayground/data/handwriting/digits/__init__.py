"""One file for each digit: the ways in which people write it."""
