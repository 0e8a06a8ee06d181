"""An explanation as lines for a person, Chinese and English side by side. It looks nothing up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

SOURCES_SHOWN = 62
ROWS_SHOWN = 6
CELLS_SHOWN = 12

BASIS = {
    "measured": "实测 measured",
    "apportioned": "分摊 apportioned",
    "override": "人工订正 override",
    "substituted": "替代 substituted",
    "default": "缺省 default",
    "missing": "缺失 missing",
    "quantity": "活动数据 activity data",
    "ratio": "固定比 fixed ratio",
}
STATUS = {"complete": "完整 complete", "incomplete": "不完整 incomplete", "error": "出错 error"}
VERIFIED = {"confirmed": "已核实 confirmed", "secondary": "二手来源 secondary", "unverified": "未核实 not verified"}


def tell(content: dict[str, Any]) -> str:
    """The whole explanation, or the list of figures that fit."""
    if "figures" in content:
        return "\n".join(_list(content["figures"]))
    lines = [*_figure(content["figure"]), "", *_product(content["product"])]
    for parameter in content["parameters"]:
        lines += ["", *_parameter(parameter)]
    return "\n".join(lines)


def _list(figures: list[dict[str, Any]]) -> list[str]:
    width = max(len(_tonnes(figure)) for figure in figures)
    lines = [
        f"{len(figures)} 个数字符合；加上更多选项以追溯其一。 / {len(figures)} figures fit; add options to walk one home."
    ]
    for figure in figures:
        path = f"{figure['regime']:<16} {figure['facility_id']:<8} {figure['stream_id']:<20} {figure['month']}"
        lines.append(f"{path}  {figure['gas']:<5} {_tonnes(figure):>{width}} tCO2e  {STATUS[figure['status']]}")
    return lines


def _figure(figure: dict[str, Any]) -> list[str]:
    lines = [
        f"{figure['emission_id']}",
        f"  设施 facility   {figure['facility_id']}  {_names(figure, 'facility')}",
        f"  排放源 stream   {figure['stream_id']}  {_names(figure, 'stream')}",
        f"  月份 month      {figure['month']}    气体 gas  {figure['gas']}    制度 regime  {figure['regime']}",
        f"  排放量 emissions  {_tonnes(figure)} tCO2e    {STATUS[figure['status']]}",
    ]
    return lines + [f"  {figure[key]}" for key in ("reason_zh", "reason_en") if figure[key]]


def _product(product: dict[str, Any]) -> list[str]:
    lines = ["乘积 / product", f"  {product['written_out']}"]
    if product["agrees"] is not None:
        word = "一致 agrees" if product["agrees"] else "不一致！ DOES NOT AGREE"
        lines.append(f"  按精确分数重乘 / multiplied again in exact fractions: {word}")
    for term in product["terms"]:
        value = " ".join(filter(None, [term["value"], term["unit"]]))
        lines.append(f"  · {term['term']:<18} {value:<28} {BASIS.get(term['basis'], term['basis'] or '')}")
        lines += [f"      {line}" for line in _origin(term)]
    return lines


def _origin(term: dict[str, Any]) -> list[str]:
    """Where a term comes from: a factor's page, or the parameter measured in its place."""
    lines = [f"错误 error: {term['error_code']}"] if term.get("error_code") else []
    if term.get("parameter_id"):
        lines.append(f"参数 parameter: {term['parameter_id']}")
    if not term.get("factor_id"):
        return lines
    printed = " ".join(filter(None, [term["value_printed"], term["unit_printed"]]))
    lines.append(f"因子 factor: {term['factor_id']}  版本 edition: {term['edition']}  印为 printed as: {printed}")
    lines.append(f"来源 source: {term['source_document']} {term['source_locator'] or ''}".rstrip())
    status = VERIFIED.get(term["verification_status"], term["verification_status"])
    earlier = "  （取更早年份 an earlier year's）" if term["is_earlier_year"] else ""
    return [*lines, f"核实 verification: {status}{earlier}"]


def _parameter(parameter: dict[str, Any]) -> list[str]:
    key = "/".join(filter(None, [parameter["source_key"], parameter["measure"]]))
    lines = [
        f"参数 / parameter  {parameter['parameter_id']}  {_names(parameter, 'name')}",
        f"  {parameter['record_type']}  {key}",
    ]
    for period in parameter["periods"]:
        lines += _period(period)
    return lines + _sources(parameter["sources"])


def _period(period: dict[str, Any]) -> list[str]:
    amount = f"{_number(period['quantity'])} {period['unit']}"
    lines = [
        f"  {period['period_start']} … {period['period_end']}  {amount}  {BASIS.get(period['basis'], period['basis'])}"
    ]
    if period["rule_id"]:
        lines.append(
            f"    规则 rule {period['rule_id']}: 最佳估计 best estimate {_number(period['best_estimate'])}, "
            f"替代值 substitute {_number(period['substitute'])}, 缺失小时 hours missing {_number(period['hours_missing'])}"
        )
    lines += [f"    {line}" for decision in period["decisions"] for line in _decision(decision, period)]
    if period["failed_controls"]:
        lines.append(f"    未通过严重控制 / fails severe controls: {period['failed_controls']}")
    return lines


