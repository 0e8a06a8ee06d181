"""How much of what people do wrong is found: errors planted in the clean example, the pipeline run, the finds scored.

It sets no limit and no tolerance, and what plants the errors knows of none.
"""
