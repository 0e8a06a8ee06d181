"""A sector's or regime's methods as readable formulas, with terms, default factors and sources. It computes nothing."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipelines import rules, warehouse
from pipelines.asking import Row, ask, grouped

HERE = Path(__file__).parent


class UnknownFolder(Exception):
    """No folder of the rules goes by that name; the message lists the nearest (zh / en)."""

    exit_code = 2


@dataclass(frozen=True)
class Method:
    """The methods of one folder: `formulas` one a row of methods.csv, each with its `terms` and their `defaults`."""

    folder: str
    formulas: Sequence[dict[str, Any]]

    def as_json(self) -> str:
        """For a machine; numbers as the exact text of their source."""
        return json.dumps({"sector": self.folder, "formulas": self.formulas}, ensure_ascii=False, indent=2, default=str)

    def as_text(self) -> str:
        """For a person: the formula, when it is used, its default factors and where everything is printed."""
        told: list[str] = [self.folder]
        stream = ""
        for formula in self.formulas:
            if formula["stream_type"] != stream:
                stream = formula["stream_type"]
                told += ["", f"■ {formula['name_zh'] or ''} {formula['name_en'] or ''}  [{stream}]"]
            told += _formula(formula)
        return "\n".join(told)


@cache
def terms() -> Mapping[str, Mapping[str, str]]:
    """Term → its symbol in a formula and its names (zh, en), of terms.toml."""
    return tomllib.loads((HERE / "terms.toml").read_text(encoding="utf-8"))


def folders() -> list[str]:
    """Every folder of the rules that holds methods: sectors and regimes."""
    return sorted({row[rules.FOLDER_COLUMN] for row in rules.rows("methods")})


def method(folder: str, regime: str | None = None) -> Method:
    """The methods of that folder, all regimes or one; raises UnknownFolder."""
    if folder not in folders():
        near = difflib.get_close_matches(folder, folders(), 3, 0.4) or folders()
        raise UnknownFolder(f"没有行业或制度 {folder} / no sector or regime {folder}: {', '.join(near)}")
    with warehouse.writing(Path(":memory:")) as connection:
        rules.lay_down(connection)
        rows = ask(connection, HERE / "methods.sql", folder, regime)
        found = grouped(ask(connection, HERE / "method_factors.sql", folder, regime), "method_id", "stream_type")
    return Method(
        folder, [row | {"terms": _terms(found.get((row["method_id"], row["stream_type"]), []))} for row in rows]
    )


def _terms(rows: list[Row]) -> list[dict[str, Any]]:
    """One entry a term, its default factors below it."""
    found = []
    for (_, name), lines in grouped(rows, "term_order", "term").items():
        shared = {key: lines[0][key] for key in ("measured_kind", "numerator", "denominator")}
        units = {key: lines[0][key] for key in ("numerator_unit", "denominator_unit")}
        kept = ("factor_id", "subject_printed", "value_text", "unit_printed", "edition", "source_document")
        kept += ("source_locator", "verification_status")
        defaults = [{key: line[key] for key in kept} for line in lines if line["factor_id"]]
        found.append({"term": name, **shared, **units, "defaults": defaults})
    return found


def _formula(formula: dict[str, Any]) -> list[str]:
    sign = "−" if formula["sign"] == -1 else ""
    product = " × ".join(["活动数据 activity data", *(_term(term) for term in formula["terms"])])
    when = [f"{name} = {formula[key]}" for key, name in _CONDITIONS.items() if formula[key]]
    told = [f"  E({formula['gas']}) = {sign}{product}"]
    told += [f"      适用 when: {'；'.join(when)}"] if when else []
    told.append(f"      依据 source: {formula['source_document']}  {formula['source_locator']}")
    for term in formula["terms"]:
        told += [_default(term["term"], one) for one in term["defaults"][:_SHOWN]]
        if len(term["defaults"]) > _SHOWN:
            told.append(f"        … {len(term['defaults']) - _SHOWN} 个 more: tanku factors --parameter {term['term']}")
    return told


_SHOWN = 12
_CONDITIONS = {
    "regime": "制度 regime",
    "fuel": "物料 material",
    "origin": "来源 origin",
    "quantity_dimension": "量纲 dimension",
    "measured_kind": "实测 measured",
}


def _term(term: dict[str, Any]) -> str:
    if term["numerator"] is not None:
        unit = "/".join(part for part in (term["numerator_unit"], term["denominator_unit"]) if part)
        return f"{term['numerator']}/{term['denominator']} {unit}".rstrip()
    name = str(term["term"])
    called = terms().get(name)
    return f"{called['zh']} {called['en']}" if called else name


def _default(term: str, one: dict[str, Any]) -> str:
    value = f"{one['value_text']} {one['unit_printed'] or ''}".strip()
    return (
        f"        {term} {one['subject_printed'] or ''} = {value}  [{one['verification_status']}]  {one['factor_id']}"
    )
