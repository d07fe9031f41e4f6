"""What people say about a section or the result, until it is resolved."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .assessment import Assessment


class Comment(models.Model):
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="comments")
    place = models.CharField(max_length=64)
    """The key of a section, or `result`."""
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="comments")
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in")

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["assessment", "place"], name="comments_by_place")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.place}: {self.text[:40]}"
