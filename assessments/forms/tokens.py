"""Reads what a page sends to make a token for a program."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .links import LIVES, lives
from .plain import Plain, Text, Words


class TokenForm(Plain):
    """What a token is called, for which of one's workspaces it is, what a program may do with it, and how long."""

    name = Text(max_length=60)
    workspace = forms.ChoiceField()
    may_write = forms.BooleanField(required=False)
    may_share = forms.BooleanField(required=False)
    life = forms.TypedChoiceField(
        coerce=lambda days: timedelta(days=int(days)),
        choices=[(str(days), "") for days in LIVES],
        initial="90",
    )
    words = {
        "name": Words(
            gettext_noop("Name"),
            gettext_noop("Enter a name for the token"),
            gettext_noop("Such as the program that uses it. History names it."),
        ),
        "workspace": Words(gettext_noop("Workspace"), gettext_noop("Choose a workspace")),
        "may_write": Words(
            gettext_noop("It may change"),
            "",
            gettext_noop("Start, change, copy, delete and freeze assessments. It may always read what you may."),
        ),
        "may_share": Words(
            gettext_noop("It may share"),
            "",
            gettext_noop("Make and pause links that open a result without an account."),
        ),
        "life": Words(gettext_noop("Lasts"), gettext_noop("Choose how long the token lasts")),
    }

    def __init__(self, *args: Any, workspaces: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["workspace"]).choices = list(workspaces.items())
        cast(forms.ChoiceField, self.fields["life"]).choices = lives()
        for name in ("workspace", "life"):
            self.fields[name].error_messages["invalid_choice"] = _(self.words[name].missing)
