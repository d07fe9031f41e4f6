"""Texts of the framework with their figures filled in, and the words for its keys.

A blank is a figure's name and how it is written: `{have}` as a number, `{blockers_from:count}` as a word,
`{goal:unit}` as what the goal's examples are. Without a figure of that name the framework's own number stands there.

In a language whose plurals take more than an “s”, `plural` and `best` have both phrases, with # for the number:
`{cases:plural Fall|Fälle}`, `{compared:best der einzige Prompt|der beste von # Prompts}`.
"""

import re
from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from string import Formatter
from typing import Any

from django.utils.translation import gettext as _

from assessments.engine.decision import Condition, Decision, Figures, Verdict
from assessments.engine.economics.inputs import STATUS_QUO, TUNING
from assessments.engine.result import StoredFinding, StoredGap
from assessments.framework import Framework
from assessments.speaking import speaks_german

from .formats import (
    BAND_WORDS,
    count,
    counted,
    either,
    listed,
    money,
    months,
    number,
    price,
    quoted,
    score,
    share,
    week_of,
    weeks,
)
from .within import set_apart

_LONGEST_LABEL = 80
_MOST_LABELS = 5
_MOST_REASONS = 2
_TIMES = re.compile(r"\b(Jahre|Monate|Tage)\b")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        """
        ab acht alle allein allen aller alles als am amortisiert an andere anderer anderes auf aus außer bei
        beide beim bis da daneben dann darüber das davon dazu dem den der des die dies diese dieser
        dieses doch dokumentiert dort drei durch ein eine einem einen einer eines einige einmal er
        erst es etwa etwas fünf für gegen gelabelt gemessen genug geprüft gut hier hinter hoch
        höchstens höher im in innerhalb ist ja je jede jeder jedes jetzt kein keine keinem keinen
        keiner keines knapp manche mehr mehrere meist mindestens mit mittel mittlere nach nachher
        neben nein neu neun nicht nichts nie niedrig niedriger nirgends noch nötig nun nur ob oder
        offen ohne schwach sechs sehr seit sieben sind sobald sofort solange stark teils trifft über
        überall um und ungefähr unser unter viel viele vier voll vom von vor vorhanden vorher wann
        war was weder weil weitergegeben welche wenig wenige weniger wenn wer wie wird wo wozu zehn
        zu zum zur zwei zwischen
        """,
    )
)
"""German words that have a capital letter only at the start of a sentence."""
_BEFORE_NOUN = re.compile(r"[A-ZÄÖÜ][a-zäöüß-]+(?:e|em|en|er|es) [A-ZÄÖÜ]")


def in_words(
    framework: Framework, text: str, figures: Figures | None = None, words: Mapping[str, str] | None = None
) -> str:
    """The text with every blank filled; `words` stand for keys among the figures.

    >>> from assessments.framework import load_framework
    >>> in_words(load_framework(), "{have:or none} of {gate_weeks:count} or more", {"have": 1200})
    '1,200 of four or more'
    """
    known: Mapping[str, Any] = ChainMap(dict(figures or {}), framework.figures)
    return _Filled(framework, words or {}).vformat(text, (), known)


class _Filled(Formatter):
    def __init__(self, framework: Framework, words: Mapping[str, str]) -> None:
        self.framework, self.words = framework, words

    def format_field(self, value: Any, spec: str) -> str:
        name, _space, rest = spec.partition(" ")
        if name == "word":
            return self.words[value]
        if name in ("money", "price"):
            return (money if name == "money" else price)(value, self.framework.sign)
        if name in _WITH_TEXT:
            return _WITH_TEXT[name](value, rest)
        return _NUMBERS[name](value) if name in _NUMBERS else _KEYS[name](self.framework, value)


def _plain(value: Any) -> str:
    return BAND_WORDS.get(value, value) if isinstance(value, str) else number(value)


def part(value: float) -> str:
    """A share as it stands after “more than”.

    >>> part(0.5), part(0.37)
    ('half', '37%')
    """
    return _("half") if value == 0.5 else share(value)


