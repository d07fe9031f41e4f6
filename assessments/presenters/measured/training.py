"""What a training set shows: how many examples it really holds, of which labels, and what to look at first."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.engine.measured.figures import Part, TrainingFigures
from assessments.engine.measured.from_training import TEXT_ONLY
from assessments.engine.measured.training_cost import run_cost_on_market
from assessments.framework import Framework
from assessments.speaking import SpokenWords

from ..formats import counted, money, number, rough
from .shown import ShownCell, ShownRow, ShownTable, ToldFigures, shared

_SIGN = "$"
_MOST_LABELS, _MOST_LINES = 8, 30
_HINTS = SpokenWords(
    email=gettext_noop("E-mail addresses"),
    phone=gettext_noop("Telephone numbers"),
    card=gettext_noop("Card numbers"),
    iban=gettext_noop("Bank accounts (IBAN)"),
)


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
        return _("No line of this file is a training example")
    same = found.copy_count or found.valid != found.distinct
    said = _different(found) if same else _units(found)
    if not same and found.distinct > 1:
        said = _("{examples}, all different").format(examples=said)
    overlap = found.overlap_exact
    if not overlap:
        return said
    words = _("{examples}; it stands in the evaluation file too")
    if found.distinct > 1:
        words = ngettext(
            "{examples}; {n} of them stands in the evaluation file too",
            "{examples}; {n} of them stand in the evaluation file too",
            overlap,
        )
    return words.format(examples=said, n=number(overlap))


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
    words = ngettext(
        "About {n} token (give or take a third).",
        "About {n} tokens (give or take a third).",
        1 if found.tokens == 1 else 2,
    )
    if found.valid > 1:
        words = ngettext(
            "About {n} token, {each} a line (give or take a third).",
            "About {n} tokens, {each} a line (give or take a third).",
            1 if found.tokens == 1 else 2,
        )
    tokens = words.format(n=rough(found.tokens), each=rough(found.tokens_per_example))
    lines = _("{lines}, {sound}.").format(
        lines=counted(found.lines, "{n} line", "{n} lines"), sound=_sound(found.valid, found.lines)
    )
    return " ".join(filter(None, (lines, tokens, _cost(framework, found, today))))


def _sound(valid: int, lines: int) -> str:
    """How many lines a provider would take.

    >>> _sound(1, 1), _sound(0, 1), _sound(2, 2), _sound(1, 2), _sound(0, 2)
    ('and it is sound', 'and it is not sound', 'all of them sound', '1 of them sound', 'none of them sound')
    """
    if lines == 1:
        return _("and it is sound") if valid else _("and it is not sound")
    if valid == lines:
        return _("all of them sound")
    return _("{n} of them sound").format(n=number(valid)) if valid else _("none of them sound")


def _cost(framework: Framework, found: TrainingFigures, today: date) -> str:
    passes = usual_passes(framework)
    run = run_cost_on_market(framework.market, found.tokens, epochs=passes, today=today) if found.tokens else None
    if run is None:
        return ""
    costs = _("up to {high}")
    if run.highest < 1:
        costs = _("less than {least}")
    elif run.lowest >= 1:
        costs = _("{low} to {high}")
    return _("One training run of {passes} costs {costs}, by the price list.").format(
        passes=counted(passes, "{n} pass", "{n} passes"),
        costs=costs.format(least=money(1, _SIGN), low=money(run.lowest, _SIGN), high=money(run.highest, _SIGN)),
    )


def _labels(found: TrainingFigures) -> ShownTable:
    labels = found.labels or {}
    total = sum(labels.values())
    rows = [
        ShownRow(name=name or _("(empty)"), cells=[shared(Part(count=many, of=total))])
        for name, many in sorted(labels.items(), key=lambda one: -one[1])
    ]
    return ShownTable(
        caption=_("Labels"),
        head=[_("Label"), _("Share of the examples")],
        rows=rows,
        most=_MOST_LABELS,
        more=_("{n} more labels"),
    )


def _to_look_at(found: TrainingFigures) -> ShownTable:
    """What there is to look at; nothing where all is well."""
    said = [
        (_("Exact copies"), found.copy_count, _("The same line again, word for word")),
        (_("Same input, another output"), found.contradiction_count, _("A model cannot learn both")),
        (_("Near copies"), found.near_count, _("They say almost the same as an earlier line")),
        (
            _("Near copies with another label"),
            found.near_other_label_count,
            _("One of the two labels is likely to be wrong"),
        ),
        (
            _("Also in the evaluation file"),
            found.overlap_exact or 0,
            _("A model cannot be tested on what it has learnt"),
        ),
        (
            _("Near copies of the evaluation file"),
            found.overlap_near or 0,
            _("A test on what was nearly learnt says little"),
        ),
        (_("Much longer than the rest"), found.longest_count, _("Look whether they belong here")),
        (_("Lines with a warning"), found.warnings, _("Some providers refuse them")),
        (_("Empty lines"), found.empty, _("They are left out")),
        *(
            (_HINTS.get(kind, kind), many, _("Found by their pattern: look at each, there may be more"))
            for kind, many in found.hint_counts.items()
        ),
    ]
    rows = [
        ShownRow(name=name, cells=[ShownCell(words=number(many)), ShownCell(words=why, is_text=True)])
        for name, many, why in said
        if many
    ]
    return ShownTable(caption=_("To look at"), head=[_("What"), _("Lines"), _("Why it matters")], rows=rows)


def _lines(found: TrainingFigures) -> ShownTable:
    said: Sequence[tuple[str, Sequence[tuple[int, int]]]] = (
        (_("Exact copies"), [(later, earlier) for earlier, later in found.copies]),
        (_("Same input, another output"), [(later, earlier) for earlier, later in found.contradictions]),
        (_("Near copies"), [(later, earlier) for earlier, later in found.near]),
        (_("Near copies with another label"), [(later, earlier) for earlier, later in found.near_other_label]),
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
        longest = _told([number(line) for line, _length in found.longest])
        rows.append(ShownRow(name=_("Much longer than the rest"), cells=[ShownCell(words=longest, is_text=True)]))
    return ShownTable(
        caption=_("Which lines"),
        head=[_("What"), _("Line → the earlier line")],
        rows=rows,
        folded=_("Which lines"),
    )


def _told(words: Sequence[str]) -> str:
    """The first few; the rest are counted."""
    if len(words) <= _MOST_LINES:
        return ", ".join(words)
    return _("{lines} and {n} more").format(lines=", ".join(words[:_MOST_LINES]), n=number(len(words) - _MOST_LINES))
