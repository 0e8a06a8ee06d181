"""Which build a person means: an id or its beginning, `published`, a date, or `closed:2024`. It opens none of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipelines import closing
from pipelines.archive import journal
from pipelines.publishing import BuildManifest, builds, published_id
from pipelines.workspace import Workspace

CLOSED = "closed:"


class ComparingError(Exception):
    """What is asked cannot be compared; the message is bilingual."""

    exit_code = 2

    def __init__(self, zh: str, en: str):
        super().__init__(f"{zh} / {en}")


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

    name: as it was asked. build_id: the build, or the one a closed period was taken from. place: the warehouse, or the
    folder of a closed period's tables. journal_seq: where the journal stood: of two sides the lower one is the earlier.
    """

    name: str
    build_id: str
    place: Path
    journal_seq: int
    is_closed: bool = False

    @property
    def order(self) -> tuple[int, str]:
        return (self.journal_seq, self.build_id)

    def told(self) -> dict[str, Any]:
        """As the answer names it."""
        return {"name": self.name, "build_id": self.build_id, "is_closed": self.is_closed}


def side_of(workspace: Workspace, asked: str) -> Side:
    """The side that `asked` names; raises ComparingError when nothing goes by it, or more than one build does."""
    text = asked.strip()
    if text.startswith(CLOSED):
        return _closed(workspace, text.removeprefix(CLOSED), asked)
    build = _build(workspace, text)
    place = workspace.builds / build.build_id / workspace.candidate_warehouse.name
    return Side(asked, build.build_id, place, build.journal_seq)


def _closed(workspace: Workspace, name: str, asked: str) -> Side:
    found = {one.name: one for one in closing.closings(workspace)}
    if name not in found:
        known = ", ".join(f"{CLOSED}{one}" for one in found) or "–"
        raise ComparingError(
            f"没有已关闭的期间 “{name}”；有：{known}。", f"no closed period {name!r}; there are: {known}."
        )
    closing.verify(workspace, found[name])
    one = found[name]
    return Side(asked, one.build_id, closing.tables_of(workspace, one), one.journal_seq, is_closed=True)


def _build(workspace: Workspace, text: str) -> BuildManifest:
    kept = builds(workspace)
    if text == "published":
        return _one([build for build in kept if build.build_id == published_id(workspace)], kept, text)
    if day := _date_of(text):
        return _on(workspace, kept, day)
    exact = [build for build in kept if build.build_id == text]
    return _one(exact or [build for build in kept if text and build.build_id.startswith(text)], kept, text)


def _one(found: list[BuildManifest], kept: list[BuildManifest], text: str) -> BuildManifest:
    if len(found) == 1:
        return found[0]
    known = ", ".join(build.build_id for build in (found or kept)[-5:]) or "–"
    if found:
        raise ComparingError(
            f"“{text}” 对应多个构建：{known}；请多写几位。", f"{text!r} names several builds: {known}; give more of it."
        )
    raise ComparingError(
        f"没有构建 “{text}”（可能已被 tanku prune 清理）；最近的有：{known}。也可写 published、日期或 closed:2024。",
        f"no build {text!r} (`tanku prune` may have removed it); the newest are: {known}."
        " `published`, a date or closed:2024 will do as well.",
    )


def _on(workspace: Workspace, kept: list[BuildManifest], day: date) -> BuildManifest:
    """The build that was published last on or before `day`, in the enterprise's own time zone."""
    zone = ZoneInfo(workspace.settings.time_zone)
    lines = [line for line in journal.read(workspace.journal) if line["event"] == "published"]
    until = [line for line in lines if datetime.fromisoformat(line["at"]).astimezone(zone).date() <= day]
    if not until:
        raise ComparingError(
            f"{day} 及以前没有发布过构建。", f"no build was published on {day} or before; give a later date."
        )
    return _one([build for build in kept if build.build_id == until[-1]["build_id"]], kept, until[-1]["build_id"])


def _date_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2024-01-31") else None
    except ValueError:
        return None
