"""The page for when something is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import Assessment, Workspace

from .context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Context):
    """What happened, whether work is saved, and where to go on."""

    template = "assessments/error.html"
    title: str
    sentence: str
    switch_on: bool = False
    """Whether two-step sign-in is what is missing."""
    may_leave: Workspace | None = None
    """The workspace that asks for it: whoever does not want that may leave."""
    sign_up: bool = False
    """Whether an account is what is missing."""
    start_workspace: bool = False
    """Whether a workspace of their own is what is missing."""
    result_of: Assessment | None = None
    """What they may read instead."""
    answers_blind: Assessment | None = None
    """What they are to answer questions of first."""
    sign_in: str = ""
    """Where signing in may help."""
    request_id: str = ""
    """What to name when asking whoever runs the site."""
    again: str = ""
    """Where what was typed can be sent once more."""
    typed: Sequence[tuple[str, str]] = ()
    """What was typed, by the names of its fields."""
