"""What to know about the recommended approach: how much to train, how to build it, what to live with.

Source: workflow and glossary (full, LoRA, QLoRA), production (patterns and model choices). The choice is ours.
"""

from collections.abc import Iterator

from .advised import Advised
from .decision import Guidance, Verdict
from .document import Document

_STRUCTURED = frozenset({"classification", "extraction", "ranking", "tool_use", "code"})
_FIXED_FORM = frozenset({"format", "labels"})


def guidance_for(verdict: Verdict) -> Guidance:
    """The guide of this approach and the ways to do it; for tuning the first method and the first pattern that fit.

    >>> from assessments.framework import load_framework
    >>> from .decide import verdict_on
    >>> nothing_known = Document(use_case={"name": "A"})
    >>> guidance = guidance_for(verdict_on(load_framework(), nothing_known))
    >>> guidance.guide.key, guidance.method, guidance.pattern
    ('prompting', None, None)
    """
    texts, document = verdict.framework.guide.guidance, verdict.document
    guide = texts.approach[verdict.leads]
    ways = Advised(verdict).those(texts.ways)
    choices = tuple(choice for choice in texts.choices if choice.key in guide.choices)
    method = texts.method_rule[next(_methods(document, verdict))] if verdict.is_tuning else None
    pattern = texts.pattern_rule[next(_patterns(document, verdict))] if verdict.is_tuning else None
    return Guidance(
        guide=guide,
        method=texts.method[method.gives] if method else None,
        method_because=method,
        pattern=texts.pattern[pattern.gives] if pattern else None,
        pattern_because=pattern,
        choices=choices,
        ways=ways,
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
    if answers.yes("consistent_behavior") or kind in _STRUCTURED or document.use_case.get("goal") in _FIXED_FORM:
        yield "fixed_form"
    yield "nothing_special"