def _entered(value: float | None) -> str:
    """A count that nobody entered is not a count of none."""
    return _("none entered yet") if value is None else _("now {number}").format(number=number(value))


def _plural(value: float, noun: str) -> str:
    """
    >>> _plural(1, "case"), _plural(2, "case"), _plural(2, "Fall|Fälle"), _plural(1, "Fall|Fälle")
    ('case', 'cases', 'Fälle', 'Fall')
    """
    one, bar, more = noun.partition("|")
    return one if value == 1 else more.replace("#", number(value)) if bar else f"{noun}s"


def _best(value: float, noun: str) -> str:
    """
    >>> _best(1, "prompt"), _best(3, "prompt"), _best(3, "der einzige Prompt|der beste von # Prompts")
    ('the only prompt', 'the best of 3 prompts', 'der beste von 3 Prompts')
    """
    if "|" in noun:
        return _plural(value, noun)
    return f"the only {noun}" if value == 1 else f"the best of {number(value)} {noun}s"


_WITH_TEXT: Mapping[str, Callable[[Any, str], str]] = {
    "or": lambda value, otherwise: otherwise if value is None else _plain(value),
    "plural": _plural,
    "best": _best,
}
_NUMBERS: Mapping[str, Callable[[Any], str]] = {
    "": _plain,
    "count": count,
    "Count": lambda value: starting(count(value)),
    "entered": _entered,
    "months": lambda value: lower(months(value)),
    "part": part,
    "score": score,
    "share": share,
    "week": week_of,
    "weeks": weeks,
}


def approach_in_words(framework: Framework, key: str) -> str:
    """An approach's name in quotes, or what the status quo or tuning are called, as it stands within a sentence."""
    if key == STATUS_QUO:
        name = framework.cost_inputs.status_quo
        return set_apart(quoted(name), lower(name))
    return _("tuning") if key == TUNING else quoted(framework.approach[key].name)


def action_in_words(framework: Framework, action: str) -> str:
    """What to do, as it stands within a sentence."""
    return framework.verdict.action_names[action]


def lower(text: str) -> str:
    """As it stands within a sentence. In German a noun keeps its capital: only small words lose it, and what stands
    right before a noun and ends as adjectives do.

    >>> lower("A better prompt"), lower("Price of one GPU"), lower("GPUs at least")
    ('a better prompt', 'price of one GPU', 'GPUs at least')
    >>> from assessments.speaking import speaking
    >>> with speaking("de"):
    ...     lower("Kosten je Anfrage"), lower("Besserer Prompt"), lower("Nicht sicher"), lower("Nie"), lower("Prompt")
    ('Kosten je Anfrage', 'besserer Prompt', 'nicht sicher', 'nie', 'Prompt')
    """
    if text[1:2].isupper():
        return text
    smaller = text[:1].lower() + text[1:]
    if not speaks_german() or _BEFORE_NOUN.match(text):
        return smaller
    return smaller if re.split(r"\W", smaller, maxsplit=1)[0] in _SMALL else text


def small(text: str) -> str:
    """All of it in small letters, as it stands within a sentence; in German only what has a capital there by place.

    >>> small("Answer on GPUs")
    'answer on gpus'
    """
    return lower(text) if speaks_german() else text.lower()


def dative(text: str) -> str:
    """As it stands after “von”, “in” or “nach”: times of more than one take another n in German.

    >>> from assessments.speaking import speaking
    >>> with speaking("de"):
    ...     dative("5,1 Monate"), dative("1 Monat"), dative("sechs Wochen"), dative("Nie")
    ('5,1 Monaten', '1 Monat', 'sechs Wochen', 'Nie')
    """
    return _TIMES.sub(r"\1n", text) if speaks_german() else text


def starting(text: str) -> str:
    """With a capital letter, as it stands at the start of a sentence.

    >>> starting("a split prompt costs least")
    'A split prompt costs least'
    """
    return text[:1].upper() + text[1:]


def labels(framework: Framework, keys: Sequence[str]) -> list[str]:
    """The labels of these questions, each in quotes."""
    return [quoted(framework.questions[key].label) for key in keys]


