"""The controlled comparison in words and tables: what leads and why, variants in columns, where the losses are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessments.engine.measured.comparison import MeasuredComparison, MeasuredPair, MeasuredVariant
from assessments.engine.measured.rule import Aims, LeadReason, MeasuredLead
from assessments.framework import Framework

from ..formats import count, counted, number, points, points_span, price, took
from ..words import in_words, shortened
from .shown import NOTHING, ShownCell, ShownRow, ShownTable, ToldFigures, shared

_SIGN = "$"
_LONGEST = 60
_HEADINGS: Mapping[LeadReason, str] = {
    "gain": "Measured: {leads} leads",
    "no_gain": "Measured: {leads} leads, the gain of {owned} is too small",
    "cant_tell": "Measured: {leads} leads, it cannot be told that {owned} gains enough",
    "slice_lost": "Measured: {leads} leads, {owned} loses where it may not",
    "not_paid_back": "Measured: {leads} leads, {owned} never pays back",
    "not_to_be_had": "Measured: {leads} leads",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingVariant:
    name: str
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredView:
    """What a comparison says, for its own page, the result and paper."""

    heading: str
    lead: str
    where_lost: str
    """In which slice most of the losses are; empty where nothing is lost."""
    aims: str
    """What was asked of a gain."""
    same_cases: str
    figures: ToldFigures
    missing: Sequence[MissingVariant]


def present_comparison(
    framework: Framework, comparison: MeasuredComparison, lead: MeasuredLead | None, aims: Aims
) -> MeasuredView:
    names = role_names(framework, comparison)
    return MeasuredView(
        heading=_heading(lead, names),
        lead=_lead(framework, comparison, lead, names),
        where_lost=_where_lost(framework, comparison, lead, names),
        aims=_aims(aims, lead),
        same_cases=_same_cases(comparison),
        figures=ToldFigures(heading="", tables=list(_tables(framework, comparison, lead, names))),
        missing=[
            MissingVariant(name=role.name, run=role.run)
            for role in framework.guide.roles
            if not any(one.role == role.key for one in comparison.variants)
        ],
    )


def role_names(framework: Framework, comparison: MeasuredComparison) -> Mapping[str, str]:
    """What each role is called."""
    named = {role.key: role.name for role in framework.guide.roles}
    return {
        one.role: named[one.role] if one.role in named else framework.approach[one.approach].name
        for one in comparison.variants
    }


def measured_in_short(framework: Framework, comparison: MeasuredComparison, lead: MeasuredLead) -> str:
    """What the measurement says, with its figures, for where there is little room."""
    if lead.challenger is None:
        return f"Measured. {_lead(framework, comparison, lead, {})}"
    names, pair = role_names(framework, comparison), lead.challenger.pair
    return (
        f"Measured on {_cases(pair.cases)}: {_quoted(names[pair.after])} wins {number(pair.wins)} and loses "
        f"{number(pair.losses)} against {_quoted(names[pair.before])}, {points(pair.difference)} "
        f"({points_span(pair.low, pair.high)}).{_but(lead)}"
    )


def _heading(lead: MeasuredLead | None, names: Mapping[str, str]) -> str:
    if lead is None:
        return "The comparison decides nothing yet"
    owned = _quoted(names[lead.challenger.variant.role]) if lead.challenger else ""
    return _HEADINGS[lead.reason].format(leads=_quoted(names[lead.variant.role]), owned=owned)


def _lead(
    framework: Framework, comparison: MeasuredComparison, lead: MeasuredLead | None, names: Mapping[str, str]
) -> str:
    if lead is None:
        text = (
            "It takes a variant that you would have to look after, and the best of those that you would not, on the "
            "same {measured_from} cases or more."
        )
        return in_words(framework, text)
    if lead.challenger is None:
        return "What was tuned cannot be had, so the best of the others leads."
    pair, owned = lead.challenger.pair, names[lead.challenger.variant.role]
    said = (
        f"On {_cases(pair.cases)} {_quoted(owned)} wins {number(pair.wins)} and loses {number(pair.losses)} against "
        f"{_quoted(names[lead.best.role])}, the best that leaves nothing to look after: {points(pair.difference)} "
        f"({points_span(pair.low, pair.high)})."
    )
    said += _but(lead)
    if lead.reason != "gain" and lead.variant != lead.best:
        said += f" {_quoted(names[lead.variant.role])} is not told apart from that one, and is simpler."
    return said


def _but(lead: MeasuredLead) -> str:
    """Why it does not lead all the same; empty where it does."""
    challenger = lead.challenger
    if lead.reason == "slice_lost" and challenger:
        return f" It loses in {', '.join(map(_quoted, challenger.lost))}, where nothing may be lost."
    if lead.reason == "not_paid_back":
        return " By your own figures it never pays back for good."
    if lead.reason == "no_gain":
        return f" That is less than the {points(lead.aims.least_improvement)} that you ask for."
    if lead.reason == "cant_tell":
        return f" That does not establish a gain of more than {points(lead.aims.least_improvement)}."
    return ""


def _where_lost(
    framework: Framework, comparison: MeasuredComparison, lead: MeasuredLead | None, names: Mapping[str, str]
) -> str:
    """Of the best that would be owned, against the prompt where that was measured, else against the best other."""
    owned = lead.challenger.variant if lead and lead.challenger else _owned(framework, comparison)
    if owned is None:
        return ""
    others = [one.role for one in comparison.variants if not framework.approach[one.approach].owned]
    first = ["prompt"] if "prompt" in others else [lead.best.role] if lead else others
    for other in first:
        pair = comparison.pair(other, owned.role)
        worst = max(pair.slices, key=lambda part: (part.losses, part.name), default=None) if pair else None
        if pair and worst and worst.losses:
            lost = f"{count(worst.losses)} of the {count(pair.losses)} losses" if pair.losses > 1 else "the one loss"
            verb = "is" if worst.losses == 1 else "are"
            return (
                f"Against {_quoted(names[other])}, {lost} of {_quoted(names[owned.role])} {verb} in "
                f"{_quoted(worst.name)}."
            )
    return ""


def _owned(framework: Framework, comparison: MeasuredComparison) -> MeasuredVariant | None:
    """The best of those that would be owned."""
    owned = [one for one in comparison.variants if framework.approach[one.approach].owned]
    return max(owned, key=lambda one: one.rate.share or 0.0, default=None)


def _aims(aims: Aims, lead: MeasuredLead | None) -> str:
    least = (
        f"The least improvement that you ask for is {points(aims.least_improvement)}."
        if aims.is_stated
        else "Nobody wrote down a least improvement, so any gain that is established counts."
    )
    critical = f" Nothing may be lost in {', '.join(map(_quoted, aims.critical))}." if aims.critical else ""
    challenger = lead.challenger if lead else None
    if challenger is None:
        return least + critical
    if challenger.unmeasured:
        critical += f" Not measured: {', '.join(map(_quoted, challenger.unmeasured))}; a full go waits for it."
    if challenger.leads and challenger.never_pays is None:
        critical += " No costs are entered for it, so a full go waits for them."
    return least + critical


def _same_cases(comparison: MeasuredComparison) -> str:
    fewest = min((pair.cases for pair in comparison.pairs), default=0)
    most = max((one.cases for one in comparison.variants), default=0)
    if fewest == most:
        return f"All variants ran on the same {_cases(most)}."
    return f"Any two variants share {_cases(fewest)} at least, of up to {number(most)}: pairs count those alone."


def _tables(
    framework: Framework, comparison: MeasuredComparison, lead: MeasuredLead | None, names: Mapping[str, str]
) -> Iterator[ShownTable]:
    few = framework.evidence.thresholds.few_in_slice
    variants = comparison.variants
    rows = [
        ShownRow(name="Variant", cells=[_text(shortened(one.name, _LONGEST)) for one in variants]),
        ShownRow(name="Passed", cells=[shared(one.rate) for one in variants], is_strong=True),
        ShownRow(name="Format failures", cells=[shared(one.broken_formats) for one in variants]),
        ShownRow(name="Time, median", cells=[_time(one.p50) for one in variants]),
        ShownRow(name="Time, 19 of 20 within", cells=[_time(one.p95) for one in variants]),
        ShownRow(name="Cost per request", cells=[_cost(one.cost_per_request) for one in variants]),
        ShownRow(name="Cost per pass", cells=[_cost(one.cost_per_pass) for one in variants]),
    ]
    known = [row for row in rows if any(cell is not NOTHING for cell in row.cells)]
    slices = dict.fromkeys(part.name for one in variants for part in one.slices)
    by_name = [{part.name: part for part in one.slices} for one in variants]
    known += [
        ShownRow(
            name=name,
            small="slice",
            cells=[shared(own[name].rate, faint_below=few) if name in own else NOTHING for own in by_name],
        )
        for name in slices
    ]
    yield ShownTable(
        caption="Variants side by side",
        head=["Measure", *(names[one.role] for one in variants)],
        rows=known,
        most=11,
        noun="slices",
        notes=[f"Grey: fewer than {number(few)} cases, too few to say."],
        is_wide=True,
    )
    against = dict.fromkeys([*([lead.best.role] if lead else []), *(["prompt"] if "prompt" in names else [])])
    for place, role in enumerate(against or list(names)[:1]):
        yield _against(comparison, role, names, folded=place > 0)


def _against(comparison: MeasuredComparison, role: str, names: Mapping[str, str], *, folded: bool) -> ShownTable:
    """Every other variant against this one, on the cases that both have."""
    pairs = [pair for one in comparison.variants if (pair := comparison.pair(role, one.role))]
    caption = f"Wins and losses against {_quoted(names[role])}"
    return ShownTable(
        caption=caption,
        head=["Variant", "Wins", "Losses", "Difference", "Most losses in"],
        rows=[_pair_row(pair, names) for pair in pairs],
        folded=caption if folded else "",
    )


def _pair_row(pair: MeasuredPair, names: Mapping[str, str]) -> ShownRow:
    worst = max(pair.slices, key=lambda part: (part.losses, part.name), default=None)
    return ShownRow(
        name=names[pair.after],
        small=_cases(pair.cases),
        cells=[
            ShownCell(words=number(pair.wins)),
            ShownCell(words=number(pair.losses), small=f"{number(pair.cases - pair.wins - pair.losses)} alike"),
            ShownCell(words=points(pair.difference), small=points_span(pair.low, pair.high)),
            _text(worst.name, f"{number(worst.losses)} of {number(pair.losses)}")
            if worst and worst.losses
            else NOTHING,
        ],
    )


def _text(words: str, small: str = "") -> ShownCell:
    return ShownCell(words=words, small=small, is_text=True)


def _time(value: float | None) -> ShownCell:
    return NOTHING if value is None else ShownCell(words=took(value))


def _cost(value: float | None) -> ShownCell:
    return NOTHING if value is None else ShownCell(words=price(value, _SIGN))


def _quoted(name: str) -> str:
    return f"“{shortened(name, _LONGEST)}”"


def _cases(many: int) -> str:
    return counted(many, "{n} case", "{n} cases")
