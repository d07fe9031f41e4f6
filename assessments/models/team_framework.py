"""A workspace's own frameworks: what is being changed, and the versions that were published, which nobody edits."""

from typing import Any, Never

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.framework.notation import ENGLISH

from .assessment import new_id
from .choices import SpokenChoices
from .queued import QueuedWork
from .workspace import Workspace

OWN = "own-"
"""What the key of a published version begins with, where an assessment names the framework that it is under."""


def english_alone() -> list[str]:
    return [ENGLISH]


class TeamFramework(models.Model):
    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="frameworks")
    name = models.CharField(max_length=60)
    base = models.CharField(max_length=16)
    changes = models.JSONField(default=dict)
    """The draft: values by their paths."""
    languages = models.JSONField(default=english_alone)
    """What its own words are in, the main language first."""
    words = models.JSONField(default=dict)
    """What is said for the texts of the draft, by language and path. Those of a language that it is not in wait."""
    swings = models.JSONField(default=list)
    """The points of every answer that compares criteria, by their keys (engine/swings.py)."""
    rev = models.PositiveIntegerField(default=1)
    """Moves with each change, so that nobody overwrites what they have not seen."""
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class PublishedForGood(Exception):
    """A published version of a framework is not changed."""


class FrameworkVersion(models.Model):
    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    framework = models.ForeignKey(TeamFramework, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    base = models.CharField(max_length=16)
    changes = models.JSONField()
    languages = models.JSONField(default=english_alone)
    words = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64, db_index=True)
    """Over base, changes and words (framework/changes.py)."""
    note = models.TextField()
    """Why it was published, for whoever uses it."""
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="one_published_of_a_number")]

    def __str__(self) -> str:
        return _("{name}, version {number}").format(name=self.name, number=self.number)

    def save(self, *args: Any, **more: Any) -> None:
        if not self._state.adding:
            raise PublishedForGood
        super().save(*args, **more)

    def delete(self, *args: Any, **more: Any) -> Never:
        raise PublishedForGood

    @property
    def key(self) -> str:
        """Its name where an assessment says under which framework it is."""
        return f"{OWN}{self.pk}"


class TrialState(SpokenChoices):
    TRYING = "trying", gettext_noop("Being tried")
    TRIED = "tried", gettext_noop("Tried")
    FAILED = "failed", gettext_noop("Could not be tried")


class FrameworkTrial(QueuedWork):
    """What a draft would make of a workspace's own assessments: worked out apart, the newest one of each framework."""

    UNDONE = TrialState.TRYING
    QUEUED_AT = "asked_at"

    framework = models.OneToOneField(TeamFramework, on_delete=models.CASCADE, primary_key=True, related_name="trial")
    state = models.CharField(max_length=8, choices=TrialState.choices, default=TrialState.TRYING)
    content_hash = models.CharField(max_length=64)
    """Of the draft that it is about."""
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    tried = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    """How many verdicts would be others."""
    moves = models.JSONField(default=list)
    """Of the first of these: assessment, lever before, lever after; an empty lever is no verdict yet."""

    def __str__(self) -> str:
        return f"{self.framework_id}: {self.state}"
