"""Proves the doors: verdicts from suites, on tables made by hand. The figures of an enterprise are tested elsewhere."""
