"""A framework of a workspace, changed and published, for whoever needs one."""

from typing import Any

from assessments.framework.changes import OwnFramework
from assessments.models import FrameworkVersion, TeamFramework, User, Workspace
from assessments.services import own_frameworks


def a_framework(workspace: Workspace, actor: User, name: str = "Ours", **changes: Any) -> TeamFramework:
    """A draft with these changes, by their paths with __ for each point."""
    said = {path.replace("__", "."): value for path, value in changes.items()}
    return own_frameworks.start(workspace, actor, OwnFramework(base="v1", changes=said, name=name))


def published(framework: TeamFramework, actor: User, note: str = "Tried for a month") -> FrameworkVersion:
    return own_frameworks.publish(framework, actor, note=note, for_new=False)
