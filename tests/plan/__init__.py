"""Proves the reading of a plan: typed whole, or refused with every problem named. What it governs is tested elsewhere."""
