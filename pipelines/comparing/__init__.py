"""Why a number changed: two builds, or a closed period and a build, and the exact bridge between their inventories.

It opens both sides and lays the answer out. What a part is worth is said by dbt_project/models/restatements, which parts
there are by seeds/every_sector/change_parts.csv.
"""

from __future__ import annotations

from pipelines.comparing.comparison import Comparison, compare
from pipelines.comparing.naming import ComparingError, Side, side_of
from pipelines.comparing.page import write_page
from pipelines.comparing.telling import as_json, as_text

__all__ = ["ComparingError", "Comparison", "Side", "as_json", "as_text", "compare", "side_of", "write_page"]
