"""Controls from what is stored, or from what was sent and could not be saved, on whichever page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.engine.economics.plan_months import plan_starts
from assessments.engine.origins import origin_of
from assessments.forms.faults import told
from assessments.forms.values import FormatError
from assessments.framework import Framework, Question, Section
from assessments.models import Assessment, StoredValue, User
from assessments.presenters.changes import label_of, stated_words
from assessments.presenters.control import Choice, Conflict, Control, present_control, typed_again
from assessments.presenters.cost_forms import replaced_words, two_defaults
from assessments.presenters.currency import currency_note
from assessments.presenters.derived import derived_words, number_later
from assessments.presenters.findings import present_findings
from assessments.presenters.formats import day, number
from assessments.presenters.price_list import models_to_name
from assessments.presenters.questionnaire import FoldedAway, present_folded
from assessments.presenters.sources import answer_source, measured_by
from assessments.services.answer_sheet import AnswerSheet, stated
from assessments.services.release import offered_versions
from assessments.services.values import EntryOutcome, Saving, ValuesRefused, digest_of
from assessments.steps import is_asked

MODEL = "use_case.model"


def answer_control(question: Question, sheet: AnswerSheet) -> Control:
    """A question of the questionnaire as it is stored, with the contradictions that its answer is part of."""
    question = sheet.framework.questions[question.key]  # as it is shown in the currency of the costs
    stored = sheet.values.get(question.path)
    contradictions = [one for one in sheet.verdict.findings if one.kind == "contradiction" and question.key in one.keys]
    derived = sheet.document.derived.get(question.path)
    shown = present_control(question, stored, rev_of(question.path, stored))
    offered = models_to_name(sheet.framework, timezone.localdate()) if question.path == MODEL else shown.options
    return replace(
        shown,
        notes=present_findings(sheet.framework, contradictions),
        derived=derived_words(sheet.framework, question, derived) if derived else None,
        number_later=None if derived or shown.typed else number_later(sheet.framework, question, sheet.stated),
        counts=is_asked(question, sheet),
        replaced=replaced_words(sheet.verdict, question),
        defaults=two_defaults(sheet.framework, question),
        options=offered,
        note=currency_note(question.path, sheet.stated),
        measured_by=measured_by(sheet.framework, question),
        **_source(stored),
    )


def _source(stored: StoredValue | None) -> dict[str, Any]:
    """Where a value comes from that was measured, or was before somebody typed another, or that an agent told."""
    origin = origin_of(stored.origin) if stored and stored.origin and stored.value is not None else None
    if origin is None:
        return {}
    words = answer_source(origin).words
    return {"told": words} if origin.kind == "agent" else {"source": words if origin.facts else ""}


def with_versions(assessment: Assessment, controls: Sequence[Control]) -> list[Control]:
    """The parts of a release, with the imported files that name them to choose from."""
    offered = offered_versions(assessment)
    return [
        replace(one, options=[Choice(value=words, label=words) for words in offered.get(one.question.path, ())])
        for one in controls
    ]


def in_error(control: Control, posted: Mapping[str, str], error: FormatError) -> Control:
    """What was typed, kept as it is, with what is wrong."""
    return replace(typed_again(control, posted), errors={error.field: error.sentence}, ways=error.ways)


def in_conflict(
    framework: Framework, control: Control, posted: Mapping[str, str], outcome: EntryOutcome, actor: User | None
) -> Control:
    """What was typed, with what was saved meanwhile. Sent again, it is kept."""
    again = replace(typed_again(control, posted), rev=rev_of(outcome.entry.path, outcome.stored))
    return replace(again, conflict=conflict_in_words(framework, outcome, actor))


def conflict_in_words(framework: Framework, outcome: EntryOutcome, actor: User | None) -> Conflict:
    """What was saved meanwhile beside what was to be saved."""
    stored, path, yours = outcome.stored, outcome.entry.path, outcome.entry
    theirs = stated(stored)
    return Conflict(
        who=who_changed(stored, actor),
        at=stored.changed_at if stored else None,
        theirs=stated_words(framework, path, theirs.value),
        yours=stated_words(framework, path, yours.value),
        their_evidence=theirs.evidence if theirs.evidence != yours.evidence else "",
    )


def after_save(
    framework: Framework,
    controls: list[Control],
    posted: Mapping[str, str],
    errors: Mapping[str, FormatError],
    conflicts: Mapping[str, EntryOutcome],
    actor: User | None,
) -> list[Control]:
    """The controls of a page of which something could not be saved."""
    shown = []
    for control in controls:
        if control.key in errors:
            control = in_error(control, posted, errors[control.key])
        elif outcome := conflicts.get(control.question.path):
            control = in_conflict(framework, control, posted, outcome, actor)
        shown.append(control)
    return shown


def who_changed(stored: StoredValue | None, looking: User | None) -> str:
    """Who changed this value last, as the person who looks would say it."""
    if stored is None or stored.changed_by is None:
        return _("Somebody else")
    return _("In another window, you") if stored.changed_by == looking else str(stored.changed_by)


def rev_of(path: str, stored: StoredValue | None) -> str:
    """What a page remembers of a value that it shows."""
    return f"{stored.version if stored else 0}.{digest_of(path, stated(stored))}"


def refusals(refused: Mapping[str, ValuesRefused]) -> dict[str, FormatError]:
    """What was refused, by the key of its control."""
    keys = {path: path.rpartition(".")[2] for path in refused}
    return {keys[path]: FormatError(keys[path], refusal_words(path, error)) for path, error in refused.items()}


def refusal_words(path: str, error: ValuesRefused) -> str:
    """Why a value was refused, so that somebody who looks at its control knows what to do."""
    sheet = error.sheet
    if error.each and not path.endswith(".escalation_to"):
        return f"{label_of(sheet.framework, path)}: {told(error.faults[path])}"
    labelled, reviewed = (sheet.value(f"readiness.{kind}_examples") for kind in ("labelled", "reviewed"))
    match path.split("."):
        case ["readiness", "reviewed_examples"]:
            words = _("Reviewed examples ({reviewed}) cannot be more than the {labelled} labelled ones")
            return words.format(reviewed=number(reviewed), labelled=number(labelled))
        case ["readiness", "labelled_examples"]:
            words = _("Labelled examples ({labelled}) cannot be fewer than the {reviewed} reviewed ones")
            return words.format(reviewed=number(reviewed), labelled=number(labelled))
        case ["costs", "detailed", approach, _] if not sheet.value(f"costs.detailed.{approach}"):
            return _("This lever does not stand in the detailed costs. Add it first")
        case ["costs", "detailed", _, "price_changes_on" | "changed_input_price" | "changed_output_price"]:
            return _("Enter what the prompt or the answer will cost from that day on, or leave the day empty")
        case ["costs", "detailed", _, "long_prompt_above" | "long_input_price" | "long_output_price"]:
            return _("Enter what a long prompt or its answer costs, or leave the length empty")
        case ["costs", "detailed", _, "ends_on"]:
            starts = plan_starts(sheet.framework, sheet.document)
            words = _("That is before {day}, when the plan starts. Enter a later day, or an earlier start")
            return words.format(day=day(starts))
        case ["costs", "starts_on"]:
            return _("A model of the detailed costs ends before that day. Enter an earlier start, or a later end there")
        case ["costs", "detailed", approach, "escalation_to"]:
            target = sheet.value(path)
            if target == approach:
                return _("A lever cannot pass requests on to itself")
            if not sheet.value(f"costs.detailed.{target}"):
                return _("Choose a lever that has been added")
            return _("Requests would go round in a circle: choose a lever that does not pass them back")
    return f"{label_of(sheet.framework, path)}: {told(error.faults[path])}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refolded:
    """What an answer made a page ask, or no longer ask, without being loaded again."""

    folded_now: Sequence[str]
    asked_now: Sequence[tuple[str, Control]]
    """Each with the question that it stands behind."""
    folded: FoldedAway | None


def refold(saving: Saving, section: Section) -> Refolded | None:
    """What of this section is folded away otherwise than before; None where nothing is."""
    was, now = (
        [one.key for one in section.questions if is_asked(one, sheet)] for sheet in (saving.before, saving.after)
    )
    if was == now:
        return None
    controls = [answer_control(question, saving.after) for question in section.questions]
    behind = dict(zip(now[1:], now, strict=False))
    return Refolded(
        folded_now=[key for key in was if key not in now],
        asked_now=[(behind[one.key], one) for one in controls if one.key in behind and one.key not in was],
        folded=present_folded(controls),
    )
