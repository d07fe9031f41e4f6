"""Conditions of the framework in words, as the method page prints them: what has to hold, line by line."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from assessments.framework import Framework
from assessments.framework.conditions import Conditions, Term, term_of
from assessments.framework.schema import Gate

from .formats import ANSWER_WORDS, listed, number, quoted, share
from .words import lower, small

_COMPARED = {
    "<": gettext_noop("below {number}"),
    "<=": gettext_noop("at most {number}"),
    ">": gettext_noop("above {number}"),
    ">=": gettext_noop("at least {number}"),
    "=": gettext_noop("exactly {number}"),
}


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
    if term.value in labels:
        value = quoted(labels[term.value])
    else:
        value = quoted(small(ANSWER_WORDS["na"])) if term.value == "na" else _(_ANSWERS.get(term.value, term.value))
    told = _("{question} is not {answer}") if term.negated else _("{question} is {answer}")
    return told.format(question=quoted(question.label), answer=value)


_ANSWERS = {"yes": gettext_noop("yes"), "no": gettext_noop("no"), "unsure": gettext_noop("unsure")}


def _counted(framework: Framework, name: str) -> str:
    """What is counted, or what has a share, by its name."""
    of, _dot, key = name.partition(".")
    if not key:
        return framework.guide.method.numbers[name]
    groups = {group.key: group.name for group in framework.failure_groups}
    what = lower(groups[key] if key in groups else framework.questions[key].label)
    told = _("share of failures for {what}") if of == "share" else _("failures counted for {what}")
    return told.format(what=what)


def _limit(framework: Framework, term: Term) -> str:
    if term.value == "0" and term.comparison in (">", "="):
        return pgettext("how many", "any") if term.comparison == ">" else pgettext("how many", "none")
    value = float(term.value) if term.value[0].isdigit() else float(getattr(framework.thresholds, term.value))
    words = share(value) if term.name.startswith("share.") else number(value)
    return _(_COMPARED[term.comparison]).format(number=words)


def closed_in_words(framework: Framework, gate: Gate) -> str:
    """What a gate closes, by the names of the approaches.

    >>> from assessments.framework import load_framework
    >>> framework = load_framework()
    >>> [closed_in_words(framework, framework.gate[key]) for key in ("works", "exploring")]
    ['All but Better prompt', 'The kinds of tuning, Plain classifier and Automatic prompt']
    """
    named = [_(_SEVERAL[key]) if key in _SEVERAL else framework.approach[key].name for key in gate.closes]
    spared = [framework.approach[key].name for key in gate.spares]
    if not spared:
        return listed(named)
    return _("{levers} but {spared}").format(levers=listed(named), spared=listed(spared))


_SEVERAL = {
    "all": gettext_noop("All"),
    "tuning": gettext_noop("The kinds of tuning"),
    "untuned": gettext_noop("All without tuning"),
}
