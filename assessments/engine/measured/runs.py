"""The figures of runs: what each variant did, and how two of them compare on the cases that both were graded on."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from .figures import PairFigures, Part, PromptFigures, RunFigures, RunRow, SliceFigures, VariantFacts, VariantFigures
from .statistics import (
    RESAMPLES,
    bootstrap_interval,
    bootstrap_intervals,
    holm,
    jaccard,
    percentile,
    prompt_triples,
    sign_test_p,
    tells_above,
)

FEW_VARIANTS = 4
"""With so many at most, every pair is compared; with more, all with the baseline."""
MOST_DRAWN, WEIGHED_FASTER = 500_000_000, 20
"""With more cases to draw for the ranges of all score differences these have none: some eight seconds of a core."""
EQUAL = 1e-12
"""Means closer than this are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ran:
    """The rows of one variant, by case."""

    facts: VariantFacts
    rows: tuple[RunRow, ...]
    graded: tuple[RunRow, ...]
    passed: Mapping[str, float]
    """The mean of each case over its repeats."""
    scores: Mapping[str, float]
    slices: Mapping[str, str]


def run_figures(
    rows: Iterable[RunRow],
    variants: Iterable[VariantFacts],
    *,
    slowest_p95_ms: float | None = None,
    baseline: str = "",
    best_untuned_of: Collection[str] = (),
    asked: tuple[str, str] | None = None,
    same_prompt_above: float,
) -> RunFigures:
    """The figures of all variants, in their order, and of the pairs that say something.

    Every variant is compared with the baseline (`baseline`, else the first), up to four all with each other, each
    tuned one with the best untuned, and the two that are `asked` for. `best_untuned_of` are the keys of the untuned
    variants; the others are tuned. Empty where nobody has said. Prompts whose word triples have a Jaccard similarity
    of at least `same_prompt_above` (0 to 1) count as one. Rows of a variant that is not among `variants` are left out.

    >>> rows = [RunRow(variant=v, case=c, passed=p) for v, c, p in [("a", "1", 0), ("a", "2", 1), ("b", "1", 1)]]
    >>> found = run_figures(rows, [VariantFacts(key=key, name=key) for key in "ab"], same_prompt_above=0.8)
    >>> [(one.key, one.passed.count, one.passed.of) for one in found.variants]
    [('a', 1.0, 2), ('b', 1.0, 1)]
    >>> [(pair.before, pair.after, pair.wins, pair.losses, pair.only_before) for pair in found.pairs]
    [('a', 'b', 1, 0, 1)]
    """
    by_variant: dict[str, list[RunRow]] = defaultdict(list)
    for row in rows:
        by_variant[row.variant].append(row)
    ran = {facts.key: _ran(facts, by_variant[facts.key]) for facts in variants}
    figures = {key: _variant(one, slowest_p95_ms) for key, one in ran.items()}
    order = sorted(ran, key=lambda key: (key != baseline, bool(best_untuned_of) and key not in best_untuned_of))
    return RunFigures(
        variants=tuple(figures.values()),
        pairs=_pairs(ran, _compared(order, [key for key in best_untuned_of if key in ran], figures, asked)),
        prompts=_prompts(list(ran.values()), same_prompt_above),
        models=tuple(dict.fromkeys(one.facts.model for one in ran.values() if one.facts.model)),
        unnamed=sum(not one.facts.model for one in ran.values()),
        same_cases=len({frozenset(one.passed) for one in ran.values()}) <= 1,
        slice_of={case_hash(case): name for one in ran.values() for case, name in one.slices.items()},
        slowest_p95_ms=slowest_p95_ms,
    )


def case_hash(case: str) -> str:
    """What stands for a case where its name is not kept."""
    return hashlib.sha256(case.encode(errors="surrogatepass")).hexdigest()[:16]


