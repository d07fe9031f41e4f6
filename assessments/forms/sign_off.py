"""Reads what is sent to ask for a sign-off and to decide on one. Faults are told in words, and nothing is lost."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.fields import text_fault
from assessments.framework.notation import written
from assessments.models import Approval, Membership, SignOff

from .faults import told
from .own_money import OwnMoney
from .plain import Amount, Count, Line, Lines, read_numbers_in

MOST_CONDITIONS = 10
LONGEST_CONDITION = 500
LONGEST_COMMENT = 5_000
_STOPS = ("target_metric", "baseline", "least_improvement", "largest_regression", "budget", "stop_on")
_TERMS = (*_STOPS, "valid_until", "volume_low", "volume_high", "until_model_replaced", "until_corrections_fall")


def asked_before(sign_off: SignOff) -> dict[str, Any]:
    """Whom and what was asked the last time, to start from when it is asked for again."""
    terms = {name: getattr(sign_off, name) for name in _TERMS}
    if sign_off.budget is not None and sign_off.budget == int(sign_off.budget):
        terms["budget"] = int(sign_off.budget)
    return {"approvers": [str(one.approver_id) for one in sign_off.approvals.all()], **terms}


def _line(label: str, hint: str) -> Line:
    return Line(label=label, help_text=hint, max_length=200, required=False)


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


_TWO_WAYS = "%(label)s: %(question)s."


def _count(label: str) -> Count:
    return Count(
        label=label,
        min_value=0,
        max_value=1_000_000_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"two_ways": _TWO_WAYS},
    )


def _say(form: forms.Form) -> None:
    """What the fields are called, and what is said of what is wrong in one of them, in the reader's words."""
    for field in form.fields.values():
        label = _(str(field.label or ""))
        field.label, field.help_text = label, _(str(field.help_text))
        if isinstance(field, Count):
            field.error_messages |= {
                "invalid": _("{label} must be a whole number, like 1200.").format(label=label),
                "min_value": _("{label} must be 0 or more.").format(label=label),
                "max_value": _("{label} must be {most} or less.").format(label=label, most=written("1,000,000,000")),
            }
        elif isinstance(field, forms.DateField):
            field.error_messages["invalid"] = _("{label} must be a date, like 2027-03-31.").format(label=label)
        elif isinstance(field, Line):
            said = _("{label} can have at most {most} characters.").format(label=label, most=field.max_length)
            field.error_messages["max_length"] = said


