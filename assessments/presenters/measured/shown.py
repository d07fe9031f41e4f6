"""Tables of measured figures: each cell in words, with a range drawn where a range says more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.engine.measured.figures import LabelAgreement, Part

from ..formats import number, score, share, share_span


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareMark:
    """A share and its range, in hundredths of the width."""

    share: float
    low: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    words: str
    small: str = ""
    mark: ShareMark | None = None
    is_faint: bool = False
    """Whether it says too little to go by."""
    is_text: bool = False
    """Whether it is words rather than a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    name: str
    cells: Sequence[ShownCell]
    small: str = ""
    is_strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """Rows under a heading. What is beyond the first few is folded under how many it is."""

    caption: str
    head: Sequence[str]
    rows: Sequence[ShownRow]
    most: int = 0
    """How many rows stand open; all of them where it is 0."""
    more: str = ""
    """What is told of the rows that are folded, with {n} for how many; never a single one."""
    notes: Sequence[str] = ()
    folded: str = ""
    """What the whole table is folded under; empty where it stands open."""
    is_wide: bool = False
    """Whether it has so many columns that it scrolls in a frame of its own."""

    @property
    def parts(self) -> Iterator[tuple[str, Sequence[tuple[ShownRow, Sequence[tuple[str, ShownCell]]]]]]:
        """What stands open, and what is folded under which words: each cell of a row under its heading."""
        open_rows = len(self.rows) if len(self.rows) <= self.most + 1 else self.most or len(self.rows)
        yield "", self._under_headings(self.rows[:open_rows])
        if left := len(self.rows) - open_rows:
            yield (self.more or _("{n} more rows")).format(n=number(left)), self._under_headings(self.rows[open_rows:])

    def _under_headings(self, rows: Sequence[ShownRow]) -> Sequence[tuple[ShownRow, Sequence[tuple[str, ShownCell]]]]:
        return [(row, list(zip(self.head[1:], row.cells, strict=True))) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFigures:
    """What the figures of one find say: one sentence on top, then tables."""

    heading: str
    lead: str = ""
    tables: Sequence[ShownTable] = ()
    notes: Sequence[str] = ()


NOTHING = ShownCell(words="–", is_faint=True)


def numbered(value: float | None) -> ShownCell:
    return NOTHING if value is None else ShownCell(words=number(value))


def shared(part: Part | None, *, unit: str = "", faint_below: int = 0) -> ShownCell:
    """A share with its count and its range."""
    if part is None or part.share is None:
        return NOTHING
    told = _("{n} of {all}").format(n=number(round(part.count, 2)), all=f"{number(part.of)}{unit}")
    low, high = part.interval
    return ShownCell(
        words=share(part.share),
        small=f"{told}, {share_span(low, high)}",
        mark=ShareMark(share=_hundredths(part.share), low=_hundredths(low), width=_hundredths(high - low)),
        is_faint=part.of < faint_below,
    )


def _hundredths(value: float) -> float:
    return round(value * 100, 1)


def kappa_words(found: LabelAgreement) -> str:
    """How often two labels agree, and how far beyond chance."""
    agreed = found.agreed
    if agreed.share is None:
        return _("No row has a label by both people.")
    said = ngettext(
        "Both people gave the same label to {same} of {n} row, {share} ({span}).",
        "Both people gave the same label to {same} of {n} rows, {share} ({span}).",
        agreed.of,
    ).format(
        same=number(agreed.count), n=number(agreed.of), share=share(agreed.share), span=share_span(*agreed.interval)
    )
    if found.kappa is None:
        never = _("How far that goes beyond chance cannot be said: all of them have one and the same label.")
        return f"{said} {never}"
    beyond = beyond_chance_words(_("Cohen’s kappa"), found.kappa, found.low, found.high)
    return f"{said} {beyond}"


def beyond_chance_words(measure: str, value: float, low: float | None, high: float | None) -> str:
    """How far an agreement goes beyond chance by one of its measures."""
    return _(
        "Some of that would happen by chance. {measure} leaves it out: {score}, where 0 is chance and 1 is full "
        "agreement."
    ).format(measure=measure, score=score_with_range(value, low, high))


def score_with_range(value: float, low: float | None, high: float | None) -> str:
    """An agreement with its range. Above 1 there is none, whatever the range."""
    if low is None or high is None:
        return score(value)
    return _("{score} ({low} to {high})").format(score=score(value), low=score(low), high=score(min(1.0, high)))


def confusion_table(found: LabelAgreement, names: Mapping[str, str]) -> ShownTable:
    """Which labels are taken for which: the first label's in rows, the second's in columns."""
    words = [names.get(label, label) for label in found.labels]
    rows = [
        ShownRow(
            name=words[place],
            cells=[
                ShownCell(words=number(count) if count else "·", is_faint=column != place)
                for column, count in enumerate(row)
            ],
        )
        for place, row in enumerate(found.table)
    ]
    return ShownTable(
        caption=_("Rows: the first label. Columns: the second"),
        head=[_("First label"), *words],
        rows=rows,
        folded=_("Which labels are taken for which"),
        is_wide=True,
    )
