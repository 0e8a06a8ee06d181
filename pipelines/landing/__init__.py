"""Landing: an archived file and its feed → typed rows in the lake, with an account of every row. No figure is computed.

`inspect` asks the same of a file that has not been received; it stores nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import feeds
from pipelines.archive import Delivery
from pipelines.feeds import Feed
from pipelines.landing import accounts, claiming, lake, one_file
from pipelines.landing.accounts import FileAccount
from pipelines.landing.one_file import Delivered, Landed
from pipelines.readers import Refused
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    import pyarrow as pa

    from pipelines.landing.inspecting import InspectResult
    from pipelines.landing.rehearsing import Rehearsal

__all__ = ["FileAccount", "inspect", "lake_files", "land", "land_all", "rehearse"]

# A date up to a year ahead of receipt is believed (contracts, validities); beyond that it is a slip.
DAYS_AHEAD = 366
# Files land side by side, as each is typed for the most part on one thread; a large one alone, for the sake of memory.
AT_ONCE = 2
SMALL_BYTES = 64_000_000


def land_all(
    workspace: Workspace, deliveries: Sequence[Delivery], on_progress: Callable[[str], None] | None = None
) -> list[FileAccount]:
    """Land every delivery that is not in the lake yet, or no longer whole there; the accounts of all, in order.

    Raises FeedError for a feed that cannot be read, DiskFull when there is no room. A file that cannot count is an
    account with outcome REJECT_FILE.
    """
    known = feeds.of_workspace(workspace)
    told = iter(range(1, len(deliveries) + 1))

    def landed(delivery: Delivery) -> FileAccount:
        account = land(workspace, delivery, known)
        if on_progress:
            on_progress(f"解析 / landing {next(told)}/{len(deliveries)} {delivery.file_name}")
        return account

    small = [one for one in deliveries if one.path.stat().st_size <= SMALL_BYTES]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = dict(zip([one.received_seq for one in small], pool.map(landed, small), strict=True))
    return [found.get(one.received_seq) or landed(one) for one in deliveries]


def land(workspace: Workspace, delivery: Delivery, known: Sequence[Feed]) -> FileAccount:
    """One delivery into the lake under the feeds `known`; what lies there already, unharmed, is kept."""
    stem = lake.remembered_claim(workspace, delivery, known)
    files = lake.stored(workspace, stem, verify=True) if stem else None
    if files is None:
        return _land_anew(workspace, delivery, known)
    return lake.account_in(files[lake.ACCOUNTS], delivery.file_name)


def lake_files(workspace: Workspace, deliveries: Sequence[Delivery]) -> dict[str, list[Path]]:
    """The lake's files of these deliveries, by table ('load_profile', 'quarantined_row' …), in order of receipt."""
    known = feeds.of_workspace(workspace)
    found: dict[str, list[Path]] = {}
    for delivery in deliveries:
        for name, file in _files(workspace, delivery, known).items():
            found.setdefault(name, []).append(file)
    return found


def inspect(workspace: Workspace | None, path: Path, feed_file: Path | None = None) -> InspectResult:
    """What would happen to the file at `path`: claimed by whom, loaded what, compared with what the workspace holds.

    feed_file: judge it by this feed contract alone. Without a workspace: by the starter feeds.
    """
    from pipelines.landing import inspecting

    return inspecting.inspect(workspace, path, feed_file)


def rehearse(workspace: Workspace, delivery: Delivery) -> Rehearsal:
    """What the last of the delivery's releases would do to its row; nothing is stored."""
    from pipelines.landing import rehearsing

    return rehearsing.rehearse(_delivered(delivery), feeds.of_workspace(workspace))


def _files(workspace: Workspace, delivery: Delivery, known: Sequence[Feed]) -> dict[str, Path]:
    stem = lake.remembered_claim(workspace, delivery, known)
    files = lake.stored(workspace, stem, verify=False) if stem else None
    if files is None:
        _land_anew(workspace, delivery, known)
        return _files(workspace, delivery, known)
    return files


def _land_anew(workspace: Workspace, delivery: Delivery, known: Sequence[Feed]) -> FileAccount:
    """Read and claim a delivery; type it unless the claiming feed's files lie in the lake already."""
    file = _delivered(delivery)
    try:
        document, claim = claiming.claimed(file.path, file.name, known)
    except Refused as refusal:
        return _store(workspace, delivery, one_file.refused(file, refusal), known)
    stem = lake.stem_of(delivery, claim.feed, known)
    if files := lake.stored(workspace, stem, verify=True):
        lake.remember_claim(workspace, delivery, known, claim.feed)
        return lake.account_in(files[lake.ACCOUNTS], delivery.file_name)
    return _store(workspace, delivery, one_file.of_document(file, document, claim), known)


def _delivered(delivery: Delivery) -> Delivered:
    latest = delivery.received_at.date() + timedelta(days=DAYS_AHEAD)
    return Delivered(delivery.path, delivery.file_name, delivery.file_sha256, latest, delivery.releases)


def _store(workspace: Workspace, delivery: Delivery, landed: Landed, known: Sequence[Feed]) -> FileAccount:
    lake.store(workspace, lake.stem_of(delivery, landed.feed, known), _tables(landed, delivery))
    lake.remember_claim(workspace, delivery, known, landed.feed)
    return landed.account


def _tables(landed: Landed, delivery: Delivery) -> dict[str, pa.Table]:
    """What is stored of a landed file; the accounts last."""
    tables: dict[str, pa.Table] = {}
    if landed.records is not None and landed.feed is not None:
        kind = landed.feed.record_type
        tables[kind] = lake.with_lineage(landed.records, kind, delivery, landed.feed)
    return tables | {
        "quarantined_row": accounts.quarantined_table(landed.ledger),
        "skipped_row": accounts.skipped_table(landed.ledger),
        "file_message": accounts.message_table(landed.ledger),
        lake.ACCOUNTS: accounts.account_table(landed.account),
    }
