"""Every kind of page that the site shows, in every state: for what must hold on all of them."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.services import sharing
from assessments.services.assessments import load_sample

from .documents import example_document, full_document, named
from .team import a_team, brought_in
from .visits import FRAMEWORK, bring_in, open_section, save_one, section_url, upload

HOSTILE = "<script>alert(1)</script>\"'></textarea><img src=x onerror=alert(1)> \u202e ünï {{ 7 }} "

# The state of an assessment: nothing, some and all of it answered, and all texts hostile.
STATES: dict[str, Callable[[], dict[str, Any]]] = {
    "empty": named,
    "partial": lambda: example_document("service_desk"),
    "full": full_document,
    "hostile": lambda: hostile_document(),
}
OWN_PAGES = ("overview", "check", "result", "delete", "make_link")


def hostile_document() -> dict[str, Any]:
    document = full_document()
    document["use_case"] |= {"name": HOSTILE, "task": HOSTILE * 50, "model": HOSTILE}
    for key in FRAMEWORK.keys("ceiling"):
        document["answers"][key] = {"value": "yes", "evidence": HOSTILE * 3, "link": "https://e.org/\"'><b>"}
    document["data"] = [{"label": HOSTILE, "required": 9, "available": 1, "reviewed": 0}]
    return document


def pages_of(client: Client, assessment: Assessment) -> dict[str, Any]:
    """The response of every page of an assessment, by a name for it."""
    pages = {name: client.get(reverse(name, args=[assessment.pk])) for name in OWN_PAGES}
    for section in FRAMEWORK.sections:
        pages[f"section {section.key}"] = client.get(section_url(assessment, section.key))
    token = sharing.make_link(assessment)
    pages["shared result"] = Client().get(reverse("shared_result", args=[token]))
    pages["result with a link"] = client.get(reverse("result", args=[assessment.pk]))
    pages["links"] = client.get(reverse("links", args=[assessment.pk]))
    return pages


def other_pages(client: Client) -> dict[str, Any]:
    """The response of every other page: of the site itself, after a fault, and in a conflict."""
    load_sample("task-api", example_document("task_api"))
    gone = bring_in(client, named("Deleted"))
    client.post(reverse("delete", args=[gone.pk]))
    assessment = bring_in(client, example_document("task_api"))
    costs, reasons = section_url(assessment, "costs"), section_url(assessment, "reasons_for")
    stale = open_section(client, assessment, "reasons_for")
    save_one(client, assessment, "brand_voice", "unsure", evidence=HOSTILE)
    strict = Client(enforce_csrf_checks=True)
    return {
        **link_pages(client, assessment),
        **team_pages(),
        "landing": client.get("/"),
        "privacy": client.get("/privacy/"),
        "method": client.get("/method/"),
        "list": client.get("/assessments/"),
        "empty list": Client().get("/assessments/"),
        "import": client.get("/import/"),
        "import with faults": upload(client, '{"answers": {"<b>": 1}}'),
        "sample": client.get("/samples/task-api/"),
        "link": client.post(reverse("make_link", args=[assessment.pk])),
        "section with faults": client.post(costs, {"hourly_rate": HOSTILE, "api_savings": "x", "from": "check"}),
        "section in conflict": client.post(reasons, stale | {"brand_voice": "no"}),
        "not found": client.get("/nothing/"),
        "no csrf": strict.post("/a/"),
        "too large": client.generic("POST", "/import/", b"", CONTENT_LENGTH="9000000"),
        "unreadable": client.generic("POST", "/import/", b"x", content_type="multipart/form-data"),
        "dark": Client(headers={"Cookie": "appearance=dark"}).get("/"),
    }


def link_pages(client: Client, assessment: Assessment) -> dict[str, Any]:
    """The form of a link with faults, what can be done to one, and what a visitor meets first."""
    choices = sharing.Choices(name=HOSTILE, passphrase="correct horse", openings_allowed=1)
    closed = reverse("shared_result", args=[sharing.make_link(assessment, choices)])
    counted = reverse("shared_result", args=[sharing.make_link(assessment, sharing.Choices(openings_allowed=1))])
    link = assessment.share_links.last()
    assert link
    change = reverse("change_link", args=[assessment.pk, link.pk])
    pages = {
        "link with faults": client.post(
            reverse("make_link", args=[assessment.pk]), {"choices": "1", "name": HOSTILE * 2, "passphrase": "x"}
        ),
        "change link": client.get(change),
        "change link with faults": client.post(change, {"name": HOSTILE, "openings": HOSTILE}),
        "switch off": client.get(reverse("switch_off", args=[assessment.pk, link.pk])),
        "links of every kind": client.get(reverse("links", args=[assessment.pk])),
        "closed link": Client().get(closed),
        "counted link": Client().get(counted),
        "closed link with a fault": Client().post(closed, {"passphrase": HOSTILE}),
    }
    for _ in range(4):
        Client().post(closed, {"passphrase": "wrong"})
    return pages | {"closed link, locked out": Client().post(closed, {"passphrase": "wrong"})}


def team_pages() -> dict[str, Any]:
    """Pages that only a team has."""
    team = a_team()
    assessment = brought_in(team, example_document("task_api"))
    editor, address = team["editor"], reverse("comments", args=[assessment.pk])
    nothing_waits = editor.get("/waiting/")
    for place in ("result", "costs"):
        to_comment = reverse("comment", args=[assessment.pk, place])
        editor.post(to_comment, {"text": f"@Editor {HOSTILE}"})
        editor.post(to_comment, {"text": "Done"})
        done = assessment.comments.get(place=place, text="Done")
        editor.post(reverse("resolve_comment", args=[assessment.pk, done.pk]))
    return {
        "comments": editor.get(address),
        "comment with a fault": editor.post(to_comment, {"text": HOSTILE * 500}),
        "section of a team": editor.get(section_url(assessment, "costs")),
        "result of a team": team["viewer"].get(reverse("result", args=[assessment.pk])),
        "waiting": editor.get("/waiting/"),
        "nothing waits": nothing_waits,
    }


def fragments(client: Client) -> dict[str, Any]:
    """What htmx swaps in, by a name for it."""
    assessment = bring_in(client, example_document("task_api"))
    stale = open_section(client, assessment, "reasons_for") | {"brand_voice": "no"}
    url, htmx = reverse("answer", args=[assessment.pk, "brand_voice"]), {"HX-Request": "true"}
    return {
        "saved": client.post(url, stale | {"brand_voice": "unsure"}, headers=htmx),
        "conflict": client.post(url, stale, headers=htmx),
        "refused": client.post(url, stale | {"brand_voice-link": HOSTILE}, headers=htmx),
        "link": client.post(reverse("make_link", args=[assessment.pk]), headers=htmx),
        **comment_fragments(),
        "ticked": client.post(reverse("checks", args=[assessment.pk]), {"toggled": "alarm"}, headers=htmx),
    }


def comment_fragments() -> dict[str, Any]:
    team = a_team("Talk")
    assessment = brought_in(team, example_document("task_api"))
    url, htmx = reverse("comment", args=[assessment.pk, "costs"]), {"HX-Request": "true"}
    return {
        "comment": team["editor-of-talk"].post(url, {"text": HOSTILE, "page": "section"}, headers=htmx),
        "comment with a fault": team["editor-of-talk"].post(url, {"text": "", "page": "section"}, headers=htmx),
    }
