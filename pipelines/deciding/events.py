"""What a decision's journal line holds, as the tables dbt reads: events, tables and columns are stated here once.

A line's `seq` names the decision (`D12`), so an id can neither be chosen nor used twice. Nothing is judged here: which
decision is in force is said by the models in dbt_project/models/decisions.
"""

from __future__ import annotations

import pyarrow as pa

from pipelines import records

_TEXT, _DATE, _AT, _NUMBER, _WHOLE = pa.string(), pa.date32(), pa.timestamp("us"), records.QUANTITY, pa.int64()
_TONNES = pa.decimal128(38, 6)

# Of every decision: its id, its place in the journal, who decided (a role holder) and who sat at the machine.
_ID = [("decision_id", _TEXT), ("recorded_seq", _WHOLE)]
_WHO = [("person", _TEXT), ("role_id", _TEXT), ("duty", _TEXT), ("os_user", _TEXT), ("recorded_at", _AT)]
_FAILURE = [("control_id", _TEXT), ("facility_id", _TEXT), ("first_failed_month", _DATE), ("failed_until", _DATE)]
_PERIOD = [("facility_id", _TEXT), ("month", _DATE)]

TABLES: dict[str, pa.Schema] = {
    # every decision, whatever it is about; details: its own fields as JSON
    "lines": pa.schema([*_ID, ("event", _TEXT), *_WHO, ("line_hash", _TEXT), ("details", _TEXT)]),
    # what waits for another person's approval; subject: what two decisions would compete for
    "proposals": pa.schema(
        [*_ID, ("kind", _TEXT), ("subject", _TEXT), *_WHO, ("reason", _TEXT), ("expires_on", _DATE)]
    ),
    "answers": pa.schema([*_ID, ("answer", _TEXT), *_WHO, ("note", _TEXT)]),
    "overrides": pa.schema(
        [*_ID, ("parameter_id", _TEXT), ("period_start", _DATE), ("value", _NUMBER), ("unit", _TEXT)]
    ),
    "releases": pa.schema(
        [
            *_ID,
            *(("file_sha256", _TEXT), ("file_name", _TEXT), ("sheet", _TEXT), ("row_number", _WHOLE)),
            *(("code", _TEXT), ("found", _TEXT), ("row_text", _TEXT)),
        ]
    ),
    "released_values": pa.schema([*_ID, ("field", _TEXT), ("value", _TEXT)]),
    # an approved substitution: of one parameter's month (rule_id ''), or of everything a rule fills (parameter_id '')
    "substitutions": pa.schema([*_ID, ("parameter_id", _TEXT), ("month", _DATE), ("rule_id", _TEXT)]),
    # what a baseline's review came to; both values as published on that day, in the baseline's unit
    "baseline_decisions": pa.schema(
        [
            *_ID,
            *(("review_id", _TEXT), ("baseline_key", _TEXT), ("decision", _TEXT), ("finding", _TEXT)),
            *(("old_value", _NUMBER), ("new_value", _NUMBER), ("effective_on", _DATE)),
        ]
    ),
    "corrections": pa.schema(
        [*_ID, *_FAILURE, ("cause", _TEXT), ("correction", _TEXT), ("plan_version", _TEXT), *_WHO]
    ),
    "scans": pa.schema([*_ID, *_FAILURE, ("found_count", _WHOLE), ("note", _TEXT), *_WHO]),
    "period_steps": pa.schema([*_ID, *_PERIOD, ("state", _TEXT), ("despite", _TEXT), ("build_id", _TEXT), *_WHO]),
    "reported_figures": pa.schema([*_ID, *_PERIOD, ("regime", _TEXT), ("tco2e", _TONNES)]),
    "verified_figures": pa.schema(
        [*_ID, *_PERIOD, ("regime", _TEXT), ("tco2e", _TONNES), ("verifier", _TEXT), ("note", _TEXT), *_WHO]
    ),
    # a verifier's finding, its replies and its end; all of one finding carry the id of the line that opened it
    "findings": pa.schema(
        [*_ID, ("finding_id", _TEXT), *_PERIOD, ("entry", _TEXT), ("verifier", _TEXT), ("text", _TEXT), *_WHO]
    ),
}

# Event → the tables its line has rows in, with what is the same for every such line.
EVENTS: dict[str, dict[str, dict[str, str]]] = {
    "override_proposed": {"proposals": {"kind": "override"}, "overrides": {}},
    "release_proposed": {"proposals": {"kind": "release"}, "releases": {}, "released_values": {}},
    "substitution_approved": {
        "proposals": {"kind": "substitution"},
        "answers": {"answer": "approved"},
        "substitutions": {},
    },
    "baseline_review_decided": {"proposals": {"kind": "baseline_review"}, "baseline_decisions": {}},
    "decision_approved": {"answers": {"answer": "approved"}},
    "decision_rejected": {"answers": {"answer": "rejected"}},
    "nonconformity_corrected": {"corrections": {}},
    "nonconformity_scanned": {"scans": {}},
    "period_advanced": {"period_steps": {}, "reported_figures": {}},
    "figure_verified": {"verified_figures": {}},
    "finding_added": {"findings": {"entry": "added"}},
    "finding_replied": {"findings": {"entry": "replied"}},
    "finding_closed": {"findings": {"entry": "closed"}},
    # a closed period stands in a folder of its own (pipelines/closing); here it is a decision that somebody took
    "closed": {},
    "reopened": {},
}
# Tables with several rows a line: the line's field that holds them, a mapping, and the columns its keys and values go to.
MANY: dict[str, tuple[str, str, str]] = {
    "released_values": ("values", "field", "value"),
    "reported_figures": ("figures", "regime", "tco2e"),
}
