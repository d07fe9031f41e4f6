"""What must hold for the templates themselves, beside what their pages show."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.template import Engine, engines
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from assessments.framework.notation import written_for
from assessments.templatetags.times import moment

LONGEST = 120
TEMPLATES = settings.BASE_DIR / "templates"


def test_no_line_is_too_long_to_read() -> None:
    long = [
        f"{path.relative_to(TEMPLATES)}:{number}: {len(line)} columns"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST
    ]

    assert not long, "\n".join(long)


def test_a_time_of_day_says_its_zone() -> None:
    """`|date` would leave readers elsewhere with hours that are not theirs."""
    bare = [
        f"{path.relative_to(TEMPLATES)}: {found}"
        for path in sorted(TEMPLATES.rglob("*.*"))
        for found in re.findall(r"\|(?:date|time):?(?:\"[^\"]*\")?", path.read_text())
        if re.search(r"[GHhgis]", found.partition(":")[2]) and not re.search(r"[eT]\"", found)
    ]
    assert not bare, "\n".join(bare)


def test_what_is_counted_is_written_as_the_reader_writes_numbers() -> None:
    """2,523 days, in German 2.523: whatever a sentence counts goes through the filter that does so."""
    bare = [
        f"{path.relative_to(TEMPLATES)}: {found}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for found in re.findall(r"blocktranslate [^%]*?count (\w+=[^\s%]+)", path.read_text())
        if not found.endswith("|counted")
    ]
    assert not bare, "\n".join(bare)
    counted = "{% blocktranslate count n=n|counted %}{{ n }} gate{% plural %}{{ n }} gates{% endblocktranslate %}"
    told = engines["django"].from_string(f"{{% load words %}}{counted}")
    assert [told.render({"n": n}) for n in (1, 2523)] == ["1 gate", "2,523 gates"]
    with written_for("de"):
        assert told.render({"n": 2523}) == "2.523 gates"


@pytest.mark.parametrize(
    ("zone", "form", "words"),
    [
        ("UTC", "j F Y, H:i", "30 June 2026, 22:05 UTC"),
        ("Europe/Berlin", "j F Y, H:i", "1 July 2026, 00:05 CEST"),
        ("Europe/Berlin", "H:i:s", "00:05:09 CEST"),
    ],
)
def test_a_moment_is_told_in_the_zone_of_the_site(zone: str, form: str, words: str) -> None:
    at = datetime(2026, 6, 30, 22, 5, 9, tzinfo=UTC)
    with timezone.override(zone):
        told = moment(at, form)
    element = fromstring(told)
    assert (element.text_content(), element.get("data-moment")) == (words, form)
    assert datetime.fromisoformat(element.get("datetime")) == at
    assert moment(None) == ""


def test_where_line_breaks_are_shown_none_stands_that_nobody_typed() -> None:
    """`pre` and `answer` keep line breaks: one between the tag and the text would be a blank line on the page."""
    blank = [
        f"{path.relative_to(TEMPLATES)}: {found}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for found in re.findall(r"<\w+\s[^<>]*class=\"(?:[\w -]* )?(?:pre|answer)\"[^<>]*>\s*\n\s*.*", path.read_text())
    ]
    assert not blank, "\n".join(blank)


def test_pages_travel_without_indentation(db: None, client: Any) -> None:
    lines = client.get(reverse("landing")).content.decode().splitlines()

    assert len(lines) > 100
    assert not [line for line in lines if line[:1].isspace()]


def test_lines_keep_their_numbers_for_whoever_reads_a_fault() -> None:
    written = (TEMPLATES / "base.html").read_text().splitlines()
    loaded = Engine.get_default().get_template("base.html").source.splitlines()

    assert loaded == [line.lstrip() for line in written]


def test_a_script_says_only_what_stands_on_the_page() -> None:
    """Words within a script would be in no catalogue."""
    scripts = {path.name: path.read_text() for path in sorted((settings.BASE_DIR / "static" / "js").glob("*.js"))}
    own = [name for name, text in scripts.items() if re.search(r"(?:textContent|\.data) = [\"'`]", text)]
    assert own == []

    keys = set(re.findall(r'say\("(\w+)"', scripts["questionnaire.js"]))
    given = set(re.findall(r"data-(\w+)=", (TEMPLATES / "assessments" / "_save_words.html").read_text()))
    assert keys == given
