"""What follows from answers and counted failures alone, for each of n cases: the words that gates are written in.

Source: ours, over the sources' rules (docs/method.md, section 6).
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.framework.conditions import Conditions, Term, term_of
from assessments.framework.schema import Framework
from assessments.framework.shown_in import in_currency

from .cases import ALWAYS, NEVER, Booleans, Cases
from .decision import Diagnosis
from .diagnosis import diagnose
from .document import Document
from .economics.detailed import detailed_money
from .economics.inputs import SUMMARY
from .economics.money import ApproachMoney
from .economics.too_dear import LastingPaybacks, lasting_paybacks
from .lenses.decision_tree import ceiling_steps
from .measured.rule import MeasuredLead, aims_of, measured_lead

_USE_CASE = "use_case"
_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


@dataclass(frozen=True)
class Ground:
    """What is the same in every case: the counted failures, the detailed costs and the team's own matrix."""

    framework: Framework
    document: Document
    diagnosis: Diagnosis
    money: tuple[ApproachMoney, ...]
    """Every approach of the detailed form; empty without it, and where the team lets the summary form count."""

    @cached_property
    def lasting(self) -> LastingPaybacks:
        """Which approaches of tuning never pay back for good."""
        return lasting_paybacks(self.framework, self.document, self.money)

    def measured(self, barred: frozenset[str]) -> MeasuredLead | None:
        """What leads by measurement where these cannot be had; None where the measurement decides nothing."""
        found = self.document.comparison
        if found is None:
            return None
        aims = aims_of(self.document.targets)
        return measured_lead(self.framework, found, aims, lasting=self.lasting, barred=barred)


def ground_of(framework: Framework, document: Document, *, as_investments: bool = True) -> Ground:
    """What this document's verdict stands on, worked out once. The lever alone needs no investments."""
    framework = in_currency(framework, document.currency)
    is_summary = document.costs.get("form") == SUMMARY
    money = () if is_summary else detailed_money(framework, document, as_investments=as_investments)
    return Ground(framework, document, diagnose(framework, document.failures), money)


@dataclass(frozen=True)
class Facts:
    """Each fact is an array of shape (n,), or (1,) where it is the same in every case."""

    ground: Ground
    cases: Cases
    others: tuple[Ground, ...] = ()
    """Where each case stands on a ground of its own: those of the second case and all after it."""

    @property
    def grounds(self) -> tuple[Ground, ...]:
        return (self.ground, *self.others)

    def of_each(self, value: Callable[[Ground], Any]) -> NDArray[Any]:
        """A value of the ground, of shape (1,), or of the ground of each case."""
        return np.array([value(ground) for ground in self.grounds])

    def hold(self, conditions: Conditions, **known: Booleans) -> Booleans:
        """Where any line of these conditions holds. `known` are facts that only the asker can say."""
        found = NEVER
        for line in conditions:
            met = ALWAYS
            for text in line:
                met = met & self._holds(term_of(text), known)
                if not np.count_nonzero(met):  # in no case any more: the rest of the line says nothing
                    break
            else:
                found = found | met
        return found

    def _holds(self, term: Term, known: Mapping[str, Booleans]) -> Booleans:
        if term.comparison == "is":
            found = self._is(term.name, term.value)
        elif term.comparison:
            found = _COMPARED[term.comparison](self._number(term.name), self._limit(term.value))
        else:
            found = known[term.name] if term.name in known else getattr(self, term.name)
        return ~found if term.negated else found

    def _is(self, key: str, value: str) -> Booleans:
        if self.ground.framework.questions[key].place == _USE_CASE:
            return self.of_each(lambda ground: ground.document.use_case.get(key, "") == value)
        return self.cases.where(key, value)

    def _number(self, name: str) -> Any:
        of, _, key = name.partition(".")
        if of == "count":
            return self.counted(key)
        return self.share(key) if of == "share" else getattr(self, name)

    def counted(self, key: str) -> NDArray[np.int_]:
        """How many failures are of this kind, or of this group of kinds."""
        groups = [group.key for group in self.ground.diagnosis.groups]
        if key in groups:
            place = groups.index(key)
            return self.of_each(lambda ground: ground.diagnosis.groups[place].count)
        return self.of_each(lambda ground: ground.document.failures.get(key, 0))

    def share(self, group: str) -> NDArray[np.float64]:
        """The share of this group among the failures counted."""
        return self.of_each(lambda ground: ground.diagnosis.share(group))

    def _limit(self, value: str) -> float:
        return float(value) if value[0].isdigit() else float(getattr(self.ground.framework.thresholds, value))

    @cached_property
    def sample(self) -> NDArray[np.int_]:
        return self.of_each(lambda ground: ground.diagnosis.sample)

    @cached_property
    def missed(self) -> Booleans:
        """The target is still missed: said, or unsure while the prompt does not succeed."""
        cases = self.cases
        unsure = cases.where("target_missed", "unsure")
        return cases.where("target_missed") | (unsure & cases.where("prompts_succeed", "no"))

    @cached_property
    def form(self) -> Booleans:
        return self.cases.any_of(("consistent_behavior", "brand_voice"))

    @cached_property
    def efficiency(self) -> Booleans:
        return self.cases.any_of(("cost_optimization", "latency_requirements"))

    @cached_property
    def indicators(self) -> NDArray[np.int_]:
        return self.cases.count(self.ground.framework.keys("indicator"))

    @cached_property
    def against(self) -> NDArray[np.int_]:
        """A prompt that works and is too dear, too slow or in the wrong place is no reason against."""
        moved = self.efficiency | self.cases.where("data_sovereignty")
        found: NDArray[np.int_] = self.cases.count(self.ground.framework.keys("anti_indicator")) - (
            self.cases.where("prompts_succeed") & moved
        )
        return found

    @cached_property
    def net(self) -> NDArray[np.int_]:
        return self.indicators - self.against

    @cached_property
    def works(self) -> Booleans:
        return self.cases.where("prompts_succeed") & ~self.efficiency & ~self.cases.where("data_sovereignty")

    @cached_property
    def facts(self) -> Booleans:
        """Facts come first: they change, or knowledge leads the failures, alone or with tools."""
        knowledge, tools = self.share("knowledge"), self.share("tools")
        leads = (knowledge > self._half) | ((knowledge + tools > self._half) & (knowledge >= tools))
        return ~self.works & (self.cases.where("needs_fresh_knowledge") | leads)

    @cached_property
    def tools(self) -> Booleans:
        return ~self.works & ~self.facts & (self.share("knowledge") + self.share("tools") > self._half)

    @cached_property
    def ready(self) -> Booleans:
        """Retrieval is in order, and the reasons for lead by enough to tune beside it."""
        return self.cases.met("retrieval_optimized") & (self.net >= self.ground.framework.thresholds.ready_net)

    @cached_property
    def barred(self) -> Booleans:
        """Data may not leave, and the model in use does not run where it may go."""
        return self.cases.where("data_sovereignty") & self.cases.where("runs_in_house", "no")

    @cached_property
    def steps_skipped(self) -> NDArray[np.int_]:
        return self.cases.count(ceiling_steps(self.ground.framework), "no")

    @cached_property
    def steps_open(self) -> NDArray[np.int_]:
        """Ceiling steps that are not established."""
        steps = ceiling_steps(self.ground.framework)
        return len(steps) - sum((self.cases.met(key).astype(int) for key in steps), start=np.zeros(1, int))

    @property
    def _half(self) -> float:
        return self.ground.framework.thresholds.dominant_share
