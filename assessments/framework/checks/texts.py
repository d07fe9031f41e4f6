"""Every code that the engine returns has its words, and these have no blank that its figures cannot fill."""

from collections.abc import Iterable, Iterator, Mapping

from .. import names
from ..schema import Framework
from .kinds import not_the_same, unfilled


def text_faults(framework: Framework) -> Iterator[str]:
    verdict, matrix, known = framework.verdict, framework.matrix, framework.figures
    coded: list[tuple[str, Mapping[str, str], Mapping[str, Iterable[str]]]] = [
        ("verdict.toml: missing_for_go", verdict.missing_for_go, names.MISSING_FOR_GO),
        ("verdict.toml: actions", verdict.actions, names.ACTION_WORDS),
        ("verdict.toml: because", verdict.because, dict.fromkeys(names.BECAUSE, ())),
        ("verdict.toml: tree_parts_ways", verdict.tree_parts_ways, dict.fromkeys(names.TREE_PARTS_WAYS, ("leaf",))),
        ("approaches.toml: matrix.reasons", matrix.reasons, names.SCORE_REASONS),
        ("approaches.toml: matrix.weight_reasons", matrix.weight_reasons, names.WEIGHT_REASONS),
        ("plan.toml: goal_because", framework.guide.plan.goal_because, dict.fromkeys(names.GOAL_REASONS, ())),
    ]
    for lens in framework.lenses:
        coded.append((f"framework.toml: {lens.key}.conditions", lens.conditions, names.CONDITIONS[lens.key]))
        yield from unfilled(f"framework.toml: {lens.key}.rule", lens.rule, known)
    for place, texts, figures in coded:
        yield from not_the_same(place, texts, figures)
        for code, text in texts.items():
            yield from unfilled(f"{place}.{code}", text, (*figures[code], "keys", *known))
    for gate in framework.gates:
        for text in (gate.because, gate.opens):
            yield from unfilled(f"gates.toml: {gate.key}", text, known)
    for finding in framework.findings:
        for text in (finding.message, finding.what_to_do):
            yield from unfilled(f"findings.toml: {finding.code}.message", text, (*names.FINDINGS[finding.code], *known))
