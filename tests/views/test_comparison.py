"""The page of the controlled comparison: roles, what leads by measurement, and what is asked of a gain."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, EvidenceImport, ImportState
from assessments.services import comparison, sharing
from assessments.services.answer_sheet import read_sheet
from assessments.services.extract import Scope

from ..imports import EVIDENCE_FILES
from ..page_faults import labelled, sound, whole
from ..pages import Page, told_by
from .test_evidence_import import imported

pytestmark = pytest.mark.django_db

ROLES = {
    "prompt": "prompt:prompting",
    "prompt+retrieval": "retrieval:better_rag",
    "prompt+tools": "tools:tools",
    "tuned": "tuned:fine_tune_small",
    "tuned+retrieval": "tuned_retrieval:hybrid",
}


def with_five_variants(assessment: Assessment) -> dict[str, str]:
    """A saved import of the five variants, and what a page sends to give them their roles."""
    one = imported(assessment, EVIDENCE_FILES / "plain" / "five_variants.csv")
    EvidenceImport.objects.filter(pk=one.pk).update(state=ImportState.SAVED)
    offered = comparison.offered_variants(assessment)
    return {one.control: ROLES[one.figures.name] for one in offered}


def send(client: Any, assessment: Assessment, do: str, **posted: Any) -> Any:
    address = reverse("comparison", args=[assessment.pk])
    return client.post(address, {"do": do} | posted, follow=True)


def test_the_five_variants_decide_and_a_critical_slice_turns_it(owner: Any, assessment: Any) -> None:
    roles = with_five_variants(assessment)
    page = Page(owner.get(reverse("comparison", args=[assessment.pk])))
    assert "Compare the levers on the same cases" in told_by(page)
    page = Page(send(owner, assessment, "roles", **roles, **{"comparison-rev": "0."}))
    told = told_by(page)
    assert "Measured: “Tuned, short prompt” leads" in told
    assert "five of the eight losses of “Tuned, short prompt” are in “should_abstain”" in told
    assert "86.6%" in told or "87%" in told
    sheet = read_sheet(assessment)
    assert (sheet.verdict.approach, sheet.verdict.action) == ("fine_tune_small", "pilot")
    origin = sheet.stated["comparison"].origin
    assert (origin["kind"], origin["rule"], [one["name"] for one in origin["files"]]) == (
        *("measured", "comparison"),
        ["five_variants.csv"],
    )
    aims = {"critical_slices": "should_abstain", "critical_slices-rev": "0.", "least_improvement": "2%"}
    page = Page(send(owner, assessment, "aims", **aims, **{"least_improvement-rev": "0."}))
    assert "Measured: “Prompt alone” leads, “Tuned, short prompt” loses where it may not" in told_by(page)
    assert "The least improvement that you ask for is 2 points" in told_by(page)
    assert read_sheet(assessment).verdict.approach == "prompting"
    assert [*whole(page), *sound(page), *labelled(page)] == []
    page = Page(send(owner, assessment, "ticks", task_frozen="on", shown=""))
    assert read_sheet(assessment).document.checks == ("task_frozen",)
    send(owner, assessment, "forget")
    assert read_sheet(assessment).verdict.measured is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [({"prompt": ""}, "Give a role"), ({"tuned": "prompt:prompting"}, "Two variants have the same role")],
)
def test_roles_that_make_no_comparison_are_refused(owner: Any, assessment: Any, change: Any, fault: str) -> None:
    roles = with_five_variants(assessment)
    wanted = {"prompt": "prompt:prompting", "tuned": "tuned:fine_tune_small"} | change
    sent = {
        control: wanted.get(next(key for key, one in ROLES.items() if one == role), "")
        for control, role in roles.items()
    }
    response = send(owner, assessment, "roles", **sent)
    assert response.status_code == 422
    assert fault in told_by(Page(response))
    assert read_sheet(assessment).document.comparison is None


def test_a_link_without_evidence_is_decided_without_the_comparison_and_says_so(owner: Any, assessment: Any) -> None:
    send(owner, assessment, "roles", **with_five_variants(assessment), **{"comparison-rev": "0."})
    assert "Measured on 118 cases" in told_by(Page(owner.get(reverse("result", args=[assessment.pk]))))
    whole_link, without = (
        Client().get(
            reverse(
                "shared_result",
                args=[sharing.make_link(assessment, None, sharing.Choices(scope=Scope(evidence=shown)))],
            )
        )
        for shown in (True, False)
    )
    assert "Measured on 118 cases" in told_by(Page(whole_link))
    told = told_by(Page(without))
    assert "Measured" not in told
    assert "Decided without any comparison that was measured." in told
