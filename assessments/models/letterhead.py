"""What stands above every report of a workspace: a mark of how confidential it is, and a logo."""

from django.db import models

from .workspace import Workspace


class Letterhead(models.Model):
    """Apart from the workspace, so that looking a workspace up does not read a picture."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, primary_key=True, related_name="letterhead")
    mark = models.CharField(max_length=60, blank=True)
    """How confidential what it stands on is, in the workspace's own words."""
    logo = models.BinaryField(null=True)
    """A PNG that was drawn anew from what was sent."""

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.mark}"
