"""What a link shows of an assessment: all of it, or a part with the costs or the evidence left out.

What is left out is cut from the answers here, before anything is decided on them or drawn from them: nothing that
comes after, no verdict, page, chart, file or PDF, can hold it or tell of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.fields import field_at
from assessments.engine.origins import without_files
from assessments.engine.paths import COMPARISON, Stated, document_of
from assessments.framework import Framework
from assessments.framework.names import COST_SCORES
from assessments.models import StoredValue

from .answer_sheet import AnswerSheet, row_of, stated
from .release import PARTS

_REASONED = "matrix.overrides."
_ALL_EVIDENCE = (COMPARISON, "pilot.", *PARTS)
"""What was measured in a comparison or a pilot is evidence, all of it, and so is which files a release was made of."""
_COSTS_OF_A_VARIANT = ("cost_per_request", "cost_per_pass")
LEFT_OUT = gettext_noop("Left out here")
"""Stands where evidence would: how strong it is stays, since the verdict on evidence alone rests on that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a reader may see."""

    costs: bool = True
    evidence: bool = True

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is left out, as a sentence names it."""
        return tuple(name for name, shown in (("costs", self.costs), ("evidence", self.evidence)) if not shown)

    @property
    def key(self) -> str:
        """Tells apart what was drawn for different readers."""
        return f"{'c' if self.costs else ''}{'e' if self.evidence else ''}"


EVERYTHING = Scope()


@dataclass(frozen=True)
class Extract(AnswerSheet):
    """A sheet with parts left out. It is decided on as it is, so it says nothing of what was there."""

    scope: Scope

    @property
    def left_out(self) -> tuple[str, ...]:
        return self.scope.left_out

    @cached_property
    def raw(self) -> dict[str, Any]:
        if self.scope.evidence:
            return document_of(self.stated)
        return document_of({path: _bare(path, said) for path, said in self.stated.items()})


def extract(sheet: AnswerSheet, scope: Scope) -> AnswerSheet:
    """The sheet as this reader may see it."""
    if not scope.left_out:
        return sheet
    values: Mapping[str, StoredValue] = sheet.values
    if not scope.costs:
        values = {path: _priceless(one) for path, one in values.items() if not _is_cost(sheet.framework, path)}
    if not scope.evidence:
        values = {path: _marked(path, one) for path, one in values.items() if not path.startswith(_ALL_EVIDENCE)}
    return Extract(sheet.framework, values, scope)


def _is_cost(framework: Framework, path: str) -> bool:
    """Whether it was entered about money, or is the team's own score for what something costs."""
    field = field_at(framework, path)
    is_amount = path.startswith("costs.") or (field is not None and bool(field.prefix))
    return is_amount or (path.startswith(_REASONED) and path.rpartition(".")[2] in COST_SCORES)


def _priceless(value: StoredValue) -> StoredValue:
    """The same, without what the variants of a comparison cost."""
    if value.path != COMPARISON or not value.value:
        return value
    variants = [
        {name: part for name, part in one.items() if name not in _COSTS_OF_A_VARIANT} for one in value.value["variants"]
    ]
    return row_of(value.path, replace(stated(value), value=value.value | {"variants": variants}))


def _marked(path: str, value: StoredValue) -> StoredValue:
    """The value with a mark where its evidence was. What was written, and where it leads, is gone."""
    was = stated(value)
    bare = _bare(path, was)
    return row_of(path, bare if bare == was else replace(bare, evidence=_(LEFT_OUT)))


def _bare(path: str, said: Stated) -> Stated:
    """Without its evidence. The reason of a score of one's own is no evidence: the matrix shows it."""
    said = replace(said, origin=without_files(said.origin))
    return said if path.startswith(_REASONED) else replace(said, evidence="", link="")
