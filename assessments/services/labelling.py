"""Labelling failures in the app: pasted, labelled one at a time by two people blind to each other, settled, counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.engine.measured.agreement import label_agreement
from assessments.engine.measured.figures import LabelAgreement
from assessments.framework import Framework
from assessments.framework.notation import written
from assessments.models import Assessment, FailureLabel, FailureText, User
from assessments.models.labelling import LONGEST_FAILURE

from . import audit
from .answer_sheet import AnswerSheet
from .values import Entry, Saving, change

MOST_FAILURES = 1_000
"""Of one assessment. The source asks for 200 to 500."""
MOST_LABELLERS = 2
RULE = "labelled_failures"
_TRIAL = "trial"


class LabellingRefused(Exception):
    """Why nothing was done: a sentence."""


@dataclass(frozen=True, kw_only=True)
class LabelledFailure:
    """A failure with what each labeller called it: a mode, or empty where they could not tell."""

    pk: int
    text: str
    labels: Mapping[str, str]
    settled: str

    @property
    def is_disputed(self) -> bool:
        """Whether two people called it otherwise, be it settled or not."""
        return len(set(self.labels.values())) > 1

    @property
    def mode(self) -> str:
        """What it counts as: what was settled, else what all say; empty where it does not count."""
        return self.settled or ("" if self.is_disputed else next(iter(self.labels.values()), ""))


@dataclass(frozen=True, kw_only=True)
class Labelling:
    """All failures of an assessment, and how far the labelling is."""

    failures: Sequence[LabelledFailure]
    names: Mapping[str, str]
    """Who labels, by their key, in the order in which they began."""

    @property
    def labellers(self) -> Sequence[str]:
        return list(self.names)

    def done(self, labeller: str) -> int:
        return sum(labeller in one.labels for one in self.failures)

    def is_finished(self, labeller: str) -> bool:
        return bool(self.failures) and self.done(labeller) == len(self.failures)

    @property
    def all_finished(self) -> bool:
        return bool(self.names) and all(map(self.is_finished, self.names))

    @property
    def is_open(self) -> bool:
        """Whether what others said may be seen: once everybody who began is through."""
        return self.all_finished

    def next_for(self, labeller: str, *, after: int = 0) -> LabelledFailure | None:
        """The next failure that this person has not labelled: behind a certain one first, then from the start."""
        left = [one for one in self.failures if labeller not in one.labels]
        return next((one for one in left if one.pk > after), left[0] if left else None)

    @property
    def are_compared(self) -> bool:
        """Whether two people are through. They see each other's labels then, and these stand."""
        return len(self.names) >= MOST_LABELLERS and self.all_finished

    @cached_property
    def agreement(self) -> LabelAgreement | None:
        """Of two people, over what both could tell; None before both are through."""
        if not self.are_compared:
            return None
        first, second = self.labellers
        both = [(one.labels[first], one.labels[second]) for one in self.failures]
        return label_agreement([pair for pair in both if all(pair)])

    @property
    def disputed(self) -> Sequence[LabelledFailure]:
        return [one for one in self.failures if one.is_disputed] if self.is_open else []

    @property
    def unsettled(self) -> int:
        return sum(not one.settled for one in self.disputed)

    @property
    def counts(self) -> Mapping[str, int]:
        """By mode. What nobody could tell, and what is not settled, does not count."""
        return Counter(one.mode for one in self.failures if one.mode) if self.is_open else {}


def labelling_of(assessment: Assessment) -> Labelling:
    found = list(assessment.failure_texts.prefetch_related("labels__by"))
    names: dict[str, str] = {}
    for label in sorted((label for one in found for label in one.labels.all()), key=lambda one: (one.at, one.pk)):
        names.setdefault(label.labeller, str(label.by) if label.by else _without_name(label.labeller))
    failures = [
        LabelledFailure(
            pk=one.pk,
            text=one.text,
            labels={label.labeller: label.mode for label in one.labels.all()},
            settled=one.settled,
        )
        for one in found
    ]
    return Labelling(failures=failures, names=names)


def labeller_of(actor: User | None) -> str:
    return str(actor.pk) if actor else _TRIAL


def claim(user: User, assessments: Sequence[str]) -> None:
    """What was labelled in these without an account, this person labelled."""
    tried = FailureLabel.objects.filter(failure__assessment__in=assessments, labeller=_TRIAL)
    tried.update(labeller=labeller_of(user), by=user)


def _without_name(labeller: str) -> str:
    return _("You") if labeller == _TRIAL else _("A former member")


# what people do


def texts_in(pasted: str) -> list[str]:
    """The failures in a pasted text: parts between empty lines where there are any, else lines. Doubles count once.

    >>> texts_in("one\\ntwo\\none\\n"), texts_in("one\\nmore of it\\n\\ntwo")
    (['one', 'two'], ['one\\nmore of it', 'two'])
    """
    parts = pasted.strip().split("\n\n" if "\n\n" in pasted.strip() else "\n")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


@transaction.atomic
def paste(assessment: Assessment, actor: User | None, pasted: str) -> int:
    """Takes failures in. Says how many are new. Raises LabellingRefused, and then nothing is."""
    return take_in(assessment, actor, texts_in(pasted))


