"""What is promised, as figures: each bar has a name, and a figure that it may not pass. README.md says it in words.

`make verify` measures the fast ones, which are tests of the suite; `make verify-slow` all of them, and those with
more tries.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

IS_THOROUGH = bool(os.environ.get("THOROUGH"))


def tries(usual: int, thorough: int) -> int:
    """How often something is tried: in every run of the suite, and in `make verify-slow`."""
    return thorough if IS_THOROUGH else usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The most that a figure may be, or the least where that is what counts."""

    most: float = 0
    least: float | None = None
    unit: str = ""

    def holds(self, figure: float) -> bool:
        return figure <= self.most if self.least is None else figure >= self.least

    def worst(self, figures: Iterable[float]) -> float:
        return max(figures) if self.least is None else min(figures)

    def line(self, name: str, figure: float, told: str = "") -> str:
        """One line, such as “damaged copies: 0 (at most 0), 20 of SQLite”."""
        word, bound = ("at most", self.most) if self.least is None else ("at least", self.least)
        failed = "" if self.holds(figure) else "FAILED "
        more = f", {told}" if told else ""
        return f"{failed}{name}: {figure:,.4g}{self.unit} ({word} {bound:,g}{self.unit}){more}"


BARS: dict[str, Bar] = {
    # who reaches what
    "leaks to outsiders": Bar(),
    "leaks to roles": Bar(),
    "leaks without a second step": Bar(),
    "answers that tell a foreign assessment from an unknown one": Bar(),
    "answers that tell one closed link from another": Bar(),
    "tokens in plain text": Bar(),
    "numbers found where costs are left out": Bar(),
    "passphrases looked at, of 60 at once": Bar(most=5),
    "openings of a link for five, of 60 at once": Bar(most=5),
    "fields changed that no form offers": Bar(),
    # what is sent and shown
    "hostile posts answered by a 500": Bar(),
    "faults on crossed pages": Bar(),
    "hostile strings that ran": Bar(),
    "elements that hostile strings made": Bar(),
    "formulas that hostile strings made": Bar(),
    "largest page of a result": Bar(most=60, unit=" kB"),
    "reports of a broken content policy": Bar(),
    "score at the observatory": Bar(least=100),
    "calls to anywhere else": Bar(),
    # what is saved stays
    "answers overwritten unseen": Bar(),
    "saves refused beside somebody else": Bar(),
    "acknowledged answers lost": Bar(),
    "audit chains broken": Bar(),
    "damaged copies": Bar(),
    "rows that differ after a restore": Bar(),
    "rows lost by an update": Bar(),
    "documents changed by an update": Bar(),
    "pages that fail after an update": Bar(),
    # what was signed
    "approvals by the author alone": Bar(),
    "approvals that hide a later edit": Bar(),
    "fields outside the hash of a version": Bar(),
    "changed reports that pass as untouched": Bar(),
    "changes of the audit trail unseen": Bar(),
    "unsafe requests without an event": Bar(),
    # many people
    "requests that fail under load": Bar(),
    "19 of 20 saves under load within": Bar(most=250, unit=" ms"),
}


def lines(measured: Sequence[tuple[str, float, str]]) -> Iterator[str]:
    """One line for each bar: its worst figure, and all that was measured."""
    for name, bar in BARS.items():
        own = [(figure, told) for one, figure, told in measured if one == name]
        if own:
            told = dict.fromkeys(told for _, told in own if told)
            yield bar.line(name, bar.worst(figure for figure, _ in own), "; ".join(told))
