"""The image and what runs beside it say what the documents promise."""

from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR


def test_the_image_takes_what_the_site_needs_and_nothing_else() -> None:
    image, ignored = (ROOT / "Dockerfile").read_text(), (ROOT / ".dockerignore").read_text().split()
    taken = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    assert all((ROOT / one).exists() and one in image for one in taken)
    libraries = next(line for line in (ROOT / ".ci/system-libraries").read_text().splitlines() if "packages=" in line)
    assert all(package in image for package in libraries.split('"')[1].split())
    assert "USER 10001:0" in image
    assert "/readyz" in image
    assert "&& exec .venv/bin/python -m gunicorn" in image, "the server is told when to stop"


def test_what_compose_sets_is_a_setting() -> None:
    told = (ROOT / "ftdecide/settings.py").read_text()
    lines = (ROOT / "compose.yaml").read_text().partition("  app:")[2].partition("  database:")[0].splitlines()
    inside = lines[lines.index("    environment:") + 1 : lines.index("    volumes:")]
    names = [line.split(":")[0].strip() for line in inside]
    assert len(names) == 7
    assert all(name in told for name in names)
