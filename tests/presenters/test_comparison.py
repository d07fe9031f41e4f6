"""Side by side: every answer and number of each, what differs apart from what is the same."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.presenters.comparison import Compared, present_comparison, refusal

from ..documents import EXAMPLES, example_document, full_document, named
from ..visits import FRAMEWORK
from .answers import decision_and_answers


def case(document: Any, key: Any = "a") -> Any:
    decision, answers = decision_and_answers(document)
    return Compared(key=key, name=document["use_case"]["name"], decision=decision, answers=answers)


def rows(comparison: Any) -> Any:
    """Every row by part and label, with what each says."""
    return {
        (part.key, row.label): [(cell.words, cell.small) for cell in row.cells]
        for part in comparison.parts
        for row in part.rows
    }


@pytest.fixture(scope="module")
def two() -> Any:
    return present_comparison([case(example_document("task_api")), case(example_document("service_desk"))])


def test_it_has_verdict_path_money_and_answers_of_each(two: Any) -> None:
    assert [(head.name, head.title) for head in two.heads] == [
        ("Task API assistant", "Fine-tune a small model. Pilot first."),
        (
            "Service desk routing: MFA tickets",
            "Fine-tune a small model. Confirm “Several models tried” and “Examples in the prompt” first.",
        ),
    ]
    told = rows(two)
    assert told["verdict", "Lever"] == [("Tune a small model", ""), ("Tune a small model", "")]
    assert told["verdict", "What to do"] == [("Pilot first", ""), ("Confirm first", "")]
    assert [part.key for part in two.parts][:3] == ["verdict", "gates", "money"]
    assert [part.key for part in two.parts][-2:] == ["path", "matrix"]
    assert told["gates", "Tune a small model"] == [("The verdict", ""), ("The verdict", "")]
    assert told["gates", "Plain classifier"] == [("Closed", "The answer is neither a label nor an order"), ("Open", "")]
    assert told["path", "End of the tree"] == [("Fine-tuning candidate", ""), ("Keep improving the prompt", "")]
    assert told["path", "Reasons for"] == [("Four of 6", ""), ("Two of 6", "")]
    assert told["path", "Confidence score"] == [("For a pilot", "0.36, moderate"), ("Against tuning", "0.09, weak")]
    assert told["money", "Upfront"] == [("$6,000", ""), ("No costs yet", "")]
    assert told["money", "Break-even"] == [("4 months", ""), ("No costs yet", "")]
    assert told["reasons_for", "Distinct brand voice"][0] == ("Yes", "")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_question_stands_in_it_once(name: Any) -> None:
    told = rows(present_comparison([case(example_document(name)), case(full_document())]))
    labels = [label for part, label in told if part != "matrix"]
    money = {label for part, label in told if part == "money"}
    for question in FRAMEWORK:
        if question.key == "name":
            continue
        assert labels.count(question.label) >= 1, question.key
        assert question.label not in money or labels.count(question.label) == 1


def test_what_differs_and_what_is_the_same_are_apart(two: Any) -> None:
    for part in two.parts:
        assert [row for row in part.rows if row in part.different or row in part.same] == list(part.rows)
        for row in part.different:
            assert len({(cell.words, cell.small) for cell in row.cells}) > 1
        for row in part.same:
            assert len({(cell.words, cell.small) for cell in row.cells}) == 1
    total = sum(len(part.rows) for part in two.parts)
    assert 0 < two.count_same < total
    assert two.summary == f"{total - two.count_same} of {total} answers and numbers differ."


def test_the_same_twice_differs_in_nothing() -> None:
    document = example_document("task_api")
    found = present_comparison([case(document, "a"), case(document, "b")])
    assert [part.different for part in found.parts] == [[]] * len(found.parts)


QUESTIONS = [question for question in FRAMEWORK if question.place == "answers"]


@settings(max_examples=25)
@given(st.sampled_from(QUESTIONS), st.data())
def test_one_changed_answer_is_a_difference_under_its_question(question: Any, data: Any) -> None:
    first = full_document()
    value = data.draw(st.sampled_from([choice for choice in question.choices if choice != question.choices[0]]))
    second = full_document()
    second["answers"][question.key] = first["answers"][question.key] | {"value": value}
    found = present_comparison([case(first), case(second)])
    section = FRAMEWORK.section_of[question.key].key
    different = {part.key: [row.label for row in part.different] for part in found.parts}
    assert different[section] == [question.label]


def test_the_strength_of_an_answer_is_a_difference_too() -> None:
    first, second = full_document(), full_document()
    second["answers"]["brand_voice"] |= {"strength": "opinion"}
    told = rows(present_comparison([case(first), case(second)]))
    assert told["reasons_for", "Distinct brand voice"] == [("Yes", "Measured"), ("Yes", "Opinion")]


def test_a_number_that_is_a_default_says_so() -> None:
    first = named(costs={"summary": {"api_savings": 900}})
    told = rows(present_comparison([case(example_document("task_api")), case(first)]))
    assert told["money", "Hourly rate"] == [("$100 an hour", ""), ("$100 an hour", "our default")]
    assert told["money", "Saving on the model bill"] == [("$1,500 a month", ""), ("$900 a month", "")]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_each_row_has_a_cell_for_each(count: int) -> None:
    names = [EXAMPLES[number % 4] for number in range(count)]
    found = present_comparison([case(example_document(name)) for name in names])
    assert len(found.heads) == count
    assert {len(row.cells) for part in found.parts for row in part.rows} == {count}


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (0, "None of what you chose is here. Tick two to five use cases to see them side by side."),
        (1, "You chose one. Tick two to five use cases to see them side by side."),
        (2, ""),
        (5, ""),
        (6, "You chose six. Tick two to five use cases to see them side by side."),
    ],
)
def test_fewer_than_two_and_more_than_five_are_refused(chosen: int, sentence: str) -> None:
    assert refusal(chosen) == sentence


def test_two_currencies_are_named_first_and_nothing_is_converted() -> None:
    document = example_document("eight_approaches")
    euros = document | {"costs": document["costs"] | {"currency": "EUR"}}
    told = [part for part in present_comparison([case(document), case(euros, "b")]).parts if part.key == "money"]
    first = told[0].rows[0]
    assert (first.label, [cell.words for cell in first.cells]) == (
        "Amounts are in",
        ["US dollars, not converted", "euros, not converted"],
    )
    same = present_comparison([case(euros), case(euros, "b")])
    assert all(row.label != "Amounts are in" for part in same.parts for row in part.rows)
