"""What a training set shows: how many examples it really holds, of which labels, and what to look at first."""

from collections.abc import Mapping, Sequence
from datetime import date

from assessments.engine.measured.figures import Part, TrainingFigures
from assessments.engine.measured.from_training import TEXT_ONLY
from assessments.engine.measured.training_cost import run_cost_on_market
from assessments.framework import Framework

from ..formats import counted, money, number, rough
from .shown import ShownCell, ShownRow, ShownTable, ToldFigures, shared

_SIGN = "$"
_MOST_LABELS, _MOST_LINES = 8, 30
_HINTS: Mapping[str, str] = {
    "email": "E-mail addresses",
    "phone": "Telephone numbers",
    "card": "Card numbers",
    "iban": "Bank accounts (IBAN)",
}


def usual_passes(framework: Framework) -> float:
    """How often one run goes through all examples, as we suggest it."""
    numbers = [cost.number.get("training_epochs") for cost in framework.approach_costs.approaches]
    return next((one.likely for one in numbers if one and one.likely), 1.0)


def present_training(framework: Framework, found: TrainingFigures, today: date) -> ToldFigures:
    tables = [_labels(found), _to_look_at(found), _lines(found)]
    return ToldFigures(
        heading=_heading(found), lead=_lead(framework, found, today), tables=[table for table in tables if table.rows]
    )


def _heading(found: TrainingFigures) -> str:
    if not found.valid:
        return "No line of this file is a training example"
    same = found.copy_count or found.valid != found.distinct
    said = _different(found) if same else _units(found)
    if not same and found.distinct > 1:
        said += ", all different"
    if overlap := found.overlap_exact:
        some = f"{number(overlap)} of them" if found.distinct > 1 else "it"
        said += f"; {some} {'stands' if overlap == 1 else 'stand'} in the evaluation file too"
    return said


def _units(found: TrainingFigures) -> str:
    """How many there are of what one line is: a text without an answer is no example."""
    if found.pairs:
        return counted(found.distinct, "{n} preference pair", "{n} preference pairs")
    if found.layout == TEXT_ONLY:
        return counted(found.distinct, "{n} text", "{n} texts")
    return counted(found.distinct, "{n} example", "{n} examples")


def _different(found: TrainingFigures) -> str:
    if found.pairs:
        return counted(found.distinct, "{n} different preference pair", "{n} different preference pairs")
    if found.layout == TEXT_ONLY:
        return counted(found.distinct, "{n} different text", "{n} different texts")
    return counted(found.distinct, "{n} different example", "{n} different examples")


def _lead(framework: Framework, found: TrainingFigures, today: date) -> str:
    each = f", {rough(found.tokens_per_example)} a line" if found.valid > 1 else ""
    tokens = f"About {rough(found.tokens)} token{'s' * (found.tokens != 1)}{each} (give or take a third)."
    lines = f"{counted(found.lines, '{n} line', '{n} lines')}, {_sound(found.valid, found.lines)}."
    return " ".join(filter(None, (lines, tokens, _cost(framework, found, today))))


def _sound(valid: int, lines: int) -> str:
    """How many lines a provider would take.

    >>> _sound(1, 1), _sound(0, 1), _sound(2, 2), _sound(1, 2), _sound(0, 2)
    ('and it is sound', 'and it is not sound', 'all of them sound', '1 of them sound', 'none of them sound')
    """
    if lines == 1:
        return f"and it is {'' if valid else 'not '}sound"
    return f"{'all' if valid == lines else number(valid) if valid else 'none'} of them sound"


def _cost(framework: Framework, found: TrainingFigures, today: date) -> str:
    passes = usual_passes(framework)
    run = run_cost_on_market(framework.market, found.tokens, epochs=passes, today=today) if found.tokens else None
    if run is None:
        return ""
    if run.highest < 1:
        costs = f"less than {money(1, _SIGN)}"
    else:
        low = f"{money(run.lowest, _SIGN)} " if run.lowest >= 1 else "up "
        costs = f"{low}to {money(run.highest, _SIGN)}"
    return f"One training run of {counted(passes, '{n} pass', '{n} passes')} costs {costs}, by the price list."


def _labels(found: TrainingFigures) -> ShownTable:
    labels = found.labels or {}
    total = sum(labels.values())
    rows = [
        ShownRow(name=name or "(empty)", cells=[shared(Part(count=many, of=total))])
        for name, many in sorted(labels.items(), key=lambda one: -one[1])
    ]
    return ShownTable(
        caption="Labels", head=["Label", "Share of the examples"], rows=rows, most=_MOST_LABELS, noun="labels"
    )


def _to_look_at(found: TrainingFigures) -> ShownTable:
    """What there is to look at; nothing where all is well."""
    said = [
        ("Exact copies", found.copy_count, "The same line again, word for word"),
        ("Same input, another output", found.contradiction_count, "A model cannot learn both"),
        ("Near copies", found.near_count, "They say almost the same as an earlier line"),
        ("Near copies with another label", found.near_other_label_count, "One of the two labels is likely to be wrong"),
        ("Also in the evaluation file", found.overlap_exact or 0, "A model cannot be tested on what it has learnt"),
        ("Near copies of the evaluation file", found.overlap_near or 0, "A test on what was nearly learnt says little"),
        ("Much longer than the rest", found.longest_count, "Look whether they belong here"),
        ("Lines with a warning", found.warnings, "Some providers refuse them"),
        ("Empty lines", found.empty, "They are left out"),
        *(
            (_HINTS.get(kind, kind), many, "Found by their pattern: look at each, there may be more")
            for kind, many in found.hint_counts.items()
        ),
    ]
    rows = [
        ShownRow(name=name, cells=[ShownCell(words=number(many)), ShownCell(words=why, is_text=True)])
        for name, many, why in said
        if many
    ]
    return ShownTable(caption="To look at", head=["What", "Lines", "Why it matters"], rows=rows)


def _lines(found: TrainingFigures) -> ShownTable:
    said: Sequence[tuple[str, Sequence[tuple[int, int]]]] = (
        ("Exact copies", [(later, earlier) for earlier, later in found.copies]),
        ("Same input, another output", [(later, earlier) for earlier, later in found.contradictions]),
        ("Near copies", [(later, earlier) for earlier, later in found.near]),
        ("Near copies with another label", [(later, earlier) for earlier, later in found.near_other_label]),
    )
    rows = [
        ShownRow(
            name=name,
            cells=[ShownCell(words=_told([f"{number(one)} → {number(other)}" for one, other in pairs]), is_text=True)],
        )
        for name, pairs in said
        if pairs
    ]
    rows += [
        ShownRow(
            name=_HINTS.get(kind, kind), cells=[ShownCell(words=_told([number(line) for line in lines]), is_text=True)]
        )
        for kind, lines in found.hints.items()
        if lines
    ]
    if found.longest:
        longest = _told([number(line) for line, _ in found.longest])
        rows.append(ShownRow(name="Much longer than the rest", cells=[ShownCell(words=longest, is_text=True)]))
    return ShownTable(caption="Which lines", head=["What", "Line → the earlier line"], rows=rows, folded="Which lines")


def _told(words: Sequence[str]) -> str:
    """The first few; the rest are counted."""
    if len(words) <= _MOST_LINES:
        return ", ".join(words)
    return f"{', '.join(words[:_MOST_LINES])} and {number(len(words) - _MOST_LINES)} more"
