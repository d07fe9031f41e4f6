"""One value as it is stored under its path, with the version that a save must name, and its history."""

from collections.abc import Collection
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.db import models
from django.db.models.base import ModelState
from django.db.models.functions import Length

from assessments.engine.answers import Strength
from assessments.engine.fields import LONGEST_TEXT
from assessments.engine.paths import Stated

from .assessment import Assessment
from .user import by_words

models.TextField.register_lookup(Length)

LONGEST_PATH = 128


class ValueChange(models.Model):
    """One change of one value: who, when, from what to what. Never changed itself."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="changes")
    path = models.CharField(max_length=LONGEST_PATH)
    version = models.PositiveIntegerField()
    """The version of the value that this change made; 0 for what an assessment started with."""
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    through = models.CharField(max_length=60, blank=True)
    """The name of the token through which it came; empty where the person was there."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["assessment", "-at"], name="changes_by_time")]

    def __str__(self) -> str:
        return f"{self.assessment_id}.{self.path} {self.version}"

    @property
    def who(self) -> str:
        """Whoever made it, in words; empty where nobody knows."""
        return by_words(str(self.by or ""), self.through)


class StoredValue(models.Model):
    """A row for each path: different values never collide.

    Saves are compare-and-swap on `version`. A save that is sent twice is recognised by its content,
    so that no separate mark for it is kept. A value that goes leaves an empty row, so that a page
    that was opened before it went cannot overwrite what comes after.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="values")
    path = models.CharField(max_length=LONGEST_PATH)
    value = models.JSONField(null=True)
    evidence = models.TextField(blank=True)
    link = models.TextField(blank=True)
    strength = models.CharField(max_length=16, blank=True)
    origin = models.JSONField(default=str)
    """Where it comes from: a word, or a word with its facts (engine/origins.py); empty for what somebody typed."""
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "path"], name="one_value_of_a_path"),
            models.CheckConstraint(
                condition=models.Q(evidence__length__lte=LONGEST_TEXT, link__length__lte=LONGEST_TEXT),
                name="value_texts_are_bounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}.{self.path}"

    @cached_property
    def said(self) -> Stated:
        """What it says. A row that says something else is another object."""
        return Stated(
            value=self.value,
            evidence=self.evidence,
            link=self.link,
            strength=cast(Strength, self.strength or "opinion"),
            origin=self.origin or "",
        )

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> "StoredValue":
        """As Django's own, but by the shortest way: all values of an assessment are read before every save."""
        row = cls.__new__(cls)
        vars(row).update(zip(field_names, values, strict=True))
        row._state = ModelState()
        row._state.adding, row._state.db = False, db
        return row
