"""Every file of the example fits exactly one starter feed by its header; only the supplier's form fits none."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipelines.workspace import STARTER_FEEDS_DIR
from tests.example import rereading

EXPECTED = {
    "用电负荷曲线": {"state_grid_curve"},
    "能源计量抄表": {"energy_register"},
    "物料收发汇总表": {"kingdee_stock_ledger"},
    "收发存汇总表": {"yonyou_stock_ledger"},
    "MB51": {"sap_mb51"},
    "账单": {"utility_bill"},
    "产量月报": {"production_output"},
    "煤焦检测报告": {"lab_assay"},
    "采购入库明细": {"purchases"},
    "绿色电力证书": {"energy_attribute"},
    "支撑材料清单": {"evidence_documents"},
    "气象数据": {"weather"},
    "产品碳足迹问卷": {"supplier_questionnaire"},
    "碳管理调查问卷": set(),
}
TABLE_FORMATS = {"delimited", "excel"}


def headers(file: Path) -> list[set[str]]:
    """What each of the first rows names, alone and as the upper row of a merged pair."""
    pages = [rereading.delimited(file)] if file.suffix == ".csv" else list(rereading.sheets(file).values())
    found = []
    for page in pages:
        texts = [[str(cell or "").strip() for cell in row] for row in page[:30]]
        found += [set(row) for row in texts] + [set(merged(*pair)) for pair in pairwise(texts)]
    return found


def merged(upper: list[str], lower: list[str]) -> list[str]:
    names, group = [], ""
    for above, below in zip(upper, lower, strict=False):
        group = above or group
        names.append(f"{group}/{below}" if below else above)
    return names


def signature(feed: dict[str, Any]) -> list[set[str]]:
    """The headings a feed cannot do without: of each set, one."""
    columns = {**feed["columns"], **feed.get("measures", {}).get("columns", {})}
    needs = [set(source) for source in columns.values() if isinstance(source, list)]
    if "prefix" in feed["columns"].get("values", {}):
        wide = feed["columns"]["values"]
        needs += [{f"{wide['prefix']}{number}"} for number in range(wide["first"], wide["last"] + 1)]
    unit = feed.get("unit", {})
    return needs + ([set(unit["column"])] if "column" in unit and "constant" not in unit else [])


@pytest.fixture(scope="module")
def feeds() -> dict[str, dict[str, Any]]:
    contents = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in STARTER_FEEDS_DIR.glob("*.toml")}
    return {name: feed for name, feed in contents.items() if feed["format"] in TABLE_FORMATS}


def test_every_table_of_the_inbox_is_what_one_feed_expects(inbox: Path, feeds: dict[str, dict[str, Any]]) -> None:
    for file in sorted(inbox.iterdir()):
        if file.suffix == ".json":
            continue
        rows, claimed = headers(file), set()
        for name, feed in feeds.items():
            is_meant = any(fnmatch(file.name.lower(), glob.lower()) for glob in feed.get("files", ["*"]))
            if is_meant and any(all(need & row for need in signature(feed)) for row in rows):
                claimed.add(name)
        expected = next(names for part, names in EXPECTED.items() if part in file.name)
        assert claimed == expected, file.name
