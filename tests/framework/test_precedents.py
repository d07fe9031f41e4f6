"""The published cases of version 1, and what the loader refuses in them."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assessments.framework import FrameworkError, load_framework
from assessments.framework.loader import read_framework

V1 = load_framework("v1")
CASES = V1.precedents.cases
FOLDER = Path(__file__).parents[2] / "assessments" / "framework" / "v1"


def test_there_are_98_cases_with_the_outcomes_of_the_collection() -> None:
    assert len(CASES) == 98
    assert Counter(case.outcome for case in CASES) == {
        "fine_tune": 44,
        "prompting": 15,
        "bigger_model": 11,
        "no_gain": 11,
        "hybrid": 11,
        "rag": 6,
    }
    assert Counter(case.evidence for case in CASES) == {"measured": 84, "qualitative": 11, "vendor_claim": 3}


def test_kinds_of_task_are_those_that_an_assessment_knows() -> None:
    assert Counter(case.task_kind for case in CASES) == {
        "classification": 21,
        "code": 20,
        "question_answering": 18,
        "extraction": 14,
        "other": 12,
        "drafting": 8,
        "tool_use": 5,
    }


def test_only_prompts_that_succeed_are_hindsight() -> None:
    assert Counter(key for case in CASES for key in case.hindsight) == {"prompts_succeed": 45}


def test_evidence_grades_stand_best_first() -> None:
    """method.md 7: measured, qualitative, vendor claim, choice only."""
    grades = [grade.key for grade in V1.precedents.evidence_grades]
    assert grades == ["measured", "qualitative", "vendor_claim", "choice_only"]


@pytest.mark.parametrize(
    ("key", "link"),
    [
        ("lawma", "https://arxiv.org/abs/2407.16615"),
        ("edmunds", "https://www.databricks.com/customers/edmunds/gen-ai"),
        ("travelers", ""),
    ],
)
def test_a_source_is_a_link_where_it_can_be_reached(key: str, link: str) -> None:
    (case,) = [case for case in CASES if case.key == key]
    assert case.link == link


def test_texts_are_sentences() -> None:
    for case in CASES:
        for text in (case.task, case.happened, case.caveat, case.cost_and_speed):
            assert text == "" or text.endswith("."), (case.key, text)
            assert "!" not in text


def refusal(tmp_path: Path, old: Any, new: Any) -> Any:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "v1"))
    text = (folder / "precedents.toml").read_text(encoding="utf-8")
    assert old in text, f"precedents.toml has no {old!r} to break"
    (folder / "precedents.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FrameworkError) as caught:
        read_framework(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("happened = ", "happend = ", "happend"),
        ("same_kind = 3", "same_knd = 3", "same_knd"),
        ("same_kind = 3", 'same_kind = "3"', "same_kind"),
        ('answers = { prompt_variations = "no"', 'answers = { prompt_variation = "no"', "prompt_variation"),
        ('answers = { prompt_variations = "no"', 'answers = { prompt_variations = "maybe"', "prompt_variations"),
        ('answers = { prompt_variations = "no"', 'answers = { prompt_variations = "na"', "prompt_variations"),
        ('answers = { prompt_variations = "no"', 'answers = { labelled_examples = "no"', "labelled_examples"),
        ('outcome = "no_gain"', 'outcome = "no_win"', "no_win"),
        ('also_defensible = ["bigger_model"', 'also_defensible = ["larger_model"', "larger_model"),
        ('task_kind = "drafting"', 'task_kind = "writing"', "writing"),
        ('evidence = "qualitative"', 'evidence = "hearsay"', "hearsay"),
        ('published_by = "talk"', 'published_by = "chat"', "chat"),
        ('dominant_failure = "reasoning"', 'dominant_failure = "thinking"', "thinking"),
        ('hindsight = ["prompts_succeed"]', 'hindsight = ["data_sovereignty"]', "data_sovereignty"),
        ('key = "loraland-conllpp"', 'key = "loraland-bc5cdr"', "loraland-bc5cdr"),
        ('key = "cost_optimization"', 'key = "cost_optimisation"', "cost_optimisation"),
        ('arm = "before"', 'arm = "earlier"', "arm"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, old: str, new: str, named: str) -> None:
    message = refusal(tmp_path, old, new)
    assert message.startswith("precedents.toml: ")
    assert named in message
