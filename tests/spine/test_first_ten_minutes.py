"""The README's first ten minutes, with its own file and feed: refused for a reason, counted, taken out, put back."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest

from pipelines.workspace import PROJECT_ROOT, Workspace
from tests.conftest import tanku

FILE = "petrol_2024_08.csv"
READMES = {name: (PROJECT_ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")}
# By hand: kilograms as tonnes, GJ/t and tC/TJ of petrol and its oxidation as GB/T 32151.34-2024 prints them, 44/12.
ADDED = Fraction("868.3") / 1000 * Fraction("43.07") * Fraction("18.9") / 1000 * Fraction(98, 100) * Fraction(44, 12)


def block(readme: str, opening: str) -> str:
    """What stands between the line that begins with `opening` and the end of its here-document or code block."""
    found = re.search(rf"^{re.escape(opening)}[^\n]*\n(.*?)^(?:CSV|```)$", readme, re.DOTALL | re.MULTILINE)
    assert found, opening
    return found[1]


def figure(workspace: Workspace) -> tuple[Decimal, str]:
    """Scope 1 of the electronics plant in 2024, and whether it is complete."""
    where = "regime = 'gbt32150' and year = 2024 and facility_id = 'NJ-E' and scope = 'scope_1'"
    with duckdb.connect(str(workspace.published_warehouse), read_only=True) as connection:
        (row,) = connection.execute(f"select emissions_tco2e, status from marts.fct_totals where {where}").fetchall()
    return row


def incomplete_lines(workspace: Workspace) -> tuple[int, int]:
    """How many lines say incomplete: of the sites, each with its reason, and of the group."""
    told = tanku("account", "-w", workspace.root).stdout
    sites = told.count("不完整 incomplete:")
    return sites, told.count("不完整 incomplete") - sites


def delivered(workspace: Workspace) -> tuple[str, str]:
    """What the published build says of the file: its outcome and its codes."""
    ask = "select outcome, coalesce(codes, '') from marts.fct_deliveries where file_name = ?"
    with duckdb.connect(str(workspace.published_warehouse), read_only=True) as connection:
        (row,) = connection.execute(ask, [FILE]).fetchall()
    return row


def test_both_languages_tell_the_same_exercise() -> None:
    english, chinese = READMES.values()
    for opening in ("cat > petrol_2024_08.csv", "```toml"):
        assert block(english, opening) == block(chinese, opening)


@pytest.mark.parametrize("readme", READMES.values(), ids=READMES.keys())
def test_the_figures_printed_are_those_that_come(built: Workspace, readme: str) -> None:
    before, after = re.findall(r"\d+\.\d{6}", readme[readme.index("tanku account\n```") :])[:2]
    assert Decimal(before) == figure(built)[0]
    assert Decimal(after) - Decimal(before) == round(ADDED, 6)
    assert incomplete_lines(built) == (11, 9)
    said = "Eleven lines of the sites say .{,30} nine of the group|设施有十一行写着.{,10}集团随之有九行"
    assert re.search(said, " ".join(readme.split()))


def test_refused_then_counted_then_taken_out_and_put_back(copied: Workspace) -> None:
    before, state = figure(copied)
    counted = (before + Decimal(round(ADDED * 10**6)) / 10**6, "complete")
    assert state == "incomplete"
    (copied.inbox / FILE).write_text(block(READMES["README.md"], "cat > petrol_2024_08.csv"), encoding="utf-8")

    told = tanku("inspect", copied.inbox / FILE, "-w", copied.root, expect=1).stdout
    assert "HDR_UNKNOWN" in told and "物料号" in told and "kingdee_stock_ledger (缺 / missing: 物料编码)" in told
    tanku("build", "-w", copied.root)
    assert delivered(copied) == ("REJECT_FILE", "HDR_UNKNOWN")
    assert figure(copied) == (before, "incomplete")

    (copied.feeds / "petrol_by_hand.toml").write_text(block(READMES["README.md"], "```toml"), encoding="utf-8")
    tanku("build", "-w", copied.root)
    assert delivered(copied) == ("ACCEPT", "")
    assert figure(copied) == counted
    assert incomplete_lines(copied) == (8, 6)

    tanku("retract", FILE, "--reason", "only an exercise", "-w", copied.root)
    assert figure(copied) == counted, "what is published must not change before the next build"
    tanku("build", "-w", copied.root)
    assert figure(copied) == (before, "incomplete")

    tanku("restore", FILE, "--reason", "it was right", "-w", copied.root)
    tanku("build", "-w", copied.root)
    assert figure(copied) == counted
