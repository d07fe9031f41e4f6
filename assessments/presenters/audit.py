"""Events of the audit trail in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .formats import count
from .sign_off import DECISION_WORDS, day

# What was done, by the name that the event has: a service's own, or that of the address that was asked.
_DONE = {
    "answer": "Changed answers",
    "section": "Saved a section",
    "start": "Started an assessment",
    "import": "Imported a file",
    "copy_sample": "Copied a sample",
    "delete": "Deleted an assessment",
    "restore": "Brought a deleted assessment back",
    "whatif": "Kept what was tried",
    "matrix": "Changed weights or scores",
    "checks": "Ticked points of a checklist",
    "make_link": "Made a share link",
    "switch_off": "Switched a share link off",
    "freeze": "Froze version {number}",
    "go_back": "Went back to version {number}",
    "ask_sign_off": "Asked for sign-off of version {number}",
    "decide": "Decided on version {number}",
    "withdraw_sign_off": "Took back the request to approve version {number}",
    "meet_condition": "Ticked off a condition of version {number}",
    "reopen_condition": "Reopened a condition of version {number}",
    "verify": "Had a report checked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    sequence: int
    at: datetime
    who: str
    words: str
    notes: Sequence[str]
    about: str
    """The name of the assessment, where it is still known."""
    assessment: str
    broken: bool
    mac: str


def present_event(event: Any, *, names: Mapping[str, str], broken: bool) -> EventView:
    """One event. `names` has the names of assessments by their ids."""
    details: Mapping[str, Any] = event.details
    assessment = event.about.partition(".")[0]
    return EventView(
        sequence=event.sequence,
        at=event.at,
        who=event.who,
        words=_words(event.act, details),
        notes=list(_notes(details)),
        about=names.get(assessment, ""),
        assessment=assessment if assessment in names else "",
        broken=broken,
        mac=event.mac,
    )


def _words(act: str, details: Mapping[str, Any]) -> str:
    plain = act.replace("account_", "account: ").replace("_", " ")
    words = _DONE.get(act, plain[:1].upper() + plain[1:])
    words = words.replace("version {number}", f"version {details['number']}" if "number" in details else "a version")
    if isinstance(details.get("status"), int) and details["status"] >= 400:
        return f"{words}: refused"
    return words


def _notes(details: Mapping[str, Any]) -> list[str]:
    """What the details say beyond the words: whom, how, and with which reasons."""
    notes = []
    if isinstance(changed := details.get("versions"), dict) and changed:
        notes.append(f"{count(len(changed)).capitalize()} answer{'' if len(changed) == 1 else 's'}")
    if approvers := details.get("approvers"):
        notes.append(f"Approvers: {', '.join(approvers)}")
    if due_on := details.get("due_on"):
        notes.append(f"Due {day(date.fromisoformat(due_on))}")
    if decision := details.get("decision"):
        notes.append(DECISION_WORDS.get(decision, (decision,))[0])
    if comment := details.get("comment"):
        notes.append(f"“{comment}”")
    notes += [f"Condition: {text}" for text in details.get("conditions") or ()]
    if condition := details.get("condition"):
        notes.append(condition)
    if content_hash := details.get("content_hash"):
        notes.append(f"Content {content_hash[:8]}…")
    return notes
