"""Findings: known misuses of fine-tuning, and answers that contradict each other. No stance follows from them.

Source: glossary and production; which answers contradict each other is ours.
"""

import math
from collections.abc import Iterator, Sequence

from assessments.framework.schema import Framework

from .decision import Diagnosis, Figures, Finding
from .document import DataRow, Document
from .economics.inputs import STATUS_QUO
from .economics.money import ApproachMoney
from .lenses.decision_tree import ceiling, ceiling_steps

_Raised = tuple[str, tuple[str, ...], Figures]
_SEVERITIES = ("high", "medium", "low")
_LABELLING = frozenset({"classification", "extraction", "ranking"})
_DISTIL = "distil"


def findings_in(
    framework: Framework, document: Document, diagnosis: Diagnosis, money: Sequence[ApproachMoney] = ()
) -> tuple[Finding, ...]:
    """Everything that is raised, the worst first. `money` is that of the detailed form."""
    raised = (
        *_misuses(framework, document, diagnosis),
        *_contradictions(framework, document, diagnosis),
        *_bills(framework, document, money),
    )
    findings = (
        Finding(
            code=code,
            kind=framework.finding[code].kind,
            severity=framework.finding[code].severity,
            keys=keys,
            figures=figures,
        )
        for code, keys, figures in raised
    )
    return tuple(sorted(findings, key=lambda finding: _SEVERITIES.index(finding.severity)))


def _misuses(framework: Framework, document: Document, diagnosis: Diagnosis) -> Iterator[_Raised]:
    answers, failures, limits = document.answers, document.failures, framework.thresholds
    hit = ceiling(framework, answers)
    sample = diagnosis.sample
    if answers.yes("domain_knowledge") and answers.yes("needs_fresh_knowledge"):
        yield "tuning_for_facts", ("domain_knowledge", "needs_fresh_knowledge"), {}
    elif answers.yes("domain_knowledge") and diagnosis.dominant == "knowledge":
        yield "tuning_for_facts", ("domain_knowledge", *_counted(framework, document, "knowledge")), {}
    elif document.use_case.get("goal") == "knowledge":
        yield "facts_as_goal", ("goal",), {}
    untried = answers.those(ceiling_steps(framework), "no")
    if untried and answers.those(framework.keys("indicator")):
        yield "tuning_before_prompts", untried, {}
    form = ("format_failure", "policy_tone")
    if hit != "yes" and sample and sum(failures.get(mode, 0) for mode in form) == sample:
        yield "prompt_would_do", form, {"sample": sample}
    if answers.value("eval_set") == "no":
        yield "no_held_out_set", ("eval_set",), {}
    goal = framework.goal.get(document.use_case.get("goal", ""))
    labelled = document.readiness.get("labelled_examples")
    if goal and labelled is not None and labelled < goal.examples_from:
        figures = {"have": int(labelled), "needed": goal.examples_from, "goal": goal.key}
        content = min((other.examples_from for other in goal.others), default=goal.examples_from)
        enough = {"others_from": content} if content <= labelled else {}
        yield (
            "enough_for_newer_guides" if enough else "too_few_examples",
            ("labelled_examples", "goal"),
            figures | enough,
        )
    if goal and goal.key == _DISTIL and answers.value("teacher_labels") == "no":
        yield "goal_without_teacher", ("goal", "teacher_labels"), {}
    agreement = document.readiness.get("reviewer_agreement")
    if agreement is not None and agreement < limits.reviewer_agreement:
        yield "noisy_examples", ("reviewer_agreement",), {}
    elif answers.yes("examples_inconsistent"):
        yield "noisy_examples", ("examples_inconsistent",), {}
    defects = ("tool_failure", "wrong_retrieval", "noisy_context")
    defective = sum(failures.get(mode, 0) for mode in defects)
    if sample and defective > limits.dominant_share * sample:
        counted = tuple(mode for mode in defects if failures.get(mode))
        yield "tuning_around_a_defect", counted, {"count": defective, "sample": sample}
    if diagnosis.dominant == "capability" and not _picks_labels(document):
        yield "missing_capability", ("reasoning",), {}
    if answers.value("fallback_path") == "no":
        yield "no_fallback", ("fallback_path",), {}
    if answers.value("owner_named") == "no":
        yield "no_owner", ("owner_named",), {}


