"""Moving an assessment to another framework of its workspace, with what that changes shown first."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.framework import Question
from assessments.models import Assessment, FrameworkVersion, User

from . import audit
from .answer_sheet import AnswerSheet, read_sheet
from .market import framework_in_force
from .own_frameworks import framework_at, typed_framework_at


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkMove:
    """The same stored values under two frameworks."""

    before: AnswerSheet
    after: AnswerSheet

    @property
    def asked_anew(self) -> tuple[Question, ...]:
        """The questions that only the second one asks."""
        return tuple(question for question in self.after.framework if not self.before.framework.asks(question.key))

    @property
    def no_longer_counted(self) -> tuple[str, ...]:
        """The paths of values that count now and would not any more. They are kept."""
        return tuple(path for path in self.before.stated if path not in self.after.stated)

    @property
    def counted_again(self) -> tuple[str, ...]:
        """The paths of values that are kept from earlier and would count again."""
        return tuple(path for path in self.after.stated if path not in self.before.stated)

    @property
    def same_rules(self) -> bool:
        """Whether nothing that decides is different, but words at most."""
        return self.before.framework.sha256 == self.after.framework.sha256


def tried_under(assessment: Assessment, key: str) -> FrameworkMove:
    sheet = read_sheet(assessment)
    return FrameworkMove(before=sheet, after=AnswerSheet(framework_in_force(key), sheet.values))


def keys_open_to(assessment: Assessment) -> list[str]:
    """The frameworks that an assessment can be moved to: those of its workspace, the newest version of each first."""
    if assessment.workspace_id is None:
        return []
    base = framework_at(assessment.framework)
    found = FrameworkVersion.objects.filter(framework__workspace=assessment.workspace_id)
    keys = [one.key for one in found.order_by("name", "-number")]
    return [key for key in [*keys, base.base or base.key] if key != assessment.framework]


@transaction.atomic
def move(assessment: Assessment, actor: User | None, key: str) -> None:
    """From now on the assessment is under that framework. No value is changed, nor any frozen version."""
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    title = typed_framework_at(key).title
    assessment.mark_changed(timezone.now(), framework=key)
    assessment.framework = key
    audit.record(audit.chain_of(assessment), "move_assessment", actor=actor, about=assessment.pk, name=title)
