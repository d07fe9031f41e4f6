"""A question and an approach are added to a copy of the framework, and every room knows them.

The page docs/extending.md says which files that takes; this test touches those, and no line of Python.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment

from .documents import named
from .framework_copies import change, copied, in_force
from .money import detailed_document
from .pages import Page, told_by
from .pdf.paper import Paper, needs_poppler
from .visits import bring_in, open_section, section_url

QUESTION = """
[[questions]]
key = "answers_are_short"
kind = "choice"
place = "answers"
role = "shape"
label = "Short answers"
ask = "Is every answer shorter than a postcard?"
why = "Short answers are checked sooner."
example = "A label and one line of reasons."
find_out = "Measure the last 100 answers."
source = "ours"
"""
APPROACH = """
[[approaches]]
key = "plain_rules"
name = "Plain rules"
verdict = "Write plain rules first."
about = "A program that somebody can read, without a model."
tuning = false
"""
GUIDE = """
[[approaches]]
key = "plain_rules"
choices = ["general_prompted"]
works = {text = "The rules fit on one page.", source = "ours"}
fails = {text = "Nobody can write the rules down.", source = "ours"}
stops = [{text = "The rules contradict each other.", source = "ours"}]
first_steps = [
  {key = "one_rule", text = "Write down the rule that covers most cases.", source = "ours"},
]
"""
COSTS = """
[[approaches]]
approach = "plain_rules"
about = "A program on the server that is there already."

[[approaches.numbers]]
key = "upfront_hours"
likely = 12
why = "A day and a half to write and test it."
source = "Ours"
"""


def append(file: Path, block: str) -> None:
    file.write_text(file.read_text() + block)


@pytest.fixture
def grown(tmp_path: Path) -> Iterator[None]:
    """The site on a copy of the framework with one question and one approach more."""
    version = copied(tmp_path)
    append(version / "sections/task_shape.toml", QUESTION)
    approaches = version / "approaches.toml"
    change(approaches, r"\n\[matrix\]\n", rf"{APPROACH}\n[matrix]\n")
    approaches.write_text(re.sub(r"(hybrid = \d) \}", r"\1, plain_rules = 5 }", approaches.read_text()))
    append(version / "approach_costs.toml", COSTS)
    change(version / "precedents.toml", r"(\n\[counts_as\]\n)", r'\1plain_rules = ["no_gain"]\n')
    change(version / "guidance.toml", r"(\n\[\[approaches\]\]\nkey = \"decomposition\")", rf"{GUIDE}\1")
    change(version / "plan.toml", r"(approaches = \[\"prompting\")\](\ntitle)", r'\1, "plain_rules"]\2')
    with in_force(version):
        yield


@pytest.fixture
def visitor(grown: None, db: None) -> Client:
    return Client()


def test_the_form_asks_the_question_and_keeps_its_answer(visitor: Client) -> None:
    assessment = bring_in(visitor, named())
    form = open_section(visitor, assessment, "task_shape")
    assert "answers_are_short-rev" in form
    visitor.post(section_url(assessment, "task_shape"), form | {"answers_are_short": "yes"})
    assert "Short answers Yes" in told_by(Page(visitor.get(reverse("review", args=[assessment.pk]))))
    exported = visitor.get(reverse("export", args=[assessment.pk])).json()
    assert exported["answers"] == {"answers_are_short": "yes"}


def test_the_result_compares_the_approach_and_its_costs_can_be_filled_in(visitor: Client) -> None:
    assessment = bring_in(visitor, detailed_document())
    assert "Plain rules" in told_by(Page(visitor.get(reverse("result_page", args=[assessment.pk, "options"]))))
    visitor.post(reverse("costs_detail", args=[assessment.pk]), {"add": "plain_rules"})
    costs = Page(visitor.get(reverse("costs_approach", args=[assessment.pk, "plain_rules"]))).form("section-form")
    assert costs["upfront_hours"] == "12"
    assert "Plain rules" in told_by(Page(visitor.get("/method/")))


@needs_poppler
def test_the_report_and_the_document_in_it_know_both(visitor: Client) -> None:
    document = detailed_document()
    document["answers"]["answers_are_short"] = {"value": "no", "evidence": "Half a page each"}
    assessment = bring_in(visitor, document)
    paper = Paper(visitor.get(reverse("report", args=[assessment.pk]), {"appendix": "1"}).content)
    for words in ("Plain rules", "Short answers", "Half a page each"):
        assert words in paper.text
    again = bring_in(visitor, json.loads(paper.attached))
    assert read_back(visitor, again) == read_back(visitor, assessment)


def read_back(visitor: Client, assessment: Assessment) -> object:
    return visitor.get(reverse("export", args=[assessment.pk])).json()
