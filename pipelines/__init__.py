"""Moves bytes and asks questions; never computes an emission (that is dbt_project/) and holds no rule (that is seeds/)."""
