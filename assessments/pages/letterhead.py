"""What stands above the first page of a report, and above the brief when it is printed."""

import base64
import hashlib
from dataclasses import dataclass

from assessments.models import Assessment, Workspace
from assessments.services.letterheads import letterhead_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead:
    """A workspace's mark and logo; both empty where it has none."""

    mark: str = ""
    logo: bytes = b""
    whose: str = ""
    """The workspace's name, for whoever does not see the logo."""

    @property
    def logo_url(self) -> str:
        """The picture as an address that holds it, for a page that is printed."""
        return f"data:image/png;base64,{base64.b64encode(self.logo).decode()}" if self.logo else ""

    @property
    def digest(self) -> str:
        """Tells one letterhead from another."""
        return hashlib.sha256(repr((self.mark, self.whose)).encode() + self.logo).hexdigest()[:16]


def head_of(assessment: Assessment) -> ReportHead:
    """The one above what is drawn of this assessment."""
    return head_above(assessment.workspace)


def head_above(workspace: Workspace | None) -> ReportHead:
    kept = letterhead_of(workspace.pk) if workspace else None
    return ReportHead(mark=kept.mark, logo=bytes(kept.logo or b""), whose=str(workspace)) if kept else ReportHead()
