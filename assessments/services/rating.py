"""Several raters: people answer the same questions blind to each other; then what they differ on is settled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, Literal

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.access import members_of
from assessments.acts import Act
from assessments.engine.decision import Verdict
from assessments.engine.fields import fault_in, field_at
from assessments.engine.measured.agreement import RaterAgreement, rater_agreement
from assessments.engine.origins import FEWEST_RATERS, MOST_RATERS
from assessments.engine.paths import Stated
from assessments.framework import Framework, Question, Section
from assessments.models import Assessment, Membership, Rater, RatingRound, User
from assessments.models.user import FORMER

from . import audit
from .answer_sheet import NOTHING, AnswerSheet, row_of, stated
from .market import framework_in_force
from .values import Entry, Saving, change

RaterState = Literal["asked", "handed_in", "declined", "gone"]
_STANDS_AS_IT_IS = ("measured", "file", "settled")
"""Origins that say more than that raters agree, or as much: an answer that is settled on as it was keeps them."""


class RatingRefused(Exception):
    """Why nothing was done: a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterSaid:
    """One person of a round with all that they say, by path."""

    user: int | None
    name: str
    state: RaterState
    said: Mapping[str, Stated]

    def answer(self, path: str) -> str:
        """Empty where they left the question out."""
        return str(self.said.get(path, NOTHING).value or "")

    @property
    def answered(self) -> int:
        return sum(bool(one.value) for one in self.said.values())


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

    def answers(self, path: str) -> Sequence[str]:
        """What those who handed in say to one question, empty where they left it out."""
        return [one.answer(path) for one in self.counted]

    def agreement(self, questions: Sequence[Question]) -> RaterAgreement:
        return rater_agreement([self.answers(one.path) for one in questions], len(self.counted))

    def may_be_settled(self, question: Question, sheet: AnswerSheet) -> bool:
        """Whether two people answered it, and the assessment still asks it as they were asked."""
        field = field_at(sheet.framework, question.path)
        answered = [answer for answer in self.answers(question.path) if answer]
        return len(answered) >= FEWEST_RATERS and field is not None and field.choices == question.choices

    def choices(self, sheet: AnswerSheet) -> Mapping[str, Sequence[str]]:
        """What each question that may be settled can be settled on, by path."""
        return {one.path: one.choices for one in self.questions if self.may_be_settled(one, sheet)}

    def verdict_of(self, one: RaterSaid, sheet: AnswerSheet) -> Verdict:
        """What the answers of one person would decide, over the assessment's to all other questions."""
        return sheet.with_values(
            *(
                row_of(question.path, said if said.value else NOTHING)
                for question in self.questions
                if (field := field_at(sheet.framework, question.path))
                for said in [one.said.get(question.path, NOTHING)]
                if said.value is None or not fault_in(field, said.value)
            )
        ).verdict


def rated_sections(framework: Framework) -> Sequence[tuple[Section, Sequence[Question]]]:
    """The sections with what raters can be asked there: questions that are answered yes, no or not sure.

    These have one scale. Numbers and texts are not voted on.
    """
    every = [(one, [asked for asked in one.questions if asked.kind == "choice"]) for one in framework.sections]
    return [(section, questions) for section, questions in every if questions]


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


# what people do


@transaction.atomic
def open_round(assessment: Assessment, actor: User | None, section: str | None, users: Collection[int]) -> RatingRound:
    """Asks people to answer the questions of a section, or all. Raises RatingRefused, and then nobody is asked."""
    if assessment.workspace_id is None:
        raise RatingRefused(_("Several raters take a workspace, so that each answers under an account of their own."))
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    sections = [one.key for one, _questions in rated_sections(framework_in_force(assessment.framework))]
    if section is None or (section and section not in sections):
        raise RatingRefused(_("Choose what they are to answer."))
    people = [one for one in members_of(assessment) if one.pk in users]
    if not FEWEST_RATERS <= len(people) <= MOST_RATERS:
        raise RatingRefused(_("Choose two to five people."))
    if assessment.rating_rounds.filter(closed_at=None).exists():
        raise RatingRefused(_("A round is open already. It ends once all have handed in, or when you close it."))
    made = RatingRound.objects.create(
        assessment=assessment, section=section, framework=assessment.framework, opened_by=actor
    )
    Rater.objects.bulk_create(Rater(round=made, user=one) for one in people)
    _record("open_round", made, actor, mentioned=sorted(one.email for one in people))
    return made


