"""Several raters: people answer the same questions blind to each other; then what they differ on is settled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.access import members_of
from assessments.acts import Act
from assessments.engine.fields import faults_across
from assessments.engine.origins import FEWEST_RATERS, MOST_RATERS
from assessments.engine.paths import Stated
from assessments.models import Assessment, Rater, RatingRound, StoredValue, User

from . import audit
from .answer_sheet import AnswerSheet, stated
from .costs import with_followers
from .market import framework_in_force
from .rating_rounds import Rating, rated_sections, rating_of
from .values import Entry, Saving, ValuesRefused, change

_STANDS_AS_IT_IS = ("measured", "file", "settled")
"""Origins that say more than that raters agree, or as much: an answer that is settled on as it was keeps them."""


class RatingRefused(Exception):
    """Why nothing was done: a sentence."""


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

    Says whether the round was still open. Raises RatingRefused where nothing is kept, and ValuesRefused where answers
    contradict each other.
    """
    locked, rater = _locked(found, actor)
    if rater.handed_in_at or rater.declined_at:
        raise RatingRefused(_("You have handed in already, or declined: nothing was changed."))
    said = {one.path: _kept(one) for one in entries if one.value is not None or one.evidence or one.link}
    _refuse_what_contradicts(found, said)
    rater.said = {path: asdict(one) for path, one in said.items()}
    in_time = hand_in and locked.closed_at is None
    if in_time and not any(one.value is not None for one in entries):
        raise RatingRefused(_("Answer at least one question before you hand in."))
    rater.handed_in_at = timezone.now() if in_time else None
    rater.save()
    _record("hand_in_rating" if in_time else "save_rating", locked, actor)
    was_open = locked.closed_at is None
    if in_time:
        _close_if_complete(locked)
    return was_open


def _kept(entry: Entry) -> Stated:
    return Stated(value=entry.value, evidence=entry.evidence, link=entry.link, strength=entry.strength)


def _refuse_what_contradicts(found: RatingRound, said: Mapping[str, Stated]) -> None:
    """What one person says has to fit together. What others or the assessment say, nobody is told here."""
    answers = {path: one for path, one in said.items() if one.value is not None}
    if faults := {fault.place: fault.sentence for fault in faults_across(answers)}:
        rows = {path: StoredValue(path=path, **asdict(one)) for path, one in answers.items()}
        raise ValuesRefused(faults, AnswerSheet(framework_in_force(found.framework), rows))


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
    assessment: Assessment, found: RatingRound, actor: User | None, chosen: Mapping[str, tuple[Any, int]]
) -> tuple[Saving, Mapping[str, ValuesRefused]]:
    """Makes what was settled on the assessment's answers: by path the answer, and the version seen of what stands.

    An answer that stands as it is keeps its evidence; another one begins without. What does not fit beside the other
    answers is left as it is, and told by its path. Raises RatingRefused.
    """
    rating = rating_of(found)
    if not rating.are_compared:
        raise RatingRefused(_("There is nothing to settle before two people have handed in and the round is closed."))
    refused: dict[str, ValuesRefused] = {}

    def entries(sheet: AnswerSheet) -> Sequence[Entry]:
        settled = [
            entry
            for path, (value, seen) in chosen.items()
            if path not in refused and rating.may_be(sheet, path, value)
            if (entry := _settled(rating, sheet, path, value, seen))
        ]
        return with_followers(sheet, settled)

    while True:
        try:
            saving = change(assessment, actor, entries, act="settle_answers", at_once=True)
            break
        except ValuesRefused as error:
            blamed = error.faults.keys() & chosen.keys() - refused.keys()
            if not blamed:
                raise
            refused |= dict.fromkeys(blamed, error)
    now = RatingRound.objects.select_for_update().get(pk=found.pk)
    now.settled |= {
        path: value
        for path, (value, _seen) in chosen.items()
        if saving.after.value(path) == value and rating.may_be(saving.after, path, value)
    }
    now.save(update_fields=["settled"])
    return saving, refused


def _settled(rating: Rating, sheet: AnswerSheet, path: str, value: Any, seen: int) -> Entry | None:
    was = stated(sheet.values.get(path))
    same = was.value == value
    if same and isinstance(was.origin, dict) and was.origin["kind"] in _STANDS_AS_IT_IS:
        return None
    raters = sum(answer is not None for answer in rating.answers(path))
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
