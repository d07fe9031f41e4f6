"""Cards of questions that are drawn once say on each page what they would say if they were drawn for it."""

from typing import Any

from django.template import Context, Template
from django.test import Client
from django.utils.safestring import mark_safe

from assessments.models import Assessment
from assessments.templatetags import cards

from ..documents import example_document, named
from ..visits import FRAMEWORK, bring_in, save_one, section_url


def pages(client: Client, assessment: Assessment, language: str) -> list[str]:
    urls = (section_url(assessment, section.key) for section in FRAMEWORK.sections)
    found = [client.get(url, headers={"Accept-Language": language}).content.decode() for url in urls]
    return [page.partition('id="section-form">')[2] for page in found]


def without_tokens(page: str) -> str:
    return "".join(part.partition('"')[2] for part in page.split('name="csrfmiddlewaretoken" value="'))


def test_a_kept_card_is_as_if_drawn_anew_for_every_reader(owner: Any, new_client: Any) -> None:
    stranger = new_client()
    for document in (example_document("task_api"), named()):
        here, there = bring_in(owner, document), bring_in(stranger, document)
        save_one(owner, here, "brand_voice", "yes", evidence=f"See /a/{here.pk}/ for it")
        for reader, assessment, language in (
            (owner, here, "en-GB"),
            (stranger, there, "de-DE"),
            (owner, here, "de-DE"),
        ):
            kept = pages(reader, assessment, language)
            cards._kept.clear()
            fresh = pages(reader, assessment, language)
            assert [*map(without_tokens, kept)] == [*map(without_tokens, fresh)]
            assert not any(other.pk in page for other in {here, there} - {assessment} for page in kept)


def test_a_card_that_is_kept_is_not_drawn_again(owner: Any, assessment: Assessment) -> None:
    pages(owner, assessment, "en-GB")
    before = dict(cards._kept)
    pages(owner, assessment, "en-GB")
    assert before
    assert cards._kept == before


def test_what_is_kept_is_told_apart_by_kind_as_well() -> None:
    template = Template("{% load cards %}{% kept one %}{{ one }}{% endkept %}")
    for _ in range(2):
        for one, drawn in ((1, "1"), (True, "True"), ("<b>", "&lt;b&gt;"), (mark_safe("<b>"), "<b>"), ({1}, "{1}")):
            assert template.render(Context({"one": one})) == drawn
