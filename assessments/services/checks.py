"""Ticks on checklists. Each tick is applied on its own to what is stored, so that two people lose none."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assessments.framework import load_framework
from assessments.models import Assessment, User

from .parts import change_part

KEY = "checks"


def tick(assessment: Assessment, actor: User | None, wanted: Mapping[str, bool]) -> datetime:
    """Ticks the points that are wanted true and unticks the others; all else stays as stored. Says when.

    Codes that the framework does not have are left out.
    """
    codes = load_framework(assessment.framework).guide.points

    def ticked(stored: Any) -> list[str] | None:
        before = set(stored or ())
        return [code for code in codes if wanted.get(code, code in before)] or None

    return change_part(assessment, actor, KEY, ticked)