@transaction.atomic
def take_in(assessment: Assessment, actor: User | None, found: Sequence[str]) -> int:
    """The same of texts that are told apart already, as those of a file."""
    if not found:
        raise LabellingRefused(_("Paste some failures first."))
    if any(len(one) > LONGEST_FAILURE for one in found):
        said = _("One failure is longer than {most} characters. Is an empty line missing?")
        raise LabellingRefused(said.format(most=written(f"{LONGEST_FAILURE:,}")))
    _lock(assessment)
    known = set(assessment.failure_texts.values_list("text", flat=True))
    new = [one for one in found if one not in known]
    if len(known) + len(new) > MOST_FAILURES:
        said = _("At most {most} failures are labelled here. Take a sample of them.")
        raise LabellingRefused(said.format(most=written(f"{MOST_FAILURES:,}")))
    FailureText.objects.bulk_create(FailureText(assessment=assessment, text=one) for one in new)
    _record("paste_failures", assessment, actor, failures=len(new))
    return len(new)


@transaction.atomic
def label(assessment: Assessment, actor: User | None, failure_id: int, mode: str) -> None:
    """Calls a failure something, or says that one cannot tell.

    Raises LabellingRefused where two others do already, or two people are through.
    """
    _lock(assessment)
    labeller = labeller_of(actor)
    others = FailureLabel.objects.filter(failure__assessment=assessment).exclude(labeller=labeller)
    if others.values("labeller").distinct().count() >= MOST_LABELLERS:
        raise LabellingRefused(_("Two people label these failures already. You can settle what they differ on."))
    _check_blind(assessment)
    FailureLabel.objects.update_or_create(
        failure_id=failure_id,
        labeller=labeller,
        defaults={"by": actor, "mode": mode, "at": timezone.now()},
    )
    FailureText.objects.filter(pk=failure_id).update(settled="", settled_by=None)
    _record("label_failure", assessment, actor)


@transaction.atomic
def undo(assessment: Assessment, actor: User | None) -> int | None:
    """Takes back the last label of this person, and says of which failure it was. Raises LabellingRefused."""
    _check_blind(assessment)
    own = FailureLabel.objects.filter(failure__assessment=assessment, labeller=labeller_of(actor))
    last = own.order_by("-at", "-pk").first()
    if last is None:
        return None
    failure_id = last.failure_id
    last.delete()
    FailureText.objects.filter(pk=failure_id).update(settled="", settled_by=None)
    _record("label_failure", assessment, actor)
    return failure_id


def _check_blind(assessment: Assessment) -> None:
    """A label changed in sight of the other person's would make agreement of nothing."""
    if labelling_of(assessment).are_compared:
        raise LabellingRefused(_("Two people are through and see each other’s labels. Settle what they differ on."))


@transaction.atomic
def settle(assessment: Assessment, actor: User | None, chosen: Mapping[int, str]) -> int:
    """Settles on a mode for failures that two people called otherwise. Says how many."""
    disputed = {one.pk for one in labelling_of(assessment).disputed}
    done = 0
    for pk, mode in chosen.items():
        if pk in disputed:
            done += FailureText.objects.filter(pk=pk).exclude(settled=mode).update(settled=mode, settled_by=actor)
    if done:
        _record("settle_labels", assessment, actor, failures=done)
    return done


@transaction.atomic
def remove_texts(assessment: Assessment, actor: User | None) -> None:
    """Takes all failures out, with their labels. Counts that were taken over stay."""
    count, _each = assessment.failure_texts.all().delete()
    if count:
        _record("remove_failures", assessment, actor)


@transaction.atomic
def use_counts(assessment: Assessment, actor: User | None, *, keep_texts: bool) -> Saving:
    """Makes the counts answers, in the place of what stands there, and forgets the texts unless they are kept."""
    _lock(assessment)
    found = labelling_of(assessment)
    if not found.all_finished:
        raise LabellingRefused(_("Not everything is labelled yet."))

    def entries(sheet: AnswerSheet) -> Sequence[Entry]:
        made = {"kind": "measured", "rule": RULE, "framework": sheet.framework.version, "tool": "", "files": []}
        origin = {**made, "when": timezone.now().isoformat()}
        return [
            Entry(
                path=f"failures.{mode}",
                value=found.counts.get(mode) or None,
                origin=origin if found.counts.get(mode) else "",
                seen_version=sheet.version(f"failures.{mode}"),
            )
            for mode in modes_of(sheet.framework)
        ]

    counted = sum(found.counts.values())
    saving = change(assessment, actor, entries, act="accept_evidence", at_once=True, failures=counted)
    if not keep_texts:
        assessment.failure_texts.all().delete()
    return saving


def modes_of(framework: Framework) -> Sequence[str]:
    """The kinds of failure, in the framework's order."""
    return [mode for group in framework.failure_groups for mode in group.modes]


def _lock(assessment: Assessment) -> None:
    Assessment.objects.select_for_update().get(pk=assessment.pk)


def _record(act: Any, assessment: Assessment, actor: User | None, **details: Any) -> None:
    audit.record(audit.chain_of(assessment), act, actor=actor, about=assessment.pk, **details)
