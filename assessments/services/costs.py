"""Changes of the detailed costs form, with what follows from them: each names the numbers it is about."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from assessments.acts import Act
from assessments.engine.economics.plan_months import ENDS_ON, plan_starts
from assessments.models import Assessment, User

from .answer_sheet import NOTHING, AnswerSheet, stated
from .cost_draft import FORM, CostDraft, gives_costs
from .prefill import follow_today
from .values import Entry, Saving, ValuesRefused, change, entry_on, settle


def enter(assessment: Assessment, actor: User | None, entries: Sequence[Entry], *, act: Act = "answer") -> Saving:
    """Saves what somebody typed, wherever, with what follows from it. Raises ValuesRefused as `change` does."""
    return change(assessment, actor, lambda sheet: with_followers(sheet, entries), act=act)


def enter_what_is_sound(
    assessment: Assessment, actor: User | None, entries: Sequence[Entry], *, act: Act = "answer"
) -> tuple[Saving, dict[str, ValuesRefused]]:
    """The same for a whole page: what is refused is left out and told by its path, all else is saved."""
    refused: dict[str, ValuesRefused] = {}
    while True:
        try:
            return enter(assessment, actor, [one for one in entries if one.path not in refused], act=act), refused
        except ValuesRefused as error:
            if not error.faults.keys() & {entry.path for entry in entries} - refused.keys():
                raise
            refused |= dict.fromkeys(error.faults, error)


def with_followers(sheet: AnswerSheet, entries: Sequence[Entry]) -> Sequence[Entry]:
    """These entries, and those that follow from what they change about the costs."""
    if not any(entry.path.startswith(FORM) or gives_costs(entry.path) for entry in entries):
        return entries
    _refuse_what_has_ended(sheet, entries)
    draft = CostDraft(sheet)
    before = dict(draft.stated)
    if not draft.is_begun and not any(entry.path.startswith(FORM) for entry in entries):
        return entries
    outcomes = settle(sheet, entries)
    saved = {outcome.entry.path: stated(outcome.stored) for outcome in outcomes if outcome.state == "saved"}
    given = {path: said.value for path, said in saved.items() if gives_costs(path)}
    draft.elsewhere = {path: value for path, value in (draft.elsewhere | given).items() if value is not None}
    draft.carry(given)
    for outcome in outcomes:
        path = outcome.entry.path
        if path in saved and path.startswith(FORM):
            draft.state(path, saved[path])
        elif not draft.is_begun and path in before and outcome.entry.value is None and not outcome.entry.is_untouched:
            draft.state(path, NOTHING)  # the number of the use case was shown, and somebody emptied it
    if draft.stated == before and not given:
        return entries
    follow_today(draft)
    return [
        *(draft.entry_after(entry) if entry.path in saved else entry for entry in entries),
        *(entry for entry in draft.entries() if entry.path not in saved),
    ]


def let_count(assessment: Assessment, actor: User | None, form: str) -> Saving:
    """Lets this form of the costs count, the summary or the detailed one."""
    return change(assessment, actor, lambda sheet: [entry_on(sheet, "costs.form", form)], act="change_costs")


def _refuse_what_has_ended(sheet: AnswerSheet, entries: Sequence[Entry]) -> None:
    """Nobody types that a model ended before the plan starts. One that has ended since stays as it is stored."""
    typed = [
        entry for entry in entries if entry.path.endswith(f".{ENDS_ON}") and entry.value and not entry.is_untouched
    ]
    starts = plan_starts(sheet.framework, sheet.document).isoformat() if typed else ""
    if faults := {entry.path: _("is before {day}").format(day=starts) for entry in typed if entry.value < starts}:
        raise ValuesRefused(faults, sheet)


def reform(assessment: Assessment, actor: User | None, edit: Callable[[CostDraft], None]) -> Saving:
    """Changes the form by more than what somebody typed: an approach comes or goes, prices are filled in."""

    def entries(sheet: AnswerSheet) -> Sequence[Entry]:
        draft = CostDraft(sheet)
        before = dict(draft.stated)
        edit(draft)
        if draft.stated == before:
            return ()
        follow_today(draft)
        return draft.entries()

    return change(assessment, actor, entries, act="change_costs")


def add_approach(assessment: Assessment, actor: User | None, approach: str) -> Saving:
    """Adds an approach, filled in from today's prompt and the framework's suggestions. Once is enough."""
    return reform(assessment, actor, lambda draft: draft.add(approach, "suggested"))


def remove_approach(assessment: Assessment, actor: User | None, approach: str) -> Saving:
    """Takes an approach away with its numbers, and requests passed on to it."""
    return reform(assessment, actor, lambda draft: draft.remove(approach))


def discard_form(assessment: Assessment, actor: User | None) -> Saving:
    """Empties the detailed form, so that the short one counts again."""
    return reform(assessment, actor, lambda draft: draft.stated.clear())