def _decision(decision: dict[str, Any], period: dict[str, Any]) -> list[str]:
    """An override with both names, or the approval of a substitution, or that nobody approved it."""
    if decision["state"] == "not_approved":
        return [f"替代 {decision['rule_id']} 待批准 / substitution {decision['rule_id']} waits for approval"]
    approved = f"批准 approved by {_who(decision, 'approved')}，有效至 expires {decision['expires_on']}"
    if decision["kind"] == "substitution":
        return [f"替代已批准 / substitution approved {decision['decision_id']} {decision['rule_id']}: {approved}",
                f"  原因 reason: {decision['reason']}"]  # fmt: skip
    received = f"收到 received {_number(period['measured_quantity'])} {period['unit']}"
    return [
        f"人工订正 / override {decision['decision_id']}: {received} → {_number(period['quantity'])} {period['unit']}",
        f"  提出 proposed by {_who(decision, 'made')}；{approved}",
        f"  原因 reason: {decision['reason']}",
    ]


def _who(decision: dict[str, Any], step: str) -> str:
    """'王倩 (系统用户 OS user w1) 2025-04-03 08:00 UTC'."""
    os_user = decision[f"{step}_by_os_user"]
    beside = f" (系统用户 OS user {os_user})" if os_user else ""
    at = f" {decision[f'{step}_at']:%Y-%m-%d %H:%M} UTC" if decision[f"{step}_at"] else ""
    return f"{decision[f'{step}_by']}{beside}{at}"


def _sources(sources: list[dict[str, Any]]) -> list[str]:
    """Each reading with its rows as received, under the file they stand in; a long list is cut and says so."""
    if not sources:
        return ["  没有读数 / no reading came"]
    lines: list[str] = []
    file = None
    for source in sources[:SOURCES_SHOWN]:
        lines.append(f"  {_reading(source['readings'])}")
        for place in source["rows"]:
            heading = _file(place)
            lines += [f"    {line}" for line in (heading, *_headings(place))] if heading != file else []
            file = heading
            lines += [f"    {line}" for line in _rows(place)]
    rest = len(sources) - SOURCES_SHOWN
    return lines + ([f"  … 另有 {rest} 个读数，见 --json / {rest} more readings with --json"] if rest > 0 else [])


def _reading(readings: list[dict[str, Any]]) -> str:
    """One source's readings in a line; a bill spread over days is their sum."""
    first, last = readings[0], readings[-1]
    known = [one["quantity"] for one in readings if one["quantity"] is not None]
    amount = f"{_number(sum(known, Decimal(0)) if known else None)} {first['unit']}"
    basis = BASIS.get(first["basis"], first["basis"])
    return f"读数 reading {first['period_start']} … {last['period_end']}  {amount}  {basis}"


def _file(place: dict[str, Any]) -> str:
    sheet = f"  工作表 sheet {place['sheet']}" if place["sheet"] else ""
    checked = "已校验 verified" if place["is_verified"] else "未校验 NOT VERIFIED"
    return f"文件 file {place['file_name']}{sheet}  SHA-256 {place['file_sha256']} {checked}"


def _headings(place: dict[str, Any]) -> list[str]:
    """The headings over a file's rows, once, where its feed knows them."""
    headings = place["rows"][0]["headings"] if place["rows"] else []
    return [f"列 columns: {_cells({'cells': headings})}"] if headings else []


def _rows(place: dict[str, Any]) -> list[str]:
    """The rows of one place; what cannot be shown says why."""
    problems = [f"！{place[key]}" for key in ("problem_zh", "problem_en") if place.get(key)]
    shown = [f"行 row {row['row']}: {_cells(row)}" for row in place["rows"][:ROWS_SHOWN]]
    rest = place["rows_in_all"] - len(shown)
    cut = [f"… 另有 {rest} 行，见 --json / {rest} more rows with --json"] if rest > 0 else []
    return [*problems, *shown, *cut]


def _cells(row: dict[str, Any]) -> str:
    """A row as received; a long one is cut, with the number of cells left out."""
    cells = ["" if cell is None else cell for cell in row["cells"]]
    rest = len(cells) - CELLS_SHOWN
    return " | ".join(cells[:CELLS_SHOWN]) + (f" | … (+{rest})" if rest > 0 else "")


def _names(row: dict[str, Any], column: str) -> str:
    return " / ".join(filter(None, [row[f"{column}_zh"], row[f"{column}_en"]]))


def _tonnes(figure: dict[str, Any]) -> str:
    return _number(figure["emissions_tco2e"], strip=False)


def _number(value: Decimal | None, strip: bool = True) -> str:
    if value is None:
        return "—"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if strip and "." in text else text
