"""Who decides: role holders of plan/roles.csv and what their duty allows. It proves a name, not a person.

Which duty may do what stands in seeds/every_sector/decision_duties.csv; the two names of a decision are compared in SQL
(decisions.standings) and, so that nobody waits for a build to hear of it, when the command is given.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines import plan, rules
from pipelines.workspace import Workspace

# Names of two or three characters: one that differs is still near.
_NEAR = 0.3


class DecisionError(Exception):
    """A decision that cannot be taken: what was found, what was expected, what to do, in both languages."""

    exit_code = 2

    def __init__(self, zh: str, en: str):
        super().__init__(f"{zh} / {en}")


@dataclass(frozen=True)
class Holder:
    """A person in one of their roles. duty: recorder, checker or approver."""

    person: str
    role_id: str
    duty: str

    def fields(self) -> dict[str, str]:
        """As a journal line keeps it: the roles of that day, whatever the plan says later."""
        return {"person": self.person, "role_id": self.role_id, "duty": self.duty}


def holder(workspace: Workspace, name: str, action: str) -> Holder:
    """The role holder `name`, in a role whose duty allows `action`.

    Raises DecisionError when the plan knows no such person (near names are told) or none of their roles may do it.
    """
    roles = [row for row in plan.load(workspace).rows("roles") if row["person"]]
    named = [row for row in roles if row["person"] == name.strip()]
    if not named:
        raise _unknown(name, list(dict.fromkeys(row["person"] for row in roles)))
    duties = duties_of(action)
    for row in sorted(named, key=lambda one: one["duty"] not in duties):
        if row["duty"] in duties:
            return Holder(row["person"], row["role_id"], row["duty"])
    held = ", ".join(row["duty"] for row in named)
    able = ", ".join(dict.fromkeys(row["person"] for row in roles if row["duty"] in duties)) or "–"
    raise DecisionError(
        f"{name} 的职责是 {held}，此事须由 {'、'.join(duties)} 办理：请由 {able} 之一办理，或修订 plan/roles.csv。",
        f"{name} is {held}; this is for {' or '.join(duties)}: ask one of {able}, or revise plan/roles.csv.",
    )


def duties_of(action: str) -> list[str]:
    """The duties that may do `action`, as the rules list them."""
    return [row["duty"] for row in rules.rows("decision_duties") if row["action"] == action]


def refuse_same(maker: str, other: Holder) -> None:
    """Raise DecisionError when maker and approver go by one name."""
    if maker == other.person:
        raise DecisionError(
            f"提出人与批准人都是 {maker}：须由另一名角色持有人批准。",
            f"{maker} made it and cannot approve it: another role holder has to.",
        )


def _unknown(name: str, known: Sequence[str]) -> DecisionError:
    near = difflib.get_close_matches(name.strip(), known, n=3, cutoff=_NEAR)
    told = ", ".join(near or known) or "–"
    zh = "相近的有" if near else "其中有"
    en = "near names" if near else "there are"
    return DecisionError(
        f"plan/roles.csv 中没有 “{name}”；{zh}：{told}。请用其中的姓名，或先在该表登记。",
        f"plan/roles.csv knows no {name!r}; {en}: {told}. Use a name of that table, or enter it there first.",
    )
