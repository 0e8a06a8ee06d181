"""Closes a period from what is published, and opens it again: two lines of the journal. It computes no figure."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipelines import warehouse
from pipelines.archive import journal
from pipelines.asking import Row, ask
from pipelines.closing import keeping
from pipelines.closing.closed import MANIFEST, Closing, ClosingError, closings
from pipelines.deciding import DecisionError, holder, positions
from pipelines.durable import naming_full_disk, sync_folder, write_whole
from pipelines.publishing import BuildManifest, file_hashes, published_build
from pipelines.publishing.inputs import read_while_building
from pipelines.workspace import Workspace

QUESTIONS = Path(__file__).with_name("questions")
READY = ("submitted", "verified")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
# What a period must have been built from to be closed: kept beside it, so that it can be run again.
_PINNED = ("settings", "plan", "feeds", "seeds")


def close(
    workspace: Workspace, period: str, facilities: Sequence[str], name: str, despite: str
) -> tuple[Closing, list[Row]]:
    """Close a year (`2024`) or a month (`2024-03`) as it is published; returns the closing and its figures.

    facilities: which; none: all that have an account in it. despite: why, although figures changed since they were
    submitted. Raises DecisionError for a person, ClosingError for a month that is not submitted or closed already.
    """
    since, until = days_of(period)
    person = holder(workspace, name, "close")
    build = _published(workspace)
    file = workspace.published_warehouse
    with warehouse.reading(file) as connection:
        asked = {"since": since, "until": until}
        chosen = _facilities(ask(connection, QUESTIONS / "facilities.sql", **asked), facilities, period)
        rows = [row for row in ask(connection, QUESTIONS / "months.sql", **asked) if row["facility_id"] in chosen]
        figures = ask(connection, QUESTIONS / "figures.sql", **asked, facilities=chosen)
        known = len(ask(connection, QUESTIONS / "facilities.sql", **asked))
    name_of = period if len(chosen) == known else f"{period}.{'+'.join(chosen)}"
    _refuse_closed(workspace, rows)
    _refuse_not_ready(workspace, rows)
    if not despite.strip():
        _refuse_changed(rows)
    regimes = sorted({row["regime"] for row in rows})
    closing = _kept(workspace, build, name_of, (since, until), chosen, regimes, person.person)
    journal.append(
        workspace.journal,
        "closed",
        period=closing.name,
        since=closing.since,
        until=closing.until,
        facilities=chosen,
        build_id=build.build_id,
        manifest_sha256=hashlib.sha256(closing.text()).hexdigest(),
        despite=despite.strip(),
        **person.fields(),
    )
    return closing, figures


def reopen(workspace: Workspace, name: str, reason: str, by: str) -> None:
    """Open a closed period again, with a reason; what was reported stays in a folder of its own."""
    person = holder(workspace, by, "reopen")
    found = next((one for one in closings(workspace) if one.name == name), None)
    if found is None:
        known = ", ".join(one.name for one in closings(workspace)) or "–"
        raise ClosingError(
            f"没有已关闭的期间 “{name}”；有：{known}。", f"no closed period {name!r}; there are: {known}."
        )
    if not reason.strip():
        raise DecisionError("必须写明原因（--reason）。", "a reason is required (--reason).")
    line = journal.append(
        workspace.journal, "reopened", period=name, build_id=found.build_id, reason=reason.strip(), **person.fields()
    )
    (workspace.closed / name).rename(workspace.closed / f"{name}.reopened-{line['seq']}")
    sync_folder(workspace.closed)


def days_of(period: str) -> tuple[date, date]:
    """First day of a year or a month, and the day after its last."""
    match = _PERIOD.fullmatch(period.strip())
    month = int(match[2]) if match and match[2] else None
    if match is None or int(match[1]) < 1 or (month is not None and not 1 <= month <= 12):
        raise ClosingError(
            f"“{period}” 不是期间：请写 2024 或 2024-03。", f"{period!r} is no period: write 2024 or 2024-03."
        )
    year = int(match[1])
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def _published(workspace: Workspace) -> BuildManifest:
    warehouse.published(workspace)
    build = published_build(workspace)
    now = read_while_building(workspace)
    changed = [part for part in _PINNED if build is None or build.inputs.get(part) != now[part]]
    if build is None or changed:
        told = ", ".join(changed)
        raise ClosingError(
            f"自上次构建以来 {told} 已变：请先 tanku build，再关闭期间。",
            f"{told} changed since the last build: run `tanku build` first, then close.",
        )
    return build


def _facilities(found: list[Row], asked: Sequence[str], period: str) -> list[str]:
    known = [row["facility_id"] for row in found]
    if not known or (unknown := [one for one in asked if one not in known]):
        told = ", ".join(known) or "–"
        what = ", ".join(unknown) if known else period
        raise ClosingError(
            f"{what}：{period} 没有核算结果；有：{told}。",
            f"{what}: nothing is accounted in {period}; there is: {told}.",
        )
    return sorted(set(asked)) or known


def _refuse_closed(workspace: Workspace, rows: list[Row]) -> None:
    for one in closings(workspace):
        since, until = one.period
        if any(row["facility_id"] in one.facilities and since <= row["month"] < until for row in rows):
            raise ClosingError(
                f"其中有月份已在 {one.name} 关闭；如须更改，请先 tanku reopen {one.name}。",
                f"months of it are closed in {one.name} already; to change that, `tanku reopen {one.name}` first.",
            )


def _refuse_not_ready(workspace: Workspace, rows: list[Row]) -> None:
    standing = {(row["facility_id"], row["month"]): row["state"] for row in positions(workspace)}
    months = sorted({(row["facility_id"], row["month"]) for row in rows})
    wrong = [(*key, standing.get(key, "open")) for key in months if standing.get(key) not in READY]
    if wrong:
        told = "; ".join(f"{facility} {month:%Y-%m} {state}" for facility, month, state in wrong[:12])
        told += f" … ({len(wrong)})" if len(wrong) > 12 else ""
        raise ClosingError(
            f"只能从已报送或已核查的状态关闭；未到的月份：{told}。请先 tanku period advance。",
            f"a period is closed when it is submitted or verified; not yet: {told}. Use `tanku period advance`.",
        )


def _refuse_changed(rows: list[Row]) -> None:
    if wrong := [row for row in rows if row["changed_since_tco2e"]]:
        told = "; ".join(
            f"{row['facility_id']} {row['month']:%Y-%m} {row['regime']} {row['changed_since_tco2e']:+f}"
            for row in wrong[:8]
        )
        raise ClosingError(
            f"报送之后数值已变（吨）：{told}。请重新核算报送，或以 --despite 写明原因。",
            f"figures changed since they were submitted (t): {told}. Submit again, or say why with --despite REASON.",
        )


def _kept(
    workspace: Workspace,
    build: BuildManifest,
    name: str,
    period: tuple[date, date],
    facilities: list[str],
    regimes: list[str],
    closed_by: str,
) -> Closing:
    """The folder, written beside its place and moved there whole; what an interrupted closing left is replaced."""
    place, beside = workspace.closed / name, workspace.closed / f".{name}.part"
    for stale in (place, beside):
        shutil.rmtree(stale, ignore_errors=True)
    with naming_full_disk(workspace.root):
        keeping.keep(workspace.published_warehouse, workspace, beside, period, facilities)
        paths = sorted(path for path in beside.rglob("*") if path.is_file())
        hashes = file_hashes.hash_files(paths)
        closing = Closing(
            name=name,
            since=period[0].isoformat(),
            until=period[1].isoformat(),
            facilities=facilities,
            regimes=regimes,
            build_id=build.build_id,
            as_of=build.as_of or "",
            journal_seq=build.journal_seq,
            code_version=build.code_version,
            closed_by=closed_by,
            marts_digests=keeping.digests_of(workspace.published_warehouse, period, facilities),
            files={path.relative_to(beside).as_posix(): vars(hashes[path]) for path in paths},
            build=vars(build),
        )
        write_whole(beside / MANIFEST, closing.text())
        for path in beside.rglob("*"):
            if path.is_file():
                path.chmod(0o444)
        beside.rename(place)
        sync_folder(workspace.closed)
    return closing
