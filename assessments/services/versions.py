"""Versions: freezing an assessment with its result, reading one back, and going back to one."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from assessments.engine.content_hash import RULE, content_hash
from assessments.engine.earlier_documents import in_today_s_shape
from assessments.engine.paths import Stated
from assessments.engine.result import Result, read_result
from assessments.engine.result_json import result_json
from assessments.models import Assessment, User, Version, WebhookEvent

from . import audit, history, webhooks
from .answer_sheet import AnswerSheet, read_sheet, sheet_of_document
from .market import framework_in_force
from .values import change, entries_to

WHY_LONGEST = 200
PILOT = "pilot."
CLOSE = timedelta(minutes=1)
"""A change this close to a freeze may have come before or after it: clocks do not tell."""


def hash_of(sheet: AnswerSheet) -> str:
    """The hash of everything that a result shows."""
    return content_hash(sheet.raw, result_json(sheet.decision)) if sheet.left_out else sheet.worked.content_hash


@transaction.atomic
def freeze(assessment: Assessment, actor: User | None, *, reason: str) -> Version:
    """A new version of what is answered now. Where nothing has changed since the last one, it is that one."""
    lock(assessment)
    sheet = read_sheet(assessment)
    digest = hash_of(sheet)
    newest = assessment.versions.first()
    if newest and holds(newest, sheet, digest):
        return newest
    last = history.last_change(assessment)
    version = Version.objects.create(
        assessment=assessment,
        number=newest.number + 1 if newest else 1,
        framework=sheet.framework.key,
        document=sheet.raw,
        result=result_json(sheet.decision),
        content_hash=digest,
        hash_rule=RULE,
        reason=reason[:WHY_LONGEST],
        created_by=actor,
        # Where nobody knows who changed it last, whoever freezes it answers for it.
        last_edited_by=(last.by if last else None) or actor,
    )
    audit.record(
        audit.chain_of(assessment),
        "freeze",
        actor=actor,
        about=version.place,
        number=version.number,
        content_hash=digest,
    )
    webhooks.tell(WebhookEvent.FROZEN, assessment, version)
    return version


def lock(assessment: Assessment) -> None:
    """Lets one change of an assessment, its versions or its sign-off through at a time. Lists look at it anew."""
    if not Assessment.objects.filter(pk=assessment.pk).update(list_entry_is_old=True):
        raise Assessment.DoesNotExist


def sheet_of_version(version: Version) -> AnswerSheet:
    """The answers as they were frozen, under the framework that they were given to."""
    framework = framework_in_force(version.framework)
    return sheet_of_document(framework, in_today_s_shape(framework, version.document))


def frozen_sheet(version_id: int) -> AnswerSheet:
    """The same of the version with this id, for whoever holds it without its content."""
    return sheet_of_version(Version.objects.get(pk=version_id))


def result_of(version: Version) -> Result:
    """The result as it was frozen."""
    return read_result(version.result)


def is_intact(version: Version) -> bool:
    """Whether what is stored is still what was hashed when the version was frozen."""
    return content_hash(version.document, version.result, rule=version.hash_rule) == version.content_hash


def holds(version: Version, sheet: AnswerSheet, digest: str) -> bool:
    """Whether a version is what this sheet comes to, whose hash this is.

    A hash of an earlier rule cannot be held against today's: there the answers and the verdict in short tell.
    """
    if version.hash_rule == RULE:
        return version.content_hash == digest
    return answers_are_those_of(sheet, version) and result_of(version).in_short == sheet.result.in_short


def frozen_as(assessment: Assessment, sheet: AnswerSheet) -> Version | None:
    """The newest version that has what this sheet comes to, if there is one."""
    digest = hash_of(sheet)
    found = assessment.versions.filter(Q(content_hash=digest) | Q(hash_rule__lt=RULE))
    return next((version for version in found if holds(version, sheet, digest)), None)


def answers_are_those_of(sheet: AnswerSheet, version: Version) -> bool:
    """Whether the answers now are the version's, whatever the engine makes of them.

    What a pilot showed is recorded after a decision, and takes nothing of it back.
    """
    return sheet.framework.key == version.framework and _decided_on(sheet) == _decided_on(sheet_of_version(version))


def _decided_on(sheet: AnswerSheet) -> Mapping[str, Stated]:
    return {path: said for path, said in sheet.stated.items() if not path.startswith(PILOT)}


def wanted_of(sheet: AnswerSheet, version: Version) -> Mapping[str, Stated]:
    """What this sheet would say after going back to a version: its answers, and what a pilot showed until now."""
    shown = {path: said for path, said in sheet.stated.items() if path.startswith(PILOT)}
    return {**_decided_on(sheet_of_version(version)), **shown}


@transaction.atomic
def go_back(assessment: Assessment, actor: User | None, version: Version) -> int:
    """Sets the answers to those of a version, each change kept in the history. Says how many differed.

    The version itself stays as it is, and so do those after it: the next freeze makes a new one. What a pilot
    showed is a fact that no earlier answer undoes: it stays.
    """
    lock(assessment)
    if assessment.framework != version.framework:
        assessment.framework = version.framework
        assessment.save(update_fields=["framework"])
    saving = change(
        assessment,
        actor,
        lambda sheet: entries_to(sheet, wanted_of(sheet, version)),
        act="go_back",
        at_once=True,
        about=version.place,
        number=version.number,
    )
    return len(saving.outcomes)
