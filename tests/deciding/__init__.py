"""Decisions in the journal: who may take them, when they hold, and what they change."""
