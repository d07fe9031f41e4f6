"""One edit of the detailed costs, and how much a browser has to fetch."""

import gzip
import re
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import reverse

from tests.documents import example_document
from tests.visits import bring_in

from .measure import line, medians
from .money import everything_a_range

FORM = "application/x-www-form-urlencoded"  # as htmx sends it


def run() -> None:
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        assessment = bring_in(client, example_document("task_api"))
        _edit_of_costs(client)
        _sizes(client, reverse("section", args=[assessment.pk, "readiness"]), reverse("result", args=[assessment.pk]))


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
        assert (response.status_code, typed["output_tokens"] in response.content.decode()) == (200, True)
        version += 1

    took = medians({"edit": edit}, times=20)
    line("update after an edit of the detailed costs, eleven levers", took["edit"], " ms", 100)


def _sizes(client: Client, section: str, result: str) -> None:
    """Kilobytes as they travel, the page and all that it names."""
    for name, url, bound in (
        ("questionnaire page with all its assets", section, 120),
        ("result page before plotly arrives", result, 150),
    ):
        html = client.get(url).content
        named = {_plain(name.decode()) for name in re.findall(rb'(?:href|src)="/static/([^"]+)"', html)}
        css = [name for name in named if name.endswith(".css")]
        fonts = {
            f"fonts/{font}" for sheet in css for font in re.findall(r"fonts/([\w.-]+)", _asset(sheet).decode("latin-1"))
        }
        assets = named | {_plain(font) for font in fonts}
        lazy = {asset for asset in assets if "plotly" in asset and asset.endswith(".js")}
        total = len(html) + sum(_travels(asset) for asset in assets - lazy)
        line(name, total / 1000, " kB", bound, f"HTML, uncompressed, {len(html) / 1000:.1f} kB of them")


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
