"""What a run proposes: prompts and models tried, targets met or missed, formats, and a set of cases to measure on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from statistics import NormalDist

from assessments.engine.diagnosis import labels_until_sure
from assessments.engine.intervals import Z, wilson_interval

from .basis import YES, Basis, Figure, ranged, undecided, whole
from .figures import RunFigures, VariantFigures
from .found import FileFound
from .proposed import Proposal, Undecided
from .statistics import sign_test_p

TUNED_ROLES = ("tuned", "tuned_retrieval")
PROMPT_ROLES = ("prompt", "prompting", "optimize_prompts")
"""Variants that differ from the one in use by their prompt alone."""
RETRIEVAL_ROLES = ("retrieval", "better_rag")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRun:
    """A run by what its variants are, and which of them may say something."""

    basis: Basis
    run: RunFigures

    def role(self, variant: VariantFigures) -> str:
        """A variant of which nobody said what it is counts as a prompt."""
        return self.basis.chosen(f"role.{variant.key}") or PROMPT_ROLES[0]

    def is_tuned(self, variant: VariantFigures) -> bool:
        role, approaches = self.role(variant), self.basis.framework.approach
        return role in TUNED_ROLES or (role in approaches and approaches[role].tuning)

    def ran(self, variant: VariantFigures) -> bool:
        """Whether it answered enough cases, and not too many calls broke: its times and costs count."""
        limits = self.basis.limits
        return variant.passed.of >= limits.least_cases and variant.broken_share <= limits.most_broken

    def counts(self, variant: VariantFigures) -> bool:
        """Whether its passes count, too: without checks they prove nothing."""
        return variant.is_checked and self.ran(variant)

    @property
    def usable(self) -> Sequence[VariantFigures]:
        return [variant for variant in self.run.variants if self.counts(variant)]

    @property
    def untuned(self) -> Sequence[VariantFigures]:
        return [variant for variant in self.usable if not self.is_tuned(variant)]

    @property
    def prompts(self) -> Sequence[VariantFigures]:
        """The untuned variants that are prompts and nothing else."""
        return [variant for variant in self.untuned if self.role(variant) in PROMPT_ROLES]

    @property
    def in_use(self) -> VariantFigures | None:
        """The variant in use: as somebody said, else the only one there is."""
        only = self.run.variants[0].key if len(self.run.variants) == 1 else ""
        return self.run.variant(self.basis.chosen("in_use") or only)

    def marked(self, key: str) -> Sequence[VariantFigures]:
        """The variants that were ticked."""
        return [variant for variant in self.run.variants if self.basis.is_chosen(key, variant.key)]


def run_proposals(basis: Basis, run: RunFigures) -> Iterator[Proposal | Undecided]:
    """Everything that this run proposes, and why it leaves the rest open."""
    seen = SeenRun(basis=basis, run=run)
    yield from _left_out(seen)
    yield from _different_prompts(seen)
    yield from _base_models(seen)
    yield from _solved_examples(seen)
    yield from _retrieval_settings(seen)
    yield from _against_target(seen)
    yield from _broken_formats(seen)
    yield from _explicit_instruction(seen)
    yield from _right_passage(seen)
    yield from _held_out_cases(seen)
    yield from _baseline_run(seen)


def rate_figures(variant: VariantFigures) -> dict[str, Figure]:
    return {"variant": variant.name, "passes": whole(variant.passed.count), **ranged(variant.passed)}


def _left_out(seen: SeenRun) -> Iterator[Undecided]:
    """The variants that say nothing, each with the first reason."""
    limits = seen.basis.limits
    most = max((variant.passed.of for variant in seen.run.variants), default=0)
    if most < limits.least_cases:
        yield undecided("", "few_rows", rows=most, least_cases=limits.least_cases)
        return
    for variant in seen.run.variants:
        if not variant.is_checked:
            yield undecided("", "checks_nothing", variant=variant.name)
        elif variant.passed.of < limits.least_cases:
            named: dict[str, Figure] = {"variant": variant.name, "cases": variant.passed.of}
            yield undecided("", "few_cases", **named, least_cases=limits.least_cases)
        elif variant.broken_share > limits.most_broken:
            named = {"variant": variant.name, "broken": variant.broken, "rows": variant.rows}
            yield undecided("", "many_broken", **named, most_broken=limits.most_broken)


def _common(groups: Sequence[Sequence[VariantFigures]]) -> int:
    """How many graded cases all groups share."""
    cases = [frozenset(chain.from_iterable(variant.outcomes for variant in group)) for group in groups]
    return len(frozenset.intersection(*cases)) if cases else 0


def _best(variants: Sequence[VariantFigures]) -> VariantFigures:
    return max(variants, key=lambda variant: variant.passed.share or 0.0)


def _most_compared(
    groups: Sequence[Sequence[VariantFigures]], needed: int, cases: int
) -> Sequence[Sequence[VariantFigures]]:
    """As many of the largest groups as share so many cases, at least `needed`; empty where so many do not."""
    by_size = sorted(groups, key=lambda group: -_common([group]))
    for count in range(len(by_size), needed - 1, -1):
        if _common(by_size[:count]) >= cases:
            return by_size[:count]
    return ()


def _different_prompts(seen: SeenRun) -> Iterator[Proposal | Undecided]:
    path, limits = "answers.prompt_variations", seen.basis.limits
    if not seen.run.prompts:
        return
    struck = seen.marked("struck")
    by_key = {one.key: one for one in seen.run.variants if one not in struck and not seen.is_tuned(one)}
    groups = [[by_key[key] for key in group if key in by_key] for group in seen.run.prompts.groups]
    groups = [group for group in groups if group]
    counted = [kept for group in groups if (kept := [one for one in group if seen.counts(one)])]
    if len(groups) < limits.least_prompts:
        if groups:
            yield undecided(path, "few_prompts", prompts=len(groups), least_prompts=limits.least_prompts)
    elif compared := _most_compared(counted, limits.least_prompts, limits.least_cases):
        best = _best(list(chain.from_iterable(compared)))
        figures = {"prompts": len(compared), "cases": _common(compared), **rate_figures(best)}
        yield seen.basis.proposed(path, YES, "different_prompts", figures)
    else:
        named: dict[str, Figure] = {"prompts": len(groups), "cases": _common(groups)}
        yield undecided(path, "few_common_cases", **named, least_cases=limits.least_cases)


def _base_models(seen: SeenRun) -> Iterator[Proposal | Undecided]:
    path, limits = "answers.multiple_models", seen.basis.limits
    models = dict.fromkeys(variant.model for variant in seen.untuned if variant.model)
    groups = [[variant for variant in seen.untuned if variant.model == model] for model in models]
    if compared := _most_compared(groups, 2, limits.least_cases):
        names = ", ".join(sorted(group[0].model for group in compared))
        figures: dict[str, Figure] = {"models": len(compared), "names": names, "cases": _common(compared)}
        yield seen.basis.proposed(path, YES, "base_models", figures)
    elif seen.run.unnamed > 1:
        yield undecided(path, "unnamed_models", unnamed=seen.run.unnamed)


def _solved_examples(seen: SeenRun) -> Iterator[Proposal]:
    """A template is no figure: it is noted."""
    shown = next((variant for variant in seen.untuned if variant.has_examples), None)
    if shown:
        figures = {"variant": shown.name, "quoted": shown.has_examples}
        yield seen.basis.proposed("answers.few_shot_used", YES, "solved_examples", figures, strength="documented")


def _retrieval_settings(seen: SeenRun) -> Iterator[Proposal]:
    groups = [[variant] for variant in seen.untuned if seen.role(variant) in RETRIEVAL_ROLES]
    if compared := _most_compared(groups, 2, seen.basis.limits.least_cases):
        best = _best(list(chain.from_iterable(compared)))
        figures = {"settings": len(compared), "cases": _common(compared), **rate_figures(best)}
        yield seen.basis.proposed(
            "answers.retrieval_optimized", YES, "retrieval_settings", figures, strength="documented"
        )


def _against_target(seen: SeenRun) -> Iterator[Proposal | Undecided]:
    """Whether the target is missed, and whether prompts succeed; never one against the other."""
    if not seen.untuned:
        return
    if seen.basis.targets.pass_rate is None:
        yield undecided("answers.target_missed", "no_target")
        return
    missed = _held_against(seen, "answers.target_missed", "target", seen.untuned, missed="yes", met="no")
    yield missed
    if not seen.prompts:
        return
    succeed = _held_against(seen, "answers.prompts_succeed", "prompt_target", seen.prompts, missed="no", met="yes")
    if isinstance(missed, Proposal) and isinstance(succeed, Proposal) and missed.value == succeed.value:
        return  # a prompt misses what retrieval reaches
    yield succeed


def _held_against(
    seen: SeenRun, path: str, rule: str, variants: Sequence[VariantFigures], *, missed: str, met: str
) -> Proposal | Undecided:
    """The best of these against the target. Picking the best makes a miss stricter; for a hit the range is widened."""
    target, best = seen.basis.targets.pass_rate or 0.0, _best(variants)
    passed = best.passed
    wider = NormalDist().inv_cdf(1 - seen.basis.limits.sure / len(variants) / 2)
    figures = {"compared": len(variants), "target": target, **rate_figures(best)}
    if passed.high < target:
        return seen.basis.proposed(path, missed, rule, figures)
    if wilson_interval(passed.count, passed.of, wider)[0] >= target:
        return seen.basis.proposed(path, met, rule, figures)
    z = Z if (passed.share or 0.0) < target else wider
    more = labels_until_sure(passed.count, passed.of, target, z)
    if more is None:
        return undecided(path, "on_the_target", **figures)
    return undecided(path, "straddles", **figures, more=max(1, more))


def _broken_formats(seen: SeenRun) -> Iterator[Proposal]:
    used, tolerated = seen.in_use, seen.basis.targets.broken_formats
    if not used or not seen.counts(used) or not used.format_failures:
        return
    failures = used.format_failures
    if failures.of >= seen.basis.limits.least_cases and failures.low > tolerated:
        figures: dict[str, Figure] = {"variant": used.name, "failures": whole(failures.count), "tolerated": tolerated}
        yield seen.basis.proposed("answers.inconsistent_format", YES, "broken_formats", figures | ranged(failures))


def _explicit_instruction(seen: SeenRun) -> Iterator[Proposal | Undecided]:
    """What the instruction won, on the whole or on the slice that it is about."""
    path, target, slice_name = "answers.prompt_fix_failed", seen.basis.targets.pass_rate, seen.basis.chosen("fix_slice")
    keys = seen.basis.chosen("fix_before"), seen.basis.chosen("fix_after")
    pair = next((one for one in seen.run.pairs if {one.before, one.after} == set(keys)), None)
    after = next((one for one in seen.usable if one.key == keys[1]), None)
    before = next((one for one in seen.usable if one.key == keys[0]), None)
    if not pair or not before or not after or target is None:
        return
    cases, *decided = pair.slices.get(slice_name, (0, 0, 0)) if slice_name else (pair.cases, pair.wins, pair.losses)
    wins, losses = decided if pair.before == before.key else reversed(decided)
    passed = next((one.passed for one in after.slices if one.name == slice_name), after.passed)
    if cases < seen.basis.limits.least_cases:
        return
    figures: dict[str, Figure] = {"wins": wins, "losses": losses, "target": target, **rate_figures(after)}
    figures |= {"passes": whole(passed.count), **ranged(passed)}
    has_won = wins > losses and sign_test_p(wins, losses) <= seen.basis.limits.sure
    if not has_won or passed.high < target:
        yield seen.basis.proposed(path, YES, "explicit_instruction", figures)
    elif passed.low >= target:
        yield seen.basis.proposed(path, "no", "explicit_instruction", figures)
    else:
        yield undecided(path, "fix_straddles", **figures)


def _right_passage(seen: SeenRun) -> Iterator[Proposal]:
    target = seen.basis.targets.pass_rate
    marked = [variant for variant in seen.marked("right_passage") if seen.counts(variant)]
    if target is None or not marked:
        return
    best = _best(marked)
    if best.passed.high < target:
        figures = {"target": target, **rate_figures(best)}
        yield seen.basis.proposed("answers.failures_persist_with_context", YES, "right_passage", figures)


def _held_out_cases(seen: SeenRun) -> Iterator[Proposal | Undecided]:
    """Cases that were graded are a test set; whether they are held out only the training data can say."""
    path, cases = "answers.eval_set", max((variant.passed.of for variant in seen.usable), default=0)
    if cases < seen.basis.limits.eval_cases:
        return
    overlap = _overlap(seen.basis)
    if overlap is None:
        yield seen.basis.proposed(path, YES, "held_out_cases", {"cases": cases}, strength="documented")
    elif overlap == 0:
        yield seen.basis.proposed(path, YES, "held_out_cases", {"cases": cases}, code="held_out_apart")
    else:
        yield undecided(path, "overlaps", overlap=overlap)


def _overlap(basis: Basis) -> int | None:
    """How many training examples the evaluation file has, too; None where they were not compared."""
    found = [one.training for one in basis.beside if one.training and one.training.overlap_exact is not None]
    return sum((one.overlap_exact or 0) + (one.overlap_near or 0) for one in found) if found else None


def _baseline_run(seen: SeenRun) -> Iterator[Proposal]:
    """The run of the untuned variant in use: older than that of a tuned one, and with every measure that is wanted."""
    others = [other for one in seen.basis.beside if one.run and (other := _seen(seen.basis, one))]
    for earlier, later in ((seen, other) for other in others if _is_before(seen, other)):
        yield from _as_baseline(seen.basis, earlier, later)
    for earlier, later in ((other, seen) for other in others if _is_before(other, seen)):
        yield from _as_baseline(seen.basis, earlier, later)


def _seen(basis: Basis, other: FileFound) -> SeenRun | None:
    """Another find, as it was chosen when it was read."""
    return SeenRun(basis=replace(basis, found=other, choices={}), run=other.run) if other.run else None


def _is_before(one: SeenRun, other: SeenRun) -> bool:
    """By their days, and by the hour where both have one."""
    first, second = one.basis.found.written_on, other.basis.found.written_on
    length = min(len(first), len(second))
    return first[:length] < second[:length]


def _as_baseline(basis: Basis, earlier: SeenRun, later: SeenRun) -> Iterator[Proposal]:
    used, wanted = earlier.in_use, {one.casefold().strip() for one in basis.targets.exit_metrics}
    if not used or not wanted or earlier.is_tuned(used) or not earlier.counts(used):
        return
    if wanted <= _measures(basis, used) and any(later.is_tuned(one) for one in later.usable):
        days = earlier.basis.found.written_on[:10], later.basis.found.written_on[:10]
        figures: dict[str, Figure] = {"variant": used.name, "before": days[0], "after": days[1]}
        found = basis.proposed("answers.regression_baseline", YES, "baseline_run", figures, strength="documented")
        yield replace(found, files=tuple(dict.fromkeys((*earlier.basis.found.files, *later.basis.found.files))))


def _measures(basis: Basis, variant: VariantFigures) -> set[str]:
    """The measures that a run has of a variant, by all their names."""
    known = {name.casefold() for name in variant.tool_figures}
    for figure, names in basis.framework.evidence.measures.items():
        if getattr(variant, figure) is not None:
            known |= {name.casefold() for name in names}
    return known
