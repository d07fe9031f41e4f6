"""The table of levers for a page that is higher than wide: a column for each lever, a line for each criterion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .matrix import OwnCell
from .options import OptionsView, WeightView
from .within import set_apart
from .words import lower


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCell:
    score: str
    step: int
    """0 where it is not shaded: a mean, or a score of a lever that is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A criterion that counts, or the mean of a group of them."""

    name: str
    share: str
    is_mean: bool
    cells: Sequence[PaperCell]


def lines_on_paper(options: OptionsView) -> Sequence[PaperLine]:
    return list(_lines(options))


def own_on_paper(options: OptionsView) -> Sequence[str]:
    """The team's own weights and scores, each with what shows it."""
    return [
        *(
            _with_evidence(
                _("Weight of {criterion}: {weight}").format(criterion=_within(one.criterion.name), weight=one.weight),
                one.evidence,
                one,
            )
            for one in options.own_weights
        ),
        *(
            _with_evidence(f"{one.approach}, {_within(one.criterion)}: {one.score}", one.reason, one)
            for one in options.own_cells
        ),
    ]


def _within(name: str) -> str:
    return set_apart(name, lower(name))


def _with_evidence(what: str, text: str, shown: WeightView | OwnCell) -> str:
    by = ", ".join(filter(None, (lower(shown.strength), shown.link)))
    return f"{what}{text and f'. {text}'}{by and f' ({by})'}"


def _lines(options: OptionsView) -> Iterator[PaperLine]:
    for place, group in enumerate(options.groups):
        scores = [row.groups[place] for row in options.rows]
        yield PaperLine(
            name=group.name,
            share=group.share,
            is_mean=True,
            cells=[PaperCell(score=one.mean, step=0) for one in scores],
        )
        for number, weight in enumerate(group.counted):
            cells = [
                PaperCell(
                    score=one.cells[number].score, step=one.cells[number].step if row.lever.state != "closed" else 0
                )
                for one, row in zip(scores, options.rows, strict=True)
            ]
            yield PaperLine(name=weight.criterion.name, share=weight.share, is_mean=False, cells=cells)
