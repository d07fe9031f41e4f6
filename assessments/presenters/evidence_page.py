"""The page of the evidence: the answers that decide, what fails, what to look at, and which labels are short."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.engine.decision import Decision
from assessments.engine.measured.rule import aims_of

from .certainty import COUNTED, is_backed
from .control import Stored
from .failures import FailuresView, present_failures
from .findings import FindingView, present_findings
from .formats import STRENGTH_WORDS, count, counted, number, spelt
from .guidance import range_words
from .measured.comparison import MeasuredView, present_comparison
from .review import AnswerRow, SectionReview, answer_row, present_review
from .robustness import evidence_sentence
from .sources import SourceFile, files_heading, source_files, sources_words, told_sentence
from .verdict import outcome_name
from .words import lower, shortened, starting

_LONGEST_LABEL, _MOST_LABELS, _MOST_OPEN = 60, 6, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingRow:
    """An answer whose other value would name another lever, or that closes the one that would lead."""

    label: str
    words: str
    section: str
    anchor: str
    evidence: str
    link: str
    backed: bool
    strength: str
    dots: Sequence[bool]
    """Three of them; as many are full as the evidence is strong."""
    source: str
    """Where the answer comes from; empty where there is none, or where evidence is left out."""
    otherwise: str
    """What the verdict would be if it were otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRow:
    label: str
    needed: str
    there: str
    reviewed: str
    short: str
    """How many are short; empty where there are enough, or where nobody said how many it needs."""
    is_enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage:
    heading: str
    lead: str
    deciding: Sequence[DecidingRow]
    open: Sequence[AnswerRow]
    """Answers that are not known and bear on the verdict."""
    failures: FailuresView
    findings_heading: str
    findings: Sequence[FindingView]
    labels_heading: str
    labels_lead: str
    short_labels: Sequence[LabelRow]
    labels: Sequence[LabelRow]
    reviews: Sequence[SectionReview]
    answered: str
    comparison: MeasuredView | None
    """What was measured side by side, where it was."""
    sources: str
    """How many answers were typed, measured in files, and computed."""
    files_heading: str
    files: Sequence[SourceFile]
    shows_evidence: bool
    """Whether this reader sees what shows an answer."""


def present_evidence_page(
    decision: Decision, answers: Mapping[str, Stored], *, left_out: Sequence[str] = ()
) -> EvidencePage:
    framework = decision.framework
    deciding, things = deciding_rows(decision, answers, left_out=left_out), len(decision.findings)
    reviews = present_review(framework, answers, document=decision.document, left_out=left_out, in_result=True)
    files = source_files(framework, decision.document.origins)
    labels = _labels(decision)
    short = [row for row in labels if row.short]
    asked = [
        row
        for review in reviews
        for row in review.rows
        if row.question.kind != "text" and not row.replaced and (row.known or not row.question.optional)
    ]
    return EvidencePage(
        heading=_("A measurement decides, not the answers") if decision.measured else backing_words(deciding),
        lead=_lead(decision, deciding),
        deciding=deciding,
        open=[
            answer_row(framework.section_of[key], framework.questions[key], answers)
            for key in decision.robustness.find_out_next[:_MOST_OPEN]
        ],
        failures=present_failures(decision),
        findings_heading=starting(spelt(things, "{n} thing to look at", "{n} things to look at")),
        findings=present_findings(framework, decision.findings),
        labels_heading=_labels_heading(labels, short),
        labels_lead=_labels_lead(decision),
        short_labels=_first_labels(labels, short),
        labels=labels,
        reviews=reviews,
        answered=_("{some} of {total} answered").format(some=sum(row.known for row in asked), total=len(asked)),
        comparison=_comparison(decision),
        sources=sources_words([row.source for row in asked if row.source and row.known]),
        files_heading=files_heading(files),
        files=files,
        shows_evidence="evidence" not in left_out,
    )


def _comparison(decision: Decision) -> MeasuredView | None:
    document = decision.document
    if document.comparison is None:
        return None
    aims = aims_of(document.targets)
    return present_comparison(decision.framework, document.comparison, decision.measured, aims)


def deciding_rows(
    decision: Decision, answers: Mapping[str, Stored], *, left_out: Sequence[str] = ()
) -> Sequence[DecidingRow]:
    """The answers that decide, those without anything behind them first. Counted failures are one of them."""
    framework = decision.framework
    otherwise = {
        next(iter(change.flip)): outcome_name(framework, change.approach, change.wording)
        for change in reversed(decision.robustness.would_change)
        if len(change.flip) == 1
    }
    leader = framework.approach[decision.leader.approach].name
    opens = _("“{lever}” might open").format(lever=leader)
    unknown = opens if decision.leader.closed_by else _("Another lever would lead")
    rows = []
    for key, modes in _asked(decision):
        row = answer_row(framework.section_of[key], framework.questions[key], answers)
        strengths = list(STRENGTH_WORDS.values())
        strength = row.strength or strengths[0]
        rows.append(
            DecidingRow(
                label=_("Failures, kind by kind") if modes else row.question.label,
                words=_in_all(decision.diagnosis.sample) if modes else row.words or _("Not answered"),
                section=row.section.key,
                anchor=row.anchor,
                evidence=row.evidence,
                link=row.link,
                backed=is_backed(decision, key),
                strength=strength,
                dots=[place <= strengths.index(strength) for place in range(len(strengths))],
                source=row.source.words if row.source and "evidence" not in left_out else "",
                otherwise=otherwise.get(key, unknown),
            )
        )
    return sorted(rows, key=lambda one: one.backed)


