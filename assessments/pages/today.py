"""What this release makes of a frozen version's answers, held against what was frozen; kept in the process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.cache import caches

from assessments.engine.content_hash import RULE
from assessments.models import Version
from assessments.presenters.version_diff import Differences, State, headline_of, result_groups
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.history import all_said
from assessments.services.versions import hash_of, result_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """Nothing in it where the same was decided."""

    frozen_headline: str = ""
    """What was frozen, where anything differs."""
    groups: Sequence[Differences] = ()
    """What of that people see."""

    @property
    def differs(self) -> bool:
        return bool(self.frozen_headline)


def today_of(version: Version, sheet: Callable[[], AnswerSheet]) -> Today:
    """`sheet` gives the version's answers, for where they are not decided on yet."""
    key = f"today-{version.pk}-{version.content_hash}"
    kept: Today | None = caches["results"].get(key)
    if kept is None:
        kept = _today(version, sheet())
        caches["results"].set(key, kept)
    return kept


def _today(version: Version, sheet: AnswerSheet) -> Today:
    """A hash of an earlier rule says nothing about today's result: there what people see tells."""
    if version.hash_rule == RULE and version.content_hash == hash_of(sheet):
        return Today()
    said = all_said(sheet.stated)
    frozen = State(framework=sheet.framework, said=said, result=result_of(version))
    now = State(framework=sheet.framework, said=said, result=sheet.result)
    groups = [group for group in result_groups(frozen, now) if not group.is_empty]
    if version.hash_rule != RULE and not groups:
        return Today()
    return Today(frozen_headline=headline_of(sheet.framework, frozen.result), groups=groups)
