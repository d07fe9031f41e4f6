"""What the types of the guide cannot say: every approach is covered, every name leads somewhere."""

from collections.abc import Iterable, Iterator
from string import Formatter

from .schema import Framework

FIGURES = frozenset(
    {
        *("first_sample", "more_sample", "enough_sample", "counted", "sort_from", "sort_to"),
        *("needed", "missing", "labelled", "goal", "uncounted", "no_goal", "labels"),
        *("collect_weeks", "no_collect_weeks", "open_steps", "no_open_steps", "blockers"),
        *("knowledge_failures", "no_knowledge_failures", "tool_failures", "no_tool_failures", "horizon"),
    }
)
"""What engine/plan_figures.py can fill in."""

OWN_MODEL_PARTS = frozenset(
    {
        *("situation", "answers", "unknown", "verdict", "because", "failures"),
        *("tried", "ranking", "examples", "money", "plan"),
    }
)
"""What presenters/own_model.py can fill in."""

METHOD_FIGURES = frozenset(
    {
        *("weight_sum", "combinations", "differing", "differing_share"),
        *("example_count", "divisor", "theirs", "exact", "lowest", "highest"),
        *("upfront", "months", "cost", "rate", "monitoring", "retraining"),
        *("upkeep_low", "upkeep_high", "months_low", "months_high"),
    }
)
"""What presenters/method_notes.py can fill in beside the framework's own figures."""

METHOD_RULES = frozenset({"whole_field", "own_hardware", "usual"})
PATTERN_RULES = frozenset(
    {"facts_outside", "answers_from_documents", "cheaper_or_faster", "fixed_form", "nothing_special"}
)
SAMPLE = "failures"


def guide_faults(framework: Framework) -> Iterator[str]:
    """Every mistake, with the file and the place named."""
    yield from _guidance_faults(framework)
    yield from _plan_faults(framework)
    yield from _checklist_faults(framework)
    yield from _method_faults(framework)
    for text in framework.guide.own_model:
        yield from _unknown(f"own_model.toml: {text.key}.text", _placeholders(text.text), OWN_MODEL_PARTS)


def _guidance_faults(framework: Framework) -> Iterator[str]:
    guidance, approaches = framework.guide.guidance, {approach.key for approach in framework.approaches}
    if different := {guide.key for guide in guidance.approaches} ^ approaches:
        yield f"guidance.toml: approaches: missing or unknown {', '.join(sorted(different))}"
    choices = {choice.key for choice in guidance.choices}
    for guide in guidance.approaches:
        yield from _unknown(f"guidance.toml: {guide.key}.choices", guide.choices, choices)
    for place, rules, conditions, given in (
        ("method_rules", guidance.method_rule, METHOD_RULES, guidance.method),
        ("pattern_rules", guidance.pattern_rule, PATTERN_RULES, guidance.pattern),
    ):
        if different := set(rules) ^ conditions:
            yield f"guidance.toml: {place}: missing or unknown {', '.join(sorted(different))}"
        yield from _unknown(f"guidance.toml: {place}", (rule.gives for rule in rules.values()), given)


