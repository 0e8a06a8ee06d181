"""Baselines, regressions and the early warning, against published numbers, known truths and simulations."""
