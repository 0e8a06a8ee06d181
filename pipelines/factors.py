"""Which factor, from where, since when: the factors of the rules that fit what is asked. No workspace, no computation.

What is in force in an account is decided by its models; here a person sees what the tables hold and where it is printed.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines import rules, units, warehouse
from pipelines.asking import Row, ask, grouped
from pipelines.explaining.telling import VERIFIED
from pipelines.status import as_table

FACTORS = Path(__file__).with_suffix(".sql")
NAMES = Path(__file__).with_name("factor_names.sql")
IN_MEMORY = Path(":memory:")
NEAREST = 3
SHOWN = 20

KINDS = {
    "fuel": "燃料或对象 / no fuel or subject",
    "parameter": "参数 / no parameter",
    "regime": "核算制度 / no regime",
    "region": "地区 / no region",
}
HEADINGS = {
    "parameter": "参数 parameter",
    "subject_printed": "对象 subject",
    "gas": "气体 gas",
    "region_code": "地区 region",
    "value_text": "数值 value",
    "unit_printed": "单位 unit",
    "factor_set": "因子集 set",
    "edition": "版本 edition",
    "data_year": "数据年 data year",
    "published_on": "公布 published",
    "valid_from": "自 from",
    "valid_to": "至 until",
    "used_for": "用于（次序） used for (priority)",
    "selected_by": "选用 selected by",
    "verification_status": "核实 checked",
    "source": "来源 source",
}


class FactorsError(Exception):
    """A name that nothing goes by; the message is bilingual and gives the nearest ones."""

    exit_code = 2


@dataclass(frozen=True)
class Factors:
    """The factors found, in the order in which they are told."""

    rows: Sequence[Row]

    def as_json(self) -> str:
        """For a machine: values as exact text, dates in ISO form, null where nothing is stated."""
        return json.dumps(list(self.rows), ensure_ascii=False, indent=2, default=str)

    def as_text(self) -> str:
        """For a person: one line a factor as printed, then the sources and the notes they refer to."""
        if not self.rows:
            return "（无 / none）"
        sources = list(dict.fromkeys(map(_source, self.rows)))
        parts = [
            _lines(self.rows, sources),
            "来源 / sources\n" + "\n".join(f"[{place}] {source}" for place, source in enumerate(sources, 1)),
        ]
        notes = _notes(self.rows)
        if notes:
            parts.append("说明 / notes\n" + "\n".join(notes))
        return "\n\n".join([*parts, f"{len(self.rows)} 个因子 / factors"])


def find(
    fuel: str | None = None,
    parameter: str | None = None,
    on: date | None = None,
    regime: str | None = None,
    region: str | None = None,
) -> Factors:
    """The factors that fit; `on`: the day they must be valid, `regime`: only what its factor sets name.

    `fuel` is a fuel by any of its names or a subject of a table. Raises FactorsError for a name that nothing goes by.
    """
    with warehouse.writing(IN_MEMORY) as connection:
        rules.lay_down(connection)
        known = grouped(ask(connection, NAMES), "kind")
        wanted = {
            kind: _code(kind, text, known[kind,])
            for kind, text in (("fuel", fuel), ("parameter", parameter), ("regime", regime), ("region", region))
        }
        return Factors(
            ask(connection, FACTORS, wanted["fuel"], wanted["parameter"], on, wanted["regime"], wanted["region"])
        )


def _code(kind: str, text: str | None, known: Sequence[Row]) -> str | None:
    if text is None:
        return None
    codes = {row["name"].casefold(): row["code"] for row in known}
    fuel = units.fuel_of(text) if kind == "fuel" else None
    code = fuel.code if fuel else codes.get(text.strip().casefold())
    if code is None:
        raise FactorsError(_unknown(kind, text, codes))
    return code


def _unknown(kind: str, text: str, codes: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(text.strip().casefold(), codes, n=NEAREST, cutoff=0.4)
    all_codes = sorted(set(codes.values()))
    offered = list(dict.fromkeys(codes[name] for name in near)) or (all_codes if len(all_codes) <= SHOWN else ["–"])
    return f"没有名为 {text!r} 的{KINDS[kind]} of that name。最接近的 / nearest: {', '.join(offered)}"


def _lines(rows: Sequence[Row], sources: Sequence[str]) -> str:
    shown = [
        row
        | {
            "subject_printed": _subject(row),
            "used_for": _listed(f"{use['stream_type']} ({use['priority']})" for use in row["uses"] or ()),
            "selected_by": _listed(use["selection"] for use in row["uses"] or ()),
            "verification_status": VERIFIED[row["verification_status"]],
            "source": f"[{sources.index(_source(row)) + 1}]",
        }
        for row in rows
    ]
    filled = [column for column in HEADINGS if any(row[column] is not None for row in shown)]
    return as_table([HEADINGS[column] for column in filled], [[row[column] for column in filled] for row in shown])


def _listed(words: Iterable[str]) -> str | None:
    return " ".join(dict.fromkeys(words)) or None


def _subject(row: Row) -> str:
    """The name as printed beside the one it is looked up by."""
    return " ".join(dict.fromkeys(filter(None, (row["subject_printed"], row["subject"]))))


def _source(row: Row) -> str:
    return " — ".join(filter(None, (row["source_document"], row["source_locator"])))


def _notes(rows: Sequence[Row]) -> list[str]:
    by_note = grouped([row for row in rows if row["note"]], "note")
    return [f"{', '.join(row['factor_id'] for row in said)}: {note}" for (note,), said in by_note.items()]
