"""The scoreboard: what was planted, found and missed, as text. It counts; it decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tests.detection.outcome import Outcome
from tests.detection.scoring import LARGE, Alarm, Scored

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Scoreboard:
    """All builds of one seed: the clean build, the errors and the new alarms of the others."""

    seed: int
    clean: Outcome
    scored: Sequence[Scored]
    alarms: Sequence[Alarm]

    @property
    def counted(self) -> list[Scored]:
        """The errors that recall is about: all but what was sent once more and came to nothing."""
        return [one for one in self.scored if not one.is_absorbed]

    @property
    def large(self) -> list[Scored]:
        return [one for one in self.counted if one.share > LARGE]

    @property
    def missed(self) -> list[Scored]:
        return sorted((one for one in self.counted if not one.is_found), key=lambda one: -one.moved_t)

    @property
    def false_alarms(self) -> tuple[int, int]:
        """Control-months of the clean build that failed or gave an error, of all that were judged."""
        months = self.clean.control_months
        return sum(n for (_, status), n in months.items() if status != "PASS"), sum(months.values())

    def last_line(self) -> str:
        """The four figures that the targets are about."""
        wrong, judged = self.false_alarms
        recall = percent(sum(one.is_found for one in self.counted), len(self.counted))
        large = percent(sum(one.is_found for one in self.large), len(self.large))
        escaped = sum((one.moved_t for one in self.missed), Decimal(0)).quantize(TENTH, ROUND_HALF_UP)
        return f"recall {recall} %, above 5 %: {large} %, false alarms {percent(wrong, judged)} %, escaped {escaped:,.1f} t"

    def text(self) -> str:
        """The whole board in Markdown; its last line is `last_line`."""
        wrong, judged = self.false_alarms
        absorbed = len(self.scored) - len(self.counted)
        found = sum(one.is_found for one in self.counted)
        parts = [
            f"# What is found, seed {self.seed}",
            f"{len(self.scored)} errors planted in the clean example; {absorbed} sent once more and absorbed; of the other "
            f"{len(self.counted)}, {found} found. {len(self.large)} of them moved more than 5 % of a site's year. "
            f"{wrong} of {judged} clean control-months cry out.",
            *self._by_kind(),
            *self._by_speaker(),
            *self._missed(),
            self.last_line(),
        ]
        return "\n\n".join(parts) + "\n"

    def _by_kind(self) -> list[str]:
        rows = ["| kind of error | planted | found | moved t | escaped t |", "|---|--:|--:|--:|--:|"]
        for kind in sorted({one.fault.kind for one in self.counted}):
            own = [one for one in self.counted if one.fault.kind == kind]
            escaped = sum((one.moved_t for one in own if not one.is_found), Decimal(0))
            moved = sum((one.moved_t for one in own), Decimal(0))
            rows.append(f"| {kind} | {len(own)} | {sum(o.is_found for o in own)} | {moved:,.1f} | {escaped:,.1f} |")
        return ["## By kind of error", "\n".join(rows)]

    def _by_speaker(self) -> list[str]:
        """Precision: new alarms that an error explains. Share: of all errors, those it pointed at; alone: only it."""
        new, explained = Counter(), Counter()
        for alarm in self.alarms:
            new[alarm.signal.speaker] += 1
            explained[alarm.signal.speaker] += alarm.is_explained
        found = Counter(speaker for one in self.counted for speaker in one.speakers)
        alone = Counter(one.speakers[0] for one in self.counted if len(one.speakers) == 1)
        clean = {control: n for (control, status), n in self.clean.control_months.items() if status != "PASS"}
        rows = [
            "| speaks | new alarms | precision % | recall share % | alone | false on clean |",
            "|---|--:|--:|--:|--:|--:|",
        ]
        for speaker in sorted(new.keys() | clean.keys()):
            share, right = percent(found[speaker], len(self.counted)), percent(explained[speaker], new[speaker])
            rows.append(
                f"| {speaker} | {new[speaker]} | {right} | {share} | {alone[speaker]} | {clean.get(speaker, 0)} |"
            )
        return ["## By control and other speakers", "\n".join(rows)]

    def _missed(self) -> list[str]:
        rows = ["| error | kind | where | moved t | % of the site's year |", "|---|---|---|--:|--:|"]
        for one in self.missed:
            where, share = one.fault.note.replace("|", "/"), percent_of(one.share)
            rows.append(f"| {one.fault.fault_id} | {one.fault.kind} | {where} | {one.moved_t:,.1f} | {share} |")
        return ["## What escaped", "\n".join(rows) if self.missed else "Nothing."]


def percent(part: int, whole: int) -> str:
    """A share in per cent with one decimal; 100.0 of nothing."""
    return percent_of(Decimal(part) / whole) if whole else "100.0"


def percent_of(share: Decimal) -> str:
    return str((share * 100).quantize(TENTH, ROUND_HALF_UP))