def _in_all(sample: int) -> str:
    return _("{number} in all").format(number=number(sample))


def _asked(decision: Decision) -> Iterator[tuple[str, bool]]:
    """The questions that decide; of the kinds of failure the one most counted, which stands for all."""
    questions, failures = decision.framework.questions, decision.document.failures
    modes = [key for key in decision.deciding if questions[key].place == COUNTED]
    if modes:
        yield max(modes, key=lambda key: (is_backed(decision, key), failures.get(key, 0))), True
    yield from ((key, False) for key in decision.deciding if key not in modes)


def backing_words(deciding: Sequence[DecidingRow]) -> str:
    """How many of the answers that decide have something behind them."""
    total, firm = len(deciding), sum(one.backed for one in deciding)
    if not total:
        return _("No single answer decides")
    if total == 1:
        return _("One answer decides, and it is backed") if firm else _("One answer decides, and it is not backed")
    if not firm:
        return _("No answer of the {number} that decide is backed").format(number=count(total))
    if firm == total:
        return _("All {number} answers that decide are backed").format(number=count(total))
    told = ngettext(
        "{some} of the {number} answers that decide is backed",
        "{some} of the {number} answers that decide are backed",
        firm,
    )
    return starting(told.format(some=count(firm), number=count(total)))


def _lead(decision: Decision, deciding: Sequence[DecidingRow]) -> str:
    about = _("These are the answers whose other value would name another lever.") if deciding else ""
    said = (about, evidence_sentence(decision), told_sentence(decision.document.origins))
    return " ".join(filter(None, said))


def _labels(decision: Decision) -> Sequence[LabelRow]:
    return [
        LabelRow(
            label=shortened(row.label, _LONGEST_LABEL),
            needed=number(row.required) if row.required else _("not said"),
            there=number(row.available),
            reviewed=number(row.reviewed),
            short=_short(row.required - row.available) if row.available < row.required else "",
            is_enough=0 < row.required <= row.available,
        )
        for row in decision.document.data
    ]


def _short(many: int) -> str:
    return _("{number} short").format(number=number(many))


def _first_labels(labels: Sequence[LabelRow], short: Sequence[LabelRow]) -> Sequence[LabelRow]:
    """Those that are short; where nobody said what any of them needs, there is nothing to be short of."""
    if not any(row.short or row.is_enough for row in labels):
        return labels[:_MOST_LABELS]
    return [*short[:_MOST_LABELS], *_others(labels, short)]


def _others(labels: Sequence[LabelRow], short: Sequence[LabelRow]) -> Sequence[LabelRow]:
    """What is not listed, in one row."""
    cut, enough = len(short) - _MOST_LABELS, sum(row.is_enough for row in labels)
    rows = []
    if cut > 0:
        rows.append((counted(cut, "{n} more that are short", "{n} more that are short"), _("Short")))
    if enough and short:
        rows.append((counted(enough, "{n} other", "{n} others"), ""))
    elif enough:
        rows.append((counted(enough, "{n} label", "{n} labels"), ""))
    return [
        LabelRow(label=told, needed="", there="", reviewed="", short=short_word, is_enough=not short_word)
        for told, short_word in rows
    ]


def _labels_heading(labels: Sequence[LabelRow], short: Sequence[LabelRow]) -> str:
    if not labels:
        return ""
    enough = sum(row.is_enough for row in labels)
    if not short and not enough:
        return starting(
            spelt(
                len(labels),
                "{n} label, and how many examples each needs is not said",
                "{n} labels, and how many examples each needs is not said",
            )
        )
    if not short and enough == len(labels) > 1:
        return _("Each of the {number} labels has the examples it needs").format(number=count(enough))
    if not short:
        return _("Each label that needs a number of examples has them")
    told = ngettext(
        "{some} of {number} labels is short of examples", "{some} of {number} labels are short of examples", len(short)
    )
    return starting(told.format(some=count(len(short)), number=count(len(labels))))


def _labels_lead(decision: Decision) -> str:
    data, reviewed = decision.data, decision.document.readiness.get("reviewed_examples")
    parts = []
    if data.labelled is not None:
        seen = _("{number} examples, {reviewed} of them reviewed.")
        told = seen if reviewed is not None else _("{number} examples.")
        parts.append(told.format(number=number(data.labelled), reviewed=number(reviewed or 0)))
    if data.goal:
        told = _("The goal, {goal}, asks for {examples}.")
        parts.append(told.format(goal=lower(data.goal.name), examples=range_words(data.goal)))
    return " ".join(parts)
