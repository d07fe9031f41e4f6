"""The controlled comparison in words and tables: what leads and why, variants in columns, where the losses are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.engine.measured.comparison import MeasuredComparison, MeasuredPair, MeasuredVariant
from assessments.engine.measured.rule import Aims, LeadReason, MeasuredLead
from assessments.framework import Framework

from ..formats import count, counted, number, points, points_span, price, quoted, took
from ..words import in_words, shortened
from .shown import NOTHING, ShownCell, ShownRow, ShownTable, ToldFigures, shared

_SIGN = "$"
_LONGEST = 60
_HEADINGS: Mapping[LeadReason, str] = {
    "gain": gettext_noop("Measured: {leads} leads"),
    "no_gain": gettext_noop("Measured: {leads} leads, the gain of {owned} is too small"),
    "cant_tell": gettext_noop("Measured: {leads} leads, it cannot be told that {owned} gains enough"),
    "slice_lost": gettext_noop("Measured: {leads} leads, {owned} loses where it may not"),
    "not_paid_back": gettext_noop("Measured: {leads} leads, {owned} never pays back"),
    "not_to_be_had": gettext_noop("Measured: {leads} leads"),
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
        return _("Measured. {sentence}").format(sentence=_lead(framework, comparison, lead, {}))
    names, pair = role_names(framework, comparison), lead.challenger.pair
    told = _("Measured on {cases}: {after} wins {wins} and loses {losses} against {before}, {points} ({span}).").format(
        cases=_cases(pair.cases),
        after=_quoted(names[pair.after]),
        wins=number(pair.wins),
        losses=number(pair.losses),
        before=_quoted(names[pair.before]),
        points=points(pair.difference),
        span=points_span(pair.low, pair.high),
    )
    return " ".join(filter(None, (told, _but(lead))))


def _heading(lead: MeasuredLead | None, names: Mapping[str, str]) -> str:
    if lead is None:
        return _("The comparison decides nothing yet")
    owned = _quoted(names[lead.challenger.variant.role]) if lead.challenger else ""
    return _(_HEADINGS[lead.reason]).format(leads=_quoted(names[lead.variant.role]), owned=owned)


def _lead(
    framework: Framework, comparison: MeasuredComparison, lead: MeasuredLead | None, names: Mapping[str, str]
) -> str:
    if lead is None:
        text = _(
            "It takes a variant that you would have to look after, and the best of those that you would not, on the "
            "same {measured_from} cases or more."
        )
        return in_words(framework, text)
    if lead.challenger is None:
        return _("What was tuned cannot be had, so the best of the others leads.")
    pair, owned = lead.challenger.pair, names[lead.challenger.variant.role]
    said = _(
        "On {cases} {owned} wins {wins} and loses {losses} against {best}, the best that leaves nothing to look after: "
        "{points} ({span})."
    ).format(
        cases=_cases(pair.cases),
        owned=_quoted(owned),
        wins=number(pair.wins),
        losses=number(pair.losses),
        best=_quoted(names[lead.best.role]),
        points=points(pair.difference),
        span=points_span(pair.low, pair.high),
    )
    simpler = ""
    if lead.reason != "gain" and lead.variant != lead.best:
        simpler = _("{leads} is not told apart from that one, and is simpler.").format(
            leads=_quoted(names[lead.variant.role])
        )
    return " ".join(filter(None, (said, _but(lead), simpler)))


def _but(lead: MeasuredLead) -> str:
    """Why it does not lead all the same; empty where it does."""
    challenger = lead.challenger
    if lead.reason == "slice_lost" and challenger:
        return _("It loses in {slices}, where nothing may be lost.").format(
            slices=", ".join(map(_quoted, challenger.lost))
        )
    if lead.reason == "not_paid_back":
        return _("By your own figures it never pays back for good.")
    if lead.reason == "no_gain":
        return _("That is less than the {points} that you ask for.").format(points=points(lead.aims.least_improvement))
    if lead.reason == "cant_tell":
        return _("That does not establish a gain of more than {points}.").format(
            points=points(lead.aims.least_improvement)
        )
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
            words = _("Against {other}, the one loss of {owned} is in {slice}.")
            if pair.losses > 1:
                words = ngettext(
                    "Against {other}, one of the {all} losses of {owned} is in {slice}.",
                    "Against {other}, {n} of the {all} losses of {owned} are in {slice}.",
                    worst.losses,
                )
            return words.format(
                other=_quoted(names[other]),
                n=count(worst.losses),
                all=count(pair.losses),
                owned=_quoted(names[owned.role]),
                slice=_quoted(worst.name),
            )
    return ""


def _owned(framework: Framework, comparison: MeasuredComparison) -> MeasuredVariant | None:
    """The best of those that would be owned."""
    owned = [one for one in comparison.variants if framework.approach[one.approach].owned]
    return max(owned, key=lambda one: one.rate.share or 0.0, default=None)


def _aims(aims: Aims, lead: MeasuredLead | None) -> str:
    said = [_("Nobody wrote down a least improvement, so any gain that is established counts.")]
    if aims.is_stated:
        least = points(aims.least_improvement)
        said = [_("The least improvement that you ask for is {points}.").format(points=least)]
    if aims.critical:
        said.append(_("Nothing may be lost in {slices}.").format(slices=", ".join(map(_quoted, aims.critical))))
    challenger = lead.challenger if lead else None
    if challenger and challenger.unmeasured:
        slices = ", ".join(map(_quoted, challenger.unmeasured))
        said.append(_("Not measured: {slices}; a full go waits for it.").format(slices=slices))
    if challenger and challenger.leads and challenger.never_pays is None:
        said.append(_("No costs are entered for it, so a full go waits for them."))
    return " ".join(said)


def _same_cases(comparison: MeasuredComparison) -> str:
    fewest = min((pair.cases for pair in comparison.pairs), default=0)
    most = max((one.cases for one in comparison.variants), default=0)
    if fewest == most:
        return counted(most, "All variants ran on the same {n} case.", "All variants ran on the same {n} cases.")
    return _("Any two variants share {cases} at least, of up to {most}: pairs count those alone.").format(
        cases=_cases(fewest), most=number(most)
    )


def _tables(
    framework: Framework, comparison: MeasuredComparison, lead: MeasuredLead | None, names: Mapping[str, str]
) -> Iterator[ShownTable]:
    few = framework.evidence.thresholds.few_in_slice
    variants = comparison.variants
    rows = [
        ShownRow(name=_("Variant"), cells=[_text(shortened(one.name, _LONGEST)) for one in variants]),
        ShownRow(name=_("Passed"), cells=[shared(one.rate) for one in variants], is_strong=True),
        ShownRow(name=_("Format failures"), cells=[shared(one.broken_formats) for one in variants]),
        ShownRow(name=_("Time, median"), cells=[_time(one.p50) for one in variants]),
        ShownRow(name=_("Time, 19 of 20 within"), cells=[_time(one.p95) for one in variants]),
        ShownRow(name=_("Cost per request"), cells=[_cost(one.cost_per_request) for one in variants]),
        ShownRow(name=_("Cost per pass"), cells=[_cost(one.cost_per_pass) for one in variants]),
    ]
    known = [row for row in rows if any(cell is not NOTHING for cell in row.cells)]
    slices = dict.fromkeys(part.name for one in variants for part in one.slices)
    by_name = [{part.name: part for part in one.slices} for one in variants]
    known += [
        ShownRow(
            name=name,
            small=_("slice"),
            cells=[shared(own[name].rate, faint_below=few) if name in own else NOTHING for own in by_name],
        )
        for name in slices
    ]
    yield ShownTable(
        caption=_("Variants side by side"),
        head=[_("Measure"), *(names[one.role] for one in variants)],
        rows=known,
        most=11,
        more=_("{n} more slices"),
        notes=[_("Grey: fewer than {n} cases, too few to say.").format(n=number(few))],
        is_wide=True,
    )
    against = dict.fromkeys([*([lead.best.role] if lead else []), *(["prompt"] if "prompt" in names else [])])
    for place, role in enumerate(against or list(names)[:1]):
        yield _against(comparison, role, names, folded=place > 0)


def _against(comparison: MeasuredComparison, role: str, names: Mapping[str, str], *, folded: bool) -> ShownTable:
    """Every other variant against this one, on the cases that both have."""
    pairs = [pair for one in comparison.variants if (pair := comparison.pair(role, one.role))]
    caption = _("Wins and losses against {other}").format(other=_quoted(names[role]))
    return ShownTable(
        caption=caption,
        head=[_("Variant"), _("Wins"), _("Losses"), _("Difference"), _("Most losses in")],
        rows=[_pair_row(pair, names) for pair in pairs],
        folded=caption if folded else "",
    )


def _pair_row(pair: MeasuredPair, names: Mapping[str, str]) -> ShownRow:
    worst = max(pair.slices, key=lambda part: (part.losses, part.name), default=None)
    alike = number(pair.cases - pair.wins - pair.losses)
    return ShownRow(
        name=names[pair.after],
        small=_cases(pair.cases),
        cells=[
            ShownCell(words=number(pair.wins)),
            ShownCell(words=number(pair.losses), small=_("{n} alike").format(n=alike)),
            ShownCell(words=points(pair.difference), small=points_span(pair.low, pair.high)),
            _text(worst.name, _("{n} of {all}").format(n=number(worst.losses), all=number(pair.losses)))
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
    return quoted(shortened(name, _LONGEST))


def _cases(many: int) -> str:
    return counted(many, "{n} case", "{n} cases")
