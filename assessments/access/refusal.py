"""What becomes of somebody who asks for what is not theirs."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404

from assessments.models import Assessment, Workspace
from assessments.rights import Right, Scope, may

Row = TypeVar("Row", bound=Model)


class NotInThisRole(PermissionDenied):
    """Somebody who is inside asks for what their role may not do. Carries what the page says about it.

    `inside` says whether they have this role towards what they asked for, or in the workspace they work in.
    """

    def __init__(self, right: Right, role: str, assessment: Assessment | None = None, *, inside: bool = True):
        super().__init__(right)
        self.right, self.role, self.assessment, self.inside = right, role, assessment, inside


class NeedsTwoStep(PermissionDenied):
    """A member asks for something of a workspace that opens only for those who sign in in two steps."""

    def __init__(self, workspace: Workspace):
        super().__init__(workspace.pk)
        self.workspace = workspace


class AnsweringBlind(PermissionDenied):
    """Somebody who is to answer questions of an assessment blind asks for what shows the answers that are there."""

    def __init__(self, assessment: Assessment):
        super().__init__(assessment.pk)
        self.assessment = assessment


class NotInScope(PermissionDenied):
    """A program asks for what its token is not for. `scope` is what would be needed; None where no token is enough."""

    def __init__(self, scope: Scope | None):
        super().__init__(scope)
        self.scope = scope


def admit(role: str, right: Right, assessment: Assessment | None = None) -> None:
    """Lets on whoever has the right in this role."""
    if not may(role, right):
        raise NotInThisRole(right, role, assessment)


def found(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
