"""What evaluation runs show: one sentence, the variants, the slices, and pairs on the same cases."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.engine.measured.figures import PairFigures, Part, RunFigures, VariantFigures

from ..formats import (
    chance,
    count,
    counted,
    number,
    points,
    points_span,
    price,
    quoted,
    share,
    share_span,
    spelt,
    took,
)
from ..words import shortened, starting
from .shown import NOTHING, ShownCell, ShownRow, ShownTable, ToldFigures, shared

_SIGN = "$"
"""Tools write costs in US dollars."""
_LONGEST_NAME = 40
_MOST_VARIANTS, _MOST_SLICES, _MOST_COLUMNS, _MOST_PAIRS = 5, 6, 5, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTerms:
    """What a run is told by: what people chose of it, and the framework's bounds."""

    in_use: str = ""
    tuned: Collection[str] = ()
    few_cases: int
    """Slices of fewer cases say too little."""
    sure: float
    """A difference counts up to this p value, adjusted for how many are compared."""


def present_run(run: RunFigures, terms: RunTerms) -> ToldFigures:
    names = {variant.key: variant.name for variant in run.variants}
    tables = [_variants(run, terms), _slices(run, terms), *_pairs(run, names, terms)]
    return ToldFigures(
        heading=_heading(run, names, terms),
        lead=_lead(run, names, terms),
        tables=[table for table in tables if table.rows],
        notes=_notes(run),
    )


def _heading(run: RunFigures, names: Mapping[str, str], terms: RunTerms) -> str:
    pair = main_pair(run, terms)
    if pair is None:
        best = max(run.variants, key=lambda one: one.passed.share or 0.0, default=None)
        if best is None or best.passed.share is None:
            return _("No call of this run was graded")
        return ngettext(
            "{variant} passes {passed} of {n} case, {share} ({span})",
            "{variant} passes {passed} of {n} cases, {share} ({span})",
            best.passed.of,
        ).format(
            variant=_quoted(best.name),
            passed=number(round(best.passed.count, 2)),
            n=number(best.passed.of),
            share=share(best.passed.share),
            span=share_span(*best.passed.interval),
        )
    words = _("On {cases} {after} beats {before} {wins} to {losses}")
    if not _is_sure(pair, terms):
        words = _("On {cases} {after} and {before} cannot be told apart: {spelt_wins}, {spelt_losses}")
    elif pair.wins < pair.losses:
        words = _("On {cases} {after} loses to {before}, {losses} to {wins}")
    said = words.format(
        cases=_cases(pair.cases),
        after=_quoted(names[pair.after]),
        before=_quoted(names[pair.before]),
        wins=number(pair.wins),
        losses=number(pair.losses),
        spelt_wins=spelt(pair.wins, "{n} win", "{n} wins"),
        spelt_losses=spelt(pair.losses, "{n} loss", "{n} losses"),
    )
    where = _lost_slice(pair)
    if not where or not _is_sure(pair, terms) or pair.wins < pair.losses:
        return said
    _cases_there, wins, losses = pair.slices[where]
    return _("{finding}; it loses in {slice}, {losses} to {wins}").format(
        finding=said, slice=_quoted(where), losses=number(losses), wins=number(wins)
    )


def main_pair(run: RunFigures, terms: RunTerms) -> PairFigures | None:
    """The comparison that says most: of a tuned variant with the one in use, else the surest."""
    pairs = [pair for pair in run.pairs if pair.cases]
    tuned = [pair for pair in pairs if pair.after in terms.tuned and pair.before not in terms.tuned]
    first = terms.in_use or (pairs[0].before if pairs else "")
    with_first = [pair for pair in tuned if pair.before == first]
    return min(with_first or tuned or pairs, key=lambda pair: (pair.adjusted_p, -abs(pair.difference)), default=None)


def _lost_slice(pair: PairFigures) -> str:
    """The slice in which it loses most, though it wins on the whole."""
    lost = {name: losses for name, (_, wins, losses) in pair.slices.items() if losses > wins and name}
    return max(lost, key=lambda name: (lost[name], name)) if lost else ""


def _is_sure(pair: PairFigures, terms: RunTerms) -> bool:
    return pair.adjusted_p <= terms.sure


def _lead(run: RunFigures, names: Mapping[str, str], terms: RunTerms) -> str:
    pair = main_pair(run, terms)
    if pair is None:
        return ""
    told = []
    if pair.difference or pair.wins:
        told.append(_("That is {points} in cases passed.").format(points=_difference(pair)))
    if pair.tells_above is None:
        told.append(_("So few cases differ that no difference can be told: run more cases."))
    else:
        told.append(_("This many cases can tell differences above {points}.").format(points=points(pair.tells_above)))
    return " ".join(told)


def _difference(pair: PairFigures) -> str:
    if pair.low is None or pair.high is None or pair.low == pair.high:
        return points(pair.difference)
    return f"{points(pair.difference)} ({points_span(pair.low, pair.high)})"