def _ran(facts: VariantFacts, rows: Sequence[RunRow]) -> _Ran:
    graded = tuple(row for row in rows if row.passed is not None)
    return _Ran(
        facts=facts,
        rows=tuple(rows),
        graded=graded,
        passed=_case_means((row.case, row.passed) for row in graded),
        scores=_case_means((row.case, row.score) for row in graded),
        slices={row.case: row.slice for row in reversed(rows) if row.slice},
    )


def _case_means(values: Iterable[tuple[str, float | None]]) -> dict[str, float]:
    by_case: dict[str, list[float]] = defaultdict(list)
    for case, value in values:
        if value is not None:
            by_case[case].append(value)
    return {case: sum(found) / len(found) for case, found in by_case.items()}


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _variant(ran: _Ran, slowest_p95_ms: float | None) -> VariantFigures:
    times = [row.latency_ms for row in ran.graded if row.latency_ms is not None]
    costs = [row.cost for row in ran.graded if row.cost is not None]
    spent = sum(row.cost for row in ran.rows if row.cost is not None)
    formats = [row.format_ok for row in ran.graded if row.format_ok is not None]
    passes = sum(row.passed == 1 for row in ran.graded)
    over = None
    if times and slowest_p95_ms is not None:
        over = Part(count=sum(time > slowest_p95_ms for time in times), of=len(times))
    return VariantFigures(
        key=ran.facts.key,
        name=ran.facts.name,
        model=ran.facts.model,
        rows=len(ran.rows),
        broken=len(ran.rows) - len(ran.graded),
        graded=len(ran.graded),
        passed=Part(count=sum(ran.passed.values()), of=len(ran.passed)),
        passes=passes,
        slices=_slices(ran),
        format_failures=Part(count=formats.count(False), of=len(formats)) if formats else None,
        p50=percentile(times, 0.5),
        p95=percentile(times, 0.95),
        mean_latency=_mean(times),
        slowest=max(times, default=None),
        over_limit=over,
        mean_cost=_mean(costs),
        cost_per_pass=spent / passes if costs and passes else None,
        prompt_length=len(ran.facts.prompt) or None,
        prompt_tokens=_mean([row.prompt_tokens for row in ran.graded if row.prompt_tokens is not None]),
        output_tokens=_mean([row.output_tokens for row in ran.graded if row.output_tokens is not None]),
        is_checked=ran.facts.is_checked,
        has_examples=ran.facts.has_examples,
        tool_figures=ran.facts.tool_figures,
        outcomes={case_hash(case): mean for case, mean in ran.passed.items()},
    )


def _slices(ran: _Ran) -> tuple[SliceFigures, ...]:
    """Of each slice that has a graded case, by name."""
    means: dict[str, list[float]] = defaultdict(list)
    for case, mean in ran.passed.items():
        if name := ran.slices.get(case):
            means[name].append(mean)
    return tuple(
        SliceFigures(name=name, passed=Part(count=sum(means[name]), of=len(means[name]))) for name in sorted(means)
    )


def _compared(
    order: Sequence[str],
    untuned: Sequence[str],
    figures: Mapping[str, VariantFigures],
    asked: tuple[str, str] | None,
) -> list[tuple[str, str]]:
    """Which variants are compared, before and after."""
    pairs = list(combinations(order, 2))
    if len(order) > FEW_VARIANTS:
        pairs = [pair for pair in pairs if pair[0] == order[0]]
    if untuned:
        best = max(untuned, key=lambda key: figures[key].passed.share or 0)
        pairs += [(best, key) for key in order if key not in untuned]
    if asked and asked[::-1] not in pairs and len({*asked} & {*order}) == len(asked):
        pairs.append(asked)
    return list(dict.fromkeys(pairs))


