"""Each kind of file belongs to one feed: none claims another's, and what nobody claims is refused with the nearest."""

from __future__ import annotations

import itertools
from fnmatch import fnmatchcase

import pytest

from pipelines import feeds, records
from pipelines.feeds import Feed
from pipelines.feeds.contract import TABLE_KINDS
from pipelines.readers import Document, Refused, tables
from pipelines.workspace import STARTER_FEEDS_DIR

STARTERS = feeds.in_folder(STARTER_FEEDS_DIR)


def sample_header(feed: Feed) -> list[list[str]]:
    """The fullest header the feed speaks of, in as many rows as it wants."""
    optional = [feed.sources, feed.measures.columns, feed.measures.optional] if feed.measures else [feed.sources]
    sources = [source for columns in optional for source in columns.values()]
    sources += [one for one in (feed.unit.column, feed.unit.map_column, feed.sign.column) if one]
    headings = [one for source in sources for one in (source.join or source.headers[:1])]
    headings += feed.points.headers() if feed.points else []
    headings += [name for name in feed.ignored if "*" not in name]
    headings = list(dict.fromkeys(headings))
    if feed.layout.header_rows == 1:
        return [headings]
    halves = [heading.partition("/") for heading in headings]
    return [[upper for upper, _, _ in halves], [lower for _, _, lower in halves]]


def document_of(rows: list[list[str]], kind: str = "delimited") -> Document:
    return Document(kind, [tables.table_of("", rows, list(range(1, len(rows) + 1)))])


def kind_of(feed: Feed) -> str:
    return "excel" if feed.format in TABLE_KINDS else feed.format


@pytest.mark.parametrize("feed", STARTERS, ids=lambda feed: feed.name)
def test_a_sample_of_each_feed_is_claimed_by_it_alone(feed):
    data = ["x"] * len(sample_header(feed)[0])
    found = feeds.claims(document_of([*sample_header(feed), data], kind_of(feed)), STARTERS, "sample.xlsx")
    assert [claim.feed.name for claim in found] == [feed.name]


def test_no_feed_needs_only_what_another_offers():
    """Pairwise, without the reader: the full header of one never holds the whole signature of another."""
    for one, other in itertools.permutations(STARTERS, 2):
        if kind_of(one) != kind_of(other) or one.layout.header_rows != other.layout.header_rows:
            continue
        names = {feeds.comparable(name) for name in sample_header(one)[0]}
        if one.layout.header_rows == 1:
            needs = [{feeds.comparable(name) for name in need} for need in other.signature()]
            assert not all(need & names for need in needs), f"{other.name} claims the files of {one.name}"


def test_headings_are_compared_without_width_case_and_padding():
    rows = [["　电表编号 ", "日期", "电量（ＫＷＨ）"], ["1", "2025-03-01", "1"]]
    assert [claim.feed.name for claim in feeds.claims(document_of(rows), STARTERS, "a.csv")] == ["daily_consumption"]


def test_the_header_may_stand_below_titles():
    rows = [["用电日报"], [None], ["电表编号", "日期", "电量(kWh)"], ["1", "2025-03-01", "1"]]
    claim = feeds.claims(document_of(rows), STARTERS, "a.csv")[0]
    assert claim.headers[0] is not None and (claim.headers[0].first, claim.headers[0].last) == (2, 2)


def test_renamed_headings_are_refused_with_the_nearest_feed():
    document = document_of([["电表编号", "抄表日期", "电量(kWh)"], ["1", "2025-03-01", "1"]])
    with pytest.raises(Refused) as raised:
        feeds.refuse_unclaimed(document, STARTERS, "a.csv", feeds.claims(document, STARTERS, "a.csv"))
    assert raised.value.code == "HDR_UNKNOWN"
    assert "daily_consumption" in raised.value.values["expected"] and "日期" in raised.value.values["expected"]


@pytest.mark.parametrize(
    ("headings", "file_name", "nearest"),
    [
        (["电表编码", "用电日期", "日电量"], "a.csv", "daily_consumption"),
        (["甲", "乙", "丙"], "kingdee_stock.csv", "kingdee_stock_ledger"),
    ],
)
def test_headings_that_nobody_knows_still_name_what_is_most_alike(headings, file_name, nearest):
    document = document_of([headings, ["1", "2025-03-01", "1"]])
    known = {feeds.comparable(name) for feed in STARTERS for name in feed.known_headers()}
    assert not known & set(map(feeds.comparable, headings)), "the headings of this test must be unknown to all"
    with pytest.raises(Refused) as raised:
        feeds.refuse_unclaimed(document, STARTERS, file_name, [])
    assert raised.value.values["found"] == " | ".join(headings)
    assert nearest in raised.value.values["expected"] and "missing" in raised.value.values["expected"]


def test_two_claims_are_refused(tmp_path):
    text = (STARTER_FEEDS_DIR / "daily_consumption.toml").read_text(encoding="utf-8")
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    both = feeds.in_folder(tmp_path)
    document = document_of([["电表编号", "日期", "电量(kWh)"]])
    with pytest.raises(Refused) as raised:
        feeds.refuse_unclaimed(document, both, "a.csv", feeds.claims(document, both, "a.csv"))
    assert (raised.value.code, raised.value.values["found"]) == ("FEED_AMBIGUOUS", "one, two")


def test_file_names_tell_feeds_apart(tmp_path):
    text = (STARTER_FEEDS_DIR / "daily_consumption.toml").read_text(encoding="utf-8")
    for site in ("north", "south"):
        (tmp_path / f"{site}.toml").write_text(f'files = ["*{site}*"]\n{text}', encoding="utf-8")
    both = feeds.in_folder(tmp_path)
    document = document_of([["电表编号", "日期", "电量(kWh)"]])
    assert [claim.feed.name for claim in feeds.claims(document, both, "SOUTH_2025.csv")] == ["south"]


@pytest.mark.parametrize("record_type", records.RECORD_TYPES)
def test_every_record_type_has_a_template(record_type):
    headings = feeds.template_columns(record_type)
    assert headings and len(set(headings)) == len(headings)
    found = feeds.claims(document_of([list(headings), ["x"] * len(headings)], "excel"), STARTERS, "填报.xlsx")
    assert [claim.feed.name for claim in found] == [f"template_{record_type}"]


def test_an_unknown_record_type_has_no_template():
    with pytest.raises(KeyError):
        feeds.template_columns("nonsense")


def test_globs_are_compared_without_case():
    feed = STARTERS[0]
    assert all(fnmatchcase("any.csv", glob) for glob in feed.files)