def _notes(run: RunFigures) -> list[str]:
    notes = []
    if not run.same_cases:
        notes.append(_("Not every variant was graded on the same cases. Pairs count the cases that both have."))
    if unchecked := [one for one in run.variants if not one.is_checked]:
        unsaid = _("This run checks nothing, so that every call passes. Only times and costs count.")
        if len(unchecked) < len(run.variants):
            unsaid = spelt(
                len(unchecked),
                "{n} variant checks nothing, so that every call passes. Only times and costs count.",
                "{n} variants check nothing, so that every call passes. Only times and costs count.",
            )
        notes.append(starting(unsaid))
    if run.prompts and run.prompts.common_cases and len(run.prompts.groups) < len(run.variants):
        prompts = spelt(len(run.prompts.groups), "{n} different prompt", "{n} different prompts")
        same = counted(run.prompts.common_cases, "on the same {n} case", "on the same {n} cases")
        notes.append(f"{starting(prompts)} {same}.")
    return notes


_Maker = Callable[[VariantFigures], ShownCell]


def _variants(run: RunFigures, terms: RunTerms) -> ShownTable:
    columns = [(_(head), make) for head, make in _COLUMNS if any(make(one) is not NOTHING for one in run.variants)]
    ordered = sorted(run.variants, key=lambda one: (one.key != terms.in_use, -(one.passed.share or 0.0)))
    rows = [
        ShownRow(
            name=one.name,
            small=_marked(one, terms),
            cells=[make(one) for _head, make in columns],
            is_strong=one.key == terms.in_use,
        )
        for one in ordered
    ]
    return ShownTable(
        caption=_("Variants"),
        head=[_("Variant"), *(head for head, _make in columns)],
        notes=[_("The range behind a count, and the thin line: where the true share lies, 19 times out of 20.")],
        is_wide=True,
        rows=rows,
        most=_MOST_VARIANTS,
        more=_("{n} more variants"),
    )


def _marked(one: VariantFigures, terms: RunTerms) -> str:
    marks = [_("in use")] * (one.key == terms.in_use) + [_("tuned")] * (one.key in terms.tuned)
    return ", ".join([*marks, one.model] if one.model and one.model not in one.name else marks)


def _broken(one: VariantFigures) -> ShownCell:
    small = share(one.broken_share) if one.broken else ""
    of = counted(one.rows, "of {n} call", "of {n} calls")
    return ShownCell(words=number(one.broken), small=", ".join(filter(None, (of, small))))


def _times(one: VariantFigures) -> ShownCell:
    if one.p50 is None or one.p95 is None:
        return NOTHING
    small = [_("19 of 20 within {time}").format(time=took(one.p95))]
    if one.over_limit and one.over_limit.of:
        small.append(_("{n} above the limit").format(n=number(one.over_limit.count)))
    if one.slowest is not None and one.slowest > one.p95:
        small.append(_("the slowest {time}").format(time=took(one.slowest)))
    return ShownCell(words=took(one.p50), small="; ".join(small))


def _cost(one: VariantFigures) -> ShownCell:
    if one.mean_cost is None:
        return NOTHING
    small = ""
    if one.cost_per_pass is not None:
        small = _("{price} per pass").format(price=price(one.cost_per_pass, _SIGN))
    return ShownCell(words=price(one.mean_cost, _SIGN), small=small)


_COLUMNS: Sequence[tuple[str, _Maker]] = (
    (gettext_noop("Passed"), lambda one: shared(one.passed)),
    (gettext_noop("Broken calls"), _broken),
    (gettext_noop("Format failures"), lambda one: shared(one.format_failures)),
    (gettext_noop("Time, median"), _times),
    (gettext_noop("Cost per request"), _cost),
)


def _slices(run: RunFigures, terms: RunTerms) -> ShownTable:
    """Slices in rows, variants in columns: a few that matter open, all of them folded."""
    parts = {one.key: {slice.name: slice.passed for slice in one.slices} for one in run.variants}
    names = [name for name in dict.fromkeys(name for own in parts.values() for name in own) if name]
    shown, pair = list(_columns(run, terms)), main_pair(run, terms)
    lost = _lost_slice(pair) if pair and _is_sure(pair, terms) else ""
    rows = [
        ShownRow(name=name, cells=[_slice_cell(parts[one.key].get(name), terms) for one in shown])
        for name in sorted(names, key=lambda name: (name != lost, -_spread(parts, shown, name, terms)))
    ]
    left = len(run.variants) - len(shown)
    notes = [_("Grey: fewer than {n} cases, too few to say.").format(n=number(terms.few_cases))]
    if left:
        notes.append(counted(left, "{n} more variant is left out here.", "{n} more variants are left out here."))
    return ShownTable(
        caption=_("Slices, where variants differ most first"),
        head=[_("Slice"), *(one.name for one in shown)],
        notes=notes,
        is_wide=len(shown) > 2,
        rows=rows,
        most=_MOST_SLICES,
        more=_("{n} more slices"),
    )


