"""Every approach has its guide, its plan and its points, and every name in these leads somewhere."""

from collections.abc import Iterator

from .. import names
from ..conditions import FACTS, NUMBERS, Conditions
from ..guide import PhaseText
from ..schema import Framework
from .conditions import condition_faults
from .kinds import not_the_same, repeated, unfilled, unknown


def guide_faults(framework: Framework) -> Iterator[str]:
    yield from not_the_same("comparison.toml", (role.key for role in framework.guide.roles), names.COMPARED_ROLES)
    for role in framework.guide.roles:
        yield from unknown(f"comparison.toml: {role.key}.approaches", role.approaches, framework.approach)
    yield from _guidance_faults(framework)
    yield from _plan_faults(framework)
    yield from _checklist_faults(framework)
    yield from _before_faults(framework)
    yield from _method_faults(framework)
    for text in framework.guide.own_model:
        yield from unfilled(f"own_model.toml: {text.key}.text", text.text, names.OWN_MODEL_PARTS)


def _guidance_faults(framework: Framework) -> Iterator[str]:
    guidance, approaches = framework.guide.guidance, set(framework.approach)
    yield from not_the_same("guidance.toml: approaches", (guide.key for guide in guidance.approaches), approaches)
    choices = {choice.key for choice in guidance.choices}
    for guide in guidance.approaches:
        yield from unknown(f"guidance.toml: {guide.key}.choices", guide.choices, choices)
    for step in guidance.step.values():
        yield from unknown(f"guidance.toml: {step.key}.lever", filter(None, [step.lever]), approaches)
        yield from _scope_faults(framework, f"guidance.toml: {step.key}", step.approaches, step.when)
    for way in guidance.ways:
        yield from _scope_faults(framework, f"guidance.toml: {way.key}", way.approaches, way.when)
    for place, rules, conditions, given in (
        ("method_rules", guidance.method_rule, names.METHOD_RULES, guidance.method),
        ("pattern_rules", guidance.pattern_rule, names.PATTERN_RULES, guidance.pattern),
    ):
        yield from not_the_same(f"guidance.toml: {place}", rules, conditions)
        yield from unknown(f"guidance.toml: {place}", (rule.gives for rule in rules.values()), given)


def _plan_faults(framework: Framework) -> Iterator[str]:
    texts, asked, approaches = framework.guide.plan, framework.questions, set(framework.approach)
    general = [approach for plan in texts.plans if not plan.when for approach in plan.approaches]
    yield from not_the_same("plan.toml: plans", general, approaches)
    phases = [*(phase for plan in texts.plans for phase in plan.phases), *texts.closing]
    for plan in texts.plans:
        yield from condition_faults(framework, f"plan.toml: {plan.key}.when", plan.when)
    for phase in phases:
        yield from _phase_faults(framework, f"plan.toml: {phase.key}", phase)
    for kind, keys in (
        ("phase", [phase.key for phase in phases]),
        ("task", [task.key for phase in phases for task in phase.tasks]),
        ("measure", [measure.key for measure in texts.measures]),
        ("slice", [part.key for part in texts.slices]),
    ):
        yield from repeated(f"plan.toml: {kind}", keys)
    modes = {mode for group in framework.failure_groups for mode in group.modes}
    for measure in texts.measures:
        place = f"plan.toml: measure {measure.key}"
        yield from unknown(f"{place}.task_kinds", measure.task_kinds, asked["task_kind"].choices)
        yield from unknown(f"{place}.goals", measure.goals, framework.goal)
        yield from unknown(f"{place}.modes", measure.modes, modes)
    for part in texts.slices:
        yield from unfilled(f"plan.toml: slice {part.key}", part.text, ["label"] * part.labels)
        yield from unknown(f"plan.toml: slice {part.key}.modes", part.modes, modes)
        yield from unknown(f"plan.toml: slice {part.key}.keys", part.keys, asked)


def _phase_faults(framework: Framework, place: str, phase: PhaseText) -> Iterator[str]:
    asked, known = framework.questions, {*names.PLAN_FIGURES, *framework.figures}
    yield from unfilled(f"{place}.gate", phase.gate.text, known)
    yield from unknown(f"{place}.extra_weeks", filter(None, [phase.extra_weeks]), names.PLAN_FIGURES)
    yield from unknown(f"{place}.gate_answer", filter(None, [phase.gate_answer]), asked)
    yield from _scope_faults(framework, place, phase.approaches, phase.when)
    for task in phase.tasks:
        yield from _scope_faults(framework, f"{place}: {task.key}", task.approaches, task.when)
        yield from unfilled(f"{place}.tasks.text", task.text, known)
        yield from unknown(f"{place}.tasks.needs", task.needs, names.PLAN_FIGURES)
        yield from unknown(f"{place}.tasks.done_by", task.done_by, {*asked, names.SAMPLE})
        yield from unknown(f"{place}.tasks.lever", filter(None, [task.lever]), framework.approach)


def _scope_faults(
    framework: Framework, place: str, approaches: tuple[str, ...], conditions: Conditions
) -> Iterator[str]:
    """For which approaches something stands, and under which conditions."""
    yield from unknown(f"{place}.approaches", approaches, framework.approach)
    yield from condition_faults(framework, f"{place}.when", conditions)


def _before_faults(framework: Framework) -> Iterator[str]:
    texts, place = framework.guide.before, "checklists.toml: before"
    yield from repeated(f"{place}: answer", (f"{text.key} {text.answer}" for text in texts.answers))
    yield from unknown(place, (text.key for text in texts.answers), framework.questions, "question")
    yield from not_the_same(place, (text.code for text in texts.others), names.BEFORE)
    for text in texts.others:
        yield from unfilled(f"{place}: {text.code}", text.text, names.BEFORE[text.code])
    approaches = [approach for line in texts.answers for approach in line.approaches]
    approaches += [approach for line in texts.others for approach in line.approaches]
    yield from unknown(place, approaches, framework.approach, "approach")


def _checklist_faults(framework: Framework) -> Iterator[str]:
    points = [point for checklist in framework.guide.checklists for point in checklist.points]
    yield from repeated("checklists.toml: point", (point.code for point in points))
    for checklist in framework.guide.checklists:
        yield from unknown(f"checklists.toml: {checklist.key}.approaches", checklist.approaches, framework.approach)
    for point in points:
        place = f"checklists.toml: {point.code}"
        yield from unknown(f"{place}.proved_by", filter(None, [point.proved_by]), framework.questions)
        yield from unknown(f"{place}.approaches", point.approaches, framework.approach)
        yield from unfilled(f"{place}.text", point.text, framework.figures)


def _method_faults(framework: Framework) -> Iterator[str]:
    notes = framework.guide.method
    for place, found, expected in (
        ("facts", list(notes.facts), list(FACTS)),
        ("numbers", list(notes.numbers), list(NUMBERS)),
        ("actions", list(notes.actions), list(names.ACTIONS)),
        ("lenses", [lens.key for lens in notes.lenses], list(framework.lens)),
        ("findings", list(notes.findings), list(framework.finding)),
    ):
        yield from not_the_same(f"method.toml: {place}", found, expected)
    texts = [text for lens in notes.lenses for text in (*lens.asks, lens.stance)]
    texts += [*notes.findings.values(), *notes.actions.values(), *(passage.text for passage in notes.go)]
    texts += [fact.about for fact in notes.facts.values()]
    texts += [text for one in notes.disagreements for text in (one.title, *(part.text for part in one.texts), one.ours)]
    for text in texts:
        yield from unfilled(f"method.toml: {text!r}", text, {*framework.figures, *names.METHOD_FIGURES})
