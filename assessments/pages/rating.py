"""What a page shows of a round of raters."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.framework import Question
from assessments.models import RatingRound, User
from assessments.presenters.blind import BlindPerson, DisputeView
from assessments.presenters.questionnaire import answer_words
from assessments.presenters.rating import (
    AgreementLine,
    RatedQuestion,
    VerdictLine,
    differ,
    present_dispute,
    present_rater,
    present_rater_agreement,
    present_verdicts,
)
from assessments.presenters.verdict import headline
from assessments.services.answer_sheet import NOTHING, AnswerSheet
from assessments.services.rating import RaterSaid, Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRaters:
    """What everybody said, beside each other. Nobody sees it before the round is closed."""

    overall: AgreementLine
    sections: Sequence[AgreementLine]
    """Each by itself, where several were asked."""
    verdicts_heading: str
    verdicts: Sequence[VerdictLine]
    disputes: Sequence[DisputeView]
    agreed: Sequence[DisputeView]
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


def present_round(rating: Rating, sheet: AnswerSheet, actor: User | None) -> RoundView:
    me = rating.rater(actor)
    late = me if me and me.state == "asked" and not rating.is_open else None
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
        own=[(one.label, answer_words(one, answer)) for one in rating.questions if (answer := _answer(late, one))],
        compared=_compared(rating, sheet) if rating.are_compared else None,
    )


def _answer(late: RaterSaid | None, question: Question) -> str:
    return late.answer(question.path) if late else ""


def _compared(rating: Rating, sheet: AnswerSheet) -> ComparedRaters:
    raters = len(rating.counted)
    now = headline(sheet.verdict).title
    verdicts = [(one.name, headline(rating.verdict_of(one, sheet)).title) for one in rating.counted]
    heading, lines = present_verdicts(now, verdicts)
    rated = [_rated(rating, sheet, question) for question in rating.questions]
    by_section = rating.sections if len(rating.sections) > 1 else ()
    return ComparedRaters(
        overall=present_rater_agreement(rating.title, rating.agreement(rating.questions), raters),
        sections=[
            present_rater_agreement(section.title, rating.agreement(asked), raters, briefly=True)
            for section, asked in by_section
        ],
        verdicts_heading=heading,
        verdicts=lines,
        disputes=[present_dispute(one) for one in rated if differ(one)],
        agreed=[present_dispute(one) for one in rated if not differ(one)],
        unsettled=sum(differ(one) and not one.settled for one in rated),
        to_settle=any(one.may_be_settled for one in rated),
    )


def _rated(rating: Rating, sheet: AnswerSheet, question: Question) -> RatedQuestion:
    path = question.path
    shown = [(one.name, one.said.get(path, NOTHING)) for one in rating.counted]
    reasons = [(name, " ".join(filter(None, (said.evidence, said.link)))) for name, said in shown]
    return RatedQuestion(
        question=question,
        answers=[(one.name, one.answer(path)) for one in rating.counted],
        reasons=[one for one in reasons if one[1]],
        now=str(sheet.value(path) or ""),
        seen=sheet.version(path),
        settled=rating.round.settled.get(path, ""),
        may_be_settled=rating.may_be_settled(question, sheet),
    )
