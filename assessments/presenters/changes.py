"""A change of a value in words: from what to what, and whose evidence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assessments.engine.decision import Verdict
from assessments.engine.fields import field_at
from assessments.engine.measured.comparison import read_comparison
from assessments.engine.origins import is_unconfirmed
from assessments.framework import Framework, Question

from .cost_form import approach_name, value_words
from .formats import STRENGTH_WORDS, counted, number, share
from .questionnaire import answer_words
from .verdict import headline
from .words import lower

NOTHING = "Not answered"
NOBODY = "Somebody without an account"
_LONGEST_IN_A_LINE = 60
Said = Mapping[str, Any]
"""What a value says, as the history keeps it: value, evidence, link, strength and origin, without what is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One thing that went from one wording to another. `name` is empty for the value itself."""

    name: str
    before: str
    after: str

    @property
    def line(self) -> str:
        """Both in one line, where they are short; a unit that they share is said once.

        >>> Moved(name="", before="40,000 requests a month", after="50,000 requests a month").line
        '40,000 → 50,000 requests a month'
        """
        if max(len(self.before), len(self.after)) > _LONGEST_IN_A_LINE or "\n" in self.before + self.after:
            return ""
        unit = self.after.partition(" ")[2]
        shared = unit and self.after[:1].isdigit() and self.before.endswith(f" {unit}")
        return f"{self.before.removesuffix(f' {unit}') if shared else self.before} → {self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMove:
    """Everything that changed about one value."""

    path: str
    label: str
    section: str
    """The key of its section, or empty for what no page of the questionnaire asks."""
    moved: Sequence[Moved]
    who: str = ""
    at: datetime | None = None
    effect: str = ""
    """What the change did to the verdict, where it did anything."""


def label_of(framework: Framework, path: str) -> str:
    """What a value is called, also one that nothing asks for any more."""
    field = field_at(framework, path)
    if field is None:
        return path
    match path.split("."):
        case ["matrix", "weights", _]:
            return f"Weight of {lower(field.label)}"
        case ["costs", "detailed", approach]:
            return f"Detailed costs: {approach_name(framework, approach)}" if field.kind == "tick" else field.label
        case ["costs", "detailed", approach, _]:
            return f"{approach_name(framework, approach)}: {lower(field.label)}"
        case _:
            return field.label


def answer_move(framework: Framework, path: str, before: Said | None, after: Said | None) -> AnswerMove:
    """What differs between two states of one value; None is one that nobody has given."""
    field = field_at(framework, path)
    return AnswerMove(
        path=path,
        label=label_of(framework, path),
        section=framework.section_of[field.key].key if isinstance(field, Question) else "",
        moved=list(_moved(framework, path, before or {}, after or {})),
    )


def present_history(
    framework: Framework, changes: Iterable[Any], effects: Mapping[Any, tuple[Verdict, Verdict]]
) -> Sequence[AnswerMove]:
    """Who changed what, when, from what to what, and what it did: `effects` has the verdicts before and after some."""
    return [
        replace(
            with_author(answer_move(framework, change.path, change.before, change.after), change),
            effect=_effect(*effects[change.pk]) if change.pk in effects else "",
        )
        for change in changes
    ]


def _effect(before: Verdict, after: Verdict) -> str:
    """How the verdict moved; empty where it says the same."""
    was, now = (headline(one).title for one in (before, after))
    return "" if was == now else f"The verdict went from “{was.rstrip('.')}” to “{now.rstrip('.')}”."


def with_author(move: AnswerMove, change: Any) -> AnswerMove:
    """The same with who made this change, and when."""
    return replace(move, who=change.who or NOBODY, at=change.at)


def _moved(framework: Framework, path: str, before: Said, after: Said) -> Iterator[Moved]:
    words = [stated_words(framework, path, said.get("value")) for said in (before, after)]
    if before.get("value") != after.get("value"):
        yield Moved(name="", before=words[0], after=words[1])
    elif is_unconfirmed(before.get("origin")) and not is_unconfirmed(after.get("origin")):
        yield Moved(name="Told by an agent", before="Not confirmed", after="Confirmed")
    evidence = "Reason" if path.startswith("matrix.overrides.") else "Evidence"
    for part, name in (("evidence", evidence), ("link", "Link")):
        if before.get(part, "") != after.get(part, ""):
            yield Moved(name=name, before=before.get(part) or "Not stated", after=after.get(part) or "Not stated")
    strengths = [STRENGTH_WORDS.get(said.get("strength", ""), "") for said in (before, after)]
    if all(strengths) and strengths[0] != strengths[1]:
        yield Moved(name="Strength", before=strengths[0], after=strengths[1])


def stated_words(framework: Framework, path: str, value: Any) -> str:
    """A value as a person would say it, also where there is none."""
    field = field_at(framework, path)
    match path.split("."):
        case ["matrix", "weights", _] if value is None:
            return "the default"
        case ["matrix", "overrides", *_] if value is None:
            return "Not scored by you"
        case ["comparison"]:
            return _comparison_line(value) if value else "Nothing measured"
        case ["checks", *_]:
            return "Ticked" if value else "Not ticked"
        case ["costs", "detailed", _] if field and field.kind == "tick":
            return "Compared" if value else "Not compared"
        case ["costs", "detailed", *_, "escalation_to"]:
            return approach_name(framework, value) if value else "Nobody"
        case ["costs", "detailed", *_] if field:
            return "Nothing entered" if value is None else value_words(field, value)
    if isinstance(field, Question):
        return answer_words(field, value) or NOTHING
    if field and field.options:
        return next((option.label for option in field.options if option.value == value), NOTHING)
    return NOTHING if value is None else number(value) if isinstance(value, (int, float)) else str(value)


def _comparison_line(value: Mapping[str, Any]) -> str:
    """A measured comparison in one line, whatever it holds."""
    found = read_comparison(value)
    best = max(found.variants, key=lambda variant: variant.rate.share or 0)
    most = max(variant.cases for variant in found.variants)
    on = " on up to ".join(
        (counted(len(found.variants), "{n} variant", "{n} variants"), counted(most, "{n} case", "{n} cases"))
    )
    return f"{on}; best is {best.name}, {share(best.rate.share or 0)}"
