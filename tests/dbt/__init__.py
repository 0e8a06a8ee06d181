"""Runs the dbt models on small candidates made by hand; the command line and the files of an enterprise are tested elsewhere."""
