"""Recalculated bases, targets, measures and evaluations: what they come to, by hand and from outside."""
