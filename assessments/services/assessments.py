"""Starting, importing, copying, deleting and bringing back assessments."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.acts import Act
from assessments.framework import Framework, load_framework
from assessments.framework.currency import USD
from assessments.models import Assessment, ListEntry, User, Workspace
from assessments.models.assessment import UNDO_FOR

from . import audit
from .answer_sheet import (
    CURRENCY,
    EXCHANGE_RATE,
    EXCHANGE_RATE_DAY,
    NAME,
    AnswerSheet,
    read_sheet,
    sheet_of_document,
)
from .own_frameworks import framework_at, framework_for
from .values import Entry, change, entries_to


@transaction.atomic
def start(workspace: Workspace | None, browser: str, actor: User | None) -> Assessment:
    """A new, empty assessment that belongs to this workspace, or else to this browser session."""
    assessment = Assessment.objects.create(workspace=workspace, browser=browser, framework=framework_for(workspace).key)
    if workspace and workspace.currency != USD:
        change(assessment, actor, _money_of(workspace), act="start_assessment", at_once=True)
    else:
        _record("start_assessment", assessment, actor)
    return assessment


def _money_of(workspace: Workspace) -> list[Entry]:
    """The workspace's currency and its rate, as values that say where they come from."""
    on = workspace.exchange_rate_day
    values = {
        CURRENCY: workspace.currency,
        EXCHANGE_RATE: workspace.exchange_rate,
        EXCHANGE_RATE_DAY: on and on.isoformat(),
    }
    return [Entry(path=path, value=value, origin="workspace") for path, value in values.items() if value]


@transaction.atomic
def start_from_document(
    workspace: Workspace | None,
    browser: str,
    actor: User | None,
    framework: Framework,
    document: Mapping[str, Any],
    *,
    act: Act = "import_assessment",
) -> Assessment:
    """A new assessment with the answers of a document that has been checked."""
    assessment = Assessment.objects.create(workspace=workspace, browser=browser, framework=framework.key)
    _fill(assessment, actor, framework, document, act)
    return assessment


@transaction.atomic
def copy(source: Assessment, workspace: Workspace | None, browser: str, actor: User | None, *, name: str) -> Assessment:
    """A new assessment that says the same under another name, in that workspace or browser.

    Versions, sign-offs, links, comments and the history stay with the one that it was copied from. A team's own
    framework stays in its workspace: what is copied elsewhere is under the one that the own one changes.
    """
    sheet = read_sheet(source)
    framework = framework_at(source.framework)
    if framework.base and workspace != source.workspace:
        framework = framework_at(framework.base)
        sheet = AnswerSheet(framework, sheet.values)
    wanted = {**sheet.stated, NAME: replace(sheet.stated[NAME], value=name)}
    new = Assessment.objects.create(workspace=workspace, browser=browser, framework=framework.key)
    change(new, actor, lambda empty: entries_to(empty, wanted), act="copy_assessment", at_once=True, copied=source.pk)
    if audit.chain_of(source) != audit.chain_of(new):
        to = workspace.name if workspace else ""
        audit.record(audit.chain_of(source), "copy_assessment", actor=actor, about=source.pk, copied_to=to)
    return new


@transaction.atomic
def load_sample(sample: str, document: Mapping[str, Any]) -> Assessment:
    """The sample of that name, with exactly the answers of this document."""
    framework = load_framework()
    assessment, _ = Assessment.objects.update_or_create(
        sample=sample, defaults={"framework": framework.key, "changed_at": timezone.now(), "deleted_at": None}
    )
    _fill(assessment, None, framework, document, "import_assessment")
    return assessment


@transaction.atomic
def delete(assessment: Assessment, actor: User | None) -> None:
    """Puts an assessment away. It can be brought back for a week, then it is really gone."""
    now = timezone.now()
    Assessment.objects.filter(deleted_at__lt=now - UNDO_FOR).delete()
    Assessment.objects.filter(pk=assessment.pk, deleted_at=None).update(deleted_at=now, list_entry_is_old=True)
    ListEntry.objects.filter(assessment=assessment).delete()
    _record("delete_assessment", assessment, actor)


@transaction.atomic
def restore(assessment: Assessment, actor: User | None) -> None:
    """Brings a deleted assessment back as it was."""
    Assessment.objects.filter(pk=assessment.pk).update(deleted_at=None)
    _record("restore_assessment", assessment, actor)


def _record(act: Act, assessment: Assessment, actor: User | None) -> None:
    audit.record(audit.chain_of(assessment), act, actor=actor, about=assessment.pk)


def _fill(
    assessment: Assessment, actor: User | None, framework: Framework, document: Mapping[str, Any], act: Act
) -> None:
    wanted = sheet_of_document(framework, document).stated
    change(assessment, actor, lambda sheet: entries_to(sheet, wanted), act=act, at_once=True)
