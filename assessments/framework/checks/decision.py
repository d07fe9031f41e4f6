"""The engine finds every rule, action, leaf, lens and finding that it asks for by name."""

from collections.abc import Iterator

from .. import names
from ..schema import Framework
from .kinds import not_the_same, repeated


def decision_faults(framework: Framework) -> Iterator[str]:
    verdict = framework.verdict
    yield from repeated("findings.toml: finding", (finding.code for finding in framework.findings))
    for place, found, expected in (
        ("verdict.toml: rules", {rule.key for rule in verdict.rules}, names.VERDICT_RULES),
        ("verdict.toml: actions", set(verdict.actions), names.ACTION_WORDS),
        ("verdict.toml: action_short", set(verdict.action_short), names.ACTIONS),
        ("verdict.toml: action_names", set(verdict.action_names), names.ACTIONS),
        ("framework.toml: leaves", set(framework.leaf), set(names.LEAVES)),
        ("framework.toml: lenses", set(framework.lens), set(names.CONDITIONS)),
        ("findings.toml: findings", set(framework.finding), set(names.FINDINGS)),
    ):
        yield from not_the_same(place, found, expected)
    if tuple(framework.leaf) != names.LEAVES:
        yield f"framework.toml: leaves: must stand in this order: {', '.join(names.LEAVES)}"
