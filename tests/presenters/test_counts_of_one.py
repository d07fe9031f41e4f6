"""Nothing that was measured is told as “1 cases”: counts of none, one and two, in sentences and in tables."""

import re
from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Any

import pytest

from assessments.engine.measured.comparison import (
    MeasuredComparison,
    MeasuredPair,
    MeasuredSlice,
    MeasuredVariant,
    PairSlice,
)
from assessments.engine.measured.figures import (
    ChangeFigures,
    FailureFigures,
    LabelAgreement,
    MetricChange,
    RunFigures,
    RunRow,
    TrainingFigures,
    VariantFacts,
    Week,
)
from assessments.engine.measured.found import FileFound
from assessments.engine.measured.rule import Aims
from assessments.engine.measured.runs import run_figures
from assessments.framework import load_framework
from assessments.presenters.measured.changes import present_changes
from assessments.presenters.measured.comparison import present_comparison
from assessments.presenters.measured.logs import present_failure_log, present_right_answers
from assessments.presenters.measured.proposals import saved_words
from assessments.presenters.measured.read import present_read
from assessments.presenters.measured.runs import RunTerms, present_run
from assessments.presenters.measured.shown import ToldFigures
from assessments.presenters.measured.training import present_training
from assessments.presenters.words import in_words

FRAMEWORK = load_framework()
NOUNS = (
    "answers|calls|cases|cells|columns|examples|failures|inputs|kinds|labels|lines|losses|metrics|models|pairs|passes|"
    "prompts|proposals|requests|rows|settings|targets|tokens|variants|weeks|wins"
)
WRONG = re.compile(rf"(?<![\d.,])(?<!Message )\b(?:1|[Oo]ne) (?:[a-z]+ ){{0,2}}?(?:{NOUNS})\b")
NEVER_ONE = {
    *("column_for_each_variant", "many_values", "many_variants", "too_many_columns", "too_many_members"),
    *("too_many_variants", "base_models", "different_prompts", "few_common_cases", "few_prompts", "retrieval_settings"),
}
"""Their figure is two or more by the rule that names them."""


def told(figures: ToldFigures) -> Iterator[str]:
    yield from (figures.heading, figures.lead, *figures.notes)
    for table in figures.tables:
        yield from (table.caption, table.folded, *table.notes)
        for row in table.rows:
            yield f"{row.name}: {row.small}"
            yield from (f"{cell.words} {cell.small}" for cell in row.cells)


def run(many: int) -> RunFigures:
    rows = [
        RunRow(variant=variant, case=f"{case}", passed=float(variant == "b"), slice="s", latency_ms=10.0)
        for variant in "ab"
        for case in range(many)
    ]
    return run_figures(rows, [VariantFacts(key=key, name=key, prompt=key * 20) for key in "ab"], same_prompt_above=0.8)


def every_word(many: int) -> Iterator[str]:
    measured = run(many)
    yield from told(present_run(measured, RunTerms(few_cases=10, sure=0.05)))
    for valid in {0, many}:
        training = TrainingFigures(
            layout="openai_chat", lines=many, valid=valid, empty=0, distinct=valid, tokens=many, overlap_exact=valid
        )
        yield from told(present_training(FRAMEWORK, training, date(2026, 11, 28)))
    both = LabelAgreement(labels=("a", "b"), table=((many, 0), (0, 0)), kappa=None, low=None, high=None)
    week = Week(name="2026-W40", count=many)
    log = FailureFigures(
        rows=many, counts={"reasoning": many}, weeks=(week,), declining_p=0.5, slices={"s": {"reasoning": many}},
        agreement=both,
    )  # fmt: skip
    yield from (*told(present_failure_log(FRAMEWORK, log)), *told(present_right_answers(both)))
    metric = MetricChange(name="m", before=2, after=1, higher_is_better=True, target=3)
    yield from told(present_changes(ChangeFigures(metrics=(metric,) * many)))
    found = FileFound(kind="run", files=(), rows=many, cases=many, fault_count=many, run=measured)
    read = present_read(FRAMEWORK, found, {})
    yield from (read.sentence, read.faults_words, saved_words(many, many))
    compared = present_comparison(FRAMEWORK, comparison(many), None, Aims())
    yield from (compared.same_cases, compared.where_lost, *told(compared.figures))


def comparison(many: int) -> MeasuredComparison:
    slices = (MeasuredSlice(name="s", cases=many, passed=many),)
    variants = [
        MeasuredVariant(role=role, approach=approach, name=role, cases=many, passed=many, slices=slices)
        for role, approach in (("prompt", "prompting"), ("tuned", "fine_tune_small"))
    ]
    lost = PairSlice(name="s", cases=many, wins=0, losses=many)
    pair = MeasuredPair(
        before="prompt", after="tuned", cases=many, wins=0, losses=many, difference=0, low=0, high=0, slices=(lost,)
    )
    return MeasuredComparison(variants=tuple(variants), pairs=(pair,))


@pytest.mark.parametrize("many", [0, 1, 2])
def test_counts_agree_with_what_they_count(many: int) -> None:
    words = list(every_word(many))
    assert [text for text in words if WRONG.search(text)] == []
    if many == 1:
        assert {"1 example", "1 case", "One failure, too few to say what fails most"} & set(words)
        assert "1 line, and it is sound." in " ".join(words)


def test_so_do_the_sentences_of_files_and_of_proposals() -> None:
    reading, evidence = FRAMEWORK.reading, FRAMEWORK.evidence
    wrong = [
        said
        for texts in (reading.notes, reading.faults, reading.refused, evidence.sentences, evidence.undecided)
        for code, text in texts.items()
        if code not in NEVER_ONE and WRONG.search(said := with_ones(text))
    ]
    assert wrong == []


def with_ones(text: str) -> str:
    """Every figure of a file is one; what stands for a bound is two, for a week a week."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name]
    bounds: dict[str, Any] = {"first": "2026-W40", "last": "2026-W41", "least_cases": 2, "most": 2, "millions": 2}
    return in_words(FRAMEWORK, text, {name: bounds.get(name, 1) for name in names})


def test_of_training_data_what_was_not_read_and_what_is_warned_of_are_told_apart() -> None:
    training = TrainingFigures(layout="openai_chat", lines=20, valid=3, empty=0, distinct=3, warnings=1)
    told = [
        present_read(FRAMEWORK, FileFound(kind="training", files=(), fault_count=many, training=training), {})
        for many in (17, 0)
    ]
    assert [one.faults_words for one in told] == ["17 lines not read and 1 line read with a warning",
                                                  "1 line read with a warning"]  # fmt: skip
