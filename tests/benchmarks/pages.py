"""The autosave requests, the result page and the report, and how much a browser has to fetch."""

import gzip
import re
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.test import Client, override_settings
from django.urls import reverse

from assessments.models import DrawnPdf
from assessments.services.report import pdf_is_available
from tests.documents import example_document
from tests.visits import bring_in, open_section

from .floor import smallest_pdf
from .measure import line, medians
from .money import everything_a_range

FORM = "application/x-www-form-urlencoded"  # as htmx sends it


def run() -> None:
    with override_settings(ROOT_URLCONF="tests.benchmarks.floor", ALLOWED_HOSTS=["testserver"]):
        client = Client()
        assessment = bring_in(client, example_document("task_api"))
        form = open_section(client, assessment, "reasons_for")
        values = cycle(("yes", "no"))
        save = reverse("value", args=[assessment.pk, "answers.brand_voice"])

        def autosave() -> None:
            form["brand_voice"] = next(values)
            response = client.post(save, urlencode(form), content_type=FORM, headers={"HX-Request": "true"})
            form["brand_voice-rev"] = re.search(r'brand_voice-rev"[^>]*value="([^"]+)"', response.content.decode())[1]  # type: ignore[index]

        result, floor = reverse("result", args=[assessment.pk]), f"/floor/read/{assessment.pk}/"

        def cold() -> None:
            caches["results"].clear()
            client.get(result)

        took = medians(
            {
                "write": lambda: client.post(f"/floor/write/{assessment.pk}/", urlencode(form), content_type=FORM),
                "autosave": autosave,
            }
        )
        took |= medians(
            {
                "read": lambda: client.get(floor),
                "result": lambda: client.get(result),
            }
        )
        took |= medians({"cold": cold}, times=20)
        ms = f"{took['autosave']:.1f} ms / {took['write']:.1f} ms"
        line("autosave / empty view that writes a row and an event", took["autosave"] / took["write"], "", 3, ms)
        ms = f"{took['result']:.1f} ms / {took['read']:.1f} ms"
        line("result page / template view with one read", took["result"] / took["read"], "", 6, ms)
        print(f"{'  the first time after a change, drawn anew':<62}{took['cold'] / took['read']:8.1f}")
        _edit_of_costs(client)
        _report(client, reverse("report", args=[assessment.pk]))
        _sizes(client, reverse("section", args=[assessment.pk, "readiness"]), result)


def _edit_of_costs(client: Client) -> None:
    """One number of the detailed costs with eleven approaches, ranges and known changes: figures, steps, comparison."""
    assessment = bring_in(client, everything_a_range())
    save = reverse("value", args=[assessment.pk, "costs.detailed.hybrid.output_tokens"])
    values = cycle(("300", "310"))
    version = 1

    def edit() -> None:
        nonlocal version
        typed = {"output_tokens": next(values), "output_tokens-rev": f"{version}."}
        response = client.post(save, urlencode(typed), content_type=FORM, headers={"HX-Request": "true"})
        assert response.status_code == 200
        version += 1

    took = medians(
        {
            "write": lambda: client.post(f"/floor/write/{assessment.pk}/", urlencode({}), content_type=FORM),
            "edit": edit,
        },
        times=20,
    )
    floor = f"{took['edit'] / took['write']:.1f} times an empty view that writes a row and an event"
    line("update after an edit of the detailed costs, eleven levers", took["edit"], " ms", 100, floor)


def _report(client: Client, url: str) -> None:
    if not pdf_is_available():
        print("report: WeasyPrint's libraries are missing")
        return

    def draw() -> None:
        DrawnPdf.objects.all().delete()
        client.get(url)

    took = medians({"report": draw, "smallest": smallest_pdf}, times=5, warm=1)
    ms = f"{took['report']:.0f} ms / {took['smallest']:.1f} ms"
    print(f"{'report PDF / smallest WeasyPrint document':<62}{took['report'] / took['smallest']:8.1f}   {ms}")


def _sizes(client: Client, section: str, result: str) -> None:
    """Kilobytes as they travel, the page and all that it names."""
    for name, url, bound in (
        ("questionnaire page with all its assets, gzip", section, 120),
        ("result page before plotly arrives, gzip", result, 150),
    ):
        html = client.get(url).content
        named = {_plain(name.decode()) for name in re.findall(rb'(?:href|src)="/static/([^"]+)"', html)}
        css = [name for name in named if name.endswith(".css")]
        fonts = {
            f"fonts/{font}" for sheet in css for font in re.findall(r"fonts/([\w.-]+)", _asset(sheet).decode("latin-1"))
        }
        assets = named | {_plain(font) for font in fonts}
        lazy = {asset for asset in assets if "plotly" in asset and asset.endswith(".js")}
        total = len(gzip.compress(html)) + sum(_travels(asset) for asset in assets - lazy)
        line(name, total / 1000, " kB", bound, f"HTML {len(gzip.compress(html)) / 1000:.1f} kB of them")


def _plain(name: str) -> str:
    """The name of a static file without the mark of its content."""
    return re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", name)


def _asset(name: str) -> bytes:
    path = finders.find(name)
    assert path, name
    return Path(str(path)).read_bytes()


def _travels(name: str) -> int:
    raw = _asset(name)
    return len(raw) if name.endswith(".woff2") else len(gzip.compress(raw))
