"""What people do wrong with figures, one small function an error, each by the kind of paper it happens on.

It knows papers and habits; what a control would say it does not know.
"""

from __future__ import annotations

from tests.detection.kinds import figures, meters, papers, stocks, whole_files
from tests.detection.kinds.scene import Deed, Kind, Scene

__all__ = ["KINDS", "Deed", "Kind", "Scene"]

KINDS: tuple[Kind, ...] = (*figures.KINDS, *meters.KINDS, *stocks.KINDS, *papers.KINDS, *whole_files.KINDS)
