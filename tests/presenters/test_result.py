"""The result as a page shows it: every part comes from the decision and loses nothing of it."""

from typing import Any

import pytest
from django.utils import timezone

from assessments.presenters.evidence import MOST_GAPS, present_evidence
from assessments.presenters.lenses import disagreements, present_lenses
from assessments.presenters.listing import present_listed
from assessments.presenters.matrix import present_matrix
from assessments.presenters.result import ResultView, present_result
from assessments.presenters.verdict import figures, headline, verdict_words
from assessments.services.answer_sheet import AnswerSheet
from assessments.steps import progress

from ..documents import decided, example_document, full_document, named
from ..visits import FRAMEWORK
from .answers import decision_and_answers


def view(document: dict[str, Any]) -> ResultView:
    decision, answers = decision_and_answers(document)
    now = timezone.now()
    return present_result(decision, name="A name", task="A task", changed_at=now, answers=answers, today=now.date())


@pytest.mark.parametrize("document", [named(), full_document()], ids=["empty", "full"])
def test_there_is_a_view_of_any_decision(document):
    shown = view(document)
    assert (shown.name, shown.task, shown.framework.key) == ("A name", "A task", FRAMEWORK.key)
    assert shown.tree.startswith("<svg")
    assert shown.headline.title
    assert shown.next_steps


def test_the_verdict_is_told_by_a_word_as_well_as_by_its_tone(example):
    shown = headline(decided(example))
    assert shown.tone in ("go", "pilot", "other")
    assert shown.word
    decision = decided(example)
    said = verdict_words(FRAMEWORK, decision.approach, decision.action)
    assert shown.title.startswith(said)
    assert (said == "No verdict yet") is not decision.has_begun


def test_the_figures_beside_the_verdict_are_the_counts_and_the_money():
    shown = {figure.name: figure.value for figure in figures(decided(example_document("task_api")))}
    assert list(shown.values()) == ["4", "0", "$6,000", "4 months"]
    assert len(figures(decided(named()))) == 2


def test_every_lens_is_there_with_its_source_and_its_stance(example):
    decision = decided(example)
    shown = present_lenses(decision)
    assert [lens.key for lens in shown] == list(decision.lenses)
    for lens in shown:
        result = decision.lenses[lens.key]
        assert lens.stance == result.stance
        assert [one.met for one in lens.conditions] == [one.met for one in result.conditions]
        assert all(one.text and "{" not in one.text for one in lens.conditions)
        assert lens.source == FRAMEWORK.citation[FRAMEWORK.lens[lens.key].source].name
        assert lens.words


def test_the_note_on_eleven_or_ten_is_always_there_and_names_both_scores():
    """method.md 3.2: four reasons for, none against: 4 / 11 by the list, 4 / 10 by the source's example."""
    notes = disagreements(decided(example_document("task_api")))
    assert "0.36" in notes[0]
    assert "0.40" in notes[0]
    assert len(disagreements(decided(named()))) >= 1


def test_lenses_that_differ_are_explained():
    """The tree says for, the training gate does not yet (method.md 8.1)."""
    decision = decided(example_document("task_api"))
    assert decision.lenses["decision_tree"].stance != decision.lenses["training_gate"].stance
    assert any("training gate" in note for note in disagreements(decision))


def test_the_heat_map_has_the_best_approach_first_and_a_number_and_a_word_in_each_cell(example):
    decision = decided(example)
    heat = present_matrix(decision)
    assert [column.approach.key for column in heat.columns] == list(decision.matrix.ranking)
    assert [column.approach.key for column in heat.columns if column.recommended] == (
        [decision.approach] if decision.has_begun else []
    )
    means = [float(column.mean) for column in heat.columns]
    assert means == sorted(means, reverse=True)
    assert [row.criterion for row in heat.rows] == list(FRAMEWORK.matrix.criteria)
    for row in heat.rows:
        for cell, scored in zip(row.cells, decision.matrix.rows, strict=True):
            score = scored.cells[row.criterion.key].score
            assert float(cell.score) == pytest.approx(score, abs=0.051)
            assert 1 <= cell.step <= 5
            assert cell.word == FRAMEWORK.matrix.words[cell.step - 1]


def test_a_cell_of_one_s_own_says_so_with_its_reason():
    override = {"approach": "tools", "criterion": "latency", "score": 4.5, "reason": "measured"}
    heat = present_matrix(decided(named(matrix={"weights": {"latency": 3}, "overrides": [override]})))
    column = [column.approach.key for column in heat.columns].index("tools")
    row = next(row for row in heat.rows if row.criterion.key == "latency")
    cell = row.cells[column]
    assert (row.weight, cell.score, cell.reason, bool(cell.origin)) == ("3", "4.5", "measured", True)


def test_answers_that_the_verdict_hangs_on_are_split_by_whether_they_have_evidence(example):
    decision, answers = decision_and_answers(example)
    shown = present_evidence(decision, answers)
    keys = [row.question.key for row in (*shown.shown, *shown.bare)]
    assert sorted(keys) == sorted(decision.deciding)
    assert all(row.evidence or row.link for row in shown.shown)
    assert not any(row.evidence or row.link for row in shown.bare)


def test_only_so_many_gaps_are_shown_and_the_rest_is_counted(example):
    shown = present_evidence(*decision_and_answers(example))
    assert len(shown.gaps) <= MOST_GAPS
    assert shown.more_gaps == 0 or len(shown.gaps) == MOST_GAPS
    for gap in shown.gaps:
        assert gap.what_to_do
        section = FRAMEWORK.section(gap.section)
        assert section is not None
        assert gap.anchor.removeprefix("q-") in [question.key for question in section.questions]


def test_full_evidence_leaves_no_gap_among_the_answers_that_carried():
    decision, answers = decision_and_answers(full_document())
    assert present_evidence(decision, answers).bare == []


def test_a_line_of_the_list_tells_the_name_the_verdict_and_how_far_it_has_come():
    example = example_document("service_desk")
    decision, answers = decision_and_answers(example)
    sheet = AnswerSheet(FRAMEWORK, answers)
    far = progress(sheet)
    line = present_listed(decision, sheet.document, far, assessment="an assessment")
    assert (line.name, line.verdict) == (example["use_case"]["name"], headline(decision).title)
    assert (line.answered, line.of, line.assessment) == (far.answered, far.of, "an assessment")


def test_a_line_of_an_empty_assessment_has_no_verdict():
    sheet = AnswerSheet(FRAMEWORK, {})
    assert present_listed(sheet.decision, sheet.document, progress(sheet), assessment=None).verdict == "No verdict yet"


def test_detailed_costs_without_the_verdict_s_approach_show_no_investment():
    """The rest of the result is there, and says nowhere that it pays back."""
    form = {"approaches": {"status_quo": {}, "tools": {"upfront_cash": 5}}}
    shown = view(named(costs={"detailed": form}))
    assert shown.money
    assert shown.money.investment is None
    assert "Pays back in" not in [figure.name for figure in shown.figures]


def test_the_texts_to_copy_say_which_steps_were_tried():
    texts = " ".join(text.text for text in view(example_document("task_api")).own_model)
    questions = FRAMEWORK.questions
    assert f"Tried so far: {questions['prompt_variations'].label}; " in texts
    assert "nothing that is on record" not in texts