def _pairs(ran: Mapping[str, _Ran], compared: Sequence[tuple[str, str]]) -> tuple[PairFigures, ...]:
    """All pairs, with p adjusted over those of one baseline, and ranges of scores drawn together."""
    pairs = [_pair(ran[before], ran[after]) for before, after in compared]
    scored = [_score_gains(ran[before], ran[after]) for before, after in compared]
    ranges = _score_ranges(scored)
    adjusted: dict[tuple[str, str], float] = {}
    for baseline in {before for before, _ in compared}:
        same = [pair for pair in pairs if pair.before == baseline]
        for pair, p in zip(same, holm([pair.p for pair in same]), strict=True):
            adjusted[pair.before, pair.after] = p
    of_each = Counter(before for before, _ in compared)
    return tuple(
        replace(
            pair,
            adjusted_p=adjusted[pair.before, pair.after],
            compared=of_each[pair.before],
            score_difference=_mean(gains),
            score_low=ends and ends[0],
            score_high=ends and ends[1],
        )
        for pair, gains, ends in zip(pairs, scored, ranges, strict=True)
    )


def _score_ranges(scored: Sequence[Sequence[float]]) -> Sequence[tuple[float, float] | None]:
    """None of them where that would take too long: cases are drawn once for each length, and weighed for each pair."""
    lengths = [len(gains) for gains in scored]
    work = RESAMPLES * (sum(set(lengths)) + sum(lengths) // WEIGHED_FASTER)
    return bootstrap_intervals(scored) if work <= MOST_DRAWN else [None] * len(scored)


def _pair(before: _Ran, after: _Ran) -> PairFigures:
    """Two variants on the cases that both were graded on. Cases stand in the order of their names."""
    common = sorted(before.passed.keys() & after.passed.keys())
    gains = {case: after.passed[case] - before.passed[case] for case in common}
    won = {case for case, gain in gains.items() if gain > EQUAL}
    lost = {case for case, gain in gains.items() if gain < -EQUAL}
    p = sign_test_p(len(won), len(lost))
    interval = bootstrap_interval(list(gains.values()))
    slices = {case: name for case in common if (name := before.slices.get(case) or after.slices.get(case))}
    losses = Counter(slices[case] for case in sorted(lost) if case in slices)
    wins = Counter(slices[case] for case in won if case in slices)
    return PairFigures(
        before=before.facts.key,
        after=after.facts.key,
        cases=len(common),
        only_before=len(before.passed) - len(common),
        only_after=len(after.passed) - len(common),
        wins=len(won),
        losses=len(lost),
        ties=len(common) - len(won) - len(lost),
        difference=_mean(list(gains.values())) or 0.0,
        p=p,
        adjusted_p=p,
        tells_above=tells_above(len(won) + len(lost), len(common)),
        low=interval and interval[0],
        high=interval and interval[1],
        losses_by_slice=dict(losses),
        slices={name: (count, wins[name], losses[name]) for name, count in sorted(Counter(slices.values()).items())},
    )


def _score_gains(before: _Ran, after: _Ran) -> list[float]:
    """None where the scores say no more than that a case passed."""
    both = sorted(before.scores.keys() & after.scores.keys())
    if all(one.scores[case] == one.passed[case] for one in (before, after) for case in both):
        return []
    return [after.scores[case] - before.scores[case] for case in both]


def _prompts(ran: Sequence[_Ran], same_above: float) -> PromptFigures | None:
    """The variants whose templates are known, by different prompt; None where no template is."""
    groups: list[tuple[frozenset[tuple[str, ...]], list[_Ran]]] = []
    for one in ran:
        if not one.facts.prompt:
            continue
        triples = prompt_triples(one.facts.prompt)
        alike = next((group for known, group in groups if jaccard(known, triples) >= same_above), None)
        if alike is None:
            groups.append((triples, [one]))
        else:
            alike.append(one)
    if not groups:
        return None
    graded = [frozenset[str]().union(*(one.passed for one in group)) for _, group in groups]
    return PromptFigures(
        groups=tuple(tuple(one.facts.key for one in group) for _, group in groups),
        common_cases=len(frozenset.intersection(*graded)),
    )
