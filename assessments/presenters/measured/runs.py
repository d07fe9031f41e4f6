"""What evaluation runs show: one sentence, the variants, the slices, and pairs on the same cases."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assessments.engine.measured.figures import PairFigures, Part, RunFigures, VariantFigures

from ..formats import chance, count, counted, number, points, points_span, price, share, share_span, spelt, took
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
            return "No call of this run was graded"
        told = f"{number(round(best.passed.count, 2))} of {_cases(best.passed.of)}"
        return f"{_quoted(best.name)} passes {told}, {share(best.passed.share)} ({share_span(*best.passed.interval)})"
    before, after = _quoted(names[pair.before]), _quoted(names[pair.after])
    if not _is_sure(pair, terms):
        told = f"{spelt(pair.wins, '{n} win', '{n} wins')}, {spelt(pair.losses, '{n} loss', '{n} losses')}"
        return f"On {_cases(pair.cases)} {after} and {before} cannot be told apart: {told}"
    if pair.wins < pair.losses:
        return f"On {_cases(pair.cases)} {after} loses to {before}, {number(pair.losses)} to {number(pair.wins)}"
    said = f"On {_cases(pair.cases)} {after} beats {before} {number(pair.wins)} to {number(pair.losses)}"
    if where := _lost_slice(pair):
        _, wins, losses = pair.slices[where]
        said += f"; it loses in {_quoted(where)}, {number(losses)} to {number(wins)}"
    return said


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
    told = f"That is {_difference(pair)} in cases passed. " if pair.difference or pair.wins else ""
    if pair.tells_above is None:
        return f"{told}So few cases differ that no difference can be told: run more cases."
    return f"{told}This many cases can tell differences above {points(pair.tells_above)}."


def _difference(pair: PairFigures) -> str:
    if pair.low is None or pair.high is None or pair.low == pair.high:
        return points(pair.difference)
    return f"{points(pair.difference)} ({points_span(pair.low, pair.high)})"


def _notes(run: RunFigures) -> list[str]:
    notes = []
    if not run.same_cases:
        notes.append("Not every variant was graded on the same cases. Pairs count the cases that both have.")
    if unchecked := [one for one in run.variants if not one.is_checked]:
        whole = (
            "this run" if len(unchecked) == len(run.variants) else spelt(len(unchecked), "{n} variant", "{n} variants")
        )
        check = "checks" if whole == "this run" or len(unchecked) == 1 else "check"
        notes.append(f"{starting(whole)} {check} nothing, so that every call passes. Only times and costs count.")
    if run.prompts and run.prompts.common_cases and len(run.prompts.groups) < len(run.variants):
        prompts = spelt(len(run.prompts.groups), "{n} different prompt", "{n} different prompts")
        notes.append(f"{starting(prompts)} on the same {_cases(run.prompts.common_cases)}.")
    return notes


_Maker = Callable[[VariantFigures], ShownCell]


def _variants(run: RunFigures, terms: RunTerms) -> ShownTable:
    columns = [(head, make) for head, make in _COLUMNS if any(make(one) is not NOTHING for one in run.variants)]
    ordered = sorted(run.variants, key=lambda one: (one.key != terms.in_use, -(one.passed.share or 0.0)))
    rows = [
        ShownRow(
            name=one.name,
            small=_marked(one, terms),
            cells=[make(one) for _, make in columns],
            is_strong=one.key == terms.in_use,
        )
        for one in ordered
    ]
    return ShownTable(
        caption="Variants",
        head=["Variant", *(head for head, _ in columns)],
        notes=["The range behind a count, and the thin line: where the true share lies, 19 times out of 20."],
        is_wide=True,
        rows=rows,
        most=_MOST_VARIANTS,
        noun="variants",
    )


def _marked(one: VariantFigures, terms: RunTerms) -> str:
    marks = ["in use"] * (one.key == terms.in_use) + ["tuned"] * (one.key in terms.tuned)
    return ", ".join([*marks, one.model] if one.model and one.model not in one.name else marks)


def _broken(one: VariantFigures) -> ShownCell:
    small = share(one.broken_share) if one.broken else ""
    of = counted(one.rows, "of {n} call", "of {n} calls")
    return ShownCell(words=number(one.broken), small=", ".join(filter(None, (of, small))))


def _times(one: VariantFigures) -> ShownCell:
    if one.p50 is None or one.p95 is None:
        return NOTHING
    small = f"19 of 20 within {took(one.p95)}"
    if one.over_limit and one.over_limit.of:
        small += f"; {number(one.over_limit.count)} above the limit"
    if one.slowest is not None and one.slowest > one.p95:
        small += f"; the slowest {took(one.slowest)}"
    return ShownCell(words=took(one.p50), small=small)


def _cost(one: VariantFigures) -> ShownCell:
    if one.mean_cost is None:
        return NOTHING
    return ShownCell(
        words=price(one.mean_cost, _SIGN),
        small=f"{price(one.cost_per_pass, _SIGN)} per pass" if one.cost_per_pass is not None else "",
    )


_COLUMNS: Sequence[tuple[str, _Maker]] = (
    ("Passed", lambda one: shared(one.passed)),
    ("Broken calls", _broken),
    ("Format failures", lambda one: shared(one.format_failures)),
    ("Time, median", _times),
    ("Cost per request", _cost),
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
    notes = [f"Grey: fewer than {number(terms.few_cases)} cases, too few to say."]
    if left:
        notes.append(counted(left, "{n} more variant is left out here.", "{n} more variants are left out here."))
    return ShownTable(
        caption="Slices, where variants differ most first",
        head=["Slice", *(one.name for one in shown)],
        notes=notes,
        is_wide=len(shown) > 2,
        rows=rows,
        most=_MOST_SLICES,
        noun="slices",
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
    of = f"{number(round(part.count, 2))} of {number(part.of)}"
    if part.of < terms.few_cases:
        return ShownCell(words=of, small="too few to say", is_faint=True)
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
        note = "p: how often chance alone would split wins and losses at least so unevenly (exact test)."
        if many > 1:
            note += f" {count(many).capitalize()} were compared with it, and p is adjusted for that (Holm)."
        yield ShownTable(
            caption=f"Compared with {_quoted(names[before])}, on the same cases",
            head=["Variant", "Better or worse", "Wins", "Losses", "Difference", "Can tell above", "Most losses in"],
            folded=f"Compared with {_quoted(names[before])}: wins, losses and whether chance explains them",
            notes=[note],
            is_wide=True,
            rows=rows,
            most=_MOST_PAIRS,
            noun="variants",
        )


def _pair_row(pair: PairFigures, names: Mapping[str, str], terms: RunTerms) -> ShownRow:
    missing = pair.only_before + pair.only_after
    lost = max(pair.losses_by_slice, key=lambda name: pair.losses_by_slice[name], default="")
    word = ("Better" if pair.wins > pair.losses else "Worse") if _is_sure(pair, terms) else "Cannot tell"
    raw = f"p {chance(pair.p)}"
    adjusted = f", {chance(pair.adjusted_p)} adjusted" if pair.compared > 1 else ""
    return ShownRow(
        name=names[pair.after],
        small=_cases(pair.cases) + (f", {number(missing)} in one of them only" if missing else ""),
        cells=[
            ShownCell(words=word, small=f"{raw}{adjusted}", is_text=True),
            ShownCell(words=number(pair.wins), small=_decided(pair.decided)),
            ShownCell(words=number(pair.losses), small=f"{number(pair.ties)} alike"),
            ShownCell(
                words=points(pair.difference),
                small="" if pair.low is None or pair.high is None else points_span(pair.low, pair.high),
            ),
            ShownCell(words=points(pair.tells_above))
            if pair.tells_above is not None
            else ShownCell(words="Nothing", small="run more cases"),
            ShownCell(words=lost, small=f"{number(pair.losses_by_slice[lost])} of {number(pair.losses)}", is_text=True)
            if lost
            else NOTHING,
        ],
    )


def _decided(part: Part) -> str:
    """The share of wins among the cases that came out otherwise; empty where none did."""
    if part.share is None:
        return ""
    differ = counted(part.of, "{n} that differs", "{n} that differ")
    return f"{share(part.share)} of {differ}, {share_span(*part.interval)}"


def _quoted(name: str) -> str:
    return f"“{shortened(name, _LONGEST_NAME)}”"


def _cases(many: int) -> str:
    return counted(many, "{n} case", "{n} cases")
