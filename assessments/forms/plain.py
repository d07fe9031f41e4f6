"""Forms in our words: a label, what helps, and a sentence where something is missing."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any, NamedTuple, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.fields import currency_fault, text_fault
from assessments.engine.plain_text import plain_line, plain_text
from assessments.framework.currency import USD
from assessments.models import Role
from assessments.services.letterheads import LARGEST_FILE, BadLogo, drawn_anew

from .faults import told
from .numbers import read_number
from .own_money import OwnMoney


class Words(NamedTuple):
    label: str
    missing: str
    help: str = ""
    attributes: Mapping[str, str] = {}


def _saying(sentence: str, validator: Any) -> Any:
    """The same check with our words, where it says that something is not what it should be."""
    if getattr(validator, "code", "") == "invalid":
        validator = copy(validator)
        validator.message = sentence
    return validator


class Plain(forms.Form):
    """No placeholders, and every sentence our own."""

    use_required_attribute = False
    words: Mapping[str, Words] = {}
    """What the catalogue knows the words by."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            words = self.words.get(name)
            if words:
                field.label, field.help_text, missing = (_(text) for text in (words.label, words.help, words.missing))
                field.error_messages["required"] = field.error_messages["invalid"] = missing
                field.validators = [_saying(missing, one) for one in field.validators]
                field.widget.attrs.update(words.attributes)


class Line(forms.CharField):
    """One line as it was meant."""

    def to_python(self, value: Any) -> str:
        return plain_line(super().to_python(value) or "")


class Lines(forms.CharField):
    """A text of many lines as it was meant."""

    def to_python(self, value: Any) -> str:
        return plain_text(super().to_python(value) or "").strip()


