"""What stands in the way of a start, the most pressing first: a few short lines for the first page of a result."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from assessments.framework.market import Offer

from .decision import Figures, Robustness, Verdict
from .economics.inputs import STATUS_QUO
from .economics.known_changes import KnownChange, known_changes
from .economics.plan_months import month_of
from .economics.tuning_offers import purchasable
from .legal import LegalPoint, legal_points
from .plan_figures import horizon_of

ANSWERS = ("no", "unsure")
_EXAMPLES = "labelled_examples"
_MODEL, _TODAY = "model_ends", "today_ends"
_UNCOSTED = "_uncosted"
_ALSO_WHERE_KEPT = ("unsure", _TODAY, _TODAY + _UNCOSTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeStart:
    """One thing in the way. `key` is the question it stands at, where there is one."""

    code: str
    """`no` or `unsure`, which is the answer to the question, or the code of a line that figures fill."""
    key: str = ""
    figures: Figures = field(default_factory=dict)


def before_you_start(decision: Verdict, robustness: Robustness, today: date) -> tuple[BeforeStart, ...]:
    """Models that end, what the verdict waits for, each no, offers that end, short labels, what is open.

    What is open stands there only where knowing it bears on the verdict.
    """
    texts = decision.framework.guide.before
    points = legal_points(decision.framework, decision.document)
    waits_for = tuple(key for key in decision.confirm if decision.document.answers.unsure(key))
    ending = [one for one in known_changes(decision.framework, decision.document) if one.ends]
    found = [
        *_models_that_end(decision, ending),
        *(BeforeStart(code="unsure", key=key) for key in waits_for),
        *(
            BeforeStart(code="no", key=text.key)
            for text in texts.answers
            if text.answer == "no" and decision.document.answers.value(text.key) == "no"
        ),
        *(BeforeStart(code="no", key=point.key) for point in points if point.stand == "no"),
        *_ends(decision, {one.approach for one in ending}, today),
        *(() if decision.is_measured_gain else _examples(decision)),
        *_open_points(points),
        *(BeforeStart(code="unsure", key=key) for key in robustness.find_out_next if key not in waits_for),
    ]
    return tuple(one for one in found if _is_for(decision, one))


def _is_for(decision: Verdict, one: BeforeStart) -> bool:
    """Whether there is a line for it, and for this approach. Where the prompt is kept nothing is to be built."""
    texts = decision.framework.guide.before
    line = texts.answer.get((one.key, one.code)) if one.code in ANSWERS else texts.other[one.code]
    if line is None or (decision.action == "keep" and one.code not in _ALSO_WHERE_KEPT):
        return False
    return decision.leads in (line.approaches or (decision.leads,))


def _models_that_end(decision: Verdict, ending: Sequence[KnownChange]) -> Iterator[BeforeStart]:
    """The model behind the verdict's approach, and today's, unless that is the same."""
    days = {one.approach: one for one in ending}
    behind, today = days.get(decision.leads), days.get(STATUS_QUO)
    if decision.action == "keep":
        behind = None
    elif behind and today and behind.on == today.on:
        today = None
    for code, one in ((_MODEL, behind), (_TODAY, today)):
        if one:
            costed = one.invested or one.cost > 0
            yield BeforeStart(code=code if costed else code + _UNCOSTED, figures={"on": one.on, "month": one.month})


def _ends(decision: Verdict, told: Collection[str], today: date) -> Iterator[BeforeStart]:
    """What was picked from the lists for today's prompt or this approach, and does not last for the plan.

    Of `told` the model's end was entered, so it is said already.
    """
    market = decision.framework.market
    months = horizon_of(decision.framework, decision.document)
    for name in (STATUS_QUO, decision.leads):
        origins = decision.document.cost_origins.get(name)
        model, offer = (origins.model, origins.offer) if origins else (None, None)
        if model and market.has_ended(model.provider, model.model, today):
            yield BeforeStart(code="gone", figures={"what": model.model})
        end = market.end_of(model.provider, model.model) if model and name not in told else None
        if model and end and today <= end and month_of(end, starts=today) <= months:
            yield BeforeStart(code="ends", figures={"what": model.model, "on": end})
        if offer and offer.offer in market.offer:
            yield from _end_of(market.offer[offer.offer], today, months)


def _end_of(offer: Offer, today: date, months: int) -> Iterator[BeforeStart]:
    state, what = purchasable(offer, today, months).state, {"what": f"{offer.provider}, {offer.model}"}
    last = [day for day in (offer.last_training, offer.ends_on) if day]
    if state == "ends" and last:
        yield BeforeStart(code="ends", figures=what | {"on": min(last)})
    elif state != "lasts":
        yield BeforeStart(code="gone", figures=what)


def _open_points(points: Sequence[LegalPoint]) -> Iterator[BeforeStart]:
    """What of the law is open, in one line at the first of it."""
    if left := [point.key for point in points if point.stand == "open"]:
        yield BeforeStart(code="legal", key=left[0], figures={"open": len(left), "of": len(points)})


def _examples(decision: Verdict) -> Iterator[BeforeStart]:
    """Labels that fall short, else what is missing for the goal. [module, framework]"""
    data = decision.data
    for gap in data.gaps:
        yield BeforeStart(code="label", key="data", figures={"label": gap.label, "missing": gap.missing})
    if data.labelled is None and not decision.document.data:
        yield BeforeStart(code="uncounted", key=_EXAMPLES)
    elif data.goal and not data.gaps and (missing := data.goal.examples_from - (data.labelled or 0)) > 0:
        yield BeforeStart(code="short", key=_EXAMPLES, figures={"missing": missing, "goal": data.goal.key})
