"""What can be wrong with a plan, in words: one template per code, zh and en. Nothing is checked here."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

_TEXTS: dict[str, tuple[str, str]] = {
    "EMPTY_PLAN": (
        "计划为空：请放入 plan.toml 和各表的 CSV，或一个 plan.xlsx（tanku init --example 给出样例）。",
        "the plan is empty: put plan.toml and a CSV per table here, or one plan.xlsx (`tanku init --example` shows one).",
    ),
    "MISSING_FILE": ("缺少此表：请补上 {expected}。", "this table is missing: add {expected}."),
    "TWO_SOURCES": (
        "同时有 plan.xlsx 和 {found}：只留其一。",
        "both plan.xlsx and {found} are here: keep one of them.",
    ),
    "UNKNOWN_FILE": (
        "不是计划的表{near_zh}；应为: {expected}。请改名或移走。",
        "this is no table of the plan{near_en}; expected one of {expected}: rename it or move it away.",
    ),
    "UNREADABLE": (
        "读不懂（{found}）：请另存为 UTF-8、GBK 的 CSV 或 .xlsx。",
        "cannot be read ({found}): save it again as CSV (UTF-8 or GBK) or as .xlsx.",
    ),
    "EMPTY_TABLE": ("没有任何数据行：请至少填写一行。", "there is no row in it: fill in at least one."),
    "MISSING_COLUMN": ("缺少此列：请在表头加上。", "this column is missing: add it to the header."),
    "UNKNOWN_COLUMN": (
        "未知的列{near_zh}：请改名或删除；可用: {expected}。",
        "unknown column{near_en}: rename or delete it; known: {expected}.",
    ),
    "REPEATED_COLUMN": ("此列出现两次：请删去一列。", "this column stands twice in the header: delete one."),
    "RAGGED_ROW": (
        "此行有 {found} 个单元格，表头有 {expected} 个：请检查逗号与引号。",
        "this row has {found} cells, the header {expected}: check its commas and quotes.",
    ),
    "EMPTY_CELL": ("不能为空：请填写。", "must not be empty: fill it in."),
    "BAD_DECIMAL": (
        "“{found}”不是数：只用数字、一个小数点和负号，不用千分位、百分号、科学计数，小数不超过 12 位。",
        "'{found}' is not a number: use digits, one point and a minus only; no thousands mark, percent sign or exponent,"
        " and at most 12 decimals.",
    ),
    "BAD_INTEGER": ("“{found}”不是非负整数：请改为如 96。", "'{found}' is not a whole number: write it like 96."),
    "BAD_DATE": (
        "“{found}”不是日期：请写成 2025-01-31（年在前）。",
        "'{found}' is not a date: write it as 2025-01-31 (the year first).",
    ),
    "BAD_BOOLEAN": ("“{found}”不是是/否：请写 true 或 false。", "'{found}' is not a yes or no: write true or false."),
    "ID_DAMAGED": (
        "编号“{found}”已被 Excel 改成数字，末位已丢失：请把该列设为文本格式，重新录入完整编号。",
        "the id '{found}' was turned into a number by Excel and its last digits are lost: format the column as text and"
        " enter the whole id again.",
    ),
    "FORMULA_UNSAVED": (
        "公式没有保存结果：请用 Excel 打开并保存，或直接填值。",
        "the formula holds no stored result: open and save the file in Excel, or enter the value.",
    ),
    "ERROR_CELL": ("单元格是错误值“{found}”：请更正。", "the cell holds the error {found}: correct it."),
    "UNKNOWN_VALUE": (
        "“{found}”不在允许的值内{near_zh}；可用: {expected}。",
        "'{found}' is not allowed{near_en}; use one of: {expected}.",
    ),
    "UNKNOWN_REFERENCE": (
        "“{found}”在 {expected} 中不存在{near_zh}：请更正，或先在该表登记。",
        "'{found}' does not exist in {expected}{near_en}: correct it, or enter it there first.",
    ),
    "TRANSFER_ONE_SIDED": (
        "厂际转移的两端必须互相指明、且属于两个设施：请在 {found} 的 counterpart_stream_id 写 {stream}，或更正此格。",
        "the two ends of a transfer name each other and belong to two facilities: write {stream} as counterpart_stream_id"
        " of {found}, or correct this cell.",
    ),
    "DUPLICATE": (
        "“{found}”与第 {other} 行重复：每个只留一行。",
        "'{found}' stands in line {other} already: keep one of them.",
    ),
    "OVERLAPPING": (
        "“{found}”与第 {other} 行的有效期重叠：请把前一行的 valid_to 改为后一行的 valid_from（不含当日）。",
        "'{found}': the validity overlaps with line {other}: end the earlier one (valid_to, exclusive) where the later"
        " one begins.",
    ),
    "DOUBLE_COUNT": (
        "“{found}”已由第 {other} 行的参数计入核算：同一数据只能计入一次，请把其中之一的 role 改为 cross_check 或 record。",
        "'{found}' is already accounted by the parameter in line {other}: a figure counts once, so set the role of one"
        " of them to cross_check or record.",
    ),
    "ONE_OF_TWO": (
        "{found} 须且只须填一个：请只留其一。",
        "fill in one of {found}, and only one.",
    ),
    "NO_STEPS": (
        "目标“{found}”的路径为 stated，但 target_steps.csv 没有它的年度值：请补登，或改为 linear。",
        "the path of '{found}' is stated, but target_steps.csv has no year of it: enter them there, or write linear.",
    ),
    "BAD_ORDER": (
        "应满足 {expected}，现为“{found}”：请更正。",
        "must satisfy {expected}, but is '{found}': correct it.",
    ),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (line: physical, 1-based, None for a whole file) and what to do, zh and en."""

    code: str
    file: str
    line: int | None
    field: str
    zh: str
    en: str

    def __str__(self) -> str:
        line_zh, line_en = ("", "") if self.line is None else (f" 第 {self.line} 行", f" line {self.line}")
        name = f" {self.field}" if self.field else ""
        return f"{self.file}{line_zh}{name}：{self.zh} / {self.file}{line_en}{name}: {self.en}"


@dataclass
class Problems:
    """Collects every problem, so that a plan is corrected in one sitting."""

    found: list[Problem] = field(default_factory=list)

    def add(
        self, code: str, file: str, line: int | None, name: str, *, near: Iterable[str] = (), **values: object
    ) -> None:
        """Note problem `code` at file, line and field `name`; `near`: values among which the one meant may be."""
        zh, en = _TEXTS[code]
        close = difflib.get_close_matches(str(values.get("found") or name), list(near), n=1)
        texts = {
            "near_zh": f"（是否为 {close[0]}？）" if close else "",
            "near_en": f" (did you mean {close[0]}?)" if close else "",
        } | {key: str(value) for key, value in values.items()}
        self.found.append(Problem(code, file, line, name, zh.format(**texts), en.format(**texts)))


class PlanError(Exception):
    """The plan cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        head = (
            f"数据质量控制计划有 {len(problems)} 处问题 / the data quality control plan has {len(problems)} problem(s):"
        )
        super().__init__("\n".join([head, *(f"  {problem}" for problem in problems)]))
