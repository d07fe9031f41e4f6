"""Versions that an earlier release froze: they still open, and stay signed."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from assessments.engine.result_json import result_json
from assessments.models import Approval, SignOff, Version
from assessments.services.answer_sheet import read_sheet

from ..pages import Page, told_by
from ..signers import Team, answer, approve, page_of, url


@pytest.fixture
def earlier(team: Team) -> Version:
    """A version that commit e7f8723 froze, and whose sign-off was given."""
    stored = json.loads((Path(__file__).parents[1] / "engine" / "stored" / "e7f8723.json").read_text(encoding="utf-8"))
    assessment = team.assessment(stored["document"])
    frozen = {key: stored[key] for key in ("document", "result", "content_hash")}
    version = Version.objects.create(
        assessment=assessment, number=1, framework="v1", hash_rule=1, last_edited_by=team.eve, **frozen
    )
    request = SignOff.objects.create(version=version, asked_by=team.ana)
    Approval.objects.create(sign_off=request, approver=team.bo)
    approve(assessment, request, team.bo)
    return version


def test_another_rule_of_hashing_alone_makes_no_version_stale(earlier: Version, ana: Client) -> None:
    caches["results"].clear()
    today = result_json(read_sheet(earlier.assessment).decision)
    Version._base_manager.filter(pk=earlier.pk).update(result=today)
    assert "something else today" not in told_by(page_of(ana, "version", earlier.assessment, 1))
    assert "another result today" not in told_by(page_of(ana, "result", earlier.assessment))


def test_what_an_earlier_release_froze_and_had_signed_still_opens_and_stays_signed(
    earlier: Version, team: Team, ana: Client, no_drawing: list[dict[str, Any]]
) -> None:
    """It was decided by another method, is hashed by another rule and holds sentences: all three are told apart."""
    caches["results"].clear()
    assessment = earlier.assessment
    assert "The same answers give another result today" in told_by(page_of(ana, "result", assessment))
    told = told_by(page_of(ana, "version", assessment, 1))
    for said in (
        "What was frozen, and what counts for a signature, is: Fine-tune a small model. Pilot first.",
        "How firm Lever, action and path As frozen Settled Today Leaning",
        "Tune a small model Levers compared As frozen Place 5, mean 3.11 Today Place 1, mean 4.26",
        "Approved",
    ):
        assert said in told, said
    for said in ("does not match its hash", "has changed since"):
        assert said not in told
    request = earlier.sign_offs.get()
    decided = told_by(page_of(ana, "decide", assessment, request.pk))
    assert "The goal is to teach the model knowledge." in decided
    assert "Upfront $7,050 Pays back after Never Left at the end −$22,451" in decided
    assert "This content was signed" in told_by(Page(ana.get("/verify/", {"hash": earlier.content_hash})))
    ana.get(url("version_report", assessment, 1))
    assert no_drawing[-1]["content_hash"] == earlier.content_hash
    assert "It was approved on" in no_drawing[-1]["html"]
    ana.get(url("report", assessment))  # today's result was signed by nobody
    assert no_drawing[-1]["content_hash"] != earlier.content_hash
    assert "It was approved on" not in no_drawing[-1]["html"]
    answer(assessment, team.eve, "brand_voice", "no")
    diff = told_by(page_of(ana, "version_diff", assessment, 1, "now"))
    assert "1 answer changed." in diff
