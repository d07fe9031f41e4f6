"""Go or pilot: what must hold before the strictest verdict opens (docs/method.md, section 6)."""

from collections.abc import Iterator, Sequence

from assessments.framework.names import LEAVES
from assessments.framework.schema import Framework

from .decision import DataReadiness, Economics, Gap, LensResult
from .document import Document
from .measured.rule import MeasuredLead

_TOLERANCE = 1e-9


def missing_for_go(
    framework: Framework,
    document: Document,
    *,
    leaf: str,
    gate: LensResult,
    data: DataReadiness,
    economics: Economics | None,
    measured: MeasuredLead | None,
    waits_for: Sequence[str],
) -> tuple[Gap, ...]:
    """Everything that a go still lacks. Empty means go: the tree, the strictest rule, has to say so too.

    `waits_for` are the codes of what the answers alone say that it waits for (gates.toml). What was measured asks for
    none of that any more: for the slices that may not be lost, and for the money.
    """
    if measured:
        return (*_slices(measured), *_money(framework, document, economics))
    tree = () if leaf == LEAVES[-1] else (Gap(code="tree", figures={"leaf": leaf}),)
    ready = _ready(gate, data)
    return (*tree, *ready, *(Gap(code=code) for code in waits_for), *_money(framework, document, economics))


def _slices(measured: MeasuredLead) -> Iterator[Gap]:
    if measured.challenger and (names := measured.challenger.unmeasured):
        yield Gap(code="critical_slices", figures={"names": ", ".join(names)})


def _ready(gate: LensResult, data: DataReadiness) -> Iterator[Gap]:
    """Before anything is trained."""
    for condition in gate.conditions:
        if condition.met is not True:
            yield Gap(code=f"gate.{condition.code}", figures=condition.figures)
    if data.goal is None:
        yield Gap(code="goal")
    elif (data.labelled or 0) < data.goal.examples_from:
        figures = {"needed": data.goal.examples_from, "goal": data.goal.key, "have": data.labelled}
        yield Gap(code="examples", figures=figures)


def _money(framework: Framework, document: Document, economics: Economics | None) -> Iterator[Gap]:
    limits = framework.thresholds
    if economics is None:
        yield Gap(code="economics_missing")
    elif economics.investment is None:
        yield Gap(code="approach_costs", figures={"approach": economics.approach})
    else:
        strategic = document.answers.yes("strategic_value")
        months = economics.investment.break_even_months
        limit = limits.strategic_payback_months if strategic else limits.payback_months
        margin = _TOLERANCE if strategic else -_TOLERANCE  # within 24 months, but under six
        if months is None or months > limit + margin:
            code = "strategic_payback" if strategic else "payback"
            yield Gap(code=code, figures={"months": limit, "have": months})
        elif economics.investment.durable_break_even_months is None:
            yield Gap(code="payback_lasts", figures={"months": economics.investment.horizon_months})
