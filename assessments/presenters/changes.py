"""A change of a value in words: from what to what, and whose evidence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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

NOTHING = gettext_noop("Not answered")
NOBODY = gettext_noop("Somebody without an account")
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
            return _("Weight of {criterion}").format(criterion=lower(field.label))
        case ["costs", "detailed", approach]:
            if field.kind != "tick":
                return field.label
            return _("Detailed costs: {approach}").format(approach=approach_name(framework, approach))
        case ["costs", "detailed", approach, "escalation_to"]:
            return f"{approach_name(framework, approach)}: {lower(_('Passed on to'))}"
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
    if was == now:
        return ""
    return _("The verdict went from “{before}” to “{after}”.").format(before=was.rstrip("."), after=now.rstrip("."))


def with_author(move: AnswerMove, change: Any) -> AnswerMove:
    """The same with who made this change, and when."""
    return replace(move, who=change.who or _(NOBODY), at=change.at)


def _moved(framework: Framework, path: str, before: Said, after: Said) -> Iterator[Moved]:
    words = [stated_words(framework, path, said.get("value")) for said in (before, after)]
    if before.get("value") != after.get("value"):
        yield Moved(name="", before=words[0], after=words[1])
    elif is_unconfirmed(before.get("origin")) and not is_unconfirmed(after.get("origin")):
        yield Moved(name=_("Told by an agent"), before=_("Not confirmed"), after=_("Confirmed"))
    evidence, none = _("Reason") if path.startswith("matrix.overrides.") else _("Evidence"), _("Not stated")
    for part, name in (("evidence", evidence), ("link", _("Link"))):
        if before.get(part, "") != after.get(part, ""):
            yield Moved(name=name, before=before.get(part) or none, after=after.get(part) or none)
    strengths = [STRENGTH_WORDS.get(said.get("strength", ""), "") for said in (before, after)]
    if all(strengths) and strengths[0] != strengths[1]:
        yield Moved(name=_("Strength"), before=strengths[0], after=strengths[1])


def stated_words(framework: Framework, path: str, value: Any) -> str:
    """A value as a person would say it, also where there is none."""
    field = field_at(framework, path)
    match path.split("."):
        case ["matrix", "weights", _] if value is None:
            return _("the default")
        case ["matrix", "overrides", *_] if value is None:
            return _("Not scored by you")
        case ["comparison"]:
            return _comparison_line(value) if value else _("Nothing measured")
        case ["checks", *_]:
            return _("Ticked") if value else _("Not ticked")
        case ["costs", "detailed", _] if field and field.kind == "tick":
            return _("Compared") if value else _("Not compared")
        case ["costs", "detailed", *_, "escalation_to"]:
            return approach_name(framework, value) if value else _("Nobody")
        case ["costs", "detailed", *_] if field:
            return _("Nothing entered") if value is None else value_words(field, value)
    if isinstance(field, Question):
        return answer_words(field, value) or _(NOTHING)
    if field and field.options:
        return next((option.label for option in field.options if option.value == value), _(NOTHING))
    return _(NOTHING) if value is None else number(value) if isinstance(value, (int, float)) else str(value)


def _comparison_line(value: Mapping[str, Any]) -> str:
    """A measured comparison in one line, whatever it holds."""
    found = read_comparison(value)
    best = max(found.variants, key=lambda variant: variant.rate.share or 0)
    most = max(variant.cases for variant in found.variants)
    return _("{variants} on up to {cases}; best is {name}, {share}").format(
        variants=counted(len(found.variants), "{n} variant", "{n} variants"),
        cases=counted(most, "{n} case", "{n} cases"),
        name=best.name,
        share=share(best.rate.share or 0),
    )
