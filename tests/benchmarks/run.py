"""What is measured, in the order in which people meet it."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import weasyprint
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from assessments.engine.decide import decide
from assessments.engine.document import load_document
from assessments.framework import load_framework
from assessments.models import Assessment
from tests.documents import example_document
from tests.pdf.vectors import PROSE, filled
from tests.visits import bring_in, open_section

from .measure import interleaved, line, milliseconds
from .weight import weight


def run() -> None:
    browser = Client(enforce_csrf_checks=False)
    assessment = bring_in(browser, example_document("task_api"))
    owner = Client(enforce_csrf_checks=True)
    owner.cookies = browser.cookies
    autosave(owner, assessment)
    result(owner, assessment)
    report(owner, assessment)
    longest_report(browser)
    bytes_of_pages(owner, assessment)
    engine()


def autosave(owner: Client, assessment: Assessment) -> None:
    """A radio button is clicked: the whole section is posted and one answer saved."""
    form = open_section(owner, assessment, "reasons_for")
    answers = itertools.cycle(("no", "yes"))
    save = reverse("answer", args=[assessment.pk, "brand_voice"])

    def saving() -> None:
        form["brand_voice"] = next(answers)
        response = owner.post(save, form, headers={"HX-Request": "true"})
        assert response.status_code == 200, response.content
        page = response.content.decode()
        form["brand_voice-rev"] = page.split('name="brand_voice-rev"')[1].split('value="')[1].split('"')[0]

    floor = poster(owner, reverse("floor_write", args=[assessment.pk]), form)
    ours, least = interleaved(saving, floor, rounds=200)
    line("autosave / empty view with one write", ours / least, bound=3, more=milliseconds(ours, least))


def poster(owner: Client, address: str, form: dict[str, str]) -> Callable[[], None]:
    def post() -> None:
        assert owner.post(address, form, headers={"HX-Request": "true"}).status_code == 200

    return post


def getter(owner: Client, address: str, *cleared: str) -> Callable[[], None]:
    def get() -> None:
        for name in cleared:
            caches[name].clear()
        assert owner.get(address).status_code == 200

    return get


def result(owner: Client, assessment: Assessment) -> None:
    page = reverse("result", args=[assessment.pk])
    again, first = getter(owner, page), getter(owner, page, "results")
    floor = getter(owner, reverse("floor_read", args=[assessment.pk]))
    ours, least = interleaved(again, floor, rounds=200)
    line("result page / template view with one read", ours / least, bound=6, more=milliseconds(ours, least))
    ours, least = interleaved(first, floor, rounds=100)
    line("  the same, first time after a change", ours / least, more=milliseconds(ours, least))


def report(owner: Client, assessment: Assessment) -> None:
    drawing = getter(owner, reverse("report", args=[assessment.pk]), "reports")
    ours, least = interleaved(drawing, smallest_document, rounds=7, warm_up=1)
    line("report PDF / smallest WeasyPrint document", ours / least, more=milliseconds(ours, least))
    (kept,) = interleaved(getter(owner, reverse("report", args=[assessment.pk])), rounds=20)
    line("  the same report, read again", kept * 1000, unit=" ms")


def smallest_document() -> None:
    weasyprint.HTML(string='<html lang="en"><title>A</title><p>A').write_pdf(pdf_variant="pdf/ua-1")


def longest_report(browser: Client) -> None:
    """10,000 characters in every field that takes text."""
    assessment = bring_in(browser, filled(PROSE))
    (spent,) = interleaved(getter(browser, reverse("report", args=[assessment.pk])), rounds=1, warm_up=0)
    line("the longest report there can be", spent, unit=" s", bound=15)


def bytes_of_pages(owner: Client, assessment: Assessment) -> None:
    pages: dict[str, tuple[str, float | None]] = {
        "questionnaire page with all its assets, gzip": (
            reverse("section", args=[assessment.pk, "reasons_for"]),
            120,
        ),
        "result page before plotly arrives, gzip": (reverse("result", args=[assessment.pk]), None),
    }
    for name, (address, bound) in pages.items():
        sizes = weight(owner, address)
        line(name, sum(sizes.values()) / 1000, unit=" kB", bound=bound)
        for file, size in sorted(sizes.items(), key=lambda item: -item[1])[:4]:
            print(f"    {size / 1000:6.1f} kB  {file.rsplit('/static/')[-1]}")


def engine() -> None:
    framework = load_framework()
    text = json.dumps(example_document("task_api"))
    document = load_document(text, framework)

    def reading() -> Any:
        return load_document(text, framework)

    def deciding() -> Any:
        return decide(framework, document)

    for name, seconds in zip(
        ("reading a document", "decide()"), interleaved(reading, deciding, rounds=200), strict=True
    ):
        line(name, seconds * 1000, unit=" ms")
