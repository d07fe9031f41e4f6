"""A lever that the answers say is done is never told as if it were new, wherever a verdict is told.

Issue 10: "nothing advised that the answers say is done or impossible".
"""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from assessments.framework import load_framework
from assessments.pages.paper_trail import paper_trail
from assessments.pages.report import report_html
from assessments.services.answer_sheet import read_sheet
from tests.documents import decided, named
from tests.pages import Page, words
from tests.visits import result_urls
from tests.workspaces import browser_of_a, new_workspace, portfolio_page, put_in

FRAMEWORK = load_framework()
CEILING = FRAMEWORK.keys("ceiling")


def tried(*also: str, **parts: Any) -> dict[str, Any]:
    """All steps of the ceiling and these are done, and the target is still missed."""
    answers = dict.fromkeys((*CEILING, *also), "yes") | parts.pop("answers", {})
    return named("Claims", answers=answers, **parts)


BARRED = {"data_sovereignty": "yes", "runs_in_house": "no"}
DONE = {
    "other_model": tried("decomposition_tried", "newest_model_tried", failures={"noisy_context": 30, "reasoning": 70}),
    "optimize_prompts": tried("decomposition_tried", "prompt_optimizer_tried", "consistent_behavior", "low_volume"),
    "better_rag": tried("needs_fresh_knowledge", failures={"missing_knowledge": 100}),
    "classifier": tried(
        *("classifier_tried", "newest_model_tried", "consistent_behavior", "insufficient_data", "low_volume"),
        *("cost_optimization", "latency_requirements"),
        failures={"wrong_class": 100},
        use_case={"task_kind": "classification"},
    ),
}
BARRED_MODEL = tried("newest_model_tried", answers=BARRED, failures={"reasoning": 100})


def assert_told(text: str, approach: str, wording: str) -> None:
    said = FRAMEWORK.approach[approach]
    assert said.said(wording).rstrip(".") in text
    assert said.verdict not in text
    assert not said.verdict_fix_first or said.verdict_fix_first not in text


@pytest.mark.django_db
@pytest.mark.parametrize("approach", DONE)
def test_no_place_that_tells_the_verdict_tells_it_as_new(approach: str) -> None:
    decision = decided(DONE[approach])
    assert (decision.approach, decision.standings[approach].wording) == (approach, "tried")
    workspace = new_workspace()
    assessment, other = (put_in(workspace, DONE[approach]) for _ in range(2))
    client = browser_of_a("owner", workspace)
    pages = [
        *result_urls(assessment)[:1],
        reverse("whatif", args=[assessment.pk]),
        f"{reverse('compare', args=[workspace.pk])}?a={assessment.pk}&a={other.pk}",
        reverse("assessments"),
    ]
    for url in pages:
        assert_told(words(Page(client.get(url)).root), approach, "tried")
    (rows,) = portfolio_page(client, workspace).all("tbody")
    assert_told(words(rows), approach, "tried")
    for url in result_urls(assessment)[1:]:
        assert FRAMEWORK.approach[approach].verdict not in words(Page(client.get(url)).root)
    if any(lever.open and not lever.tried for lever in decision.standings.values()):
        assert "next in line" in words(Page(client.get(pages[0])).root)
    record = client.get(reverse("record", args=[assessment.pk, "md"])).content.decode()
    assert_told(record, approach, "tried")
    sheet = read_sheet(assessment)
    paper = report_html(sheet, paper_trail(assessment, sheet, None), at=assessment.changed_at)
    assert_told(words(Page(HttpResponse(paper)).root), approach, "tried")


def test_where_data_may_not_leave_another_model_is_one_that_the_team_runs() -> None:
    assert decided(BARRED_MODEL).standings["other_model"].wording == "own"
