"""The expectations that a suite may write: their names, the arguments that name columns, the others. It reads no file."""

from __future__ import annotations

Columns = tuple[str, ...]

NOT_NULL = "expect_column_values_to_not_be_null"
NULL = "expect_column_values_to_be_null"
BETWEEN = "expect_column_values_to_be_between"
IN_SET = "expect_column_values_to_be_in_set"
NOT_IN_SET = "expect_column_values_to_not_be_in_set"
EQUAL = "expect_column_pair_values_to_be_equal"
PAIR = "expect_column_pair_values_a_to_be_greater_than_b"
ALL_DIFFERENT = "expect_select_column_values_to_be_unique_within_record"
ROWS = "unexpected_rows_expectation"
# The house's own (own_expectations), over columns in this order:
STOCK = "expect_stock_to_balance"  # opening, receipts, consumption, other, closing, tolerance
SUB_METERS = "expect_sub_meters_to_fit_their_main_meter"  # sub-meters, least, most
BILL = "expect_meter_to_agree_with_bill"  # metered, billed, tolerated share of the bill
CALIBRATED = "expect_meter_to_be_calibrated_while_used"  # used from, used to, calibrated from, calibrated to
PRODUCTION = "expect_production_to_be_sold_or_stored"  # produced, sold, opening, closing, tolerance
NO_REPEAT = "expect_laboratory_value_not_to_repeat"  # times seen, times that are too many

# What a suite may write: the expectation, the arguments that name columns, and the other arguments it takes.
SHAPES: dict[str, tuple[Columns, Columns]] = {
    NOT_NULL: (("column",), ()),
    NULL: (("column",), ()),
    BETWEEN: (("column",), ("min_value", "max_value")),
    IN_SET: (("column",), ("value_set",)),
    NOT_IN_SET: (("column",), ("value_set",)),
    EQUAL: (("column_A", "column_B"), ()),
    PAIR: (("column_A", "column_B"), ("or_equal",)),
    ALL_DIFFERENT: (("column_list",), ()),
    ROWS: ((), ("unexpected_rows_query",)),
    **dict.fromkeys((STOCK, SUB_METERS, BILL, CALIBRATED, PRODUCTION, NO_REPEAT), (("column_list",), ())),
}
PAIRS = frozenset({PAIR, EQUAL})
# how many columns each of the house's own takes
WIDTHS = {STOCK: 6, SUB_METERS: 3, BILL: 3, CALIBRATED: 4, PRODUCTION: 5, NO_REPEAT: 2}
# Everywhere else a row with a null in one of its columns is not judged: NULL belongs to its own not-null control.
JUDGES_NULLS = frozenset({NOT_NULL, NULL, ROWS, CALIBRATED})
