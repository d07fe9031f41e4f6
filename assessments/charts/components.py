"""What the cost of each approach is made of, over the horizon: one stacked bar for each."""

from collections.abc import Mapping, Sequence
from textwrap import shorten

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.engine.economics.money import ApproachMoney
from assessments.framework.notation import ENGLISH, current, words_of

from . import palette
from .axes import brief_money, ticks_within
from .bars import bar_trace, row_name, rows_figure
from .chart import Chart
from .lines import Cast

# Small ones stand together, so that a bar can be read. Upfront comes first, at the zero line.
PARTS: Mapping[str, tuple[str, ...]] = {
    "Before it goes live": ("upfront",),
    "Tokens": ("tokens", "escalation"),
    "People who take over": ("people",),
    "Hosting and GPUs": ("hosting", "gpus"),
    "Upkeep": ("upkeep", "other"),
    "Retraining and redoing": ("retraining", "redo"),
}

_SHORT = 34
_NUMBERED = 0.035  # of the whole width: narrower parts have no room for their number


def costs_by_part(money: ApproachMoney) -> dict[str, float]:
    """Money over the horizon, undiscounted, by what they are spent on. They add up to the whole cost."""
    sums = {"upfront": money.upfront} | {key: sum(amounts) for key, amounts in money.components.items()}
    return {name: sum(sums[key] for key in keys) for name, keys in PARTS.items()}


def part_in_words(name: str, *, within: bool = False) -> str:
    """What a part is called, by its key in `PARTS`; `within` a sentence, where German keeps the capital of a noun."""
    words = {
        "Before it goes live": _("Before it goes live"),
        "Tokens": pgettext("of a model", "Tokens"),
        "People who take over": _("People who take over"),
        "Hosting and GPUs": _("Hosting and GPUs"),
        "Upkeep": _("Upkeep"),
        "Retraining and redoing": _("Retraining and redoing"),
    }[name]
    return words.lower() if within and words_of(current()) == ENGLISH else words


def components_chart(approaches: Sequence[ApproachMoney], cast: Cast, *, sign: str) -> Chart:
    """A row for each approach, the cheapest first, and the same parts in the same order in each."""
    by_approach = {money.approach: costs_by_part(money) for money in approaches}
    totals = {name: sum(parts.values()) for name, parts in by_approach.items()}
    rows = sorted(by_approach, key=totals.__getitem__)
    span, ticks = ticks_within([0, *totals.values()])
    wide_enough = _NUMBERED * span[1]
    data = []
    base = [0.0] * len(rows)
    for number, (part, colour) in enumerate(zip(PARTS, palette.PARTS, strict=True), 1):
        sizes = [by_approach[name][part] for name in rows]
        data.append(
            bar_trace(
                name=part_in_words(part),
                colour=colour,
                base=base,
                length=sizes,
                words=[str(number) if size >= wide_enough else "" for size in sizes],
                hover=[
                    f"{cast.names[name]}: {part_in_words(part, within=True)} {brief_money(size, sign)}"
                    for name, size in zip(rows, sizes, strict=True)
                ],
            )
        )
        base = [start + size for start, size in zip(base, sizes, strict=True)]
    names = {name: f"{cast.names[name]} {brief_money(totals[name], sign)}" for name in rows}
    return Chart(
        key="components",
        title=_("Cost by what it is spent on"),
        description=", ".join(names.values()) + ".",
        figure=rows_figure(
            data,
            rows=len(rows),
            span=span,
            ticks=ticks,
            sign=sign,
            notes=[
                row_name(words, short=_short(words, cast.names[name]), row=row, strong=name == cast.main)
                for row, (name, words) in enumerate(names.items())
            ],
        ),
    )


def _short(words: str, name: str) -> str:
    """A name with its amount, as far as there is room on the smallest phone."""
    amount = words.removeprefix(name)
    return words if len(words) <= _SHORT else shorten(name, _SHORT - len(amount), placeholder="…") + amount
