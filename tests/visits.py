"""What a browser does on the site: open pages, fill in forms, and send them."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, cast

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from assessments.framework import Framework, Question, load_framework
from assessments.models import Assessment, StoredValue
from assessments.presenters.result_index import BEHIND
from assessments.services.answer_sheet import read_sheet

from .pages import Page

FRAMEWORK: Framework = load_framework()


def start(client: Client) -> Assessment:
    """A new assessment, started with the button."""
    return _opened(client.post(reverse("start")))


def bring_in(client: Client, document: Any) -> Assessment:
    """A new assessment with the answers of this document, imported as a file."""
    return _opened(upload(client, json.dumps(document)))


def result_urls(assessment: Assessment) -> list[str]:
    """The brief and the pages behind it."""
    behind = (reverse("result_page", args=[assessment.pk, page]) for page in BEHIND)
    return [reverse("result", args=[assessment.pk]), *behind]


def shared_urls(token: str, *, costs: bool = True) -> list[str]:
    """What a link leads to: the brief and the pages behind it, without that of the money where costs are left out."""
    pages = [page for page in BEHIND if costs or page != "money"]
    return [reverse("shared_result", args=[token]), *(reverse("shared_page", args=[token, page]) for page in pages)]


def contents(client: Client, urls: Iterable[str]) -> str:
    """The pages at these addresses, one after the other."""
    responses = [client.get(url) for url in urls]
    assert {response.status_code for response in responses} == {200}
    return "\n".join(response.content.decode() for response in responses)


def upload(client: Client, content: str | bytes, *, name: str = "assessment.json") -> HttpResponse:
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, raw, content_type="application/json")
    return _response(client.post(reverse("import"), {"document": file}))


def _opened(response: Any) -> Assessment:
    assert response.status_code == 302, response.content.decode()[:2000]
    return Assessment.objects.get(pk=resolve(response["Location"]).kwargs["assessment_id"])


def url_of(name: str, **arguments: str) -> str:
    """The address of that name, with those of the arguments that it takes."""
    taken: Any = _patterns_by_name()[name]
    names = taken.converters or (taken.regex.groupindex if hasattr(taken, "_regex") else {})
    return reverse(name, kwargs={key: arguments[key] for key in names})


@cache
def _patterns_by_name() -> dict[str, Any]:
    """The first address of each name."""
    return {str(one.name): one.pattern for one in reversed([*url_patterns(get_resolver().url_patterns)])}


def url_patterns(patterns: Iterable[Any]) -> Iterator[URLPattern]:
    """Every address, included ones too, but those of programs: they have a table of their own (tests/api)."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name != "api":
            yield from url_patterns(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern


def questions_of(section: str) -> tuple[Question, ...]:
    found = FRAMEWORK.section(section)
    assert found is not None
    return found.questions


def control_of(key: str) -> str:
    """The name of the control of a question, the first where it has several."""
    return f"{key}-0" if FRAMEWORK.questions[key].kind == "numbers" else key


def section_url(assessment: Assessment, section: str) -> str:
    return reverse("section", args=[assessment.pk, section])


def open_section(client: Client, assessment: Assessment, section: str) -> dict[str, str]:
    """What the form of this section would send if nothing were touched."""
    response = client.get(section_url(assessment, section))
    assert response.status_code == 200
    return Page(response).form("section-form")


def autosave(client: Client, assessment: Assessment, key: str, form: dict[str, str]) -> HttpResponse:
    """The request that htmx sends after a change: the whole form, to the address of one answer."""
    url = reverse("value", args=[assessment.pk, path_of(key)])
    return _response(client.post(url, form, headers={"HX-Request": "true"}))


def save_one(client: Client, assessment: Assessment, key: str, typed: str, **more: str) -> HttpResponse:
    """Opens the page of a question, answers it, and lets it be saved."""
    form = open_section(client, assessment, FRAMEWORK.section_of[key].key)
    form[control_of(key)] = typed
    form.update({f"{key}-{name}": text for name, text in more.items()})
    return autosave(client, assessment, key, form)


def path_of(key: str) -> str:
    """The path of a question, by its key; a path stays one."""
    return FRAMEWORK.questions[key].path if key in FRAMEWORK.questions else key


def stored(assessment: Assessment, key: str) -> StoredValue | None:
    return StoredValue.objects.filter(assessment=assessment, path=path_of(key)).first()


def value_of(assessment: Assessment, key: str) -> Any:
    found = stored(assessment, key)
    return found.value if found else None


def version_of(assessment: Assessment, key: str) -> int:
    found = stored(assessment, key)
    return found.version if found else 0


def detailed_costs(assessment: Assessment) -> dict[str, Any]:
    """The detailed costs as a document has them."""
    return dict(read_sheet(assessment).raw.get("costs", {}).get("detailed", {}))


def origins_of(assessment: Assessment) -> dict[str, Any]:
    """Where values come from that nobody typed, by path."""
    return dict(read_sheet(assessment).raw.get("origins", {}))


def matrix_of(assessment: Assessment) -> dict[str, Any]:
    """Weights and scores of one's own as a document has them."""
    return dict(read_sheet(assessment).raw.get("matrix", {}))


def ticked(assessment: Assessment) -> list[str]:
    """The points of checklists that are ticked, in the framework's order."""
    return [path.rpartition(".")[2] for path in read_sheet(assessment).stated if path.startswith("checks.")]


def rows(assessment: Assessment) -> dict[str, tuple[Any, ...]]:
    """Everything stored, by path, to be compared with later."""
    fields = ("value", "evidence", "link", "strength", "origin", "version", "changed_at")
    return {
        row.path: tuple(getattr(row, field) for field in fields)
        for row in StoredValue.objects.filter(assessment=assessment)
    }


def _response(response: Any) -> HttpResponse:
    """The test client's response, which its stubs make a class of their own."""
    return cast(HttpResponse, response)