@transaction.atomic
def save_answers(found: RatingRound, actor: User, entries: Sequence[Entry], *, hand_in: bool) -> bool:
    """Keeps what one person answers, and hands it in; the last one to hand in closes the round.

    Says whether the round was still open. Raises RatingRefused where nothing is kept.
    """
    locked, rater = _locked(found, actor)
    if rater.handed_in_at or rater.declined_at:
        raise RatingRefused(_("You have handed in already, or declined: nothing was changed."))
    rater.said = {one.path: _kept(one) for one in entries if one.value or one.evidence or one.link}
    in_time = hand_in and locked.closed_at is None
    if in_time and not any(one.value for one in entries):
        raise RatingRefused(_("Answer at least one question before you hand in."))
    rater.handed_in_at = timezone.now() if in_time else None
    rater.save()
    _record("hand_in_rating" if in_time else "save_rating", locked, actor)
    was_open = locked.closed_at is None
    if in_time:
        _close_if_complete(locked)
    return was_open


def _kept(entry: Entry) -> dict[str, Any]:
    return asdict(Stated(value=entry.value, evidence=entry.evidence, link=entry.link, strength=entry.strength))


@transaction.atomic
def decline(found: RatingRound, actor: User) -> None:
    """Somebody would rather not: what they typed goes, and the round waits for them no more."""
    locked, rater = _locked(found, actor)
    if locked.closed_at or rater.handed_in_at or rater.declined_at:
        return
    rater.said, rater.declined_at = {}, timezone.now()
    rater.save()
    _record("decline_round", locked, actor)
    _close_if_complete(locked)


@transaction.atomic
def close(found: RatingRound, actor: User | None) -> None:
    """Ends a round, whoever has not handed in."""
    if RatingRound.objects.filter(pk=found.pk, closed_at=None).update(closed_at=timezone.now()):
        _record("close_round", found, actor)


@transaction.atomic
def settle(
    assessment: Assessment, found: RatingRound, actor: User | None, chosen: Mapping[str, tuple[str, int]]
) -> Saving:
    """Makes what was settled on the assessment's answers: by path the answer, and the version seen of what stands.

    An answer that stands as it is keeps its evidence; another one begins without. Raises RatingRefused.
    """
    rating = rating_of(found)
    if not rating.are_compared:
        raise RatingRefused(_("There is nothing to settle before two people have handed in and the round is closed."))

    def entries(sheet: AnswerSheet) -> Sequence[Entry]:
        choices = rating.choices(sheet)
        return [
            entry
            for path, (value, seen) in chosen.items()
            if value in choices.get(path, ()) and (entry := _settled(rating, sheet, path, value, seen))
        ]

    saving = change(assessment, actor, entries, act="settle_answers", at_once=True)
    now = RatingRound.objects.select_for_update().get(pk=found.pk)
    stands = {path: value for path, (value, _) in chosen.items() if saving.after.value(path) == value}
    now.settled |= {path: value for path, value in stands.items() if path in rating.choices(saving.after)}
    now.save(update_fields=["settled"])
    return saving


def _settled(rating: Rating, sheet: AnswerSheet, path: str, value: str, seen: int) -> Entry | None:
    was = stated(sheet.values.get(path))
    same = was.value == value
    if same and isinstance(was.origin, dict) and was.origin["kind"] in _STANDS_AS_IT_IS:
        return None
    raters = sum(bool(answer) for answer in rating.answers(path))
    origin = {"kind": "settled", "raters": raters, "when": timezone.now().isoformat()}
    made = Entry(path=path, value=value, origin=origin, seen_version=seen)
    return replace(made, evidence=was.evidence, link=was.link, strength=was.strength) if same else made


def _locked(found: RatingRound, actor: User) -> tuple[RatingRound, Rater]:
    """The round, which lets one person at a time hand in, and this person in it."""
    locked = RatingRound.objects.select_for_update().get(pk=found.pk)
    return locked, locked.raters.get(user=actor)


def _close_if_complete(found: RatingRound) -> None:
    if not rating_of(found).waits_for:
        found.closed_at = timezone.now()
        found.save(update_fields=["closed_at"])


def _record(act: Act, found: RatingRound, actor: User | None, **details: Any) -> None:
    audit.record(audit.chain_of(found.assessment), act, actor=actor, about=found.assessment_id, **details)
