"""The page of the options: the first three side by side, all levers compared, and the weights that move them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.engine.decision import Decision, MatrixRow
from assessments.framework.changes import added_approaches
from assessments.framework.schema import Criterion

from .control import Stored
from .formats import STRENGTH_WORDS, count, decimals, score, share, stored_value
from .levers import LeverView, ordinal, present_levers
from .matrix import OwnCell, ScoreCell, backed_word, firmness, heat_cell, origins_of, own_cells, weight_reason
from .within import set_apart
from .words import closed_in_words, lower, starting

_CARDS = 3
_WEIGHTS = "matrix.weights."


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMean:
    """What a lever scores on one group of criteria. `width` is for the bar, 0 to 100."""

    name: str
    mean: str
    word: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One of the first three."""

    rank: str
    name: str
    mean: str
    groups: Sequence[GroupMean]
    about: str
    is_verdict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CellGroup:
    """A lever's scores on the criteria of one group, behind their mean."""

    mean: str
    cells: Sequence[ScoreCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """One lever of the table. `divider` is what stands above the first of a kind."""

    lever: LeverView
    about: str
    is_added: bool
    """Whether it is a lever of the team's own framework alone."""
    overall: str
    groups: Sequence[CellGroup]
    divider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightView:
    """What one criterion counts: its share of the whole, and why it is what it is."""

    criterion: Criterion
    weight: str
    share: str
    reason: str
    own: bool
    evidence: str
    link: str
    strength: str
    """A word, empty for what is somebody's opinion."""
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightGroup:
    """The criteria of one group: those that count, and all of them with their weights."""

    name: str
    share: str
    counted: Sequence[WeightView]
    all: Sequence[WeightView]

    @property
    def columns(self) -> int:
        """One for the mean and one for each that counts."""
        return len(self.counted) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsView:
    heading: str
    lead: str
    cards: Sequence[CardView]
    cards_heading: str
    rows: Sequence[OptionRow]
    groups: Sequence[WeightGroup]
    columns: int
    """How many the table has."""
    whole: str
    """What the shares of all criteria add up to."""
    words: Sequence[tuple[int, str]]
    uncounted: str
    """The criteria that weigh nothing, named."""
    firmness: str
    firm_share: str
    meanings: Sequence[tuple[str, str]]
    """Each lever's name, and what it means."""
    origin: str
    """Whose base scores and weights they are."""
    origins: Sequence[str]
    own_weights: Sequence[WeightView]
    own_cells: Sequence[OwnCell]
    levers: Sequence[tuple[str, str]]
    """Keys and names, for scoring a cell."""
    strengths: Sequence[tuple[str, str]]


def present_options(decision: Decision, answers: Mapping[str, Stored]) -> OptionsView:
    framework, matrix = decision.framework, decision.matrix
    groups = _groups(decision, answers)
    levers, rows = present_levers(decision), {row.approach: row for row in matrix.rows}
    first = next(row for row in matrix.rows if row.approach == decision.leads)
    cards = [lever for lever in levers if lever.rank is not None]
    cards = sorted(cards, key=lambda lever: lever.rank or 0)[:_CARDS]
    return OptionsView(
        heading=_heading(decision),
        lead=_lead(decision),
        cards_heading=_("What separates the first {many}").format(many=count(len(cards)))
        if len(cards) > 1
        else _("The one that is open"),
        cards=[_card(decision, lever, rows[lever.key], groups) for lever in cards],
        rows=list(_rows(decision, levers, rows, groups)),
        groups=groups,
        columns=2 + sum(group.columns for group in groups),
        whole=share(1),
        words=list(enumerate(framework.matrix.words, start=1)),
        uncounted=_uncounted(groups),
        firmness=firmness(decision),
        firm_share=_("first under {share} of other weightings").format(share=share(first.first_share)),
        meanings=[(approach.name, approach.about) for approach in framework.approaches],
        origin=_origin(decision),
        origins=origins_of(decision),
        own_weights=[weight for group in groups for weight in group.all if weight.own],
        own_cells=own_cells(decision, answers),
        levers=[(approach.key, approach.name) for approach in framework.approaches],
        strengths=list(STRENGTH_WORDS.items()),
    )


def _heading(decision: Decision) -> str:
    standings = decision.standings.values()
    found = sum(one.open for one in standings)
    name = decision.framework.approach[decision.leads].name
    words = ngettext(
        "{Open} of {levers} levers is open; “{name}” leads", "{Open} of {levers} levers are open; “{name}” leads", found
    )
    return words.format(Open=starting(count(found)), levers=count(len(standings)), name=name)


def _lead(decision: Decision) -> str:
    """Whether the verdict is what scores highest, and if not, what stands in the way of that."""
    framework, leader = decision.framework, decision.leader
    if not leader.closed_by:
        return _("It scores highest of all, and nothing closes it.")
    reason = closed_in_words(framework, leader.closed_by[0])
    return _("“{name}” would score highest. It is closed: {reason}").format(
        name=framework.approach[leader.approach].name, reason=set_apart(reason, lower(reason))
    )


def _groups(decision: Decision, answers: Mapping[str, Stored]) -> Sequence[WeightGroup]:
    rules, weights = decision.framework.matrix, decision.matrix.weights
    total = sum(weights.values())
    found = []
    for key, name in rules.groups.items():
        views = [_weight(decision, one, answers, total) for one in rules.criteria if one.group == key]
        part = sum(weights[view.criterion.key] for view in views) / total if total else 0.0
        counted = [view for view in views if weights[view.criterion.key] or not total]
        found.append(WeightGroup(name=name, share=share(part), counted=counted, all=views))
    return found


def _weight(decision: Decision, criterion: Criterion, answers: Mapping[str, Stored], total: float) -> WeightView:
    weight, reason = decision.matrix.weights[criterion.key], decision.matrix.weight_reasons[criterion.key]
    path = f"{_WEIGHTS}{criterion.key}"
    stored = answers.get(path)
    return WeightView(
        criterion=criterion,
        weight=stored_value(float(weight)),
        share=share(weight / total) if total else "",
        reason=weight_reason(decision.framework, reason),
        own=reason.code == "own",
        evidence=stored.evidence if stored else "",
        link=stored.link if stored else "",
        strength=backed_word(stored),
        path=path,
    )


def _rows(
    decision: Decision, levers: Sequence[LeverView], rows: Mapping[str, MatrixRow], groups: Sequence[WeightGroup]
) -> Iterator[OptionRow]:
    state, added = "", added_approaches(decision.framework)
    for lever in levers:
        row = rows[lever.key]
        yield OptionRow(
            lever=lever,
            about=lever.reason if lever.state == "closed" else lever.word,
            is_added=lever.key in added,
            overall=score(row.mean),
            groups=[
                CellGroup(
                    mean=_mean_words(decision, row, group),
                    cells=[
                        heat_cell(decision.framework, lever.name, row.cells[weight.criterion.key])
                        for weight in group.counted
                    ],
                )
                for group in groups
            ],
            divider=_divider(decision, lever) if lever.state != state else "",
        )
        state = lever.state


def _origin(decision: Decision) -> str:
    if decision.framework.base:
        said = _("Base scores and weights are those of {framework}, and the same for every case under it.")
        return said.format(framework=decision.framework.title)
    return _("Base scores and weights are this product's own judgement, and the same for every case.")


def _divider(decision: Decision, lever: LeverView) -> str:
    if lever.state == "tried":
        return pgettext("lever", "Tried")
    if lever.state != "closed":
        return ""
    return _("Closed by the measurement") if decision.measured else _("Closed by your answers")


def group_mean(decision: Decision, row: MatrixRow, group: WeightGroup) -> float | None:
    """The weighted mean on the criteria of a group; None where none of them counts."""
    weights = {view.criterion.key: decision.matrix.weights[view.criterion.key] for view in group.counted}
    total = sum(weights.values())
    if not total:
        weights, total = dict.fromkeys(weights, 1.0), float(len(weights))
    return sum(row.cells[key].score * weight for key, weight in weights.items()) / total if total else None


def _mean_words(decision: Decision, row: MatrixRow, group: WeightGroup) -> str:
    mean = group_mean(decision, row, group)
    return "–" if mean is None else decimals(mean, 1)


def _card(decision: Decision, lever: LeverView, row: MatrixRow, groups: Sequence[WeightGroup]) -> CardView:
    words = decision.framework.matrix.words
    means = [(group.name, mean) for group in groups if (mean := group_mean(decision, row, group)) is not None]
    is_verdict = lever.state == "verdict"
    return CardView(
        rank=_("The verdict") if is_verdict else _place(lever),
        name=lever.name,
        mean=score(row.mean),
        groups=[
            GroupMean(
                name=name, mean=decimals(mean, 1), word=words[min(len(words), int(mean + 0.5)) - 1], width=mean * 20
            )
            for name, mean in means
        ],
        about=decision.framework.approach[lever.key].about,
        is_verdict=is_verdict,
    )


def _criterion(weight: WeightView) -> str:
    return set_apart(weight.criterion.name, lower(weight.criterion.name))


def _place(lever: LeverView) -> str:
    words = _("{place}, tried") if lever.state == "tried" else _("{place}, open")
    return words.format(place=ordinal(lever.rank or 1))


def _uncounted(groups: Sequence[WeightGroup]) -> str:
    counted = {weight.criterion.key for group in groups for weight in group.counted}
    names = [_criterion(one) for group in groups for one in group.all if one.criterion.key not in counted]
    if not names:
        return ""
    words = ngettext(
        "{Many} criterion counts nothing here, for want of a need: {names}.",
        "{Many} criteria count nothing here, for want of a need: {names}.",
        len(names),
    )
    return words.format(Many=starting(count(len(names))), names=", ".join(names))
