"""What to know about the recommended approach: how much to train, how to build it, what to live with.

Source: workflow and glossary (full, LoRA, QLoRA), production (patterns and model choices). The choice is ours.
"""

from collections.abc import Iterator

from assessments.framework.schema import Framework

from .decision import Guidance, Verdict
from .document import Document

_STRUCTURED = frozenset({"classification", "extraction", "tool_use", "code"})


def guidance_for(framework: Framework, document: Document, verdict: Verdict) -> Guidance:
    """The guide of this approach; for a tuning approach the first method and the first pattern that fit.

    >>> from assessments.framework import load_framework
    >>> from .decide import verdict_on
    >>> nothing_known = Document(use_case={"name": "A"})
    >>> guidance = guidance_for(load_framework(), nothing_known, verdict_on(load_framework(), nothing_known))
    >>> guidance.guide.key, guidance.method, guidance.pattern
    ('prompting', None, None)
    """
    texts = framework.guide.guidance
    guide = texts.approach[verdict.leads]
    choices = tuple(choice for choice in texts.choices if choice.key in guide.choices)
    if not verdict.is_tuning:
        return Guidance(
            guide=guide, method=None, method_because=None, pattern=None, pattern_because=None, choices=choices
        )
    method = texts.method_rule[next(_methods(document, verdict))]
    pattern = texts.pattern_rule[next(_patterns(document, verdict))]
    return Guidance(
        guide=guide,
        method=texts.method[method.gives],
        method_because=method,
        pattern=texts.pattern[pattern.gives],
        pattern_because=pattern,
        choices=choices,
    )


def _methods(document: Document, verdict: Verdict) -> Iterator[str]:
    """The method rules that hold, the first one first."""
    if document.use_case.get("goal") == "domain":
        yield "whole_field"
    if verdict.leads == "fine_tune_small" and document.answers.yes("data_sovereignty"):
        yield "own_hardware"
    yield "usual"


def _patterns(document: Document, verdict: Verdict) -> Iterator[str]:
    """The pattern rules that hold, the first one first."""
    answers, kind = document.answers, document.use_case.get("task_kind")
    if verdict.leads == "hybrid" or answers.yes("needs_fresh_knowledge"):
        yield "facts_outside"
    if kind == "question_answering":
        yield "answers_from_documents"
    if answers.yes("cost_optimization", "latency_requirements"):
        yield "cheaper_or_faster"
    if answers.yes("consistent_behavior") or kind in _STRUCTURED or document.use_case.get("goal") == "format":
        yield "fixed_form"
    yield "nothing_special"
