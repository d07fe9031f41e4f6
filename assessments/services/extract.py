"""What a link shows of an assessment: all of it, or a part with the costs or the evidence left out.

What is left out is gone here, before anything is drawn, so that no page, chart, file or PDF can hold it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from assessments.engine.decision import Decision, Verdict
from assessments.engine.leave_out import without_costs
from assessments.engine.paths import Stated, document_of
from assessments.models import StoredValue

from .answer_sheet import AnswerSheet, row_of, stated

_REASONED = "matrix.overrides."
LEFT_OUT = "Left out here"
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
    """A sheet with parts left out. Its verdict is that of the whole: what is not shown still counted."""

    whole: AnswerSheet
    scope: Scope

    @property
    def left_out(self) -> tuple[str, ...]:
        return self.scope.left_out

    @cached_property
    def raw(self) -> dict[str, Any]:
        if self.scope.evidence:
            return document_of(self.stated)
        return document_of({path: _bare(path, said) for path, said in self.stated.items()})

    @cached_property
    def verdict(self) -> Verdict:
        return self.decision

    @cached_property
    def decision(self) -> Decision:
        if self.scope.costs:
            return self.whole.decision
        return without_costs(self.whole.decision, self.whole.document)


def extract(sheet: AnswerSheet, scope: Scope) -> AnswerSheet:
    """The sheet as this reader may see it."""
    if not scope.left_out:
        return sheet
    values: Mapping[str, StoredValue] = sheet.values
    if not scope.costs:
        values = {path: one for path, one in values.items() if not path.startswith("costs.")}
    if not scope.evidence:
        values = {path: _marked(path, one) for path, one in values.items()}
    return Extract(sheet.framework, values, sheet, scope)


def _marked(path: str, value: StoredValue) -> StoredValue:
    """The value with a mark where its evidence was. What was written, and where it leads, is gone."""
    was = stated(value)
    bare = _bare(path, was)
    return row_of(path, bare if bare == was else replace(bare, evidence=LEFT_OUT))


def _bare(path: str, said: Stated) -> Stated:
    """Without its evidence. The reason of a score of one's own is no evidence: the matrix shows it."""
    return said if path.startswith(_REASONED) else replace(said, evidence="", link="")