def _plan_faults(framework: Framework) -> Iterator[str]:
    texts, asked = framework.guide.plan, framework.questions
    approaches, rules = set(framework.approach), {rule.key for rule in framework.verdict.rules}
    known = {*FIGURES, *framework.figures}
    general = [approach for plan in texts.plans if not plan.rules for approach in plan.approaches]
    if different := set(general) ^ approaches:
        yield f"plan.toml: plans: missing or unknown {', '.join(sorted(different))}"
    yield from _unknown("plan.toml: plans.rules", (rule for plan in texts.plans for rule in plan.rules), rules)
    for phase in (*(phase for plan in texts.plans for phase in plan.phases), *texts.closing):
        place = f"plan.toml: {phase.key}"
        yield from _unknown(f"{place}.gate", _placeholders(phase.gate.text), known)
        yield from _unknown(f"{place}.extra_weeks", filter(None, [phase.extra_weeks]), FIGURES)
        yield from _unknown(f"{place}.gate_answer", filter(None, [phase.gate_answer]), asked)
        yield from _unknown(f"{place}.rules", phase.rules, rules)
        yield from _unknown(f"{place}.approaches", phase.approaches, approaches)
        for task in phase.tasks:
            yield from _unknown(f"{place}.tasks.text", _placeholders(task.text), known)
            yield from _unknown(f"{place}.tasks.needs", task.needs, FIGURES)
            yield from _unknown(f"{place}.tasks.done_by", task.done_by, {*asked, SAMPLE})
            yield from _unknown(f"{place}.tasks.approaches", task.approaches, approaches)
    phases = [phase for plan in texts.plans for phase in plan.phases]
    for place, keys in (
        ("phase", [phase.key for phase in (*phases, *texts.closing)]),
        ("task", [task.key for phase in (*phases, *texts.closing) for task in phase.tasks]),
        ("measure", [measure.key for measure in texts.measures]),
        ("slice", [part.key for part in texts.slices]),
    ):
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield f"plan.toml: {place} {key!r} stands there twice"
    modes = {mode for group in framework.failure_groups for mode in group.modes}
    for measure in texts.measures:
        place = f"plan.toml: measure {measure.key}"
        yield from _unknown(f"{place}.task_kinds", measure.task_kinds, asked["task_kind"].choices)
        yield from _unknown(f"{place}.goals", measure.goals, framework.goal)
        yield from _unknown(f"{place}.modes", measure.modes, modes)
    for part in texts.slices:
        yield from _unknown(f"plan.toml: slice {part.key}", _placeholders(part.text), ["label"] * part.labels)
        yield from _unknown(f"plan.toml: slice {part.key}.modes", part.modes, modes)
        yield from _unknown(f"plan.toml: slice {part.key}.keys", part.keys, asked)


def _checklist_faults(framework: Framework) -> Iterator[str]:
    points = [point for checklist in framework.guide.checklists for point in checklist.points]
    codes = [point.code for point in points]
    for code in {code for code in codes if codes.count(code) > 1}:
        yield f"checklists.toml: point {code!r} stands there twice"
    for checklist in framework.guide.checklists:
        yield from _unknown(f"checklists.toml: {checklist.key}.approaches", checklist.approaches, framework.approach)
    for point in points:
        place = f"checklists.toml: {point.code}"
        yield from _unknown(f"{place}.proved_by", filter(None, [point.proved_by]), framework.questions)
        yield from _unknown(f"{place}.approaches", point.approaches, framework.approach)
        yield from _unknown(f"{place}.text", _placeholders(point.text), framework.figures)


def _method_faults(framework: Framework) -> Iterator[str]:
    notes = framework.guide.method
    for place, found, expected in (
        ("rules", [rule.key for rule in notes.rules], [rule.key for rule in framework.verdict.rules]),
        ("lenses", [lens.key for lens in notes.lenses], list(framework.lens)),
        ("findings", list(notes.findings), list(framework.finding)),
    ):
        if different := set(found) ^ set(expected):
            yield f"method.toml: {place}: missing or unknown {', '.join(sorted(different))}"
    texts = [text for rule in notes.rules for text in (rule.when, rule.gives)]
    texts += [text for lens in notes.lenses for text in (*lens.asks, lens.stance)]
    texts += [*notes.findings.values(), *(passage.text for passage in notes.go)]
    texts += [text for one in notes.disagreements for text in (one.title, *(part.text for part in one.texts), one.ours)]
    for text in texts:
        yield from _unknown(f"method.toml: {text!r}", _placeholders(text), {*framework.figures, *METHOD_FIGURES})


def _unknown(place: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    if unknown := set(names) - set(known):
        yield f"{place}: no {', '.join(sorted(unknown))}"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