def _columns(run: RunFigures, terms: RunTerms) -> Iterator[VariantFigures]:
    """The variants that matter most: in use, of the main pair, then the best."""
    pair = main_pair(run, terms)
    first = [key for key in (terms.in_use, pair and pair.before, pair and pair.after) if key]
    best = sorted(run.variants, key=lambda one: -(one.passed.share or 0.0))
    keys = list(dict.fromkeys([*first, *(one.key for one in best)]))[:_MOST_COLUMNS]
    yield from (one for one in run.variants if one.key in keys)


def _spread(
    parts: Mapping[str, Mapping[str, Part]], shown: Sequence[VariantFigures], name: str, terms: RunTerms
) -> float:
    """How far the variants lie apart in this slice; those of too few cases come last."""
    found = [part for one in shown if (part := parts[one.key].get(name)) and part.of]
    shares = [part.share for part in found if part.share is not None]
    if not shares:
        return -2.0
    return max(shares) - min(shares) - (max(part.of for part in found) < terms.few_cases)


def _slice_cell(part: Part | None, terms: RunTerms) -> ShownCell:
    if part is None or part.share is None:
        return NOTHING
    of = _("{n} of {all}").format(n=number(round(part.count, 2)), all=number(part.of))
    if part.of < terms.few_cases:
        return ShownCell(words=of, small=_("too few to say"), is_faint=True)
    return ShownCell(words=share(part.share), small=f"{of}, {share_span(*part.interval)}")


def _pairs(run: RunFigures, names: Mapping[str, str], terms: RunTerms) -> Iterator[ShownTable]:
    """One table for each that others are compared with; the first stands open."""
    main, places = main_pair(run, terms), list(names)
    ordered = sorted(
        (pair for pair in run.pairs if pair.cases),
        key=lambda pair: (main is None or pair.before != main.before, places.index(pair.before)),
    )
    for before, pairs in groupby(ordered, key=lambda pair: pair.before):
        compared = list(pairs)
        many = compared[0].compared
        rows = [
            _pair_row(pair, names, terms)
            for pair in sorted(compared, key=lambda one: (one.adjusted_p, -abs(one.difference)))
        ]
        notes = [_("p: how often chance alone would split wins and losses at least so unevenly (exact test).")]
        if many > 1:
            adjusted = _("{n} were compared with it, and p is adjusted for that (Holm).")
            notes.append(adjusted.format(n=starting(count(many))))
        other = _quoted(names[before])
        folded = _("Compared with {other}: wins, losses and whether chance explains them").format(other=other)
        yield ShownTable(
            caption=_("Compared with {other}, on the same cases").format(other=other),
            head=[
                _("Variant"),
                _("Better or worse"),
                _("Wins"),
                _("Losses"),
                _("Difference"),
                _("Can tell above"),
                _("Most losses in"),
            ],
            folded=folded,
            notes=[" ".join(notes)],
            is_wide=True,
            rows=rows,
            most=_MOST_PAIRS,
            more=_("{n} more variants"),
        )


def _pair_row(pair: PairFigures, names: Mapping[str, str], terms: RunTerms) -> ShownRow:
    missing = pair.only_before + pair.only_after
    lost = max(pair.losses_by_slice, key=lambda name: pair.losses_by_slice[name], default="")
    word = (_("Better") if pair.wins > pair.losses else _("Worse")) if _is_sure(pair, terms) else _("Cannot tell")
    raw = _("p {chance}, {adjusted} adjusted") if pair.compared > 1 else "p {chance}"
    small = _cases(pair.cases)
    if missing:
        small = _("{cases}, {n} in one of them only").format(cases=small, n=number(missing))
    return ShownRow(
        name=names[pair.after],
        small=small,
        cells=[
            ShownCell(
                words=word, small=raw.format(chance=chance(pair.p), adjusted=chance(pair.adjusted_p)), is_text=True
            ),
            ShownCell(words=number(pair.wins), small=_decided(pair.decided)),
            ShownCell(words=number(pair.losses), small=_("{n} alike").format(n=number(pair.ties))),
            ShownCell(
                words=points(pair.difference),
                small="" if pair.low is None or pair.high is None else points_span(pair.low, pair.high),
            ),
            ShownCell(words=points(pair.tells_above))
            if pair.tells_above is not None
            else ShownCell(words=_("Nothing"), small=_("run more cases")),
            ShownCell(
                words=lost,
                small=_("{n} of {all}").format(n=number(pair.losses_by_slice[lost]), all=number(pair.losses)),
                is_text=True,
            )
            if lost
            else NOTHING,
        ],
    )


def _decided(part: Part) -> str:
    """The share of wins among the cases that came out otherwise; empty where none did."""
    if part.share is None:
        return ""
    return ngettext("{share} of {n} that differs, {span}", "{share} of {n} that differ, {span}", part.of).format(
        share=share(part.share), n=number(part.of), span=share_span(*part.interval)
    )


def _quoted(name: str) -> str:
    return quoted(shortened(name, _LONGEST_NAME))


def _cases(many: int) -> str:
    return counted(many, "{n} case", "{n} cases")
