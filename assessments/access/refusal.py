"""What becomes of somebody who asks for what is not theirs."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404

from assessments.acts import Act
from assessments.models import Assessment, Workspace

Row = TypeVar("Row", bound=Model)


class NotInThisRole(PermissionDenied):
    """Somebody who is inside asks for what their role may not do. Carries what the page says about it."""

    def __init__(self, act: Act, role: str = "", assessment: Assessment | None = None):
        super().__init__(act)
        self.act, self.role, self.assessment = act, role, assessment


class NeedsTwoStep(PermissionDenied):
    """A member asks for something of a workspace that opens only for those who sign in in two steps."""

    def __init__(self, workspace: Workspace):
        super().__init__(workspace.pk)
        self.workspace = workspace


def found(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
