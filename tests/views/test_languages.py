"""Whoever reads in another language finds its numbers and days on every page, and can type back what is shown."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.result_json import result_json
from assessments.forms.numbers import read_number
from assessments.framework import load_framework
from assessments.framework.fingerprint import fingerprint
from assessments.framework.notation import notation_of, written_for
from assessments.framework.shown_in import in_currency
from assessments.models import Version
from assessments.pages.paper_trail import trail_of
from assessments.pages.report import report_html
from assessments.presenters import formats
from assessments.services import versions
from assessments.services.answer_sheet import read_sheet

from ..documents import decided, example_document
from ..every_page import pages_of
from ..pages import Page, fields
from ..visits import bring_in

LANGUAGES = ("de", "fr", "sv", "ar", "hi")
_ENGLISH = re.compile(
    r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3})*,(?:\d00|\d{3},\d{3})(?![,\d])"
    r"|(?<![\dkM] )€\d[\d.,]*|[\d,]+\.\d+ ?%|[\d,]+\.\d+ (?:months|of 5)).{9}"
)
"""Thousands parted by commas, where these part decimals: no decimal is written with two noughts at its end."""


@given(st.floats(-1e9, 1e9), st.sampled_from(LANGUAGES))
def test_every_number_is_one_of_the_language(value: float, language: str) -> None:
    now = notation_of(language)
    with written_for(language):
        shown = [formats.number(value), formats.decimals(value, 2), formats.score(value)]
        signed = [formats.money(value, "€"), formats.price(value, "$"), formats.percentage(value), formats.share(value)]
    plain = [formats.number(value), formats.decimals(value, 2), formats.score(value)]
    for one, was in zip(shown, plain, strict=True):
        meant = float(was.replace(",", "").replace("−", "-"))
        assert meant in [float(reading) for reading in read_number(one, language).readings]
    for one in (*shown, *signed):
        groups = re.escape(now.group)
        digits = rf"\d{{1,3}}(?:{groups}\d{{2,3}})*|\d+"
        assert re.fullmatch(rf"−?\D{{0,4}}?(?:{digits})(?:{re.escape(now.decimal)}\d+)?\D{{0,3}}", one), one


@given(st.floats(-1e6, 1e6) | st.integers(-(10**6), 10**6).map(float), st.sampled_from(LANGUAGES))
def test_what_a_field_shows_is_read_as_the_same(value: float, language: str) -> None:
    with written_for(language):
        shown = formats.stored_value(value)
    assert read_number(shown, language).number == value


def test_days_stand_in_words_or_in_the_short_form_of_the_language() -> None:
    on = date(2026, 11, 3)
    shown = {}
    for language in ("en-GB", "de", "fr", "sv", "ar"):
        with written_for(language):
            shown[language] = (formats.day(on), formats.month_of(on))
    assert shown == {
        "en-GB": ("3 November 2026", "November 2026"),
        "de": ("3. November 2026", "November 2026"),
        "fr": ("03/11/2026", "11/2026"),
        "sv": ("2026-11-03", "2026-11"),
        "ar": ("3/11/2026", "11/2026"),
    }


def test_nothing_that_decides_is_another_in_another_language() -> None:
    document = example_document("eight_approaches")
    plain = result_json(decided(document))
    with written_for("de"):
        assert fingerprint(in_currency(load_framework(), "EUR")) == load_framework().sha256
        assert result_json(decided(document)) == plain


@pytest.mark.parametrize("language", ["de", "sv"])
def test_no_page_has_a_number_of_english_form(owner: Any, language: str) -> None:
    document = example_document("eight_approaches")
    document["costs"] |= {"currency": "EUR", "exchange_rate": 0.9, "exchange_rate_day": "2026-11-10"}
    assessment = bring_in(owner, document)
    owner.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    found = {}
    for place, response in pages_of(owner, assessment).items():
        if response.status_code == 200 and not place.startswith("shared"):
            text = " ".join(Page(response).root.itertext())  # the numbers beside an axis stand apart
            found[place] = _ENGLISH.findall(" ".join(text.split()))
    sheet = read_sheet(assessment)
    with written_for(language):
        report = report_html(read_sheet(assessment), trail_of(assessment, sheet, None), at=assessment.changed_at)
    found["report"] = _ENGLISH.findall(report)
    assert {place: said[:5] for place, said in found.items() if said} == {}


def test_a_page_sent_back_untouched_changes_nothing_in_any_language(owner: Any) -> None:
    assessment = bring_in(owner, example_document("eight_approaches"))
    before = read_sheet(assessment).raw
    for language in LANGUAGES:
        owner.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        for name, more in (("section", "costs"), ("costs_detail", None), ("costs_approach", "fine_tune_small")):
            url = reverse(name, args=[assessment.pk, *filter(None, [more])])
            form = fields(Page(owner.get(url)).with_id("section-form"))
            bare = {key: value for key, value in form.items() if not key.endswith("-rev")}
            revs = {key: value.partition(".")[0] for key, value in form.items() if key.endswith("-rev")}
            assert owner.post(url, bare | revs).status_code == 302, (language, name)
    assert read_sheet(assessment).raw == before


def test_a_frozen_version_is_the_same_on_paper_for_all_who_read_the_same_words(owner: Any) -> None:
    assessment = bring_in(owner, example_document("eight_approaches"))
    versions.freeze(assessment, None, reason="")
    url = reverse("version_record", args=[assessment.pk, 1, "md"])
    english = owner.get(url).content
    assert owner.get(url, headers={"Accept-Language": "fr"}).content == english
    german = owner.get(url, headers={"Accept-Language": "de"}).content
    assert owner.get(url, headers={"Accept-Language": "de-CH"}).content == german != english
    own = reverse("record", args=[assessment.pk, "md"])
    assert owner.get(own, headers={"Accept-Language": "de"}).content != owner.get(own).content
    assert Version.objects.count() == 1
