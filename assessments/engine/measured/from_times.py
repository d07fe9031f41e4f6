"""What the times and costs of a run propose: whether a long prompt is too slow, and figures for the costs in detail."""

from collections.abc import Iterator, Sequence

from assessments.engine.economics.detailed import cost_of_first_attempt
from assessments.engine.economics.inputs import STATUS_QUO

from .basis import YES, Basis, Figure, ranged, undecided, whole
from .figures import RunFigures, VariantFigures
from .from_runs import SeenRun, rate_figures
from .proposed import Proposal, Undecided

_LATENCY = "answers.latency_limit"
_DIGITS = 4


def time_proposals(basis: Basis, run: RunFigures) -> Iterator[Proposal | Undecided]:
    """Whether the prompt's length makes answers too slow, and the figures that the costs ask for."""
    seen = SeenRun(basis=basis, run=run)
    yield from _long_prompt_slow(seen)
    for approach, variant in _approaches(seen):
        yield from _cost_figures(basis, f"costs.detailed.{approach}", variant)
        yield from _beside_costs(basis, approach, variant)


def _long_prompt_slow(seen: SeenRun) -> Iterator[Proposal | Undecided]:
    limit = seen.basis.targets.slowest_p95_ms
    variants = [one for one in seen.run.variants if seen.ran(one) and not seen.is_tuned(one)]
    timed = [variant for variant in variants if variant.p95 is not None]
    if limit is None or not timed:
        return
    if seen.run.slowest_p95_ms != limit:
        yield undecided(_LATENCY, "limit_changed")
        return
    slow = [variant for variant in timed if _is_slow(seen.basis, variant)]
    for variant in slow:
        same = [one for one in timed if one.model == variant.model and one.model]
        shorter = _shorter_and_faster(variant, same)
        if shorter and variant is max(same, key=lambda one: _length(one, same)):
            yield seen.basis.proposed(_LATENCY, YES, "long_prompt_slow", _times(variant, shorter, limit))
            return
    if slow:
        yield undecided(_LATENCY, "slow_for_another_reason", **_over(slow[0], limit))


def _is_slow(basis: Basis, variant: VariantFigures) -> bool:
    """Whether more requests than a p95 leaves above itself surely take too long."""
    over, limits = variant.over_limit, basis.limits
    return over is not None and over.of >= limits.least_cases and over.low > limits.slow_share


def _length(variant: VariantFigures, among: Sequence[VariantFigures]) -> float:
    """By tokens where all have them, else by the characters of the template."""
    in_tokens = all(one.prompt_tokens is not None for one in among)
    return (variant.prompt_tokens if in_tokens else variant.prompt_length) or 0.0


def _shorter_and_faster(variant: VariantFigures, same: Sequence[VariantFigures]) -> VariantFigures | None:
    """The fastest variant on the same model whose prompt is shorter; one of unknown length says nothing."""
    known = [one for one in same if _length(one, same)]
    return min(
        (
            one
            for one in known
            if _length(one, same) < _length(variant, same) and (one.p95 or 0.0) < (variant.p95 or 0.0)
        ),
        key=lambda one: one.p95 or 0.0,
        default=None,
    )


def _over(variant: VariantFigures, limit: float) -> dict[str, Figure]:
    over = variant.over_limit
    assert over is not None
    return {"variant": variant.name, "slow": whole(over.count), "limit": whole(limit), **ranged(over)}


def _times(variant: VariantFigures, shorter: VariantFigures, limit: float) -> dict[str, Figure]:
    times = {"p95": round(variant.p95 or 0.0), "shorter_p95": round(shorter.p95 or 0.0)}
    return {**_over(variant, limit), "shorter": shorter.name, **times}


def _approaches(seen: SeenRun) -> Iterator[tuple[str, VariantFigures]]:
    """The approaches whose costs are entered in detail and that one usable variant stands for, the one in use first."""
    form, used, stand_for = seen.basis.document.detailed, seen.in_use, seen.basis.framework.evidence.approaches
    if form is None:
        return
    if used and seen.ran(used):
        yield STATUS_QUO, used
    by_approach: dict[str, list[VariantFigures]] = {}
    for variant in seen.run.variants:
        role = seen.role(variant)
        if seen.ran(variant) and variant is not used:
            by_approach.setdefault(stand_for.get(role, role), []).append(variant)
    for approach, variants in by_approach.items():
        if approach in form.approaches and len(variants) == 1:
            yield approach, variants[0]


def _cost_figures(basis: Basis, place: str, variant: VariantFigures) -> Iterator[Proposal]:
    rate, formats, tokens = variant.passed.share, variant.format_failures, variant.output_tokens
    if rate is not None and variant.is_checked:
        yield basis.proposed(
            f"{place}.accuracy", round(rate, _DIGITS), "cost_figures", rate_figures(variant), code="cost_accuracy"
        )
        named: dict[str, Figure] = {"variant": variant.name, "of": variant.passed.of}
        yield basis.proposed(f"{place}.accuracy_sample", variant.passed.of, "cost_figures", named, code="cost_sample")
    if formats is not None and formats.share is not None:
        named = {"variant": variant.name, "failures": whole(formats.count), "of": formats.of}
        share = round(formats.share, _DIGITS)
        yield basis.proposed(f"{place}.invalid_share", share, "cost_figures", named, code="cost_formats")
    if tokens is not None:
        named = {"variant": variant.name, "tokens": round(tokens)}
        yield basis.proposed(f"{place}.output_tokens", round(tokens), "cost_figures", named, code="cost_output")


def _beside_costs(basis: Basis, approach: str, variant: VariantFigures) -> Iterator[Undecided]:
    """What no field takes over: how a prompt splits only people know, and a request's cost comes of its parts."""
    path = f"costs.detailed.{approach}"
    if variant.prompt_tokens:
        yield undecided(path, "prompt_tokens_in_all", variant=variant.name, tokens=round(variant.prompt_tokens))
    rate = basis.document.exchange_rate
    computed = cost_of_first_attempt(basis.framework, basis.document, approach)
    if variant.mean_cost is not None and rate is not None and computed is not None:
        measured = variant.mean_cost * rate
        yield undecided(path, "cost_beside", variant=variant.name, measured=measured, computed=computed)
