"""Rounds of raters as they are read: who was asked, what everybody said, how far they agree, what each would decide."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, Literal

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from assessments.engine.decision import Verdict
from assessments.engine.fields import fault_in, field_at
from assessments.engine.measured.agreement import (
    SectionAgreement,
    as_text,
    number_agreement,
    rater_agreement,
    same_answers,
    shares_by_rater,
)
from assessments.engine.origins import FEWEST_RATERS
from assessments.engine.paths import Stated
from assessments.framework import Framework, Question, Section
from assessments.framework.currency import USD
from assessments.framework.schema import Field
from assessments.framework.shown_in import in_currency
from assessments.models import Assessment, Membership, Rater, RatingRound, User
from assessments.models.user import FORMER

from .answer_sheet import CURRENCY, EXCHANGE_RATE, EXCHANGE_RATE_DAY, NOTHING, AnswerSheet
from .costs import with_followers
from .market import framework_in_force
from .values import Entry, settle

RaterState = Literal["asked", "handed_in", "declined", "gone"]
_OF_AMOUNTS = (CURRENCY, EXCHANGE_RATE, EXCHANGE_RATE_DAY)
"""What amounts are in is given: those of people who each choose a currency could not be held against each other."""
_COUNTS = "failures"
"""Where counts of a sample stand. They are of one unit, so that people can be compared over all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterSaid:
    """One person of a round with all that they say, by path."""

    user: int | None
    name: str
    state: RaterState
    said: Mapping[str, Stated]

    def answer(self, path: str) -> Any:
        """None where they left the question out."""
        return self.said.get(path, NOTHING).value

    @property
    def answered(self) -> int:
        return sum(one.value is not None for one in self.said.values())


@dataclass(frozen=True, kw_only=True)
class Rating:
    """A round with its questions and its people."""

    round: RatingRound
    framework: Framework
    """Of which the questions are."""
    raters: Sequence[RaterSaid]

    @cached_property
    def sections(self) -> Sequence[tuple[Section, Sequence[Question]]]:
        """Each with its questions of this round."""
        every = rated_sections(self.framework)
        return [one for one in every if self.round.section in ("", one[0].key)]

    @cached_property
    def questions(self) -> Sequence[Question]:
        return [question for _section, questions in self.sections for question in questions]

    @property
    def title(self) -> str:
        return self.sections[0][0].title if self.round.section and self.sections else _("The whole questionnaire")

    @property
    def is_open(self) -> bool:
        return self.round.closed_at is None

    @property
    def waits_for(self) -> Sequence[RaterSaid]:
        return [one for one in self.raters if one.state == "asked"]

    @cached_property
    def counted(self) -> Sequence[RaterSaid]:
        """Those who handed in."""
        return [one for one in self.raters if one.state == "handed_in"]

    @property
    def are_compared(self) -> bool:
        """Whether everybody may see what was said: the round is closed, and there are two to compare."""
        return not self.is_open and len(self.counted) >= FEWEST_RATERS

    def rater(self, user: User | None) -> RaterSaid | None:
        return next((one for one in self.raters if user and one.user == user.pk), None)

    def shown_in(self, sheet: AnswerSheet) -> "Rating":
        """With the amounts of its questions in the currency of the assessment's costs."""
        return replace(self, framework=in_currency(self.framework, str(sheet.value(CURRENCY) or USD)))

    def answers(self, path: str) -> Sequence[Any]:
        """What those who handed in say to one question, None where they left it out."""
        return [one.answer(path) for one in self.counted]

    def answer_as(self, question: Question, text: str) -> Any:
        """The answer that a page calls by this text: a choice, or what somebody said; None where it is neither."""
        said = {as_text(answer): answer for answer in self.answers(question.path) if answer is not None}
        return (said | {choice: choice for choice in question.choices}).get(text)

    def differ(self, path: str) -> bool:
        """Whether those who answered say different things."""
        return len({as_text(one) for one in self.answers(path) if one is not None}) > 1

    def is_compared(self, path: str) -> bool:
        """Whether two people answered it."""
        return sum(answer is not None for answer in self.answers(path)) >= FEWEST_RATERS

    @cached_property
    def shares(self) -> Mapping[str, Sequence[float | None]]:
        """The share that each of those who handed in gives each kind of failure, by path."""
        paths = [one.path for one in self.questions if one.place == _COUNTS]
        return dict(zip(paths, shares_by_rater([self.answers(path) for path in paths]), strict=True))

    def agreement(self, questions: Sequence[Question]) -> SectionAgreement:
        said = {
            one.path: ["" if answer is None else as_text(answer) for answer in self.answers(one.path)]
            for one in questions
        }
        return SectionAgreement(
            agreed=same_answers(said.values()),
            choices=rater_agreement([said[one.path] for one in questions if one.kind == "choice"], len(self.counted)),
            shares=number_agreement(self.shares[one.path] for one in questions if one.path in self.shares),
        )

    def may_be_settled(self, question: Question, sheet: AnswerSheet) -> bool:
        """Whether two people answered it, and the assessment still asks it as they were asked."""
        field = field_at(sheet.framework, question.path)
        return self.is_compared(question.path) and field is not None and _answered_by(field) == _answered_by(question)

    def may_be(self, sheet: AnswerSheet, path: str, value: Any) -> bool:
        """Whether a question can be settled on this value."""
        question = next((one for one in self.questions if one.path == path), None)
        return question is not None and self.may_be_settled(question, sheet) and not fault_in(question, value)

    def verdict_of(self, one: RaterSaid, sheet: AnswerSheet) -> Verdict:
        """What the answers of one person would decide, over the assessment's to all other questions."""
        entries = [
            Entry(path=question.path, seen_version=sheet.version(question.path), **asdict(counts))
            for question in self.questions
            if (field := field_at(sheet.framework, question.path))
            for said in [one.said.get(question.path, NOTHING)]
            for counts in [NOTHING if said.value is None else said]
            if counts.value is None or not fault_in(field, counts.value)
        ]
        outcomes = settle(sheet, with_followers(sheet, entries))
        return sheet.with_values(*(one.stored for one in outcomes if one.state == "saved" and one.stored)).verdict