def _contradictions(framework: Framework, document: Document, diagnosis: Diagnosis) -> Iterator[_Raised]:
    answers, limits = document.answers, framework.thresholds
    for code, first, second in (
        ("succeeds_and_misses", "prompts_succeed", "target_missed"),
        ("low_volume_and_costly", "low_volume", "cost_optimization"),
        ("stable_and_changing", "behavior_stable", "changing_requirements"),
        ("exploring_and_narrow", "exploration_phase", "narrow_repeated_task"),
    ):
        if answers.yes(first) and answers.yes(second):
            yield code, (first, second), {}
    labelled = document.readiness.get("labelled_examples")
    if labelled is not None:
        figures = {"have": int(labelled), "limit": limits.enough_examples}
        if answers.value("insufficient_data") == "no" and labelled < limits.enough_examples:
            yield "enough_data_but_few", ("insufficient_data", "labelled_examples"), figures
        if answers.yes("insufficient_data") and labelled >= limits.enough_examples:
            yield "too_little_data_but_many", ("insufficient_data", "labelled_examples"), figures
    volume = document.use_case.get("monthly_requests")
    if volume is not None:
        figures = {"volume": int(volume)}
        if answers.yes("low_volume") and volume > limits.high_volume_above:
            yield "low_volume_but_many", ("low_volume", "monthly_requests"), figures
        if answers.value("low_volume") == "no" and volume < limits.low_volume_below:
            yield "volume_but_few", ("low_volume", "monthly_requests"), figures
    if answers.value("latency_requirements") == "no" and answers.yes("latency_limit"):
        yield "fast_enough_but_slow", ("latency_requirements", "latency_limit"), {}
    if answers.yes("latency_requirements") and document.use_case.get("waiting_users") == 0:
        yield "speed_but_nobody_waits", ("latency_requirements", "waiting_users"), {}
    knowledge = next(group for group in diagnosis.groups if group.key == "knowledge")
    if answers.value("retrieval_optimized") == "na" and knowledge.count:
        figures = {"count": knowledge.count}
        counted = _counted(framework, document, "knowledge")
        yield "no_retrieval_but_knowledge", ("retrieval_optimized", *counted), figures
    if answers.value("retrieval_optimized") == "na" and answers.yes("needs_fresh_knowledge"):
        yield "no_retrieval_but_changing", ("retrieval_optimized", "needs_fresh_knowledge"), {}
    reasoning = document.failures.get("reasoning", 0)
    if _picks_labels(document) and reasoning > document.failures.get("wrong_class", 0):
        yield "labels_or_reasoning", ("reasoning", "task_kind"), {"count": reasoning}
    yield from _examples_by_label(document)


def _bills(framework: Framework, document: Document, money: Sequence[ApproachMoney]) -> Iterator[_Raised]:
    """Figures for today's bill that are too far apart: two that were given, and the bill beside the detailed costs."""
    limit, known = framework.thresholds.bills_apart, document.use_case
    volume, request, bill = (known.get(key) for key in ("monthly_requests", "cost_per_request", "monthly_bill"))
    if bill is None:
        return
    if volume and request is not None and _apart(volume * request, bill) > limit:
        figures = {"volume": int(volume), "request": request, "computed": volume * request, "bill": bill}
        yield "bills_apart", ("cost_per_request", "monthly_bill"), figures
    today = next((one for one in money if one.approach == STATUS_QUO), None)
    computed = sum(today.components[part][0] for part in ("tokens", "gpus", "hosting")) if today else 0.0
    if computed and _apart(computed, bill) > limit:
        yield "costs_unlike_bill", ("monthly_bill",), {"computed": computed, "bill": bill}


def _apart(one: float, other: float) -> float:
    """How many times the larger is the smaller."""
    small, large = sorted((one, other))
    return large / small if small > 0 else math.inf if large else 1.0


def _picks_labels(document: Document) -> bool:
    """Whether an answer is a label, a value or an order: there, wrong reasoning is mostly a wrong label."""
    return document.use_case.get("task_kind") in _LABELLING


def _examples_by_label(document: Document) -> Iterator[_Raised]:
    """What the table of examples says twice, and what it says otherwise than the count of all."""
    if twice := _same_label(document.data):
        first, again = twice
        yield "repeated_label", ("data",), {"first": first, "again": again}
    labelled = document.readiness.get("labelled_examples")
    reviewed = sum(row.reviewed for row in document.data)
    if labelled is not None and reviewed > labelled:
        figures = {"reviewed": reviewed, "labelled": int(labelled)}
        yield "more_reviewed_than_labelled", ("data", "labelled_examples"), figures


def _same_label(rows: Sequence[DataRow]) -> tuple[int, int] | None:
    """The first two rows with one label, counted from 1; capitals and spaces make no other label of it."""
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        label = " ".join(row.label.split()).casefold()
        if label in seen:
            return seen[label], number
        seen[label] = number
    return None


def _counted(framework: Framework, document: Document, group: str) -> tuple[str, ...]:
    """The modes of a failure group that were counted at least once."""
    modes = next(found.modes for found in framework.failure_groups if found.key == group)
    return tuple(mode for mode in modes if document.failures.get(mode))
