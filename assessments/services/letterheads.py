"""The letterhead of a workspace: its mark and its logo, which is drawn anew from what was sent."""

import io
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from assessments.models import Letterhead, User, Workspace
from assessments.prepared import Prepared, given_id

from . import audit

LARGEST_FILE = 500_000
MOST_PIXELS = 4_000
"""On each side of what is sent."""
SHOWN_AT_MOST = (640, 200)
"""What is kept is as large as print needs: 54 by 17 millimetres at 300 dots per inch."""


class BadLogo(Exception):
    """The file cannot be a logo, and the sentence says why."""


def drawn_anew(data: bytes) -> bytes:
    """The picture as a PNG of ours, without anything else that the file may have carried.

    Only PNG and JPEG are read, and no pixel before the size is known. Raises BadLogo.
    """
    if len(data) > LARGEST_FILE:
        raise BadLogo(_("The logo is larger than {n} kB").format(n=LARGEST_FILE // 1000))
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as sent:
            if max(sent.size) > MOST_PIXELS:
                raise BadLogo(_("The logo has more than {n} pixels on a side").format(n=MOST_PIXELS))
            picture = sent.convert("RGBA")
    except BadLogo:
        raise
    except Exception as fault:  # whatever a broken or hostile file makes of a decoder
        raise BadLogo(_("The logo cannot be read. Send a PNG or a JPEG")) from fault
    picture.thumbnail(SHOWN_AT_MOST)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def letterhead_of(workspace_id: str | None) -> Letterhead | None:
    return _LETTERHEAD.first(workspace=workspace_id) if workspace_id else None


_LETTERHEAD = Prepared(lambda: Letterhead.objects.filter(workspace=given_id("workspace", Workspace)))


@transaction.atomic
def change_letterhead(
    workspace: Workspace, *, mark: str, logo: bytes | None, without_logo: bool, actor: User | None
) -> None:
    """Another mark, and another logo if there is one; `without_logo` takes away the one there is."""
    values: dict[str, Any] = {"mark": mark}
    if logo or without_logo:
        values["logo"] = logo
    Letterhead.objects.update_or_create(workspace=workspace, defaults=values)
    what = {"logo": "new" if logo else "none"} if "logo" in values else {}
    audit.record(workspace.pk, "change_letterhead", actor=actor, mark=mark, **what)