class AskForm(forms.Form):
    """Who approves by when, when the work stops, and how long the decision holds."""

    approvers = forms.MultipleChoiceField(
        label=gettext_noop("Approvers"),
    )
    due_on = _day(gettext_noop("Due date"))
    target_metric = _line(
        gettext_noop("Target metric"), gettext_noop("What is measured, such as replies that need no correction")
    )
    baseline = _line(
        gettext_noop("Baseline"),
        # xgettext:no-python-format
        gettext_noop("What it is today, such as 71% of 300 replies"),
    )
    least_improvement = _line(gettext_noop("Least improvement"), gettext_noop("Less than this, and the work stops"))
    largest_regression = _line(
        gettext_noop("Largest regression"), gettext_noop("What may get worse elsewhere, and by how much")
    )
    budget = Amount(
        label=gettext_noop("Budget"),
        help_text=gettext_noop("In the currency of the costs"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"two_ways": _TWO_WAYS},
    )
    stop_on = _day(gettext_noop("Stop date"), gettext_noop("Without the improvement by then, the work stops"))
    valid_until = _day(gettext_noop("Valid until"))
    volume_low = _count(gettext_noop("Fewest requests a month"))
    volume_high = _count(gettext_noop("Most requests a month"))
    until_model_replaced = forms.BooleanField(label=gettext_noop("The base model is replaced"), required=False)
    until_corrections_fall = forms.BooleanField(label=gettext_noop("Weekly corrections are falling"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        memberships: Sequence[Membership],
        language: str = "en",
        money: OwnMoney | None = None,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        read_numbers_in(self, language, money)
        _say(self)
        self.fields["approvers"].error_messages |= {
            "required": _("Choose at least one approver."),
            "invalid_choice": _("Choose approvers among the people who may sign off here."),
        }
        too_much = _("Budget must be less than {most}.").format(most=written("1,000,000,000,000"))
        self.fields["budget"].error_messages |= {
            "invalid": _("Budget must be an amount, like 12000 or {example}.").format(example=written("12000.50")),
            "min_value": _("Budget must be 0 or more."),
            **dict.fromkeys(("max_digits", "max_whole_digits"), too_much),
            "max_decimal_places": _("Budget can have at most two decimals."),
        }
        self.memberships = {str(one.user_id): one for one in memberships}
        field: Any = self.fields["approvers"]
        field.choices = [(key, str(one.user)) for key, one in self.memberships.items()]

    @property
    def chosen(self) -> set[str]:
        """The people who are ticked on the page."""
        sent: Any = self.data
        ticked = sent.getlist("approvers") if self.is_bound else self.initial.get("approvers", ())
        return set(ticked) & set(self.memberships)

    @property
    def stops(self) -> list[Any]:
        """When the work stops."""
        return [self[name] for name in _STOPS]

    @property
    def ticks(self) -> list[Any]:
        return [self["until_model_replaced"], self["until_corrections_fall"]]

    @property
    def people(self) -> list[Any]:
        return [self.memberships[key].user for key in self.cleaned_data["approvers"]]

    @property
    def terms(self) -> dict[str, Any]:
        """What was agreed beside the approvers and the due date, by the names of the model."""
        return {name: self.cleaned_data[name] for name in _TERMS}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        today = timezone.localdate()
        for name in ("due_on", "stop_on", "valid_until"):
            day = given.get(name)
            if isinstance(day, date) and day < today:
                self.add_error(name, _("{label} must be today or later.").format(label=self.fields[name].label))
        low, high = given.get("volume_low"), given.get("volume_high")
        if low is not None and high is not None and low > high:
            self.add_error("volume_high", _("Most requests a month must be at least as many as the fewest."))
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField) and (fault := text_fault(str(given.get(name) or ""))):
                self.add_error(name, _("{label} {fault}.").format(label=field.label, fault=told(fault)))
        return given


class DecisionForm(forms.Form):
    """What one approver decides. About which content is a fixed value of the page, not a field."""

    decision = forms.ChoiceField(
        choices=Approval.Ruling.choices,
    )
    conditions = Lines(required=False, label=gettext_noop("Conditions"))
    comment = Lines(
        required=False,
        label=gettext_noop("Comment"),
        max_length=LONGEST_COMMENT,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _say(self)
        decision: Any = self.fields["decision"]
        decision.choices = [(one.value, one.words) for one in Approval.Ruling]
        decision.error_messages |= dict.fromkeys(("required", "invalid_choice"), _("Choose what you decide."))
        too_long = _("The comment can have at most {most} characters.").format(most=written(f"{LONGEST_COMMENT:,}"))
        self.fields["comment"].error_messages["max_length"] = too_long

    @property
    def points(self) -> list[str]:
        """The conditions, one for each line."""
        lines = (line.strip() for line in self.cleaned_data.get("conditions", "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        decision = given.get("decision")
        for name in ("conditions", "comment"):
            if fault := text_fault(given.get(name) or ""):
                self.add_error(
                    name, _("{label}: the text {fault}.").format(label=self.fields[name].label, fault=told(fault))
                )
        if decision == Approval.Ruling.CONDITIONS:
            self._check_conditions()
        if decision == Approval.Ruling.OBJECTED and not given.get("comment"):
            self.add_error("comment", _("Say why you object."))
        return given

    def _check_conditions(self) -> None:
        points = self.points
        if not points:
            self.add_error("conditions", _("Write at least one condition, or approve without."))
        if len(points) > MOST_CONDITIONS:
            self.add_error("conditions", _("At most {n} conditions are possible.").format(n=MOST_CONDITIONS))
        if any(len(point) > LONGEST_CONDITION for point in points):
            self.add_error("conditions", _("A condition can have at most {n} characters.").format(n=LONGEST_CONDITION))
