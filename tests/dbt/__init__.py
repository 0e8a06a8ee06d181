"""Runs dbt models on a small candidate made by hand; an enterprise's files are tested elsewhere."""