def shortened(text: str, longest: int) -> str:
    """A text that somebody typed, cut where a sentence could not hold it.

    >>> shortened("routine lockouts", 9)
    'routine…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _gaps(_framework: Framework, gaps: Sequence[tuple[str, int]]) -> str:
    """Labels and how many examples each lacks; the last of many in one."""
    told = [
        _("{label}, {number} more").format(label=shortened(label, _LONGEST_LABEL), number=number(missing))
        for label, missing in gaps
    ]
    left = len(told) - _MOST_LABELS
    others = [counted(left, "and {n} other labels", "and {n} other labels")] if left > 0 else []
    return "; ".join([*told[:_MOST_LABELS], *others])


_KEYS: Mapping[str, Callable[[Framework, Any], str]] = {
    "all_of": lambda framework, keys: listed(labels(framework, keys)),
    "any_of": lambda framework, keys: either([framework.questions[key].label for key in keys]),
    "approach": approach_in_words,
    "approaches": lambda framework, keys: ", ".join(approach_in_words(framework, key) for key in keys),
    "gaps": _gaps,
    "label": lambda framework, key: set_apart(label := framework.questions[key].label, small(label)),
    "labels": lambda framework, keys: ", ".join(labels(framework, keys)),
    "leaf": lambda framework, key: framework.leaf[key].name,
    "name": lambda framework, key: framework.approach[key].name,
    "unit": lambda framework, key: framework.goal[key].unit,
}


WRITINGS = frozenset({"word", "money", "price", *_WITH_TEXT, *_NUMBERS, *_KEYS})
"""How a blank can ask for its figure to be written."""


def condition_in_words(framework: Framework, lens: str, condition: Condition) -> str:
    """What a lens looked at, with what it found."""
    texts = framework.lens[lens]
    figures = {"keys": condition.keys, **condition.figures}
    return in_words(framework, texts.conditions[condition.code], figures, texts.words)


def gap_in_words(framework: Framework, code: str, figures: Figures) -> str:
    """What a go still lacks."""
    return in_words(framework, framework.verdict.missing_for_go[code], figures)


def finding_in_words(framework: Framework, code: str, figures: Figures) -> str:
    """A misuse or a contradiction."""
    return in_words(framework, framework.finding[code].message, figures)


def because_in_words(framework: Framework, codes: Sequence[str]) -> str:
    """Why a verdict is what it is, the first two reasons. What was stored as a sentence stays that sentence."""
    reasons = {key: gate.because for key, gate in framework.gate.items()} | dict(framework.verdict.because)
    known = [in_words(framework, reasons[code]) if code in reasons else code for code in codes]
    return " ".join([text for text in known if " " in text][:_MOST_REASONS])


def closed_in_words(framework: Framework, gate: str) -> str:
    """Why an approach is closed."""
    return in_words(framework, framework.gate[gate].because)


def opens_in_words(framework: Framework, gate: str) -> str:
    """What would open an approach again; empty where the team cannot."""
    return in_words(framework, framework.gate[gate].opens)


def step_in_words(framework: Framework, code: str) -> str:
    """Something to do first. What was stored as a sentence stays that sentence."""
    return framework.step[code].text if code in framework.step else code


def stored_gap_in_words(framework: Framework, gap: StoredGap) -> str:
    """What a go lacked when it was stored, in the words of that day where these were stored."""
    return gap.message or gap_in_words(framework, gap.code, gap.figures)


def stored_finding_in_words(framework: Framework, finding: StoredFinding) -> str:
    """A finding of a stored result, in the words of that day where these were stored."""
    return finding.message or finding_in_words(framework, finding.code, finding.figures)


def why(verdict: Verdict) -> str:
    """Why this verdict is what it is."""
    return because_in_words(verdict.framework, verdict.because)


def parts_ways(decision: Decision) -> str:
    """Why the verdict and the decision tree part ways, or an empty string where they do not."""
    if not decision.parts_ways:
        return ""
    text = decision.framework.verdict.tree_parts_ways[decision.parts_ways]
    return in_words(decision.framework, text, {"leaf": decision.leaf})
