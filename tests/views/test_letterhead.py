"""The mark and the logo above a workspace's reports: who changes them, and what a file may be."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assessments.models import AuditEvent, Letterhead
from assessments.presenters.audit import present_event
from assessments.services.letterheads import LARGEST_FILE, SHOWN_AT_MOST

from ..pages import Page
from ..people import make_team


@pytest.fixture
def team(db: None) -> Any:
    return make_team()


def picture(kind: str = "PNG", size: tuple[int, int] = (80, 30), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **more)
    return out.getvalue()


def send(team: Any, *, mark: str = "", logo: bytes | None = None, role: str = "owner", **more: str) -> Any:
    sent = {"letterhead-mark": mark, **{f"letterhead-{name}": value for name, value in more.items()}}
    if logo is not None:
        sent["letterhead-logo"] = SimpleUploadedFile("logo.png", logo, content_type="image/png")  # type: ignore[assignment]
    return team.clients[role].post(team.url("change_letterhead"), sent)


def test_a_mark_and_a_logo_are_kept_shown_and_told_in_the_trail(team: Any) -> None:
    assert send(team, mark=" Internal  only ", logo=picture()).status_code == 302
    kept = Letterhead.objects.get()
    assert (kept.workspace, kept.mark) == (team.workspace, "Internal only")
    page = Page(team.clients["owner"].get(team.url("workspace")))
    assert [image.get("src")[:22] for image in page.all("img")] == ["data:image/png;base64,"]
    told = present_event(AuditEvent.objects.get(act="change_letterhead"), names={}, broken=False)
    assert told.notes == ["Mark: “Internal only”", "Another logo"]


def test_a_mark_alone_leaves_the_logo_and_a_tick_takes_it_away(team: Any) -> None:
    send(team, mark="Internal", logo=picture())
    send(team, mark="Secret")
    assert Letterhead.objects.get().logo
    send(team, mark="Secret", without_logo="on")
    assert (Letterhead.objects.get().mark, Letterhead.objects.get().logo) == ("Secret", None)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_is_kept_is_drawn_anew_small_and_carries_nothing_else(team: Any, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    send(team, logo=picture(kind, (3000, 900), exif=exif))
    logo = bytes(Letterhead.objects.get().logo or b"")
    with Image.open(io.BytesIO(logo)) as drawn:
        assert (drawn.format, drawn.width <= SHOWN_AT_MOST[0], drawn.height <= SHOWN_AT_MOST[1]) == ("PNG", True, True)
    assert b"taken at home" not in logo


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is this large and packs nothing but zeros."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000)) + chunk(b"IEND", b"")


NO_LOGOS = {
    "text": b"no picture",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "gif": picture("GIF"),
    "too wide": picture(size=(4001, 2)),
    "bomb": bomb(60_000, 60_000),
    "zero": bomb(0, 0),
    "too large": picture() + b"x" * LARGEST_FILE,
    "empty": b"",
}


@pytest.mark.parametrize("name", NO_LOGOS)
def test_what_is_no_logo_is_refused_in_words(team: Any, name: Any) -> None:
    response = send(team, logo=NO_LOGOS[name])
    assert response.status_code == 422
    page = Page(response)
    assert page.title.startswith("Error: ")
    assert "logo" in page.words("main") or "not empty" in page.words("main")
    assert not Letterhead.objects.exists()


@pytest.mark.parametrize("role", ["editor", "approver", "viewer"])
def test_only_who_manages_the_workspace_changes_it(team: Any, role: str) -> None:
    assert send(team, mark="Mine", role=role).status_code == 403
    assert not Page(team.clients[role].get(team.url("workspace"))).has("id_letterhead-mark")
