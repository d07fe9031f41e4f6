"""A framework of a workspace, changed and published, for whoever needs one."""

from typing import Any

from assessments.engine.swings import ENOUGH, questions
from assessments.framework import load_framework
from assessments.framework.changes import OwnFramework
from assessments.models import FrameworkVersion, TeamFramework, User, Workspace
from assessments.services import own_frameworks


def a_framework(workspace: Workspace, actor: User, name: str = "Ours", **changes: Any) -> TeamFramework:
    """A draft with these changes, by their paths with __ for each point."""
    said = {path.replace("__", "."): value for path, value in changes.items()}
    return own_frameworks.start(workspace, actor, OwnFramework(base="v1", changes=said, name=name))


def published(framework: TeamFramework, actor: User, note: str = "Tried for a month") -> FrameworkVersion:
    return own_frameworks.publish(framework, actor, note=note, for_new=False)


def eight_answers(*points: float) -> list[dict[str, float]]:
    """The first comparisons, each with these points; without any, as the built-in weights have them."""
    criteria = {one.key: one.if_yes or one.weight for one in load_framework().matrix.criteria}
    return [
        {key: points[place] if points else 10 * criteria[key] for place, key in enumerate(asked)}
        for asked in questions(list(criteria))[:ENOUGH]
    ]
