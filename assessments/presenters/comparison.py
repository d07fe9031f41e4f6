"""Two to five assessments side by side: what differs first, what is the same for all folded away."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from assessments.engine.decision import Decision
from assessments.engine.economics.plan_months import STARTS_ON
from assessments.framework import Approach, Framework, Question
from assessments.framework.currency import currency_words

from .control import Stored
from .formats import BAND_WORDS, number, of_these, score, share, spelt
from .lenses import present_lenses
from .levers import present_levers
from .money.inputs import present_inputs
from .money.investment import figure_rows
from .money.must_hold import needed_figure
from .money.words import IF_TUNED, NONE, is_if_tuned
from .review import answer_row
from .robustness import present_settled
from .verdict import NO_VERDICT, headline, outcome_name
from .words import gap_in_words, lower, small, starting, why

FEWEST, MOST = 2, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One assessment as it goes in."""

    key: str
    name: str
    decision: Decision
    answers: Mapping[str, Stored]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one assessment says in a row."""

    words: str
    small: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    label: str
    cells: Sequence[Said]

    @property
    def differs(self) -> bool:
        return any(cell != self.cells[0] for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPart:
    key: str
    title: str
    rows: Sequence[ComparedRow]

    @property
    def different(self) -> Sequence[ComparedRow]:
        return [row for row in self.rows if row.differs]

    @property
    def same(self) -> Sequence[ComparedRow]:
        return [row for row in self.rows if not row.differs]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    key: str
    name: str
    title: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    heads: Sequence[CaseHead]
    parts: Sequence[ComparedPart]
    summary: str
    under_different: str
    """What each stands under, where that is not the same framework for all."""

    @property
    def same(self) -> Sequence[ComparedPart]:
        """The parts that have rows in which all say the same."""
        return [part for part in self.parts if part.same]

    @property
    def count_same(self) -> int:
        return sum(len(part.same) for part in self.parts)


def refusal(chosen: int) -> str:
    """Why that many cannot be compared, or an empty string."""
    if FEWEST <= chosen <= MOST:
        return ""
    had = spelt(chosen, "You chose {n}.", "You chose {n}.") if chosen else _("None of what you chose is here.")
    how = _("Tick two to five use cases to see them side by side.")
    return f"{had} {how}"


def present_comparison(cases: Sequence[Compared]) -> Comparison:
    parts = [
        ComparedPart(key="verdict", title=_("Verdict"), rows=_verdict(cases)),
        ComparedPart(key="gates", title=_("What is open, and what is closed"), rows=_gates(cases)),
        ComparedPart(key="money", title=_("Cost and return"), rows=list(_money(cases))),
        *_answers(cases),
        ComparedPart(key="path", title=_("Path and scores"), rows=_path(cases)),
        ComparedPart(key="matrix", title=_("Comparison matrix"), rows=_matrix(cases)),
    ]
    different = sum(len(part.different) for part in parts)
    total = sum(len(part.rows) for part in parts)
    return Comparison(
        heads=[_head(case) for case in cases],
        parts=parts,
        under_different=_under_different(cases),
        summary=_("{some} of {total} answers and numbers differ.").format(some=number(different), total=number(total)),
    )


def _under_different(cases: Sequence[Compared]) -> str:
    titles = {case.decision.framework.key: case.decision.framework.title for case in cases}
    if len(titles) == 1:
        return ""
    each = [f"{case.name}: {case.decision.framework.title}" for case in cases]
    told = _("{frameworks}. What differs below may come from the rules, and not from the use cases.")
    return told.format(frameworks="; ".join(each))


def _every_approach(cases: Sequence[Compared]) -> Sequence[Approach]:
    """Those of every framework here, each once."""
    return list({one.key: one for case in reversed(cases) for one in case.decision.framework.approaches}.values())


def _head(case: Compared) -> CaseHead:
    found = headline(case.decision)
    return CaseHead(key=case.key, name=case.name, title=found.title, word=found.word, tone=found.tone)


def _row(label: str, cases: Iterable[Compared], say: Callable[[Compared], str | Said]) -> ComparedRow:
    said = [say(case) for case in cases]
    return ComparedRow(label=label, cells=[one if isinstance(one, Said) else Said(words=one) for one in said])


def _verdict(cases: Sequence[Compared]) -> list[ComparedRow]:
    return [
        _row(_("Lever"), cases, _approach),
        _row(_("What to do"), cases, lambda case: case.decision.framework.verdict.action_short[case.decision.action]),
        _row(_("Because"), cases, lambda case: why(case.decision)),
        _row(_("Settled"), cases, _settled),
        _row(_("On evidence alone"), cases, _on_evidence),
        _row(_("Missing for a full go"), cases, _missing),
        _row(_("Warnings"), cases, lambda case: number(len(case.decision.findings))),
    ]


def _approach(case: Compared) -> str:
    return _named(case.decision, case.decision.approach)


def _named(decision: Decision, approach: str | None) -> str:
    if approach is None:
        return _(NO_VERDICT)
    return outcome_name(decision.framework, approach, decision.standings[approach].wording)


def _settled(case: Compared) -> Said:
    found = present_settled(case.decision)
    part = case.decision.robustness.possible_approaches.get(case.decision.leads, 0.0)
    stays = _("stays in {share} of the likely ways the open answers can turn out")
    return Said(words=found.word, small="" if part == 1 else stays.format(share=share(part)))


def _on_evidence(case: Compared) -> str:
    firm, framework = case.decision.on_evidence_alone, case.decision.framework
    if firm.approach is None:
        return _(NO_VERDICT)
    return f"{_named(case.decision, firm.approach)}, {lower(framework.verdict.action_short[firm.action])}"


def _missing(case: Compared) -> str:
    """What a pilot lacks for a go. Where something else comes before any tuning, that is not asked."""
    framework = case.decision.framework
    gaps = [gap_in_words(framework, gap.code, gap.figures) for gap in case.decision.missing_for_go]
    if not gaps:
        return _("Nothing") if case.decision.action == "go" else "–"
    return "; ".join([gaps[0], *map(lower, gaps[1:])])


def _gates(cases: Sequence[Compared]) -> list[ComparedRow]:
    """How each lever stands, and what closes it. Its place among the open ones stands in the matrix."""
    levers = [{lever.key: lever for lever in present_levers(case.decision)} for case in cases]

    def standing(place: int, key: str) -> Said:
        lever = levers[place].get(key)
        if lever is None:
            return Said(words="–")
        return Said(words=lever.word, small=lever.reason if lever.state == "closed" else "")

    return [
        ComparedRow(label=approach.name, cells=[standing(place, approach.key) for place in range(len(cases))])
        for approach in _every_approach(cases)
    ]


def _path(cases: Sequence[Compared]) -> list[ComparedRow]:
    """Where each ends in the tree, with the counts of its questions and what each method says."""
    rows = [
        _row(_("End of the tree"), cases, lambda case: case.decision.framework.leaf[case.decision.leaf].name),
        _row(_("Reasons for"), cases, lambda case: _of(case, case.decision.counts.indicators, "indicator")),
        _row(
            _("Reasons against"), cases, lambda case: _of(case, case.decision.counts.anti_indicators, "anti_indicator")
        ),
        _row(_("Not known among them"), cases, lambda case: number(case.decision.counts.unsure)),
    ]
    lenses = [{lens.key: lens for lens in present_lenses(case.decision)} for case in cases]
    for key in _every_key(lenses):
        name = next(lenses_of[key].name for lenses_of in lenses if key in lenses_of)
        rows.append(_row(name, cases, partial(_lens, key=key)))
    return rows


def _of(case: Compared, found: int, role: Any) -> str:
    return starting(of_these(found, len(case.decision.framework.keys(role))))


def _lens(case: Compared, key: str) -> Said:
    lens = next((view for view in present_lenses(case.decision) if view.key == key), None)
    if lens is None:
        return Said(words="–")
    value, band = case.decision.lenses[key].value, BAND_WORDS.get(case.decision.lenses[key].band or "", "")
    told = "" if value is None else number(value) if value == int(value) else score(value)
    return Said(words=lens.words, small=f"{told}, {band}" if told and band else told)


def _money(cases: Sequence[Compared]) -> Iterator[ComparedRow]:
    """Every figure and every number that goes in, each under its name; first the currencies where there are several."""
    priced = [case.decision.framework.currency if case.decision.economics else "" for case in cases]
    if len({*priced} - {""}) > 1:
        unconverted, nothing = _("{currency}, not converted"), _("No costs yet")
        said = [unconverted.format(currency=currency_words(code)) if code else nothing for code in priced]
        yield ComparedRow(label=_("Amounts are in"), cells=[Said(words=words) for words in said])
    for rows_of in (_figures, _inputs):
        tables = [rows_of(case) for case in cases]
        for name in _every_key(tables):
            yield ComparedRow(
                label=name,
                cells=[table.get(name, Said(words=_("No costs yet") if not table else "–")) for table in tables],
            )


def _figures(case: Compared) -> dict[str, Said]:
    economics = case.decision.economics
    if economics is None or economics.investment is None:
        return {}
    rows = figure_rows(case.decision.framework, economics, economics.investment)
    only_if = is_if_tuned(case.decision.framework, whose=economics.approach, verdict=case.decision.approach)
    found = {figure.name: figure.words for figure in rows}
    found |= needed_figure(case.decision.framework, economics.form, case.decision.must_hold)
    return {name: Said(words=words, small=_(IF_TUNED) if only_if else "") for name, words in found.items()}


def _inputs(case: Compared) -> dict[str, Said]:
    """The numbers of the case, then those of each approach under its name."""
    decision = case.decision
    if decision.economics is None:
        return {}
    view = present_inputs(decision.framework, decision.document, decision.economics, case.answers)
    ours = _("our default")
    found = {row.name: Said(words=row.words, small=ours if row.ours else "") for row in view.rows}
    for line in view.lines:
        for approach, cell in zip(view.head, line.cells, strict=True):
            if cell.words != NONE:
                found[f"{approach}: {small(line.name)}"] = Said(words=cell.words, small=ours if cell.ours else "")
    return found


def _matrix(cases: Sequence[Compared]) -> list[ComparedRow]:
    """The weighted mean of each approach, with its place."""

    def mean(case: Compared, approach: str) -> Said:
        rows = [row for row in case.decision.matrix.rows if row.approach == approach]
        if not rows:
            return Said(words="–")
        place = case.decision.matrix.ranking.index(approach) + 1
        return Said(words=score(rows[0].mean), small=_("place {number}").format(number=place))

    return [_row(one.name, cases, partial(mean, approach=one.key)) for one in _every_approach(cases)]


def _answers(cases: Sequence[Compared]) -> Iterator[ComparedPart]:
    """Every answer of the questionnaire, section by section, as each assessment's own framework asks it.

    But for the name, which heads the column, and what stands among the money already.
    """
    shown = {"name"}.union(*({STARTS_ON, *one.inputs} for case in cases if (one := case.decision.economics)))
    frameworks = list({case.decision.framework.key: case.decision.framework for case in cases}.values())
    for key in _every_key([{section.key: section for section in one.sections} for one in frameworks]):
        found = [section for one in frameworks if (section := one.section(key))]
        questions: dict[str, Question] = {}
        for section in found:
            questions |= {question.key: question for question in section.questions}
        rows = [
            _row(question.label, cases, partial(_answer, key=question.key))
            for question in questions.values()
            if question.key not in shown
        ]
        yield ComparedPart(key=key, title=found[0].title, rows=rows)


def _answer(case: Compared, key: str) -> Said:
    framework: Framework = case.decision.framework
    if not framework.asks(key):
        return Said(words=_("Not asked"))
    row = answer_row(framework.section_of[key], framework.questions[key], case.answers)
    return Said(words=row.words or _("Not answered"), small=row.strength)


def _every_key(tables: Iterable[Mapping[str, Any]]) -> list[str]:
    """The keys of all of them, each once, in the order in which they first come."""
    return list(dict.fromkeys(key for table in tables for key in table))
