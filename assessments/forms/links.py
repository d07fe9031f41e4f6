"""Reads what a page sends to make or change a share link."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.framework.notation import day, written
from assessments.models import Assessment, ShareLink, Version
from assessments.models.share_link import USUAL_LIFE
from assessments.services.extract import Scope
from assessments.services.sharing import LONGEST_PASSPHRASE, Choices

from .plain import Count, Line, read_numbers_in

LIVES = (1, 7, 30, 90, 180, 365)
_YEAR = 365
NEWEST, NOW = "newest", "now"
SHORTEST_PASSPHRASE, MOST_OPENINGS = 8, 10_000


def lives() -> list[tuple[str, str]]:
    """How long a link or a token can last, in words."""
    return [
        (str(days), _("A year") if days == _YEAR else ngettext("{n} day", "{n} days", days).format(n=days))
        for days in LIVES
    ]


class _Life(forms.TypedChoiceField):
    def __init__(self, **more: Any):
        super().__init__(
            coerce=lambda days: timedelta(days=int(days)),
            choices=[(str(days), "") for days in LIVES],
            **more,
        )


class LinkForm(forms.Form):
    """A new link, or with `link` an old one in all but what it shows."""

    name = Line(required=False)
    shows = forms.ChoiceField()
    costs = forms.BooleanField(required=False)
    evidence = forms.BooleanField(required=False)
    life = _Life()
    passphrase = forms.CharField(required=False)
    no_passphrase = forms.BooleanField(required=False)
    openings = Count(required=False, min_value=1, max_value=MOST_OPENINGS)

    def __init__(
        self, sent: Any = None, *, assessment: Assessment, link: ShareLink | None = None, language: str = "en"
    ):
        super().__init__(sent, initial=_as_typed(link), auto_id="%s")
        read_numbers_in(self, language)
        self._say()
        self.link = link
        self.versions = {str(one.pk): one for one in _versions(assessment)} if link is None else {}
        self.is_trial = assessment.workspace_id is None
        if link is None:
            shows: Any = self.fields["shows"]
            shows.choices = [
                (NEWEST, _("Always the newest state")),
                (NOW, _("The state as it is now, frozen as a version")),
                *((key, _version_words(version)) for key, version in self.versions.items()),
            ]
        else:
            for key in ("shows", "costs", "evidence"):
                del self.fields[key]
            life: Any = self.fields["life"]
            life.required = False
            life.choices = [("", _("As it is")), *lives()]
        if self.is_trial:
            del self.fields["life"]

    def _say(self) -> None:
        """What stands beside the fields that have words of their own, and what is said where one is missing."""
        life, openings, which = (self.fields[name] for name in ("life", "openings", "shows"))
        cast(forms.ChoiceField, life).choices = lives()
        life.error_messages |= dict.fromkeys(("invalid_choice", "required"), _("Choose how long the link lasts"))
        which.error_messages |= dict.fromkeys(("invalid_choice", "required"), _("Choose a version"))
        openings.label = _("Openings")
        openings.error_messages |= {
            "invalid": _("Openings must be a whole number, like 5"),
            "min_value": _("Openings must be 1 or more"),
            "max_value": _("Openings must be {most} or fewer").format(most=written(f"{MOST_OPENINGS:,}")),
        }

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if len(name) > 100:
            raise forms.ValidationError(
                _("The name has {n} characters; at most {most} are allowed").format(
                    n=written(f"{len(name):,}"), most=100
                )
            )
        return name

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        if passphrase and not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
            raise forms.ValidationError(
                _("The passphrase must have {least} to {most} characters").format(
                    least=SHORTEST_PASSPHRASE, most=LONGEST_PASSPHRASE
                )
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
    words = (
        _("Version {number}, frozen on {day}: {reason}") if version.reason else _("Version {number}, frozen on {day}")
    )
    on, reason = day(version.created_at), Truncator(version.reason).chars(60)
    return words.format(number=version.number, day=on, reason=reason)
