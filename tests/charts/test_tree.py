"""The tree shows the way that was taken, by thickness and in words, for each place where it can end."""

from xml.etree import ElementTree

import pytest

from assessments.charts.tree import Ours, describe_tree, draw_tree
from assessments.engine.decision import Decision
from assessments.framework import load_framework
from tests.documents import decided, named

FRAMEWORK = load_framework()
OURS = Ours(word="Our verdict: confirm first", name="Keep the model, serve it more cheaply.")
CEILING = dict.fromkeys(FRAMEWORK.keys("ceiling"), "yes")
FOR = dict.fromkeys(FRAMEWORK.keys("indicator"), "yes")
AGAINST = dict.fromkeys(FRAMEWORK.keys("anti_indicator"), "no")
CASES = {
    "not started": ({}, "keep_prompting", 1),
    "a step open": ({**CEILING, "few_shot_used": "no"}, "keep_prompting", 1),
    "target met": ({**CEILING, "target_missed": "no"}, "keep_prompting", 1),
    "few reasons": ({**CEILING, **AGAINST}, "improve_rag_or_switch_model", 2),
    "blockers": ({**CEILING, **FOR, **AGAINST, "low_volume": "yes", "exploration_phase": "yes"}, "address_blockers", 3),
    "candidate": ({**CEILING, **FOR, **AGAINST}, "fine_tune_candidate", 3),
}


def case(name: str) -> tuple[Decision, ElementTree.Element]:
    answers, leaf, _ = CASES[name]
    decision = decided(named(answers=answers))
    assert decision.leaf == leaf
    return decision, ElementTree.fromstring(draw_tree(decision, OURS))


def widths(root: ElementTree.Element, kind: str) -> list[float]:
    return [float(line.get("stroke-width") or 0) for line in root.iter("path") if line.get("class") == kind]


@pytest.mark.parametrize("name", CASES)
def test_the_way_taken_is_thick_and_solid_and_ends_at_one_leaf(name: str) -> None:
    _, root = case(name)
    steps = CASES[name][2]
    assert len(widths(root, "e on")) == steps
    assert min(widths(root, "e on")) > 2 * max(widths(root, "e") or [1])
    dashed = [line for line in root.iter("path") if line.get("stroke-dasharray")]
    assert {line.get("class") for line in dashed} <= {"e"}
    assert len([box for box in root.iter("rect") if box.get("class") == "n end"]) == 1
    assert len([box for box in root.iter("rect") if box.get("class") == "n on"]) == steps


@pytest.mark.parametrize("name", CASES)
def test_the_way_taken_is_told_in_words_too(name: str) -> None:
    decision, root = case(name)
    words = [text.text or "" for text in root.iter("text")]
    taken = [text.text for text in root.iter("text") if text.get("class") == "lab on"]
    assert len(taken) == CASES[name][2]
    assert set(taken) <= {"Yes", "No", "Open"}
    for node in decision.path:
        assert any(words_.startswith(f"{node.count} of {node.of} ") for words_ in words)
    for line in FRAMEWORK.leaf[decision.leaf].short:
        assert line in words or decision.leaf == "fine_tune_candidate"


@pytest.mark.parametrize("name", CASES)
def test_our_verdict_has_a_box_of_its_own_to_which_the_way_leads(name: str) -> None:
    _, root = case(name)
    (box,) = [box for box in root.iter("rect") if box.get("class") == "n our"]
    (way,) = [line for line in root.iter("path") if line.get("class") == "e our"]
    assert (way.get("d") or "").endswith(f"V{float(box.get('y') or 0) - 9:g}")
    assert {OURS.word, OURS.name} <= {text.text for text in root.iter("text")}


@pytest.mark.parametrize("name", CASES)
def test_it_has_a_title_that_says_it_all(name: str) -> None:
    decision, root = case(name)
    title = root.findtext("title") or ""
    assert title == describe_tree(decision, OURS)
    assert title == root.get("aria-label")
    assert FRAMEWORK.leaf[decision.leaf].name in title
    assert title.endswith(f"{OURS.word}: {OURS.name}")
    assert root.get("role") == "img"


def test_an_open_ceiling_is_called_open() -> None:
    answers = {**CEILING, "few_shot_used": "unsure"}
    decision = decided(named(answers=answers))
    drawn = draw_tree(decision, OURS)
    assert decision.path[0].outcome == "open"
    assert ">Open<" in drawn
    assert "not known yet" in describe_tree(decision, OURS)


@pytest.mark.parametrize("name", CASES)
def test_texts_fit_into_their_boxes(name: str) -> None:
    _, root = case(name)
    for text in root.iter("text"):
        across, anchor = float(text.get("x") or 0), text.get("text-anchor") or "start"
        size = 0.55 * float(text.get("font-size") or 14) * len(text.text or "")
        left = across - (size / 2 if anchor == "middle" else 0)
        assert left >= 0, text.text
        assert left + size <= 440, text.text
