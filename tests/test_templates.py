"""What must hold for the templates themselves, beside what their pages show."""

from django.conf import settings
from django.template import Engine
from django.urls import reverse

LONGEST = 120
TEMPLATES = settings.BASE_DIR / "templates"


def test_no_line_is_too_long_to_read():
    long = [
        f"{path.relative_to(TEMPLATES)}:{number}: {len(line)} columns"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST
    ]

    assert not long, "\n".join(long)


def test_pages_travel_without_indentation(db, client):
    lines = client.get(reverse("landing")).content.decode().splitlines()

    assert len(lines) > 100
    assert not [line for line in lines if line[:1].isspace()]


def test_lines_keep_their_numbers_for_whoever_reads_a_fault():
    written = (TEMPLATES / "base.html").read_text().splitlines()
    loaded = Engine.get_default().get_template("base.html").source.splitlines()

    assert loaded == [line.lstrip() for line in written]
