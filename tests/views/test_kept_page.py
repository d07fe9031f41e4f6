"""A page that is kept is what would be drawn now, whatever was done meanwhile, and is for whoever asks alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, Membership, Role, ShareLink
from assessments.services import comments, sharing

from ..documents import example_document
from ..pages import Page
from ..signers import Team, answer, approve, browser, new_team
from ..visits import autosave, open_section, section_url
from ..workspaces import portfolio_url

pytestmark = pytest.mark.django_db
_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')


@pytest.fixture
def team() -> Team:
    return new_team()


@pytest.fixture
def assessment(team: Team) -> Assessment:
    return team.assessment(example_document("task_api"))


def addresses(assessment: Assessment) -> list[str]:
    assert assessment.workspace
    places = (reverse("result", args=[assessment.pk]), section_url(assessment, "reasons_for"))
    return [*places, portfolio_url(assessment.workspace, "portfolio")]


def read(client: Client, address: str) -> bytes:
    """Without the form token, which is another one each time."""
    response = client.get(address)
    assert response.status_code == 200
    return _TOKEN.sub(rb"\1", response.content)


def steps(team: Team, assessment: Assessment) -> list[Callable[[], Any]]:
    """What people do that shows on one of these pages."""
    eve = browser(team.eve)
    remark = comments.add(assessment, team.ana, comments.RESULT, "@Eve, is this right?", [team.eve])
    requests: list[Any] = []
    return [
        lambda: comments.add(assessment, team.ana, "reasons_for", "Here too", [team.eve]),
        lambda: comments.resolve(assessment, team.eve, remark),
        lambda: answer(assessment, team.eve, "brand_voice", "no"),
        lambda: autosave(eve, assessment, "name", open_section(eve, assessment, "use_case") | {"name": "Another name"}),
        lambda: requests.append(team.ask(assessment, team.bo)),
        lambda: approve(assessment, requests[0], team.bo),
        lambda: sharing.make_link(assessment, team.eve),
        lambda: ShareLink.objects.update(expires_at=timezone.now()),
        lambda: eve.post("/account/", {"name": "Eve Newname"}),
        lambda: browser(team.ana).post(
            reverse("change_member", args=[team.workspace.pk, Membership.objects.get(user=team.eve).pk]),
            {"role": Role.OWNER},
        ),
        lambda: eve.post("/appearance/", {"theme": "dark"}),
        lambda: team.assessment(example_document("service_desk")),
        lambda: eve.post(reverse("change_workspace", args=[team.workspace.pk]), {"name": "Renamed"}),
    ]


def test_after_every_step_a_page_is_what_would_be_drawn_now(team: Team, assessment: Assessment) -> None:
    eve = browser(team.eve)
    for step in steps(team, assessment):
        for address in addresses(assessment):
            read(eve, address)
        step()
        for address in addresses(assessment):
            shown = read(eve, address)
            caches["pages"].clear()
            assert shown == read(eve, address), address


def test_what_is_kept_for_one_is_shown_to_nobody_else(team: Team, assessment: Assessment, new_client: Any) -> None:
    eve, vic, dan = browser(team.eve), browser(team.vic), browser(team.dan)
    comments.add(assessment, team.eve, comments.RESULT, "Mine", [])
    result, *_ = addresses(assessment)
    assert b"Take back" in read(eve, result)
    assert b"Take back" not in read(vic, result)
    for name, client in (("Eve", eve), ("Vic", vic)):
        assert f"{name} Example".encode() in read(client, result)
    assert dan.get(result).status_code == new_client().get(result).status_code == 404
    Membership.objects.filter(user=team.vic).delete()
    assert vic.get(result).status_code == 404


def test_its_forms_are_taken(team: Team, assessment: Assessment) -> None:
    """Kept is none of the tokens, which are this browser's."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser(team.eve).cookies
    address = section_url(assessment, "reasons_for")
    strict.get(address)
    page = strict.get(address)
    token = Page(page).form("section-form")["csrfmiddlewaretoken"]
    assert b"\x1a" not in page.content
    assert strict.post("/appearance/", {"theme": "dark", "csrfmiddlewaretoken": token}).status_code == 302
    assert strict.post("/appearance/", {"theme": "dark"}).status_code == 403
