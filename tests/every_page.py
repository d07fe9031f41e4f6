"""Every kind of page that the site shows, in every state: for what must hold on all of them."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.services import sharing
from assessments.services.assessments import load_sample

from .documents import example_document, full_document, named
from .visits import FRAMEWORK, bring_in, open_section, save_one, section_url, upload

HOSTILE = "<script>alert(1)</script>\"'></textarea><img src=x onerror=alert(1)> \u202e ünï {{ 7 }} "

# The state of an assessment: nothing, some and all of it answered, and all texts hostile.
STATES: dict[str, Callable[[], dict[str, Any]]] = {
    "empty": named,
    "partial": lambda: example_document("service_desk"),
    "full": full_document,
    "hostile": lambda: hostile_document(),
}
OWN_PAGES = ("overview", "check", "result", "delete", "history", "sign_off")
VERSION_PAGES: dict[str, tuple[Any, ...]] = {
    "versions": (),
    "version": (1,),
    "version_diff": (1, "now"),
    "go_back": (1,),
    "answer_history": ("brand_voice",),
}


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
    client.post(reverse("freeze", args=[assessment.pk]), {"reason": HOSTILE})
    for name, more in VERSION_PAGES.items():
        pages[name] = client.get(reverse(name, args=[assessment.pk, *more]))
    token = sharing.make_link(assessment)
    pages["shared result"] = Client().get(reverse("shared_result", args=[token]))
    pages["result with a link"] = client.get(reverse("result", args=[assessment.pk]))
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
        "landing": client.get("/"),
        "privacy": client.get("/privacy/"),
        "method": client.get("/method/"),
        "list": client.get("/assessments/"),
        "empty list": Client().get("/assessments/"),
        "import": client.get("/import/"),
        "import with faults": upload(client, '{"answers": {"<b>": 1}}'),
        "sample": client.get("/samples/task-api/"),
        "verify": client.get("/verify/"),
        "verify with faults": client.post("/verify/", {"hash": HOSTILE}),
        "verify unknown": client.post("/verify/", {"hash": "0" * 64}),
        "link": client.post(reverse("make_link", args=[assessment.pk])),
        "section with faults": client.post(costs, {"hourly_rate": HOSTILE, "api_savings": "x", "from": "check"}),
        "section in conflict": client.post(reasons, stale | {"brand_voice": "no"}),
        "not found": client.get("/nothing/"),
        "no csrf": strict.post("/a/"),
        "too large": client.generic("POST", "/import/", b"", CONTENT_LENGTH="9000000"),
        "unreadable": client.generic("POST", "/import/", b"x", content_type="multipart/form-data"),
        "dark": Client(headers={"Cookie": "appearance=dark"}).get("/"),
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
        "ticked": client.post(reverse("checks", args=[assessment.pk]), {"toggled": "alarm"}, headers=htmx),
    }