class Text(Line):
    """A line of text that the database and a page can hold."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if fault := text_fault(value):
            raise ValidationError(_("This {fault}").format(fault=told(fault)))
        if value and not any(character.isprintable() and not character.isspace() for character in value):
            raise ValidationError(self.error_messages["required"])


class _TypedNumber(forms.Field):
    """A number that is read by the language of whoever types it; one that can be two is asked about."""

    language = "en"
    money: OwnMoney | None = None
    default_error_messages = {"two_ways": "%(label)s: %(question)s"}

    def to_python(self, value: Any) -> Any:
        read = read_number(str(value or ""), self.language)
        question = read.question or (self.money.question(read) if self.money and self.money.is_foreign(read) else "")
        if question:
            raise ValidationError(self.error_messages["two_ways"], params={"label": self.label, "question": question})
        return super().to_python(read.readings[0] if read.readings else value)


class Count(_TypedNumber, forms.IntegerField):
    """A whole number."""


class Rate(_TypedNumber, forms.FloatField):
    """What one unit costs in another."""


class Amount(_TypedNumber, forms.DecimalField):
    """An amount of money."""


def read_numbers_in(form: forms.Form, language: str, money: OwnMoney | None = None) -> None:
    """Lets every number of this form be read by the language of whoever sends it, amounts by the currency."""
    for field in form.fields.values():
        if isinstance(field, _TypedNumber):
            field.language = language
        if isinstance(field, Amount):
            field.money = money


class WorkspaceName(Plain):
    name = Text(max_length=100)
    words = {
        "name": Words(
            gettext_noop("Name of the workspace"),
            gettext_noop("Enter a name for the workspace"),
            gettext_noop("Such as your team or department."),
        )
    }


class WorkspaceSettings(WorkspaceName):
    public_links = forms.BooleanField(required=False)
    access_tokens = forms.BooleanField(required=False)
    needs_two_step = forms.BooleanField(required=False)
    currency = Line(required=False, max_length=40)
    exchange_rate = Rate(required=False, min_value=0.000001, max_value=1_000_000, widget=forms.TextInput)
    exchange_rate_day = forms.DateField(
        required=False, input_formats=["%Y-%m-%d"], widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    words = {
        "name": Words(gettext_noop("Name"), gettext_noop("Enter a name for the workspace")),
        "public_links": Words(
            gettext_noop("Allow links that open without an account"),
            "",
            gettext_noop("Without a tick all links of this workspace stop working. They work again when it is ticked."),
        ),
        "access_tokens": Words(
            gettext_noop("Let programs in with tokens"),
            "",
            gettext_noop(
                "A program with a member's token reads and changes what that member may. Without a tick all tokens "
                "stop working."
            ),
        ),
        "needs_two_step": Words(
            gettext_noop("Everybody here needs two-step sign-in"),
            "",
            gettext_noop(
                "Members without it see nothing here until they switch it on. Single sign-on counts where it is "
                "somebody's only way in: your company asks for the second step there. Links that open without an "
                "account go on working."
            ),
        ),
        "currency": Words(
            gettext_noop("Currency of new assessments"),
            "",
            gettext_noop(
                "A code of three letters, like EUR. US dollars where it is left empty. Nothing that exists is changed."
            ),
            {"autocomplete": "off"},
        ),
        "exchange_rate": Words(
            gettext_noop("What one US dollar costs in it (optional)"),
            gettext_noop("Write the exchange rate as a number, like 0.9"),
            gettext_noop("Price lists are in US dollars: their prices are copied at this rate."),
            {"inputmode": "decimal", "autocomplete": "off"},
        ),
        "exchange_rate_day": Words(
            gettext_noop("The day of that rate (optional)"), gettext_noop("Write the day like 2026-11-27")
        ),
    }

    def __init__(self, *args: Any, signs_in_in_two_steps: bool = True, language: str = "en", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.signs_in_in_two_steps = signs_in_in_two_steps
        read_numbers_in(self, language)
        messages = self.fields["exchange_rate"].error_messages
        messages |= {"min_value": _("The exchange rate must be more than 0")}

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).upper() or USD
        if fault := currency_fault(code):
            raise ValidationError(_("Currency: {fault}").format(fault=told(fault)))
        return code

    def clean_exchange_rate_day(self) -> date | None:
        on: date | None = self.cleaned_data["exchange_rate_day"]
        if on and on > timezone.localdate():
            raise ValidationError(_("The day of the exchange rate is still to come"))
        return on

    def clean(self) -> dict[str, Any]:
        """A rate is one of a day; none is needed for dollars."""
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if sent.get("exchange_rate") and sent.get("exchange_rate_day") is None and not self.errors:
            self.add_error("exchange_rate_day", _("Write the day of the exchange rate"))
        return sent

    def clean_needs_two_step(self) -> bool:
        """Whoever asks it of others has it already: nobody shuts themselves out."""
        if self.cleaned_data["needs_two_step"] and not self.signs_in_in_two_steps:
            raise ValidationError(_("Switch on two-step sign-in for yourself first, under “Your account”"))
        return bool(self.cleaned_data["needs_two_step"])


class LetterheadForm(Plain):
    """What stands above the reports of a workspace."""

    mark = Text(max_length=60, required=False)
    logo = forms.FileField(required=False, widget=forms.FileInput)
    without_logo = forms.BooleanField(required=False)
    words = {
        "mark": Words(
            gettext_noop("Mark (optional)"),
            "",
            gettext_noop("Such as “Internal” or “Confidential”. It stands on the first page of every report."),
        ),
        "logo": Words(
            gettext_noop("Logo (optional)"),
            gettext_noop("Choose a file that is not empty"),
            "",
            {"accept": "image/png, image/jpeg"},
        ),
        "without_logo": Words(gettext_noop("Take the logo away"), ""),
    }

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["logo"].error_messages["empty"] = _("Choose a file that is not empty")
        self.fields["logo"].help_text = _("A PNG or JPEG of at most {n} kB.").format(n=LARGEST_FILE // 1000)
        if not has_logo:
            del self.fields["without_logo"]

    def clean_logo(self) -> bytes | None:
        sent = self.cleaned_data["logo"]
        try:
            return drawn_anew(sent.read()) if sent else None
        except BadLogo as fault:
            raise ValidationError(str(fault)) from fault


class Invite(Plain):
    role = forms.ChoiceField(choices=Role.choices)
    email = forms.EmailField(required=False)
    words = {
        "role": Words(gettext_noop("Role"), gettext_noop("Choose a role")),
        "email": Words(
            gettext_noop("E-mail address (optional)"),
            gettext_noop("Enter an e-mail address, like name@example.org, or leave it empty"),
            gettext_noop("Then the link works for the account with this address only."),
            {"autocomplete": "off"},
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["role"].error_messages["invalid_choice"] = _("Choose a role")
        cast(forms.ChoiceField, self.fields["role"]).choices = [(role.value, role.words) for role in Role]


class CopyOf(Plain):
    """What a copy is called, and into which of one's workspaces it goes; without one it stays in the browser."""

    name = Text(max_length=200)
    workspace = forms.ChoiceField()
    words = {
        "name": Words(
            gettext_noop("Name of the copy"),
            gettext_noop("Enter a name for the copy"),
            gettext_noop("Such as the year or the team that it is for."),
        ),
        "workspace": Words(gettext_noop("Workspace"), gettext_noop("Choose a workspace")),
    }

    def __init__(self, *args: Any, workspaces: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        if len(workspaces) < 2:
            del self.fields["workspace"]
        else:
            choice = cast(forms.ChoiceField, self.fields["workspace"])
            choice.choices = list(workspaces.items())
            choice.error_messages["invalid_choice"] = _("Choose a workspace")


class OwnName(Plain):
    name = Text(max_length=100)
    words = {
        "name": Words(
            gettext_noop("Name"),
            gettext_noop("Enter your name"),
            gettext_noop("As your team knows you."),
            {"autocomplete": "name"},
        )
    }


class Typed(Plain):
    """Something that is typed again before it is deleted."""

    typed = forms.CharField(max_length=300)

    def __init__(self, *args: Any, wanted: str, label: str, **kwargs: Any):
        self.wanted = wanted
        self.words = {"typed": Words("", gettext_noop("Type it to go on"), "", {"autocomplete": "off"})}
        super().__init__(*args, **kwargs)
        self.fields["typed"].label, self.fields["typed"].help_text = label, wanted

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if " ".join(typed.split()).casefold() != " ".join(self.wanted.split()).casefold():
            raise ValidationError(_("That is not the same. Type it as it stands here"))
        return typed
