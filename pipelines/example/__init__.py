"""The example enterprise: two invented plants and a workshop they buy, with the faults real files have, from a seed.

It writes a workspace's inputs (settings, plan, inbox) and keeps the truth for tests; it lands and builds nothing.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pipelines.example import (
    activity,
    bills,
    curves,
    documents,
    green,
    laboratory,
    ledgers,
    plan,
    registers,
    returns,
    sap,
    solar,
    stock,
    suppliers,
)
from pipelines.example.truth import Bill, Planted, Share, Truth

__all__ = ["SEED", "Bill", "Planted", "Truth", "truth", "write"]

SEED = 20260101


def write(root: Path, seed: int = SEED, truth_file: Path | None = None, is_faulty: bool = True) -> None:
    """Write `tanku.toml`, `plan/` and `inbox/` into the folder `root`; the same seed writes the same bytes.

    `is_faulty`: with the faults that are planted for show; without them the same plants, and nobody erred.

    `truth_file`: where to write the truth as JSON, for those who want to compare; by default it is not written.
    """
    plan.write(root, is_faulty)
    inbox = root / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    files, known = _compose(seed, is_faulty)
    for name, content in files.items():
        (inbox / name).write_bytes(content)
    if truth_file is not None:
        truth_file.write_text(known.as_json(), encoding="utf-8")


def truth(seed: int = SEED, is_faulty: bool = True) -> Truth:
    """What truly happened in the example of this seed, and which faults its files hold."""
    return _compose(seed, is_faulty)[1]


@lru_cache(maxsize=1)
def _compose(seed: int, is_faulty: bool) -> tuple[dict[str, bytes], Truth]:
    shares = _shares(seed, is_faulty)
    files = {name: content for share in shares for name, content in share.files.items()}
    return files, Truth(
        seed=seed,
        units=plan.units(),
        monthly={series: months for share in shares for series, months in share.monthly.items()},
        bills=tuple(bill for share in shares for bill in share.bills),
        planted=(*(planted for share in shares for planted in share.planted), *(plan.lapses() if is_faulty else ())),
        data_rows={name: rows for share in shares for name, rows in share.data_rows.items()},
    )


def _shares(seed: int, is_faulty: bool) -> list[Share]:
    history = activity.history(seed)
    drawn = curves.draw(seed, history)
    kept = stock.keep(seed, history)
    metered = registers.share(seed, history, solar.generated_kwh(drawn), is_faulty)
    told = [
        curves.share(seed, drawn, is_faulty),
        metered,
        ledgers.share(kept, is_faulty),
        sap.share(seed, kept),
        bills.share(seed, history, drawn, metered.monthly["E-NG"], is_faulty),
        documents.share(seed, history, kept, is_faulty),
        solar.share(drawn),
        laboratory.share(seed),
        green.share(seed, is_faulty),
        suppliers.share(is_faulty),
    ]
    return [*told, returns.share(seed, told)]
