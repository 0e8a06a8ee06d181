"""The record types: Arrow schemas, the contract of the lake. Knows no file format, no workspace and no warehouse.

Every row carries its way home: `file_sha256`, `sheet` ('' where the format has none), `row_first` and `row_last` (the
row numbers a person sees in the file, 1-based; equal unless one record was gathered from several rows), `received_seq`
(the journal's order of receipt) and `feed`. Quantities are DECIMAL, never floating point; a missing value is null.
"""

from __future__ import annotations

import pyarrow as pa

QUANTITY = pa.decimal128(38, 12)
INTERVAL_VALUE = pa.decimal128(18, 6)

LINEAGE: list[tuple[str, pa.DataType]] = [
    ("file_sha256", pa.string()),
    ("sheet", pa.string()),
    ("row_first", pa.int64()),
    ("row_last", pa.int64()),
    ("received_seq", pa.int64()),
    ("feed", pa.string()),
]

COLUMNS: dict[str, list[tuple[str, pa.DataType]]] = {
    # One row per meter, channel and local day. `values` holds each interval's amount in `unit` (energy, not power); its
    # length is the number of intervals of that local day (1 … 288, 23- and 25-hour days included); a gap is null.
    "load_profile": [
        ("meter_id", pa.string()),
        ("channel", pa.string()),
        ("local_date", pa.date32()),
        ("interval_minutes", pa.int32()),
        ("unit", pa.string()),
        ("values", pa.list_(INTERVAL_VALUE)),
        ("flags", pa.list_(pa.string())),
    ],
    # A cumulative register as read at an instant (local wall-clock time of the meter; end of day = 00:00 of the next).
    "register_reading": [
        ("meter_id", pa.string()),
        ("channel", pa.string()),
        ("read_at", pa.timestamp("us")),
        ("register", QUANTITY),
        ("unit", pa.string()),
        ("multiplier", QUANTITY),
        ("register_digits", pa.int32()),
        ("event", pa.string()),
        ("quality", pa.string()),
    ],
    # One movement or one balance of a material. `movement` is the source's own code (261, 'consumption', 'closing' …);
    # the sign is the house's: into stock positive, out of stock negative, balances positive.
    "stock_movement": [
        ("site_code", pa.string()),
        ("material_code", pa.string()),
        ("material_name", pa.string()),
        ("movement", pa.string()),
        ("posting_date", pa.date32()),
        ("period_end", pa.date32()),
        ("document_number", pa.string()),
        ("document_item", pa.string()),
        ("quantity", QUANTITY),
        ("unit", pa.string()),
    ],
    # A period's total of a fuel, with its heat content where the source states one. Periods end exclusively.
    "fuel_consumption": [
        ("site_code", pa.string()),
        ("fuel_code", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("quantity", QUANTITY),
        ("unit", pa.string()),
        ("heat_content", QUANTITY),
        ("heat_content_unit", pa.string()),
        ("heat_basis", pa.string()),
        ("energy_reported", QUANTITY),
        ("energy_unit", pa.string()),
    ],
    "production_output": [
        ("site_code", pa.string()),
        ("product_code", pa.string()),
        ("product_name", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("quantity", QUANTITY),
        ("unit", pa.string()),
    ],
    "utility_bill": [
        ("account_id", pa.string()),
        ("commodity", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("quantity", QUANTITY),
        ("unit", pa.string()),
        ("amount_cny", QUANTITY),
        ("invoice_number", pa.string()),
    ],
    # One property of one sample: 'ncv', 'carbon_content', 'moisture' … `basis`: ar (as received), ad, d, or ''.
    "lab_assay": [
        ("site_code", pa.string()),
        ("material_code", pa.string()),
        ("sample_id", pa.string()),
        ("sampled_on", pa.date32()),
        ("tested_on", pa.date32()),
        ("property", pa.string()),
        ("quantity", QUANTITY),
        ("unit", pa.string()),
        ("basis", pa.string()),
        ("laboratory", pa.string()),
    ],
    "purchase": [
        ("site_code", pa.string()),
        ("supplier_id", pa.string()),
        ("supplier_name", pa.string()),
        ("material_code", pa.string()),
        ("material_name", pa.string()),
        ("document_number", pa.string()),
        ("posting_date", pa.date32()),
        ("quantity", QUANTITY),
        ("unit", pa.string()),
        ("amount_cny", QUANTITY),
    ],
    # A product carbon footprint as PACT v3 states it, in kg CO2e per declared unit.
    "supplier_footprint": [
        ("footprint_id", pa.string()),
        ("spec_version", pa.string()),
        ("status", pa.string()),
        ("supplier_id", pa.string()),
        ("supplier_name", pa.string()),
        ("product_code", pa.string()),
        ("product_name", pa.string()),
        ("declared_unit", pa.string()),
        ("declared_amount", QUANTITY),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("geography", pa.string()),
        ("footprint_excluding_biogenic_kgco2e", QUANTITY),
        ("footprint_including_biogenic_kgco2e", QUANTITY),
        ("fossil_emissions_kgco2e", QUANTITY),
        ("primary_data_share_percent", QUANTITY),
    ],
    # Green power: a certificate or a settlement statement.
    "energy_attribute": [
        ("certificate_id", pa.string()),
        ("attribute_kind", pa.string()),
        ("account_id", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("quantity", QUANTITY),
        ("unit", pa.string()),
        ("issuer", pa.string()),
        ("status", pa.string()),
    ],
    "evidence_document": [
        ("document_type", pa.string()),
        ("document_number", pa.string()),
        ("issuer", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("evidence_sha256", pa.string()),
        ("subject", pa.string()),
    ],
    "weather": [
        ("station_id", pa.string()),
        ("local_date", pa.date32()),
        ("temperature_mean_c", QUANTITY),
        ("temperature_min_c", QUANTITY),
        ("temperature_max_c", QUANTITY),
    ],
}

# The business key of each record type: the newest accepted delivery of a key wins, the older row stays as superseded.
BUSINESS_KEYS: dict[str, tuple[str, ...]] = {
    "load_profile": ("meter_id", "channel", "local_date"),
    "register_reading": ("meter_id", "channel", "read_at", "event"),
    "stock_movement": ("site_code", "material_code", "movement", "posting_date", "document_number", "document_item"),
    "fuel_consumption": ("site_code", "fuel_code", "period_start", "period_end"),
    "production_output": ("site_code", "product_code", "period_start", "period_end"),
    "utility_bill": ("account_id", "commodity", "period_start", "period_end"),
    "lab_assay": ("site_code", "material_code", "sample_id", "property"),
    "purchase": ("site_code", "supplier_id", "material_code", "document_number", "posting_date"),
    "supplier_footprint": ("footprint_id",),
    "energy_attribute": ("certificate_id",),
    "evidence_document": ("document_type", "document_number"),
    "weather": ("station_id", "local_date"),
}

# ERP layouts without an item number hold equal, legitimate rows: here the n-th row of a key in one file is its n-th
# occurrence, and never a duplicate. In every other record type a key stands once in a file.
REPEATABLE: frozenset[str] = frozenset({"stock_movement", "purchase"})

RECORD_TYPES: tuple[str, ...] = tuple(COLUMNS)


def schema_of(record_type: str) -> pa.Schema:
    """The Arrow schema of a record type: its lineage first, then its own columns."""
    return pa.schema(LINEAGE + COLUMNS[record_type])


QUARANTINED_ROW = pa.schema(
    [
        ("file_sha256", pa.string()),
        ("sheet", pa.string()),
        ("row_number", pa.int64()),
        ("feed", pa.string()),
        ("code", pa.string()),
        ("field", pa.string()),
        ("found", pa.string()),
        ("row_text", pa.string()),
        ("message_zh", pa.string()),
        ("message_en", pa.string()),
    ]
)

SKIPPED_ROW = pa.schema(
    [
        ("file_sha256", pa.string()),
        ("sheet", pa.string()),
        ("row_number", pa.int64()),
        ("feed", pa.string()),
        ("reason", pa.string()),
        ("row_text", pa.string()),
    ]
)

# One row per accepted or refused file: rows_read = rows_loaded + rows_quarantined + rows_skipped, always.
FILE_ACCOUNT = pa.schema(
    [
        ("file_sha256", pa.string()),
        ("feed", pa.string()),
        ("record_type", pa.string()),
        ("outcome", pa.string()),
        ("codes", pa.list_(pa.string())),
        ("rows_read", pa.int64()),
        ("rows_loaded", pa.int64()),
        ("rows_quarantined", pa.int64()),
        ("rows_skipped", pa.int64()),
        ("records", pa.int64()),
        ("values_read", pa.int64()),
        ("values_missing", pa.int64()),
    ]
)

FILE_MESSAGE = pa.schema(
    [
        ("file_sha256", pa.string()),
        ("code", pa.string()),
        ("sheet", pa.string()),
        ("row_number", pa.int64()),
        ("field", pa.string()),
        ("message_zh", pa.string()),
        ("message_en", pa.string()),
    ]
)
