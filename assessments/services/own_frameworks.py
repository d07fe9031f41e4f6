"""The frameworks of a workspace: read by their keys, changed as drafts, published as versions."""

from functools import lru_cache

from assessments.framework import Framework, load_framework
from assessments.framework.changes import OwnFramework, framework_of
from assessments.models import FrameworkVersion, Workspace
from assessments.models.team_framework import OWN

KEPT = 64
"""So many published frameworks stay read in one process."""


def framework_at(key: str) -> Framework:
    """The framework that an assessment names: one that came with this release, or a published one of its workspace."""
    return _published(key) if key.startswith(OWN) else load_framework(key)


def framework_for(workspace: Workspace | None) -> Framework:
    """What a new assessment there is under."""
    return framework_at(workspace.framework) if workspace and workspace.framework else load_framework()


@lru_cache(maxsize=KEPT)
def _published(key: str) -> Framework:
    """Read once: a published version never changes."""
    return framework_of(own_of(FrameworkVersion.objects.get(pk=key.removeprefix(OWN))), key)


def own_of(version: FrameworkVersion) -> OwnFramework:
    return OwnFramework(base=version.base, changes=version.changes, name=version.name, number=version.number)
