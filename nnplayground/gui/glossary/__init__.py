"""The technical words, in both languages."""
