"""Signing off a frozen version: who is asked, what each decided, on which conditions, and until when it holds."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from .choices import SpokenChoices
from .version import Version


class SignOff(models.Model):
    """The request to approve one version, with what was agreed on how the work will be judged."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sign_offs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    # Exit criteria: when to stop, written down before the work begins.
    target_metric = models.CharField(max_length=200, blank=True)
    baseline = models.CharField(max_length=200, blank=True)
    least_improvement = models.CharField(max_length=200, blank=True)
    largest_regression = models.CharField(max_length=200, blank=True)
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    stop_on = models.DateField(null=True)

    # How long the decision holds.
    valid_until = models.DateField(null=True)
    volume_low = models.PositiveBigIntegerField(null=True)
    volume_high = models.PositiveBigIntegerField(null=True)
    until_model_replaced = models.BooleanField(default=False)
    until_corrections_fall = models.BooleanField(default=False)

    told_stale = models.JSONField(default=list)
    """For which causes webhooks were told already that the decision wants another look."""

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"sign-off of {self.version}"


class Approval(models.Model):
    """One approver of a sign-off, and what they decided last. Earlier decisions stay in the audit chain."""

    class Ruling(SpokenChoices):
        APPROVED = "approved", gettext_noop("Approved")
        CONDITIONS = "conditions", gettext_noop("Approved with conditions")
        OBJECTED = "objected", gettext_noop("Objected")

    sign_off = models.ForeignKey(SignOff, on_delete=models.CASCADE, related_name="approvals")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals")
    decision = models.CharField(max_length=16, choices=Ruling.choices, blank=True)
    """Empty while the person has not decided."""
    comment = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=64, blank=True)
    """What was approved."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sign_off", "approver"], name="asked_once")]
        indexes = [models.Index(fields=["approver", "decision"], name="approvals_by_decision")]

    def __str__(self) -> str:
        return f"{self.approver_id}: {self.decision or 'open'}"


class ApprovalCondition(models.Model):
    """An open point of an approval with conditions, until somebody ticks it off."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="conditions")
    text = models.CharField(max_length=500)
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
