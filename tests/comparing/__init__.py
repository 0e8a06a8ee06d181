"""Tests of pipelines/comparing and of the models that say why a number changed. No test of the account itself is here."""
