"""Conditions of the framework in words, as the method page prints them: what has to hold, line by line."""

from collections.abc import Sequence

from assessments.framework import Framework
from assessments.framework.conditions import Conditions, Term, term_of
from assessments.framework.schema import Gate

from .formats import listed, number, share
from .words import lower

_COMPARED = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "=": "exactly"}
_BARE = {(">", "0"): "any", ("=", "0"): "none"}


def conditions_in_words(framework: Framework, conditions: Conditions) -> Sequence[str]:
    """Each line that suffices on its own.

    >>> from assessments.framework import load_framework
    >>> framework = load_framework()
    >>> conditions_in_words(framework, (("form", "not ready", "net < pilot_net"), ("sample > 0",)))
    ['the form of answers is a reason; not ready for tuning beside retrieval; lead of the reasons for: below 1', \
'failures counted: any']
    """
    return ["; ".join(_term(framework, term_of(text)) for text in line) for line in conditions]


def _term(framework: Framework, term: Term) -> str:
    if term.comparison == "is":
        return _answer(framework, term)
    if not term.comparison:
        fact = framework.guide.method.facts[term.name]
        return fact.no if term.negated else fact.yes
    return f"{_counted(framework, term.name)}: {_limit(framework, term)}"


def _answer(framework: Framework, term: Term) -> str:
    question = framework.questions[term.name]
    labels = {option.value: option.label for option in question.options}
    value = f"“{labels[term.value]}”" if term.value in labels else _ANSWERS.get(term.value, term.value)
    return f"“{question.label}” is {'not ' if term.negated else ''}{value}"


_ANSWERS = {"na": "“does not apply”"}


def _counted(framework: Framework, name: str) -> str:
    """What is counted, or what has a share, by its name."""
    of, _, key = name.partition(".")
    if not key:
        return framework.guide.method.numbers[name]
    groups = {group.key: group.name for group in framework.failure_groups}
    what = lower(groups[key] if key in groups else framework.questions[key].label)
    return f"share of failures for {what}" if of == "share" else f"failures counted for {what}"


def _limit(framework: Framework, term: Term) -> str:
    if (term.comparison, term.value) in _BARE:
        return _BARE[term.comparison, term.value]
    value = float(term.value) if term.value[0].isdigit() else float(getattr(framework.thresholds, term.value))
    words = share(value) if term.name.startswith("share.") else number(value)
    return f"{_COMPARED[term.comparison]} {words}"


def closed_in_words(framework: Framework, gate: Gate) -> str:
    """What a gate closes, by the names of the approaches.

    >>> from assessments.framework import load_framework
    >>> framework = load_framework()
    >>> [closed_in_words(framework, framework.gate[key]) for key in ("works", "exploring")]
    ['All but Better prompt', 'The kinds of tuning, Plain classifier and Automatic prompt']
    """
    named = [_SEVERAL.get(key) or framework.approach[key].name for key in gate.closes]
    spared = [framework.approach[key].name for key in gate.spares]
    return f"{listed(named)}{f' but {listed(spared)}' if spared else ''}"


_SEVERAL = {"all": "All", "tuning": "The kinds of tuning", "untuned": "All without tuning"}
