"""Approved decisions that want another look: since when, and why, in sentences."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from assessments.engine.lenses.training_gate import trend_of
from assessments.framework.notation import ENGLISH, written
from assessments.framework.notation import day as written_day
from assessments.models import Assessment, SignOff, StoredValue, Version
from assessments.speaking import speaking

from .answer_sheet import AnswerSheet, sheet_of
from .market_watch import market_days, moved_since
from .sign_off_state import is_complete, requests_of, states

_REQUESTS, _MODEL = "use_case.monthly_requests", "use_case.model"
_WATCHED = (_REQUESTS, _MODEL, "override_weeks")


def due_again(assessment: Assessment, today: date) -> list[str]:
    """Why an approved assessment is due for another look, in sentences; nothing where it is not."""
    return due_looks([assessment], today)[assessment.pk]


def due_looks(
    assessments: Iterable[Assessment], today: date, requests: Iterable[SignOff] | None = None
) -> dict[str, list[str]]:
    """The same for many assessments at once. The number of queries does not grow; `requests` is as for `states`."""
    return {pk: [sentence for _, sentence in reasons] for pk, reasons in _due(assessments, today, requests).items()}


def stale_causes(assessments: Collection[Assessment], today: date) -> dict[str, tuple[SignOff, list[str]]]:
    """What was approved last and holds no longer, by id, each with the causes.

    Each cause is the same on every day and for everybody: by it is known whether somebody was told.
    """
    with speaking(ENGLISH):
        due = _due(assessments, today)
    found = {}
    for pk, state in states(assessments).items():
        causes = ["answers"] if state.is_stale else []
        causes += [f"market: {sentence}" if cause == "market" else cause for cause, sentence in due[pk]]
        if state.approved and causes:
            found[pk] = (state.approved, causes)
    return found


def _due(
    assessments: Iterable[Assessment], today: date, requests: Iterable[SignOff] | None = None
) -> dict[str, list[tuple[str, str]]]:
    """Each reason with its cause: `market`, `stop_date`, `valid_until`, `volume`, `model`, `corrections`."""
    listed = list(assessments)
    approved = _approved(listed, requests)
    return {one.pk: approved[one.pk].reasons(today) if one.pk in approved else [] for one in listed}


def due_from(
    assessments: Iterable[Assessment], today: date, requests: Iterable[SignOff] | None = None
) -> dict[str, date | None]:
    """The first day, from today on, on which each wants another look as far as is known now; None where none does.

    On a later day it may be well again: a price that was to change by then did.
    """
    listed = list(assessments)
    approved = _approved(listed, requests)
    return {one.pk: approved[one.pk].first_day(today) if one.pk in approved else None for one in listed}


def _approved(assessments: Iterable[Assessment], requests: Iterable[SignOff] | None) -> dict[str, "_Approved"]:
    """What was approved last of each of these, by id, in as many queries for one as for many."""
    listed = {assessment.pk: assessment for assessment in assessments}
    found: dict[str, SignOff] = {}
    for sign_off in requests_of(listed) if requests is None else requests:
        if is_complete(sign_off, list(sign_off.approvals.all())):
            found.setdefault(sign_off.version.assessment_id, sign_off)
    values: dict[str, list[StoredValue]] = {pk: [] for pk in found}
    for stored in StoredValue.objects.filter(assessment__in=found, path__in=_WATCHED) if found else ():
        values[stored.assessment_id].append(stored)
    frozen = _frozen_parts(found.values())
    return {
        pk: _Approved(sign_off=one, sheet=sheet_of(listed[pk], values[pk]), frozen=frozen[one.version_id])
        for pk, one in found.items()
    }


def decisions_due(today: date) -> list[tuple[str, list[str]]]:
    """Every approved assessment that is due for another look, by id, with the reasons."""
    signed = Assessment.objects.filter(deleted_at=None, versions__sign_offs__withdrawn_at=None)
    asked = signed.exclude(versions__sign_offs=None).distinct()
    return [(pk, reasons) for pk, reasons in due_looks(asked, today).items() if reasons]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frozen:
    """What a decision rests on that can move without an answer: the model that it names, and prices copied in."""

    model: str
    figures: Mapping[str, Any]


def _frozen_parts(sign_offs: Iterable[SignOff]) -> dict[int, _Frozen]:
    """Those of each version, in one query."""
    wanted = [one.version_id for one in sign_offs]
    if not wanted:
        return {}
    found = Version.objects.filter(pk__in=wanted).annotate(model=KT("document__use_case__model"))
    rows = found.values_list("pk", "model", "document__costs", "document__origins")
    return {
        pk: _Frozen(model=model or "", figures={"costs": costs or {}, "origins": origins or {}})
        for pk, model, costs, origins in rows
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Approved:
    """What was approved last of an assessment, with what tells whether it holds."""

    sign_off: SignOff
    sheet: AnswerSheet
    """Those of its answers of now that are watched."""
    frozen: _Frozen

    def reasons(self, today: date) -> list[tuple[str, str]]:
        """Why it wants another look on that day, each with its cause."""
        return _reasons(self.sign_off, self.sheet, self.frozen, today)

    def first_day(self, today: date) -> date | None:
        """The first from today on with a reason: nothing new begins on any day but these."""
        days = {today, *market_days(self.frozen.figures)}
        if self.sign_off.stop_on:
            days.add(self.sign_off.stop_on)
        if self.sign_off.valid_until:
            days.add(self.sign_off.valid_until + timedelta(days=1))
        return next((day for day in sorted(days) if day >= today and self.reasons(day)), None)


def _volume(words: str, volume: float, agreed: int) -> str:
    return words.format(n=written(f"{volume:,.0f}"), agreed=written(f"{agreed:,}"))


def _reasons(sign_off: SignOff, sheet: AnswerSheet, frozen: _Frozen, today: date) -> list[tuple[str, str]]:
    reasons = [("market", sentence) for sentence in moved_since(frozen.figures, today)]
    if sign_off.stop_on and sign_off.stop_on <= today:
        reasons.append(("stop_date", _("The stop date was {day}.").format(day=written_day(sign_off.stop_on))))
    if sign_off.valid_until and sign_off.valid_until < today:
        said = _("The approval was valid until {day}.").format(day=written_day(sign_off.valid_until))
        reasons.append(("valid_until", said))
    volume = sheet.value(_REQUESTS)
    if volume is not None and sign_off.volume_low is not None and volume < sign_off.volume_low:
        reasons.append(
            (
                "volume",
                _volume(_("Volume is {n} requests a month, below the {agreed} agreed."), volume, sign_off.volume_low),
            )
        )
    if volume is not None and sign_off.volume_high is not None and volume > sign_off.volume_high:
        reasons.append(
            (
                "volume",
                _volume(_("Volume is {n} requests a month, above the {agreed} agreed."), volume, sign_off.volume_high),
            )
        )
    model = sheet.value(_MODEL) or ""
    if sign_off.until_model_replaced and model != frozen.model:
        names = [_("“{name}”").format(name=name) if name else _("none named") for name in (frozen.model, model)]
        said = _("The base model was replaced: {then} then, {now} now.").format(then=names[0], now=names[1])
        reasons.append(("model", said))
    if sign_off.until_corrections_fall and trend_of(sheet.framework, sheet.document) == "declining":
        reasons.append(("corrections", _("Weekly corrections are falling.")))
    return reasons
