"""Which feeds a file looks like when none of its headings is known: by likeness of words. It claims and refuses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import PurePath
from statistics import mean

from pipelines.feeds.contract import Feed

MOST_HEADINGS = 20


def most_alike(feeds: Sequence[Feed], headings: Sequence[str], file_name: str) -> list[Feed]:
    """The feeds, the likest first: by their headings and by their names; equals by name, so that the order is fixed."""
    return sorted(feeds, key=lambda feed: (-_likeness(feed, headings, file_name), feed.name))


def _likeness(feed: Feed, headings: Sequence[str], file_name: str) -> float:
    """From 0 to 1: how well each heading is met by one of the feed's, or the file's name by the feed's own."""
    known = [heading.casefold() for heading in feed.known_headers() if "*" not in heading]
    met = [max((_alike(heading, one) for one in known), default=0) for heading in headings[:MOST_HEADINGS] if heading]
    return max(mean(met or [0]), _alike(PurePath(file_name).stem, feed.name))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
