"""Reads what is sent to ask for a sign-off and to decide on one. Faults are told in words, and nothing is lost."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from assessments.engine.fields import text_fault
from assessments.models import Approval, Membership, SignOff

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
    errors = {"max_length": f"{label} can have at most %(limit_value)d characters."}
    return Line(label=label, help_text=hint, max_length=200, required=False, error_messages=errors)


def _day(label: str, hint: str = "") -> forms.DateField:
    errors = {"invalid": f"{label} must be a date, like 2027-03-31."}
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=errors,
    )


_TWO_WAYS = "%(label)s: %(question)s."


def _count(label: str) -> Count:
    said = f"{label} must be a whole number, like 1200."
    return Count(
        label=label,
        min_value=0,
        max_value=1_000_000_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": said,
            "two_ways": _TWO_WAYS,
            "min_value": f"{label} must be 0 or more.",
            "max_value": f"{label} must be 1,000,000,000 or less.",
        },
    )


class AskForm(forms.Form):
    """Who approves by when, when the work stops, and how long the decision holds."""

    approvers = forms.MultipleChoiceField(
        label="Approvers",
        error_messages={
            "required": "Choose at least one approver.",
            "invalid_choice": "Choose approvers among the people who may sign off here.",
        },
    )
    due_on = _day("Due date")
    target_metric = _line("Target metric", "What is measured, such as replies that need no correction")
    baseline = _line("Baseline", "What it is today, such as 71% of 300 replies")
    least_improvement = _line("Least improvement", "Less than this, and the work stops")
    largest_regression = _line("Largest regression", "What may get worse elsewhere, and by how much")
    budget = Amount(
        label="Budget",
        help_text="In the currency of the costs",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "two_ways": _TWO_WAYS,
            "invalid": "Budget must be an amount, like 12000 or 12000.50.",
            "min_value": "Budget must be 0 or more.",
            "max_digits": "Budget must be less than 1,000,000,000,000.",
            "max_whole_digits": "Budget must be less than 1,000,000,000,000.",
            "max_decimal_places": "Budget can have at most two decimals.",
        },
    )
    stop_on = _day("Stop date", "Without the improvement by then, the work stops")
    valid_until = _day("Valid until")
    volume_low = _count("Fewest requests a month")
    volume_high = _count("Most requests a month")
    until_model_replaced = forms.BooleanField(label="The base model is replaced", required=False)
    until_corrections_fall = forms.BooleanField(label="Weekly corrections are falling", required=False)

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
                self.add_error(name, f"{self.fields[name].label} must be today or later.")
        low, high = given.get("volume_low"), given.get("volume_high")
        if low is not None and high is not None and low > high:
            self.add_error("volume_high", "Most requests a month must be at least as many as the fewest.")
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField) and (fault := text_fault(str(given.get(name) or ""))):
                self.add_error(name, f"{field.label} {fault}.")
        return given


class DecisionForm(forms.Form):
    """What one approver decides. About which content is a fixed value of the page, not a field."""

    decision = forms.ChoiceField(
        choices=Approval.Ruling.choices,
        error_messages={"required": "Choose what you decide.", "invalid_choice": "Choose what you decide."},
    )
    conditions = Lines(required=False, label="Conditions")
    comment = Lines(
        required=False,
        label="Comment",
        max_length=LONGEST_COMMENT,
        error_messages={"max_length": f"The comment can have at most {LONGEST_COMMENT:,} characters."},
    )

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
                self.add_error(name, f"{self.fields[name].label}: the text {fault}.")
        if decision == Approval.Ruling.CONDITIONS:
            self._check_conditions()
        if decision == Approval.Ruling.OBJECTED and not given.get("comment"):
            self.add_error("comment", "Say why you object.")
        return given

    def _check_conditions(self) -> None:
        points = self.points
        if not points:
            self.add_error("conditions", "Write at least one condition, or approve without.")
        if len(points) > MOST_CONDITIONS:
            self.add_error("conditions", f"At most {MOST_CONDITIONS} conditions are possible.")
        if any(len(point) > LONGEST_CONDITION for point in points):
            self.add_error("conditions", f"A condition can have at most {LONGEST_CONDITION} characters.")
