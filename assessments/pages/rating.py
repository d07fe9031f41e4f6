"""What a page shows of a round of raters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.framework import Question
from assessments.models import RatingRound, User
from assessments.presenters.blind import BlindPerson, DisputeView
from assessments.presenters.rating import (
    AgreementLine,
    RatedQuestion,
    SentBack,
    VerdictLine,
    present_dispute,
    present_rater,
    present_rater_agreement,
    present_verdicts,
    said_words,
)
from assessments.presenters.verdict import headline
from assessments.services.answer_sheet import NOTHING, AnswerSheet
from assessments.services.rating_rounds import Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRaters:
    """What everybody said, beside each other. Nobody sees it before the round is closed."""

    overall: AgreementLine
    sections: Sequence[AgreementLine]
    """Each by itself, where several were asked."""
    verdicts_heading: str
    verdicts: Sequence[VerdictLine]
    has_numbers: bool
    """Whether anything was answered that has no common scale with the rest."""
    disputes: Sequence[DisputeView]
    agreed: Sequence[DisputeView]
    alone: Sequence[DisputeView]
    """What one person alone answered."""
    unanswered: int
    """How many questions nobody answered."""
    faulty: Sequence[DisputeView]
    """What could not be settled as it was sent."""
    unsettled: int
    """How many of the disputes are not settled."""
    to_settle: bool
    """Whether anything can be settled at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """One round for whoever looks."""

    round: RatingRound
    title: str
    people: Sequence[BlindPerson]
    is_open: bool
    is_asked: bool
    """Whether whoever looks is to answer."""
    nobody_left: bool
    """Whether an open round waits for nobody any more."""
    handed_in: int
    moved_from: str
    """The framework of the questions, where the assessment stands under another one by now."""
    own: Sequence[tuple[str, str]]
    """What whoever looks had answered and not handed in, of a closed round."""
    compared: ComparedRaters | None


def present_round(
    rating: Rating, sheet: AnswerSheet, actor: User | None, sent_back: Mapping[str, SentBack] | None = None
) -> RoundView:
    """`sent_back` is what somebody wanted to settle and could not, by the path of its question."""
    me = rating.rater(actor)
    late = me if me and me.state == "asked" and not rating.is_open else None
    own = [(one, late.answer(one.path)) for one in rating.questions] if late else []
    return RoundView(
        round=rating.round,
        title=rating.title,
        people=[
            present_rater(one.name, one.state, one.answered, len(rating.questions), is_you=one is me)
            for one in rating.raters
        ],
        is_open=rating.is_open,
        is_asked=bool(me and me.state == "asked" and rating.is_open),
        nobody_left=rating.is_open and not rating.waits_for,
        handed_in=len(rating.counted),
        moved_from=rating.framework.title if rating.framework.key != sheet.framework.key else "",
        own=[(one.label, said_words(one, answer)) for one, answer in own if answer is not None],
        compared=_compared(rating, sheet, sent_back or {}) if rating.are_compared else None,
    )


def _compared(rating: Rating, sheet: AnswerSheet, sent_back: Mapping[str, SentBack]) -> ComparedRaters:
    raters = len(rating.counted)
    now = headline(sheet.verdict).title
    verdicts = [(one.name, headline(rating.verdict_of(one, sheet)).title) for one in rating.counted]
    heading, lines = present_verdicts(now, verdicts)
    compared = [one for one in rating.questions if rating.is_compared(one.path)]
    answered = [one for one in rating.questions if any(said is not None for said in rating.answers(one.path))]
    shown = {one.path: present_dispute(_rated(rating, sheet, one, sent_back.get(one.path))) for one in answered}
    disputes = [one.path for one in compared if rating.differ(one.path)]
    by_section = rating.sections if len(rating.sections) > 1 else ()
    return ComparedRaters(
        overall=present_rater_agreement(rating.title, rating.agreement(rating.questions), raters),
        sections=[
            present_rater_agreement(section.title, rating.agreement(asked), raters, briefly=True)
            for section, asked in by_section
        ],
        verdicts_heading=heading,
        verdicts=lines,
        has_numbers=any(one.kind != "choice" for one in compared),
        disputes=[shown[path] for path in disputes],
        agreed=[shown[one.path] for one in compared if one.path not in disputes],
        alone=[shown[one.path] for one in answered if not rating.is_compared(one.path)],
        unanswered=len(rating.questions) - len(answered),
        faulty=[one for one in shown.values() if one.other and one.other.error],
        unsettled=sum(path not in rating.round.settled for path in disputes),
        to_settle=any(rating.may_be_settled(one, sheet) for one in compared),
    )


def _rated(rating: Rating, sheet: AnswerSheet, question: Question, sent_back: SentBack | None) -> RatedQuestion:
    path = question.path
    shown = [(one.name, one.said.get(path, NOTHING)) for one in rating.counted]
    reasons = [(name, " ".join(filter(None, (said.evidence, said.link)))) for name, said in shown]
    return RatedQuestion(
        question=question,
        answers=[(name, said.value) for name, said in shown],
        shares=rating.shares.get(path, ()),
        reasons=[one for one in reasons if one[1]],
        now=sheet.value(path),
        seen=sent_back.seen if sent_back else sheet.version(path),
        settled=rating.round.settled.get(path),
        may_be_settled=rating.may_be_settled(question, sheet),
        sent_back=sent_back,
    )