def _answered_by(field: Field) -> Any:
    """What an answer to this is."""
    return field.kind, field.choices, field.share, [column.key for column in field.columns]


def rated_sections(framework: Framework) -> Sequence[tuple[Section, Sequence[Question]]]:
    """The sections with what raters can be asked there: whatever can decide something."""
    every = [(one, [asked for asked in one.questions if is_rated(asked)]) for one in framework.sections]
    return [(section, questions) for section, questions in every if questions]


def is_rated(question: Question) -> bool:
    """Whether raters are asked this. Texts decide nothing, nor does what stands beside the decision."""
    is_text = question.kind in ("text", "long_text")
    return not is_text and question.role != "upkeep" and question.path not in _OF_AMOUNTS


def ratings_of(assessment: Assessment) -> list[Rating]:
    """Every round, the newest first."""
    return _read(assessment.pk, list(assessment.rating_rounds.all()))


def rating_of(found: RatingRound) -> Rating:
    return _read(found.assessment_id, [found])[0]


def _read(assessment_id: str, rounds: Sequence[RatingRound]) -> list[Rating]:
    prefetch_related_objects(rounds, "raters__user")
    members = Membership.objects.filter(workspace__assessments=assessment_id, user__deleted_at=None)
    inside = set(members.values_list("user", flat=True))
    return [
        Rating(
            round=one,
            framework=framework_in_force(one.framework),
            raters=[_said(rater, inside) for rater in one.raters.all()],
        )
        for one in rounds
    ]


def _said(rater: Rater, inside: Collection[int]) -> RaterSaid:
    return RaterSaid(
        user=rater.user_id,
        name=str(rater.user or _(FORMER)),
        state=_state(rater, inside),
        said={path: Stated(**said) for path, said in rater.said.items()},
    )


def _state(rater: Rater, inside: Collection[int]) -> RaterState:
    if rater.handed_in_at:
        return "handed_in"
    if rater.declined_at:
        return "declined"
    return "asked" if rater.user_id in inside else "gone"
