"""A pilot from its criteria to its outcome: on its page, after a sign-off, in the portfolio and among similar cases."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, EvidenceFile, EvidenceImport
from assessments.pages.paper_trail import paper_trail
from assessments.services import sharing
from assessments.services.answer_sheet import read_sheet
from assessments.services.extract import Scope
from assessments.services.sharing import Choices
from assessments.services.sign_off_state import state_of

from ..documents import example_document, named
from ..pages import Page, told_by
from ..signers import answer, approve, browser, new_team
from ..visits import FRAMEWORK, bring_in, contents, open_section, section_url, shared_urls, value_of

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parents[1] / "evidence_files" / "plain" / "before_after.csv"
PROBES = [("account unlock", 0.71, 0.31), ("vpn", 0.12, 0.09), ("security incident", 0.17, 0.60)]
TARGET = {"metric": "MFA-related FNR", "better": "lower", "target": 0.15}
GUARD = {"metric": "calibration ece", "better": "lower", "tolerance": 0.005}
ROWS = [
    {"metric": "MFA-related FNR", "before": 0.61, "after": 0.09, "better": "lower"},
    {"metric": "Calibration ECE", "before": 0.08, "after": 0.09, "better": "lower"},
]


def cells(key: str, rows: list[dict[str, str]]) -> dict[str, str]:
    return {f"{key}-{number}-{name}": typed for number, row in enumerate(rows) for name, typed in row.items()}


def typed_table() -> dict[str, str]:
    """The service desk's table as somebody would type it in, percent signs and all."""
    with TABLE.open(encoding="utf-8") as file:
        rows = [{key: row[key] for key in row if key != "role"} for row in csv.DictReader(file)]
    probes = [{"case": "Locked out", "class": name, "before": f"{b}", "after": f"{a}"} for name, b, a in PROBES]
    return cells("before_after", rows) | cells("probes", probes)


def test_the_service_desk_s_table_reaches_its_target_and_flags_what_it_loosened(
    owner: Any, assessment: Assessment
) -> None:
    """sources/000, "Evaluating the fine-tuned model"; entropies by evidence.md 6: 0.727 and 0.807."""
    url = section_url(assessment, "pilot")
    saved = owner.post(url, open_section(owner, assessment, "pilot") | typed_table())
    assert saved.status_code == 302
    first = value_of(assessment, "before_after")[0]
    assert (first["before"], first["after"], first["tolerance"]) == (0.914, 0.931, 0.005)
    shown = Page(owner.get(url)).words("pilot-shown")
    assert "The one target is reached, two of six metrics got worse" in shown
    assert "Worse: Calibration ECE and Variance sigma (Config A). Re-check calibration and variance." in shown
    assert "0.727" in shown
    assert "0.807" in shown
    assert "The module prints 0.68 and 0.71" in shown
    mixed = cells("before_after", [{"metric": "A", "before": "91%", "after": "0.93", "better": "higher"}])
    refused = owner.post(url, open_section(owner, assessment, "pilot") | mixed)
    assert refused.status_code == 422
    assert "write a percent sign behind all of its numbers, or behind none" in refused.content.decode()


def test_a_pilot_is_held_against_what_was_signed_and_counts_in_the_record_of_the_team() -> None:
    team = new_team()
    one, other = team.assessment(example_document("service_desk")), team.assessment(named("Refunds"))
    answer(one, team.eve, "exit_criteria", [TARGET, GUARD])
    asked = team.ask(one, team.bo, target_metric="Missed incidents")
    ana, decided_at = browser(team.ana), reverse("decide", args=[one.pk, asked.pk])
    trail = paper_trail(one, read_sheet(one), asked.version)
    told = ["Target metric Missed incidents", "MFA-related FNR At most 0.15", "Worse by at most 0.005"]
    for words in (
        Page(ana.get(reverse("sign_off", args=[one.pk]))).words("main"),
        Page(browser(team.bo).get(decided_at)).words("main"),
        " ".join(f"{row.name} {row.words}" for row in trail.criteria),
    ):
        assert [part for part in told if part not in words] == []
    approve(one, asked, team.bo)
    answer(one, team.eve, "before_after", ROWS)
    answer(one, team.eve, "pilot_outcome", "passed")
    state = state_of(one)
    assert (state.kind, state.is_stale) == ("approved", False), "an outcome takes nothing of a decision back"
    assert "another result today" not in contents(ana, [reverse("result", args=[one.pk])])
    answer(one, team.eve, "exit_criteria", [TARGET])
    assert state_of(one).is_stale
    shown = Page(ana.get(section_url(one, "pilot"))).words("pilot-shown")
    assert "1 of 2 exit criteria does not hold" in shown
    assert "signed with version 1. They were changed since; those that were signed count." in shown
    assert "Recorded as passed, though this does not hold: calibration ece." in shown

    answer(other, team.eve, "pilot_outcome", "stopped")
    record = "Your team: 1 of 2 pilots passed, 1 was stopped (95% range 9% to 91%)."
    pages = [reverse("result", args=[one.pk]), reverse("result_page", args=[one.pk, "cases"])]
    assert [record in contents(ana, [page]) for page in pages] == [True, True]
    link = sharing.make_link(one, None)
    bare = sharing.make_link(one, None, Choices(scope=Scope(evidence=False)))
    assert record in contents(Client(), shared_urls(link))
    left_out = contents(Client(), shared_urls(bare))
    hidden = ("Your team", "The pilot", "Calibration ECE", "Re-check", "Passed")
    assert not [words for words in hidden if words in left_out]

    found = ana.get(reverse("portfolio_csv", args=[team.workspace.pk]) + "?pilot=passed").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(found, newline=""))
    assert (row["Use case"], row["Pilot"]) == (example_document("service_desk")["use_case"]["name"], "Passed")


def test_a_release_names_its_parts_and_rising_corrections_bring_four_questions(owner: Any) -> None:
    bring = named("Refunds") | {"override_weeks": [31, 29, 33, 34, 38, 41], "release": {"data_version": "v7"}}
    one = bring_in(owner, bring)
    plan = reverse("result_page", args=[one.pk, "plan"])
    for page in (section_url(one, "release"), plan):
        shown = told_by(Page(owner.get(page)))
        assert all(question.ask in shown for question in FRAMEWORK.upkeep.before_retraining)
    assert "Not named yet: Prompt wrapper, Checkpoint" in Page(owner.get(plan)).words("upkeep")
    imported = EvidenceImport.objects.create(assessment=one, state="saved", description="training::openai_chat")
    EvidenceFile.objects.create(evidence_import=imported, name="desk.jsonl", size=9, sha256="4f" * 32)
    form = Page(owner.get(section_url(one, "release")))
    options = [option.get("value") for option in form.with_id("data_version-offered").iter("option")]
    assert (options, form.form("section-form")["data_version"]) == ([f"desk.jsonl, SHA-256 {'4f' * 32}"], "v7")
    calm = bring_in(owner, bring | {"override_weeks": [31, 31, 31, 31]})
    assert FRAMEWORK.upkeep.before_retraining[0].ask not in told_by(Page(owner.get(section_url(calm, "release"))))
