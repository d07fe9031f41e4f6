"""Every numeric field that a page has says in place what is wrong with what was typed, and keeps it."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.engine.fields import fields_of
from assessments.framework.schema import Field
from assessments.services.answer_sheet import read_sheet

from ..documents import named
from ..pages import Page
from ..visits import FRAMEWORK, bring_in

pytestmark = pytest.mark.django_db
COMPARED: dict[str, Any] = {"detailed": {"approaches": {"status_quo": {}, "fine_tune_small": {}}}}
NUMBERS = [
    field
    for path, field in fields_of(FRAMEWORK).items()
    if field.kind in ("number", "day") and not path.startswith("matrix.")
    if not path.startswith("costs.detailed.") or field.place in ("costs.detailed", "costs.detailed.fine_tune_small")
]


def wrong(field: Field) -> dict[str, str]:
    """What cannot be, with a part of the sentence that says so."""
    if field.kind == "day":
        return {"31.02.2027": "must be a day"}
    percent = "%" if field.share else ""
    found = {"many": "must be a share" if field.share else "must be a number", "1,2,3": "must be"}
    if field.minimum > -1e9:
        found[f"{(field.minimum - 1) * (100 if field.share else 1):g}{percent}"] = "must be"
    if field.maximum < 1e11:
        found[f"{field.maximum * (100 if field.share else 1) + 1:.0f}{percent}"] = "or less"
    if field.whole:
        found["1.5"] = "must be a whole number"
    if not field.prefix and not field.share:
        found["5 €"] = "type the number alone"
    return found


def page_of(assessment: Any, field: Field) -> str:
    """Where a field is asked for."""
    if field.path.startswith("costs.detailed."):
        scope = field.place.partition("costs.detailed")[2].strip(".")
        return reverse("costs_approach" if scope else "costs_detail", args=[assessment.pk, *([scope] if scope else [])])
    return reverse("section", args=[assessment.pk, FRAMEWORK.section_of[field.key].key])


def test_every_number_says_in_place_what_is_wrong_with_it_and_nothing_is_lost(owner: Any) -> None:
    assessment = bring_in(owner, named(costs=COMPARED))
    before = read_sheet(assessment).raw
    pages: dict[str, list[Field]] = {}
    for field in NUMBERS:
        pages.setdefault(page_of(assessment, field), []).append(field)
    assert len(pages) > 4
    for url, fields in pages.items():
        form = Page(owner.get(url)).form("section-form")
        tries = [list(wrong(field).items()) for field in fields]
        for index in range(max(map(len, tries))):
            typed = {field.key: cases[index] for field, cases in zip(fields, tries, strict=True) if index < len(cases)}
            answer = owner.post(url, form | {key: text for key, (text, _) in typed.items()})
            page = Page(answer)
            assert answer.status_code == 422
            for field in (field for field in fields if field.key in typed):
                text, sentence = typed[field.key]
                told = page.words(f"{field.key}-error")
                assert field.label in told, (field.path, text, told)
                assert sentence in told, (field.path, text, told)
                assert page.form("section-form")[field.key] == text
    assert read_sheet(assessment).raw == before


def test_a_rate_of_nothing_and_an_end_before_the_start_are_refused_with_a_sentence(owner: Any) -> None:
    assessment = bring_in(owner, named(costs=COMPARED | {"starts_on": "2027-01-01"}))
    for path, typed, sentence in (
        ("costs.exchange_rate", "0", "Exchange rate must be"),
        ("costs.detailed.fine_tune_small.ends_on", "2026-06-01", "1 January 2027"),
    ):
        key = path.rpartition(".")[2]
        url = reverse("value", args=[assessment.pk, path])
        answer = owner.post(url, {key: typed, f"{key}-rev": "0."}, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert read_sheet(assessment).value(path) is None
