"""Reads what a page sends to make or change a share link."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import Truncator

from assessments.framework.notation import day
from assessments.models import Assessment, ShareLink, Version
from assessments.models.share_link import USUAL_LIFE
from assessments.services.extract import Scope
from assessments.services.sharing import LONGEST_PASSPHRASE, Choices

from .plain import Count, Line, read_numbers_in

LIVES = {1: "1 day", 7: "7 days", 30: "30 days", 90: "90 days", 180: "180 days", 365: "A year"}
_LIFE_CHOICES = [(str(days), words) for days, words in LIVES.items()]
NEWEST, NOW = "newest", "now"
SHORTEST_PASSPHRASE, MOST_OPENINGS = 8, 10_000


class _Life(forms.TypedChoiceField):
    def __init__(self, **more: Any):
        super().__init__(
            coerce=lambda days: timedelta(days=int(days)),
            choices=_LIFE_CHOICES,
            error_messages={
                "invalid_choice": "Choose how long the link lasts",
                "required": "Choose how long the link lasts",
            },
            **more,
        )


class LinkForm(forms.Form):
    """A new link, or with `link` an old one in all but what it shows."""

    name = Line(required=False)
    shows = forms.ChoiceField(error_messages={"invalid_choice": "Choose a version", "required": "Choose a version"})
    costs = forms.BooleanField(required=False)
    evidence = forms.BooleanField(required=False)
    life = _Life()
    passphrase = forms.CharField(required=False)
    no_passphrase = forms.BooleanField(required=False)
    openings = Count(
        label="Openings",
        required=False,
        min_value=1,
        max_value=MOST_OPENINGS,
        error_messages={
            "invalid": "Openings must be a whole number, like 5",
            "min_value": "Openings must be 1 or more",
            "max_value": f"Openings must be {MOST_OPENINGS:,} or fewer",
        },
    )

    def __init__(
        self, sent: Any = None, *, assessment: Assessment, link: ShareLink | None = None, language: str = "en"
    ):
        super().__init__(sent, initial=_as_typed(link), auto_id="%s")
        read_numbers_in(self, language)
        self.link = link
        self.versions = {str(one.pk): one for one in _versions(assessment)} if link is None else {}
        self.is_trial = assessment.workspace_id is None
        if link is None:
            shows: Any = self.fields["shows"]
            shows.choices = [
                (NEWEST, "Always the newest state"),
                (NOW, "The state as it is now, frozen as a version"),
                *((key, _version_words(version)) for key, version in self.versions.items()),
            ]
        else:
            for key in ("shows", "costs", "evidence"):
                del self.fields[key]
            life: Any = self.fields["life"]
            life.required = False
            life.choices = [("", "As it is"), *_LIFE_CHOICES]
        if self.is_trial:
            del self.fields["life"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if len(name) > 100:
            raise forms.ValidationError(f"The name has {len(name):,} characters; at most 100 are allowed")
        return name

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        if passphrase and not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
            raise forms.ValidationError(
                f"The passphrase must have {SHORTEST_PASSPHRASE} to {LONGEST_PASSPHRASE} characters"
            )
        return passphrase

    @property
    def choices(self) -> Choices:
        """What a form without faults asks for."""
        said = self.cleaned_data
        passphrase: str | None = said["passphrase"]
        if self.link and not passphrase and not said["no_passphrase"]:
            passphrase = None
        return Choices(
            name=said["name"],
            version=self.versions.get(said.get("shows", "")),
            frozen_now=said.get("shows") == NOW,
            scope=Scope(costs=said.get("costs", True), evidence=said.get("evidence", True)),
            life=said.get("life") or (None if self.link else USUAL_LIFE),
            passphrase=passphrase,
            openings_allowed=said["openings"],
        )


def _as_typed(link: ShareLink | None) -> dict[str, Any]:
    if link:
        return {"name": link.name, "openings": link.openings_allowed, "life": ""}
    return {"shows": NEWEST, "costs": True, "evidence": True, "life": str(USUAL_LIFE.days)}


def _versions(assessment: Assessment) -> list[Version]:
    return list(assessment.versions.defer("document", "result"))


def _version_words(version: Version) -> str:
    reason = f": {Truncator(version.reason).chars(60)}" if version.reason else ""
    return f"Version {version.number}, frozen on {day(version.created_at)}{reason}"
