"""Files that were handed in as evidence: each drop with how far it is read, what was found, and what is kept of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from .assessment import Assessment
from .choices import SpokenChoices
from .queued import QueuedWork


class ImportState(SpokenChoices):
    READING = "reading", gettext_noop("Being read")
    READ = "read", gettext_noop("Read, nothing saved yet")
    FAILED = "failed", gettext_noop("Could not be read")
    SAVED = "saved", gettext_noop("Saved")


class EvidenceImport(QueuedWork):
    """The files of one drop. The figures stay once it is saved, the files and their texts do not unless asked for."""

    UNDONE = ImportState.READING
    QUEUED_AT = "created_at"

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="imports")
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.READING)
    progress = models.FloatField(default=0)
    """The share that is read, 0 to 1."""
    lines = models.PositiveBigIntegerField(default=0)
    choices = models.JSONField(default=dict)
    """What a person chose, by the key of the choice."""
    as_last_time = models.BooleanField(default=False)
    """Whether the choices are those of the workspace's last import of the same kind."""
    description = models.CharField(max_length=128, blank=True)
    """What was read, as kind, tool and layout: by this the same kind of import is known again."""
    subject = models.CharField(max_length=64, blank=True)
    """A hash of that with variants and columns: a newer run of the same has the same one."""
    read = models.TextField(blank=True)
    """What was found, as JSON (engine/measured/found.py: WhatWasRead); empty until it is read."""
    unread = models.TextField(blank=True, default="")
    """The rows that were not read, as JSON: for each find up to 100,000; empty once the import is decided on."""
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    keeps_files = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["assessment", "-created_at"], name="imports_by_time"),
            models.Index(fields=["created_at"], condition=models.Q(state="reading"), name="imports_to_read"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: import {self.pk}"


class EvidenceFile(models.Model):
    """One file of a drop: its name, size and hash stay as long as the import does."""

    evidence_import = models.ForeignKey(EvidenceImport, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=64, blank=True)
    """The name of its pieces; empty once they are gone."""

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["stored"], condition=~models.Q(stored=""), name="files_that_are_here")]

    def __str__(self) -> str:
        return self.name


class EvidencePiece(models.Model):
    """A piece of a file, where every machine can read it. Written before the file has its import."""

    stored = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    content = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stored", "place"], name="pieces_in_order")]
        indexes = [models.Index(fields=["made_at"], condition=models.Q(place=0), name="first_pieces_by_time")]

    def __str__(self) -> str:
        return f"{self.stored}: {self.place}"
