"""Every file of the example is claimed by exactly one starter feed; only the supplier's form by none."""

from __future__ import annotations

from pathlib import Path

from pipelines import feeds, readers
from pipelines.workspace import STARTER_FEEDS_DIR

EXPECTED = {
    "用电负荷曲线": ["state_grid_curve"],
    "能源计量抄表": ["energy_register"],
    "物料收发汇总表": ["kingdee_stock_ledger"],
    "收发存汇总表": ["yonyou_stock_ledger"],
    "MB51": ["sap_mb51"],
    "账单": ["utility_bill"],
    "产量月报": ["production_output"],
    "煤焦检测报告": ["lab_assay"],
    "采购入库明细": ["purchases"],
    "绿色电力证书": ["energy_attribute"],
    "绿电交易结算单": ["energy_attribute"],
    "光伏自用电量": ["fuel_consumption"],
    "化验与品质填报": ["template_lab_assay"],
    "支撑材料清单": ["evidence_documents"],
    "成品收发存填报": ["template_stock_movement"],
    "能源统计报表205-1": ["fuel_consumption"],
    "气象数据": ["weather"],
    "PACT": ["pact_v3"],
    "产品碳足迹问卷": ["supplier_questionnaire"],
    "碳管理调查问卷": [],
}


def test_every_file_of_the_inbox_is_claimed_by_the_feed_meant_for_it(inbox: Path) -> None:
    starters = feeds.in_folder(STARTER_FEEDS_DIR)
    for file in sorted(inbox.iterdir()):
        document = readers.read(file, readers.ReaderOptions(), file.name)
        found = feeds.claims(document, starters, file.name)
        expected = next(names for part, names in EXPECTED.items() if part in file.name)
        assert [claim.feed.name for claim in found] == expected, file.name
        # every sheet that has rows is read, and no sheet is broken
        assert all(all(claim.headers) for claim in found), file.name
        assert not document.notices and not any(table.notices or table.bad_rows for table in document.tables), file.name
