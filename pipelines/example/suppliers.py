"""What suppliers send of themselves: footprints in PACT's form, a questionnaire as a table, and one that is a form."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from pipelines.example import sheets
from pipelines.example.truth import Planted, Share

# Footprint ids come from names in this invented space: the same example, the same ids.
SPACE = UUID("7d2f1c1e-5b8a-4c0e-9a53-0e6f1d2b3c4d")
TABLE = "2025-Q3_供应商产品碳足迹问卷_2025.xlsx"
FORM = "2025-Q3_供应商碳管理调查问卷_S2002.xlsx"
TABLE_HEADER = [
    "问卷编号",
    "供应商代码",
    "供应商名称",
    "产品代码",
    "产品名称",
    "声明单位",
    "声明数量",
    "产品碳足迹(kgCO2e)",
    "其中化石排放(kgCO2e)",
    "初级数据占比(%)",
    "数据起始日期",
    "数据截止日期",
    "生产国家或地区",
]
# Two who have no PACT system: number, supplier, product, unit, footprint and its fossil part, primary share.
ANSWERS = (
    ("WJ-2025-001", "S2003", "无锡示例包装有限公司", "PKG-0031", "瓦楞纸箱", "piece", "0.412", "0.405", "20"),
    ("WJ-2025-002", "S2004", "常州示例精密冲压有限公司", "STP-2208", "冲压支架", "piece", "0.873", "0.873", "35"),
)


@dataclass(frozen=True)
class Footprint:
    """A supplier's product footprint: kg CO2e per declared unit, as text like everything in PACT's form."""

    supplier: str
    company: str
    product: str
    description: str
    declared_unit: str
    mass_kg: str
    fossil_kgco2e: str
    uptake_kgco2e: str
    primary_share: str
    status: str = "Active"
    edition: int = 1
    country: str = "CN"


IRON = Footprint(
    "S1003", "安徽示例冶金材料有限公司", "02.01.0001", "生铁 Z14 / pig iron", "kilogram", "1", "1.86", "0", "72.5"
)
SCRAP = Footprint(
    "S1004", "苏州示例再生金属有限公司", "02.01.0002", "废钢 / steel scrap", "kilogram", "1", "0.031", "0", "40"
)
BOARD = Footprint(
    "S2001", "昆山示例电路板有限公司", "PCB-0417", "四层电路板 / four-layer board", "piece", "0.085", "2.47", "0", "55"
)
NEWER_BOARD = replace(BOARD, fossil_kgco2e="2.21", primary_share="68.4", edition=2)
OLDER_BOARD = replace(BOARD, status="Deprecated")
CONNECTOR = Footprint(
    "S2002",
    "东莞示例连接器有限公司",
    "CON-1120",
    "线束连接器 / harness connector",
    "piece",
    "0.012",
    "0.064",
    "-0.004",
    "15",
)
# In the order of receipt: what came with the second quarter of 2025, and with the fourth.
RECEIVED = {"2025-Q2": (IRON, SCRAP, BOARD, CONNECTOR), "2025-Q4": (NEWER_BOARD, OLDER_BOARD)}


def share(is_faulty: bool = True) -> Share:
    """A JSON file a footprint, and the two questionnaires."""
    result = Share(is_faulty)
    for quarter, footprints in RECEIVED.items():
        for number, footprint in enumerate(footprints, 1):
            text = json.dumps(_pact(footprint), ensure_ascii=False, indent=2) + "\n"
            name = f"{quarter}_PACT_{number}_{footprint.supplier}_{footprint.product}.json"
            result.deliver(name, text.encode(), 1)
    note = "the footprint of the board's first edition, sent again as Deprecated"
    result.planted.append(Planted("deprecated_footprint", name, code="VALUE_REVISED", note=note))
    result.deliver(TABLE, sheets.workbook({"问卷": [TABLE_HEADER, *map(_answer, ANSWERS)]}), len(ANSWERS))
    if not is_faulty:
        return result
    result.deliver(FORM, sheets.workbook(_form()), 0)
    note = "a form, not a table: no feed claims it"
    result.planted.append(Planted("unread_file", FORM, code="HDR_UNKNOWN", note=note))
    return result


def _pact(footprint: Footprint) -> dict[str, Any]:
    """One ProductFootprint of PACT 3.0 with the required fields and the declared shares."""
    record: dict[str, Any] = {
        "id": _identity(footprint, footprint.edition),
        "specVersion": "3.0.0",
        "created": f"2025-0{4 + 4 * (footprint.edition - 1)}-15T08:00:00Z",
        "status": footprint.status,
        "companyName": footprint.company,
        "companyIds": [f"urn:pact:example.invalid:supplier-id:{footprint.supplier}"],
        "productDescription": footprint.description,
        "productIds": [f"urn:pact:example.invalid:product-id:{footprint.product}"],
        "productNameCompany": footprint.description,
        "pcf": _carbon(footprint),
    }
    if footprint.edition > 1:
        record["precedingPfIds"] = [_identity(footprint, footprint.edition - 1)]
    return record


def _carbon(footprint: Footprint) -> dict[str, Any]:
    fossil, uptake = footprint.fossil_kgco2e, footprint.uptake_kgco2e
    including = fossil if uptake == "0" else str(Decimal(fossil) + Decimal(uptake))
    return {
        "declaredUnitOfMeasurement": footprint.declared_unit,
        "declaredUnitAmount": "1",
        "productMassPerDeclaredUnit": footprint.mass_kg,
        "referencePeriodStart": "2024-01-01T00:00:00Z",
        "referencePeriodEnd": "2025-01-01T00:00:00Z",
        "geographyCountry": footprint.country,
        "pcfExcludingBiogenicUptake": fossil,
        "pcfIncludingBiogenicUptake": including,
        "fossilGhgEmissions": fossil,
        "biogenicCO2Uptake": uptake,
        "fossilCarbonContent": "0",
        "ipccCharacterizationFactors": ["AR6"],
        "crossSectoralStandards": ["ISO14067"],
        "exemptedEmissionsPercent": "0",
        "primaryDataShare": footprint.primary_share,
    }


def _identity(footprint: Footprint, edition: int) -> str:
    return str(uuid5(SPACE, f"{footprint.supplier} {footprint.product} {edition}"))


def _answer(given: tuple[str, ...]) -> list:
    *who, unit, footprint, fossil, share = given
    figures = [Decimal(1), *map(Decimal, (footprint, fossil, share))]
    return [*who, unit, *figures, date(2024, 1, 1), date(2024, 12, 31), "CN"]


def _form() -> dict[str, list[list[str]]]:
    """Free answers beside questions: it has no header that names columns."""
    questions = [
        ("1", "贵公司是否核算温室气体排放？", "是，自 2023 年起"),
        ("2", "范围一排放量（tCO2e）", "1 240"),
        ("3", "范围二排放量（tCO2e）", "约 5 600"),
        ("4", "是否经第三方核查？", "否"),
        ("5", "绿色电力占比", "15%"),
        ("6", "减排目标", "2030 年较 2023 年下降 30%"),
    ]
    cover = [["供应商碳管理调查问卷"], ["填表单位", "东莞示例连接器有限公司"], ["填表人", "示例"]]
    return {"封面": cover, "问卷": [["一、基本情况"], [], *map(list, questions)]}
