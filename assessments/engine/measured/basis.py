"""What every rule for proposals rests on: one find, what people chose for it, the targets and the thresholds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.engine.answers import Strength
from assessments.engine.document import Document
from assessments.framework.evidence import EvidenceThresholds
from assessments.framework.schema import Framework

from .figures import Part
from .found import Choices, FileFound, Told
from .proposed import Proposal, Undecided
from .targets import Targets

Figure = str | int | float
YES = "yes"
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    framework: Framework
    document: Document
    found: FileFound
    choices: Choices
    targets: Targets
    beside: Sequence[FileFound] = ()
    """Other finds: those of the same drop, and what was imported before."""

    @property
    def limits(self) -> EvidenceThresholds:
        return self.framework.evidence.thresholds

    @property
    def strength(self) -> Strength:
        """What a model graded and nobody checked is noted, not measured. [production: triage, no ground truth]"""
        return "documented" if self.chosen("graded_by") == "model" else "measured"

    def chosen(self, key: str) -> str:
        """What somebody chose, else what was guessed; empty where neither is."""
        guessed = next((choice.chosen for choice in self.found.choices if choice.key == key), "")
        value = self.choices.get(key, guessed)
        return value if isinstance(value, str) else ""

    def is_chosen(self, key: str, value: str) -> bool:
        """Whether this is among several that were chosen."""
        guessed = next((choice.chosen for choice in self.found.choices if choice.key == key), ())
        values = self.choices.get(key, guessed)
        return not isinstance(values, str) and value in values

    def proposed(
        self,
        path: str,
        value: Any,
        rule: str,
        figures: Mapping[str, Figure],
        *,
        code: str = "",
        strength: Strength | None = None,
    ) -> Proposal:
        """`code` is that of the sentence, where it is not the rule's. No strength is above that of the file."""
        return Proposal(
            path=path,
            value=value,
            strength="documented" if strength == "documented" else self.strength,
            rule=rule,
            told=_told(code or rule, figures),
            kind=self.found.kind,
            tool=self.found.tool,
            written_on=self.found.written_on,
            files=self.found.files,
        )


def undecided(path: str, code: str, **figures: Figure) -> Undecided:
    return Undecided(path=path, told=_told(code, figures))


def _told(code: str, figures: Mapping[str, Figure]) -> Told:
    """Names come from files: what is no letter of a text, and what is too long for a sentence, is left out."""
    return Told(code=code, figures={key: _named(one) if isinstance(one, str) else one for key, one in figures.items()})


def _named(text: str) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    words = " ".join(printable.split())
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"


def ranged(part: Part) -> dict[str, Figure]:
    """A share with its range, as sentences name them."""
    return {"of": part.of, "rate": part.share or 0.0, "low": part.low, "high": part.high}


def whole(count: float) -> Figure:
    """A sum of case means, without the noise of its last digits."""
    rounded = round(count, 2)
    return int(rounded) if rounded == int(rounded) else rounded
