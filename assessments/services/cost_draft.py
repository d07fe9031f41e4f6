"""The detailed costs form as it would be: read from a sheet, changed in place, and handed in as entries."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, NamedTuple

from assessments.engine.economics.inputs import ASKED_ONCE, STATUS_QUO
from assessments.engine.origins import CASE, Origins, origin_of, origins_by_table
from assessments.engine.paths import Stated
from assessments.framework import Framework

from .answer_sheet import NOTHING, AnswerSheet
from .values import Entry, entry_on

FORM = "costs.detailed."
STARTS_ON = "costs.starts_on"
PROMPT = "use_case.prompt_tokens"
_SUMMARY = "costs.summary."


class Carried(NamedTuple):
    """A number of the form that was given elsewhere: it is not asked again, and follows what is given there."""

    scope: str
    key: str
    source: str
    """The path that it is given at."""
    origin: str


CARRIED = (
    Carried(CASE, "monthly_requests", "use_case.monthly_requests", "use_case"),
    Carried(CASE, "quality_value", f"{_SUMMARY}quality_value", "summary"),
    Carried(STATUS_QUO, "cacheable_tokens", PROMPT, "use_case"),
)


def path_of(scope: str, key: str) -> str:
    """The path of a number of the case, or of one approach."""
    return f"{FORM}{key}" if scope == CASE else f"{FORM}{scope}.{key}"


def exchanged(value: Any, rate: float) -> Any:
    """A price of a list, or a range of it, at this rate.

    >>> exchanged({"low": 1, "likely": 2, "high": 4}, 0.9), exchanged(0.1, 1)
    ({'low': 0.9, 'likely': 1.8, 'high': 3.6}, 0.1)
    """
    if rate == 1:
        return value
    if isinstance(value, dict):
        return {end: exchanged(part, rate) for end, part in value.items()}
    return round(value * rate, 9)


def gives_costs(path: str) -> bool:
    """Whether the form may take over what stands at this path."""
    return path.startswith(_SUMMARY) or path == "costs.hourly_rate" or path in {one.source for one in CARRIED}


class CostDraft:
    """What is stored of the form. Before the first change: today's prompt, and what was said elsewhere already."""

    def __init__(self, sheet: AnswerSheet):
        self.sheet = sheet
        self.stated = {path: said for path, said in sheet.stated.items() if path.startswith(FORM)}
        self.elsewhere = {path: said.value for path, said in sheet.stated.items() if gives_costs(path)}
        """What the use case and the summary form say, by path."""
        self.starts_on = ""
        """The day on which the plan begins, where nobody had said and a date of the market counts from it."""
        self.is_begun = bool(self.stated)
        if not self.is_begun:
            self.stated[FORM + STATUS_QUO] = Stated(value=True)
            self.carry([carried.source for carried in CARRIED])
        self.carry([f"{_SUMMARY}{key}" for key in ASKED_ONCE])  # it counts in any case (engine/document.py)

    @property
    def framework(self) -> Framework:
        return self.sheet.framework

    @property
    def added(self) -> list[str]:
        """The approaches of the form, today's prompt first, then in the framework's order."""
        return [name for name in (STATUS_QUO, *self.framework.approach) if FORM + name in self.stated]

    @property
    def exchange_rate(self) -> float | None:
        """What a US dollar costs in the currency of the costs, or None where nobody said."""
        return self.sheet.document.exchange_rate

    def is_prefilled(self, approach: str) -> bool:
        """Whether the numbers that nobody typed follow today's prompt and our suggestions."""
        return FORM + approach in self.stated and self.stated[FORM + approach].origin == "suggested"

    def numbers(self, scope: str) -> dict[str, Any]:
        """The numbers of the case or of one approach, and whom it passes requests on to, by key."""
        folder = path_of(scope, "")
        found = {path.removeprefix(folder): said.value for path, said in self.stated.items() if path.startswith(folder)}
        return {key: value for key, value in found.items() if "." not in key and value is not True}

    def origin(self, scope: str, key: str) -> Any:
        """Where a number comes from: a word, or a word with its facts; empty where it was typed or is not there."""
        said = self.stated.get(path_of(scope, key))
        return said.origin if said else ""

    def kind(self, scope: str, key: str) -> str:
        """The word for where a number comes from."""
        origin = self.origin(scope, key)
        return str(origin["kind"] if isinstance(origin, dict) else origin)

    def origins(self, scope: str) -> Origins:
        """Where the numbers of the case or of one approach come from."""
        found = {path: origin_of(said.origin) for path, said in self.stated.items() if said.origin}
        return origins_by_table(found).get(scope, Origins())

    def put(self, scope: str, key: str, value: Any, origin: Any = "") -> None:
        self.stated[path_of(scope, key)] = Stated(value=value, origin=origin)

    def take(self, scope: str, key: str) -> None:
        self.stated.pop(path_of(scope, key), None)

    def carry(self, sources: Collection[str]) -> None:
        """Takes over what these paths say now, but for what somebody typed in its place."""
        for carried in CARRIED:
            scope, key, source, origin = carried
            free = path_of(scope, key) not in self.stated or self.kind(scope, key) == origin
            if source in sources and free:
                if source in self.elsewhere:
                    self.put(scope, key, self.elsewhere[source], origin)
                else:
                    self.take(scope, key)

    def add(self, approach: str, origin: str = "") -> None:
        self.stated.setdefault(FORM + approach, Stated(value=True, origin=origin))

    def remove(self, approach: str) -> None:
        """Takes an approach away with its numbers, and requests passed on to it."""
        self.stated = {
            path: said
            for path, said in self.stated.items()
            if path != FORM + approach
            and not path.startswith(f"{FORM}{approach}.")
            and not (path.endswith(".escalation_to") and said.value == approach)
        }

    def state(self, path: str, said: Stated) -> None:
        """Takes over what somebody typed."""
        if said.value is None:
            self.stated.pop(path, None)
        else:
            self.stated[path] = said

    def entries(self) -> list[Entry]:
        """What is another than stored."""
        changed = []
        for path in {**self.sheet.stated, **self.stated}:
            was, said = (stated.get(path, NOTHING) for stated in (self.sheet.stated, self.stated))
            if path.startswith(FORM) and (said.value, said.origin) != (was.value, was.origin):
                changed.append(entry_on(self.sheet, path, said.value, said.origin))
        if self.starts_on and STARTS_ON not in self.sheet.stated:
            changed.append(entry_on(self.sheet, STARTS_ON, self.starts_on, "default"))
        return changed

    def entry_after(self, entry: Entry) -> Entry:
        """What somebody typed, with what follows: where a number was emptied, a suggestion may come in its place."""
        said = self.stated.get(entry.path)
        return replace(entry, value=said.value, origin=said.origin) if said and entry.value is None else entry
