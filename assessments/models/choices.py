"""Choices that people read."""

from django.db import models
from django.utils.translation import gettext


class SpokenChoices(models.TextChoices):
    """A label is what the catalogue knows the words by; `words` are those of whoever reads now."""

    @property
    def words(self) -> str:
        return gettext(str(self.label))
