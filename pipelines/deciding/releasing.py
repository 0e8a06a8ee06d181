"""Quarantined rows and their release: what is kept out, and the proposal to load a row with other texts.

The release is tried on the archived bytes before it is journalled: one that would not load its row is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipelines import archive, landing
from pipelines.archive import Delivery, Release, journal
from pipelines.asking import Row
from pipelines.deciding import standing
from pipelines.deciding.laying import id_of
from pipelines.deciding.people import DecisionError, holder
from pipelines.deciding.proposing import near, reasoned
from pipelines.workspace import Workspace


def quarantined(workspace: Workspace, file_name: str = "") -> list[Row]:
    """The rows kept out of the published account, with reason, place, what was found and what to do."""
    rows = standing.published(workspace, "quarantined")
    return [row for row in rows if not file_name or row["file_name"] == file_name]


def release(
    workspace: Workspace, file_name: str, row_number: int, sheet: str | None, values: Mapping[str, str], reason: str,
    expires: date, name: str, as_of: date,
) -> tuple[str, Row]:  # fmt: skip
    """Propose to load a quarantined row with `values` (heading → text); returns the decision's id and the row.

    sheet: needed only where several sheets have such a row. Raises DecisionError when there is no such row, a heading is
    unknown, or the row would not load with these texts.
    """
    maker = holder(workspace, name, "release")
    row = _row(workspace, file_name, row_number, sheet)
    _refuse_unsound(workspace, row, values, as_of)
    kept = {key: row[key] for key in ("file_sha256", "file_name", "sheet", "row_number", "code", "found", "row_text")}
    given = kept | {"values": dict(values), "subject": f"{row['file_sha256'][:16]}/{row['sheet']}/{row_number}"}
    given |= reasoned(reason, expires, as_of)
    line = journal.append(workspace.journal, "release_proposed", **given, **maker.fields())
    return id_of(line), row


def _row(workspace: Workspace, file_name: str, row_number: int, sheet: str | None) -> Row:
    rows = quarantined(workspace)
    found = [
        row
        for row in rows
        if row["row_number"] == row_number
        and (row["file_name"] == file_name or (len(file_name) >= 8 and row["file_sha256"].startswith(file_name)))
        and sheet in (None, row["sheet"])
    ]
    if len(found) == 1:
        return found[0]
    if found:
        sheets = ", ".join(f"{row['file_name']} {row['sheet']}" for row in found)
        raise DecisionError(
            f"有 {len(found)} 处隔离的第 {row_number} 行（{sheets}）：请用 --sheet 或文件哈希指明。",
            f"{len(found)} quarantined rows {row_number} go by that name ({sheets}): say --sheet, or the file's hash.",
        )
    raise _no_row(rows, file_name, row_number)


def _no_row(rows: Sequence[Row], file_name: str, row_number: int) -> DecisionError:
    own = [str(row["row_number"]) for row in rows if row["file_name"] == file_name]
    if own:
        told = ", ".join(own[:20])
        return DecisionError(
            f"{file_name} 的第 {row_number} 行没有被隔离；隔离的是第 {told} 行。",
            f"row {row_number} of {file_name} is not in quarantine; rows that are: {told}.",
        )
    told = near(file_name, list(dict.fromkeys(row["file_name"] for row in rows)))
    return DecisionError(
        f"“{file_name}” 没有被隔离的行；有隔离行的文件：{told}。",
        f"no row of {file_name!r} is in quarantine; files that have some: {told}.",
    )


def _refuse_unsound(workspace: Workspace, row: Row, values: Mapping[str, str], as_of: date) -> None:
    proposed = Release("", row["sheet"], row["row_number"], tuple(sorted(values.items())))
    tried = landing.rehearse(workspace, _with(workspace, row, proposed, as_of))
    if tried.unknown:
        known = ", ".join(tried.known) or "–"
        unknown = ", ".join(tried.unknown)
        raise DecisionError(
            f"{row['file_name']} 没有列 “{unknown}”；其列为：{known}。",
            f"{row['file_name']} has no column {unknown!r}; its columns are: {known}.",
        )
    if tried.objection:
        raise DecisionError(
            f"以这些值该行仍不能载入：{tried.objection}",
            "with these values the row would still not load; see the reason and give other values.",
        )


def _with(workspace: Workspace, row: Row, proposed: Release, as_of: date) -> Delivery:
    """The row's delivery with what is released of it already, but for this row, and the release proposed last."""
    counting = standing.with_releases(archive.deliveries(workspace), standing.read(workspace), as_of)
    delivery = next((one for one in counting if one.file_sha256 == row["file_sha256"]), None)
    if delivery is None:
        raise DecisionError(
            f"{row['file_name']} 已撤回，不再计入：先运行 tanku restore。",
            f"{row['file_name']} was retracted and no longer counts: run `tanku restore` first.",
        )
    others = [one for one in delivery.releases if (one.sheet, one.row_number) != (row["sheet"], row["row_number"])]
    return replace(delivery, releases=(*others, proposed))
