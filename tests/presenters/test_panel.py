"""The verdict so far: nothing is said before there is something to say, and it follows each answer."""

from typing import Any

import pytest

from assessments.engine.document import read_document
from assessments.presenters.panel import Panel, present_panel
from assessments.presenters.verdict import headline

from ..documents import decided, example_document, full_document, named
from ..visits import FRAMEWORK

CEILING, FOR, AGAINST = (FRAMEWORK.keys(role) for role in ("ceiling", "indicator", "anti_indicator"))


def panel(document: dict[str, Any]) -> Panel:
    return present_panel(decided(document), read_document(document, FRAMEWORK))


def states(document: dict[str, Any]) -> list[str]:
    return [step.state for step in panel(document).steps]


def answers(**values: tuple[str, ...]) -> dict[str, Any]:
    return named(answers={key: value for value, keys in values.items() for key in keys})


def test_before_the_first_deciding_answer_there_is_no_verdict_to_announce():
    shown = panel(named(use_case={"task": "Draft replies", "monthly_requests": 5}))
    assert (shown.has_verdict, shown.sentence, shown.known) == (False, "No verdict yet", 0)
    assert (shown.announcement, shown.next_line) == ("", "")
    assert states(named()) == ["now", "todo", "todo"]


def test_it_counts_the_deciding_questions_that_are_known():
    assert panel(named()).deciding == len(FRAMEWORK.deciding_keys) == 28
    assert panel(answers(yes=CEILING[:2], unsure=FOR[:1], no=AGAINST[:1])).known == 3
    assert panel(full_document()).known == 19


def test_the_tree_is_walked_until_it_stops():
    reached = {"yes": CEILING}
    assert states(answers(yes=CEILING[:2])) == ["now", "todo", "todo"]
    assert states(answers(**reached)) == ["done", "now", "todo"]
    assert states(answers(yes=(*CEILING, *FOR[:3]), no=FOR[3:])) == ["done", "now", "todo"]
    assert states(answers(yes=(*CEILING, *FOR[:4], *AGAINST[:2]))) == ["done", "done", "now"]
    assert states(answers(yes=(*CEILING, *FOR[:4]), no=AGAINST)) == ["done", "done", "done"]


@pytest.mark.parametrize("name", ["service_desk", "support_copilot", "task_api"])
def test_the_sentence_is_the_verdict_of_the_result_page(name):
    shown = panel(example_document(name))
    assert shown.sentence == headline(decided(example_document(name))).title
    assert shown.sentence in shown.announcement


def test_costs_alone_make_no_verdict():
    assert not panel(example_document("eight_approaches")).has_verdict


@pytest.mark.parametrize(
    "document",
    [
        answers(yes=CEILING[:1]),
        answers(yes=CEILING),
        answers(yes=(*CEILING, *FOR[:4], *AGAINST)),
        answers(yes=(*CEILING, *FOR), no=AGAINST),
    ],
)
def test_there_is_always_a_next_line_once_there_is_a_verdict(document):
    shown = panel(document)
    assert bool(shown.next_line) == bool(shown.sentence) is True


def test_payback_is_told_once_costs_are_there():
    assert panel(named()).money_line == ""
    money = panel(example_document("task_api")).money_line
    assert "$6,000" in money
    assert "4 months" in money
