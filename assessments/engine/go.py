"""Go or pilot: what must hold before the strictest verdict opens (method.md, section 6)."""

from collections.abc import Iterator

from assessments.framework.schema import Framework

from .decision import DataReadiness, Economics, Gap, LensResult
from .document import Document

_TOLERANCE = 1e-9


def missing_for_go(
    framework: Framework,
    document: Document,
    *,
    gate: LensResult,
    data: DataReadiness,
    economics: Economics | None,
) -> tuple[Gap, ...]:
    """Everything that a go still lacks, in words. Empty means go."""
    words = framework.verdict.missing_for_go
    return tuple(
        Gap(code=code, message=words[code].format_map(figures))
        for code, figures in _missing(framework, document, gate, data, economics)
    )


def _missing(
    framework: Framework,
    document: Document,
    gate: LensResult,
    data: DataReadiness,
    economics: Economics | None,
) -> Iterator[tuple[str, dict[str, str]]]:
    limits = framework.thresholds
    for condition in gate.conditions:
        if condition.met is not True:
            key = condition.keys[0]
            figures = {
                "weeks": str(limits.gate_weeks),
                "needed": str(limits.gate_reviewed_examples),
                "have": _entered(document.readiness.get("reviewed_examples")),
            }
            yield ("gate.trend" if key == "override_weeks" else f"gate.{key}"), figures
    if data.goal is None:
        yield "goal", {}
    elif (data.labelled or 0) < data.goal.examples_from:
        needed, have = f"{data.goal.examples_from:,}", _entered(data.labelled)
        yield "examples", {"needed": needed, "unit": data.goal.unit, "have": have}
    if document.answers.value("tuning_available") == "no":
        yield "tuning_available", {}
    if economics is None:
        yield "economics_missing", {}
    elif economics.investment is None:
        yield "approach_costs", {"approach": framework.approach[economics.approach].name}
    else:
        strategic = document.answers.yes("strategic_value")
        months = economics.investment.break_even_months
        limit = limits.strategic_payback_months if strategic else limits.payback_months
        margin = _TOLERANCE if strategic else -_TOLERANCE  # within 24 months, but under six
        if months is None or months > limit + margin:
            have = "none" if months is None else f"{months:.2f}".rstrip("0").rstrip(".")
            yield ("strategic_payback" if strategic else "payback"), {"months": f"{limit:g}", "have": have}
        elif economics.investment.durable_break_even_months is None:
            yield "payback_lasts", {"months": f"{economics.investment.horizon_months}"}


def _entered(count: float | None) -> str:
    """A count that nobody entered is not a count of none."""
    return "none entered yet" if count is None else f"now {int(count):,}"
