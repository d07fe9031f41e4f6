"""What a pilot had to show and what it showed, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.engine.document import Document
from assessments.engine.measured.figures import ChangeFigures, MetricChange
from assessments.engine.measured.pilot import (
    FAILED,
    PASSED,
    CriterionResult,
    ExitCriterion,
    PilotFigures,
    PilotRecord,
    ProbeFigures,
    Rows,
    SignedCriteria,
    pilot_figures,
)
from assessments.framework import Framework
from assessments.framework.schema import Question

from .formats import count, day, listed, number, percentage, share, share_span
from .measured.changes import present_changes
from .measured.shown import NOTHING, ShownCell, ShownRow, ShownTable, ToldFigures
from .words import lower


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotView:
    """What is recorded of a pilot. `told` has the tables of what was measured, if anything was."""

    is_empty: bool
    heading: str
    facts: Sequence[tuple[str, str]]
    """How it ended, when it ran, what was learnt."""
    told: ToldFigures
    passed: bool | None
    """By the exit criteria; None where there is nothing to hold against them."""
    notes: Sequence[str]


def present_pilot(framework: Framework, document: Document, signed: SignedCriteria | None = None) -> PilotView:
    """What is recorded of the pilot, held against the criteria that were signed, else those that stand there now.

    It is empty where nothing is recorded and nothing must be shown.
    """
    now: Rows = document.targets.get("exit_criteria", ())
    pilot = document.pilot
    criteria = signed.rows if signed and signed.rows else now
    figures = pilot_figures(criteria, pilot.get("before_after", ()), pilot.get("probes", ()))
    tables = [*_criteria(figures), *_changes(figures), *_probes(framework, figures)]
    recorded = pilot.get("pilot_outcome", "")
    return PilotView(
        is_empty=not criteria and not pilot,
        heading=_heading(framework, figures, recorded),
        facts=_facts(framework, pilot),
        told=ToldFigures(heading="", tables=tables),
        passed=figures.passed,
        notes=[
            *_rechecks(framework, figures),
            *_signed(signed, criteria, now),
            *_at_odds(figures, recorded),
        ],
    )


def _heading(framework: Framework, figures: PilotFigures, recorded: str) -> str:
    """What the criteria say; without anything measured, how it was recorded to have ended."""
    total, failing = len(figures.criteria), _failing(figures)
    if figures.passed is not None:
        if not failing:
            words = ngettext("The exit criterion holds", "All {many} exit criteria hold", total)
            return words.format(many=count(total))
        if total == 1:
            words = _("{failing} of {total} exit criterion does not hold")
        else:
            words = ngettext(
                "{failing} of {total} exit criteria does not hold",
                "{failing} of {total} exit criteria do not hold",
                len(failing),
            )
        return words.format(failing=number(len(failing)), total=number(total))
    if recorded:
        outcome = lower(_option(framework.questions["pilot_outcome"], recorded))
        return _("The pilot was recorded as {outcome}").format(outcome=outcome)
    if figures.changes:
        return present_changes(ChangeFigures(metrics=figures.changes)).heading
    return _("Nothing measured yet")


def _failing(figures: PilotFigures) -> Sequence[str]:
    return [one.criterion.metric for one in figures.criteria if not one.holds]


def _facts(framework: Framework, pilot: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    questions = framework.questions
    said = (
        (_("Outcome"), _option(questions["pilot_outcome"], pilot.get("pilot_outcome", ""))),
        (pgettext("pilot", "Ran"), _ran(pilot)),
        (_("Shown by"), _option(questions["shown_by"], pilot.get("shown_by", ""))),
        (_("Learnt"), pilot.get("learnt", "")),
    )
    return [(name, words) for name, words in said if words]


def _ran(pilot: Mapping[str, Any]) -> str:
    start, end = (day(pilot[key]) if key in pilot else "" for key in ("ran_from", "ran_to"))
    if start and end:
        words = _("from {start} to {end}")
    elif start:
        words = _("from {start}")
    else:
        words = _("to {end}") if end else ""
    return words.format(start=start, end=end)


def _option(question: Question, value: str) -> str:
    return next((option.label for option in question.options if option.value == value), "")


def _criteria(figures: PilotFigures) -> Sequence[ShownTable]:
    if not figures.criteria:
        return ()
    rows = [
        ShownRow(
            name=one.criterion.metric,
            small=wanted(one.criterion),
            cells=[_seen(one.changes), ShownCell(words=_held(one, measured=bool(figures.changes)), is_text=True)],
            is_strong=bool(figures.changes) and not one.holds,
        )
        for one in figures.criteria
    ]
    head = [pgettext("pilot", "Measure"), _("Before and after"), pgettext("pilot", "Holds")]
    return [ShownTable(caption=_("Exit criteria"), head=head, rows=rows)]


def wanted(criterion: ExitCriterion) -> str:
    """What a measure must show: its target, how much worse it may get, or that it may not get worse at all."""
    target = ""
    if criterion.target is not None:
        words = _("at least {target}") if criterion.higher_is_better else _("at most {target}")
        target = words.format(target=number(criterion.target))
    if criterion.tolerance:
        worse = _("worse by at most {tolerance}").format(tolerance=number(criterion.tolerance))
        return "; ".join(filter(None, [target, worse]))
    return target or _("no worse than before")


def _seen(changes: Sequence[MetricChange]) -> ShownCell:
    if not changes:
        return NOTHING
    return ShownCell(words="; ".join(f"{number(one.before)} → {number(one.after)}" for one in changes))


def _held(one: CriterionResult, *, measured: bool) -> str:
    if not measured:
        return _("Not measured yet")
    if not one.changes:
        return _("No row with this measure")
    return _("Yes") if one.holds else _("No")


def _changes(figures: PilotFigures) -> Sequence[ShownTable]:
    return present_changes(ChangeFigures(metrics=figures.changes)).tables if figures.changes else ()


def _rechecks(framework: Framework, figures: PilotFigures) -> list[str]:
    """What to check again, by the names of the measures that got worse."""
    worse = [one.name.casefold() for one in figures.regressions]
    if not worse:
        return []
    checks = [
        check.name for check in framework.upkeep.rechecks if any(word in name for name in worse for word in check.words)
    ]
    named = listed([one.name for one in figures.regressions])
    words = _("Worse: {measures}. Re-check {checks}.") if checks else _("Worse: {measures}. Look at them again.")
    return [words.format(measures=named, checks=listed(checks))]


def _signed(signed: SignedCriteria | None, criteria: Rows, now: Rows) -> list[str]:
    if signed is None or not criteria:
        return []
    if not signed.rows:
        words = _("Version {version} was signed without exit criteria: these were written later.")
    elif list(signed.rows) == list(now):
        words = _("The exit criteria are those that were signed with version {version}.")
    else:
        words = _(
            "The exit criteria are those that were signed with version {version}. "
            "They were changed since; those that were signed count."
        )
    return [words.format(version=signed.number)]


def _at_odds(figures: PilotFigures, recorded: str) -> list[str]:
    """Where the outcome that was recorded is not what the criteria say."""
    if recorded == PASSED and figures.passed is False:
        failing = listed(_failing(figures))
        return [_("Recorded as passed, though this does not hold: {measures}.").format(measures=failing)]
    if recorded == FAILED and figures.passed:
        return [_("Recorded as failed, though every exit criterion holds.")]
    return []


def _probes(framework: Framework, figures: PilotFigures) -> Sequence[ShownTable]:
    if not figures.probes:
        return ()
    rows = [
        ShownRow(
            name=one.case,
            small="" if one.is_whole else _("the probabilities do not add up to 1"),
            cells=[
                ShownCell(words=number(round(entropy, 3)), small=_likeliest(one, side))
                for entropy, side in ((one.entropy_before, one.before), (one.entropy_after, one.after))
            ],
        )
        for one in figures.probes
    ]
    head = [_("Case"), _("Before"), _("After")]
    caption = _("Probe cases: how undecided")
    return [ShownTable(caption=caption, head=head, rows=rows, notes=_printed(framework, figures))]


def _likeliest(probe: ProbeFigures, side: Sequence[float]) -> str:
    most = max(range(len(side)), key=side.__getitem__)
    return f"{probe.classes[most]} {share(side[most])}"


def _printed(framework: Framework, figures: PilotFigures) -> list[str]:
    """That the source prints other figures for its own case."""
    published = framework.upkeep.published_probe
    pairs = sorted(zip(published.before, published.after, strict=True))
    for one in figures.probes:
        if sorted(zip(one.before, one.after, strict=True)) == pairs:
            words = {
                "printed_before": number(published.printed_before),
                "printed_after": number(published.printed_after),
                "before": number(round(one.entropy_before, 3)),
                "after": number(round(one.entropy_after, 3)),
            }
            return [published.note.format(**words)]
    return []


def record_sentence(record: PilotRecord) -> str:
    """How the pilots of a team ended; empty where it has none.

    >>> record_sentence(PilotRecord(passed=3, of=5, stopped=1))
    'Your team: 3 of 5 pilots passed, 1 was stopped (95% range 23% to 88%).'
    """
    if not record.of:
        return ""
    if not record.stopped:
        words = ngettext(
            "Your team: {passed} of {of} pilot passed ({level} range {span}).",
            "Your team: {passed} of {of} pilots passed ({level} range {span}).",
            record.of,
        )
    elif record.of == 1:
        words = _("Your team: {passed} of {of} pilot passed, {stopped} was stopped ({level} range {span}).")
    else:
        words = ngettext(
            "Your team: {passed} of {of} pilots passed, {stopped} was stopped ({level} range {span}).",
            "Your team: {passed} of {of} pilots passed, {stopped} were stopped ({level} range {span}).",
            record.stopped,
        )
    return words.format(
        passed=number(record.passed),
        of=number(record.of),
        stopped=number(record.stopped),
        level=percentage(0.95),
        span=share_span(*record.interval),
    )
