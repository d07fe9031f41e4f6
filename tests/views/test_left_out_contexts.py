"""What a link leaves out does not even reach a template: all that its context leads to is looked at."""

from collections.abc import Iterator, Mapping
from functools import partial
from types import FunctionType, ModuleType
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.test.signals import template_rendered
from django.urls import reverse

from assessments.framework import Framework
from assessments.pages.figures import FIGURE_FILES
from assessments.presenters.result_index import BEHIND
from assessments.services import report as drawing
from assessments.services import sharing
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.extract import Scope
from assessments.services.sharing import Choices
from assessments.services.versions import freeze

from ..unmistakable import detailed, document, holds
from ..visits import bring_in


def leaves_of(root: Any) -> Iterator[Any]:
    """Every text and number that can be reached from there, through tables, lists, fields and attributes."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        found = waiting.pop()
        if issubclass(type(found), str | bytes | int | float):  # what is lazy says that it is one
            yield found
        elif id(found) not in seen and not isinstance(found, Framework | ModuleType | type) and found is not None:
            seen.add(id(found))
            if isinstance(found, Mapping):
                waiting += [*found.keys(), *found.values()]
            elif isinstance(found, list | tuple | set | frozenset):
                waiting += found
            elif isinstance(found, partial):
                waiting += [found.args, found.keywords]
            elif isinstance(found, FunctionType):
                waiting += [cell.cell_contents for cell in found.__closure__ or ()]
            else:
                waiting += [getattr(found, name) for name in getattr(found, "__slots__", ()) if hasattr(found, name)]
                waiting += vars(found).values() if hasattr(found, "__dict__") else ()


def money_of(sheet: AnswerSheet) -> set[float]:
    """Every figure among the costs that nothing else would come to by chance, as entered and as worked out."""
    decision, comparison = sheet.decision, sheet.document.comparison
    of_variants = [[one.cost_per_request, one.cost_per_pass] for one in comparison.variants] if comparison else []
    amounts = leaves_of([sheet.raw["costs"], decision.economics, decision.chances, decision.tornado, of_variants])
    return {abs(one) for one in amounts if isinstance(one, int | float) and len(f"{abs(one):.12g}".strip("0.")) >= 4}


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What every template is given, those of the PDF too."""
    given: list[dict[str, Any]] = []

    def note(context: Any, **more: Any) -> None:
        given.append(context.flatten())

    monkeypatch.setattr(drawing, "draw_pdf", lambda html, **more: b"%PDF-1.7")
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    template_rendered.connect(note)
    caches["results"].clear()
    yield given
    template_rendered.disconnect(note)


def addresses(token: str) -> Iterator[str]:
    for name in ("shared_result", "shared_report", "shared_chances"):
        yield reverse(name, args=[token])
    yield from (reverse("shared_page", args=[token, page]) for page in BEHIND)
    for file in FIGURE_FILES:
        yield reverse("shared_figures", args=[token, file])


@pytest.mark.parametrize(("make", "of_version"), [(document, True), (detailed, False)], ids=["version", "newest"])
@pytest.mark.parametrize(("costs", "evidence"), [(False, True), (True, False), (False, False), (True, True)])
def test_nothing_that_is_given_to_a_template_holds_what_is_left_out(
    owner: Any, contexts: list[dict[str, Any]], make: Any, costs: bool, evidence: bool, of_version: bool
) -> None:
    assessment = bring_in(owner, make())
    money = money_of(read_sheet(assessment))
    written = {text for one in money for text in (f"{one:,.0f}", f"{one:,.2f}", f"{one:g}", repr(one)) if len(text) > 4}
    version = freeze(assessment, None, reason="") if of_version else None
    token = sharing.make_link(assessment, None, Choices(version=version, scope=Scope(costs=costs, evidence=evidence)))
    contexts.clear()
    for address in addresses(token):
        for headers in ({}, {"HX-Request": "true"}):
            Client().get(address, headers=headers)
    assert contexts
    leaves = list(leaves_of(contexts))
    texts = "\n".join(str(leaf) for leaf in leaves if isinstance(leaf, str | bytes))
    figures = {leaf for leaf in leaves if not isinstance(leaf, str | bytes) and abs(leaf) in money}
    assert bool(figures or holds(texts, written)) is costs, (figures, holds(texts, written))
    assert ("ebrafish" in texts) is evidence
