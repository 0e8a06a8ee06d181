"""Which errors were found, which tonnes escaped, which alarms were false. It plants nothing and runs nothing.

An error counts as found when something that the clean build does not say points at it, and it is strict about pointing:

* a control's failing row, or a flagged comparison, names a stream and a month that the error alters. Not the month beside
  it, not another stream of the site, not the year as a whole, not the site as a whole;
* a quarantined row, a message or a revision names the file and the very row; of an error that is a whole file, the file;
* a refusal, or a message about a file as a whole, names the error's file, and no other error is in that file; a source that
  no plan asks for came in the error's file and in its months.

An alarm is explained by an error that it points at, or that is in the year or the site it speaks of as a whole; a message
about a file, by an error in it; where output is wrong, by which all of a site is divided, an alarm of any stream of the site
in that month; where a file was refused for an error, what is missed of the file. Precision: explained alarms as a share of
the new ones.

Tonnes: what the error moved in its streams and months, between both builds, under the rule book that it moved most. A month
that is no longer accounted has moved by all it had. Above five per cent: of the site's year under the same rule book.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from decimal import Decimal

from tests.detection.faults import Fault
from tests.detection.outcome import Outcome, Signal

LARGE = Decimal("0.05")
YEARLY = "doors.annual_coverage|"
# These compare all of a site; the stream they stand at is the one that the comparison is with.
WHOLE_SITE = ("checks.energy_totals|", "checks.specific_consumptions|", "checks.mass_balances|")
LAST_WHOLE_YEAR = "2025"


@dataclass(frozen=True)
class Scored:
    """An error and what came of it. speakers: who pointed at it, sorted. moved_t: tonnes; share: of the site's year."""

    fault: Fault
    speakers: tuple[str, ...]
    moved_t: Decimal
    share: Decimal

    @property
    def is_found(self) -> bool:
        return bool(self.speakers)

    @property
    def is_absorbed(self) -> bool:
        """Sent once more, and nothing came of it: neither found nor escaped."""
        return self.fault.is_resent and not self.is_found and self.moved_t == 0


@dataclass(frozen=True)
class Alarm:
    """A signal that the clean build does not give, and whether an error explains it."""

    signal: Signal
    is_explained: bool


def score(clean: Outcome, spoilt: Outcome, faults: Iterable[Fault]) -> tuple[list[Scored], list[Alarm]]:
    """Each error of one build with its finders and its tonnes; each new alarm of the build."""
    known = {(signal.speaker, signal.identity) for signal in clean.signals}
    new = sorted((s for s in spoilt.signals if (s.speaker, s.identity) not in known), key=str)
    refused = {signal.file_name for signal in new if signal.speaker == "refused"}
    listed = list(faults)
    scored = []
    for fault in listed:
        speakers = tuple(sorted({signal.speaker for signal in new if points_at(signal, fault)}))
        scored.append(Scored(fault, speakers, *_moved(clean, spoilt, fault)))
    alarms = [Alarm(signal, any(explains(fault, signal, refused) for fault in listed)) for signal in new]
    return scored, alarms


def points_at(signal: Signal, fault: Fault) -> bool:
    """Whether a person who follows the signal finds the error there."""
    if signal.file_name:
        return _is_in_file(signal, fault)
    if signal.identity.startswith(YEARLY):
        return False
    return signal.stream_id in fault.streams and signal.first_month in fault.months


def explains(fault: Fault, signal: Signal, refused: Container[str | None] = ()) -> bool:
    """Whether the signal would not be there without the error."""
    if points_at(signal, fault):
        return True
    if signal.first_month is None or signal.last_month is None:
        return signal.speaker.startswith("message") and signal.file_name in fault.files
    months = [month for month in fault.months if signal.first_month <= month <= signal.last_month]
    if signal.identity.startswith(YEARLY):
        return bool(months) and signal.stream_id in fault.streams
    is_lost = fault.is_alone and any(file in refused for file in fault.files)
    if is_lost and any(signal.stream_id in (None, s) and signal.first_month == m for s, m in fault.holds):
        return True
    is_whole_site = signal.stream_id is None or signal.identity.startswith(WHOLE_SITE)
    return bool(months) and signal.facility_id in fault.facilities and (fault.wide or is_whole_site)


def _is_in_file(signal: Signal, fault: Fault) -> bool:
    if signal.file_name not in fault.files:
        return False
    if signal.first_month and signal.last_month:
        return signal.first_month in fault.months and signal.last_month in fault.months
    if fault.owns_file:
        return True
    if signal.row_number is None:
        return fault.is_alone
    return (signal.file_name, signal.row_number) in fault.rows


def _moved(clean: Outcome, spoilt: Outcome, fault: Fault) -> tuple[Decimal, Decimal]:
    """Tonnes, and the largest share of a site's year, over the rule books."""
    moved: dict[tuple[str, str], Decimal] = {}
    for key in clean.emissions.keys() | spoilt.emissions.keys():
        regime, site, stream, month = key
        if stream in fault.streams and month in fault.months:
            change = abs(spoilt.emissions.get(key, Decimal(0)) - clean.emissions.get(key, Decimal(0)))
            moved[regime, site] = moved.get((regime, site), Decimal(0)) + change
    regimes = {regime for regime, _ in moved}
    tonnes = [sum((t for (own, _), t in moved.items() if own == regime), Decimal(0)) for regime in regimes]
    shares = [t / _year(clean, regime, site, fault.months[0][:4]) for (regime, site), t in moved.items()]
    return max(tonnes, default=Decimal(0)), max(shares, default=Decimal(0))


def _year(clean: Outcome, regime: str, site: str, year: str) -> Decimal:
    """A site's total of a year in the clean build; of the year that is not over yet, that of the last whole one."""
    whole = min(year, LAST_WHOLE_YEAR)
    own = [t for (r, s, _, month), t in clean.emissions.items() if r == regime and s == site and month[:4] == whole]
    return abs(sum(own, Decimal(0))) or Decimal(1)
