"""The engine finds every gate, action, leaf, lens and finding that it asks for by name."""

from collections.abc import Iterator

from .. import names
from ..schema import Framework
from .conditions import condition_faults
from .kinds import not_the_same, repeated, unknown

_LONGEST_REASON = 45


def decision_faults(framework: Framework) -> Iterator[str]:
    verdict = framework.verdict
    yield from repeated("findings.toml: finding", (finding.code for finding in framework.findings))
    for place, found, expected in (
        ("verdict.toml: action_short", set(verdict.action_short), names.ACTIONS),
        ("verdict.toml: action_names", set(verdict.action_names), names.ACTIONS),
        ("framework.toml: leaves", set(framework.leaf), set(names.LEAVES)),
        ("framework.toml: lenses", set(framework.lens), set(names.CONDITIONS)),
        ("findings.toml: findings", set(framework.finding), set(names.FINDINGS)),
    ):
        yield from not_the_same(place, found, expected)
    if tuple(framework.leaf) != names.LEAVES:
        yield f"framework.toml: leaves: must stand in this order: {', '.join(names.LEAVES)}"
    approaches = {*framework.approach, "all", "tuning", "untuned"}
    for leaf in framework.leaves:
        yield from unknown(f"framework.toml: {leaf.key}.same_as", leaf.same_as, approaches, "approach")
    for approach in framework.approaches:
        place = f"approaches.toml: {approach.key}.otherwise"
        yield from repeated(place, (other.key for other in approach.otherwise))
        for other in approach.otherwise:
            yield from condition_faults(framework, f"{place}.{other.key}", other.when)
    yield from _gate_faults(framework, approaches)


def _gate_faults(framework: Framework, approaches: set[str]) -> Iterator[str]:
    """Gates close approaches that there are, by conditions that can hold, for a reason that fits into a list."""
    place = "gates.toml"
    answerable = [key for key, question in framework.questions.items() if question.place == "answers"]
    yield from repeated(f"{place}: gate", (gate.key for gate in framework.gates))
    yield from unknown(place, [names.WORKS, names.MEASURED], framework.gate, "gate")
    yield from unknown(f"{place}: deciding", framework.deciding, answerable, "question")
    yield from unknown(f"{place}: priors", framework.priors.answers, answerable, "question")
    for gate in framework.gates:
        here = f"{place}: {gate.key}"
        yield from unknown(f"{here}.closes", (*gate.closes, *gate.spares), approaches, "approach")
        yield from condition_faults(framework, f"{here}.when", gate.when)
        if len(gate.short) > _LONGEST_REASON:
            yield f"{here}.short: longer than {_LONGEST_REASON} characters"
    yield from unknown(f"{place}: go_waits", (wait.code for wait in framework.go_waits), names.MISSING_FOR_GO, "code")
    for wait in framework.go_waits:
        yield from condition_faults(framework, f"{place}: {wait.code}.when", wait.when)
    chances = {"otherwise": framework.priors.otherwise}
    chances |= {f"answers.{key}": chance for key, chance in framework.priors.answers.items()}
    for key, chance in chances.items():
        if not 0 < chance < 1:
            yield f"{place}: priors.{key}: not between 0 and 1"
