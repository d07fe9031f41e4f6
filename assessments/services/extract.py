"""What a link shows of an assessment: all of it, or a part with the costs or the evidence left out.

What is left out is cut from the answers here, before anything is decided on them or drawn from them: nothing that
comes after, no verdict, page, chart, file or PDF, can hold it or tell of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.framework import Framework
from assessments.framework.names import COST_SCORES
from assessments.models import StoredAnswer

from .answer_sheet import WHOLE_PARTS, AnswerSheet, to_document

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
    """A sheet with parts left out. It is decided on as it is, so it says nothing of what was there."""

    scope: Scope

    @property
    def left_out(self) -> tuple[str, ...]:
        return self.scope.left_out

    @cached_property
    def raw(self) -> dict[str, Any]:
        if self.scope.evidence:
            return to_document(self.framework, self.answers)
        return to_document(self.framework, {key: _bare(answer) for key, answer in self.answers.items()})


def extract(sheet: AnswerSheet, scope: Scope) -> AnswerSheet:
    """The sheet as this reader may see it."""
    if not scope.left_out:
        return sheet
    answers: Mapping[str, StoredAnswer] = sheet.answers
    if not scope.costs:
        answers = _without_costs(sheet.framework, answers)
    if not scope.evidence:
        answers = {key: _marked(answer) for key, answer in answers.items()}
    return Extract(sheet.framework, answers, scope)


def _without_costs(framework: Framework, answers: Mapping[str, StoredAnswer]) -> Mapping[str, StoredAnswer]:
    """Without what was entered about money, and without the team's own scores for what it costs."""
    kept = {key: answer for key, answer in answers.items() if not _is_cost(framework, key)}
    if "matrix" in kept and kept["matrix"].value:
        matrix = kept["matrix"].value
        overrides = [one for one in matrix.get("overrides", ()) if one["criterion"] not in COST_SCORES]
        kept["matrix"] = StoredAnswer(key="matrix", value=matrix | {"overrides": overrides})
    return kept


def _is_cost(framework: Framework, key: str) -> bool:
    question = framework.questions.get(key)
    folder = WHOLE_PARTS[key] if key in WHOLE_PARTS else tuple(question.place.split(".")) if question else ()
    return folder[:1] == ("costs",)


def _marked(answer: StoredAnswer) -> StoredAnswer:
    """The answer with a mark where its evidence was. What was written, and where it leads, is gone."""
    bare = _bare(answer)
    bare.evidence = LEFT_OUT if answer.evidence or answer.link else ""
    return bare


def _bare(answer: StoredAnswer) -> StoredAnswer:
    return StoredAnswer(key=answer.key, value=answer.value, strength=answer.strength)
