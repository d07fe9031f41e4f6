"""What a sceptic would ask: costs left at zero, numbers that cannot be meant, and a tune that may go away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.engine.decision import Economics
from assessments.engine.document import Document
from assessments.engine.economics.inputs import STATUS_QUO
from assessments.engine.economics.money import CostWarning
from assessments.engine.economics.tuning_offers import purchasable
from assessments.framework import Framework
from assessments.framework.cost_inputs import FORGOTTEN

from ..availability import availability_in_words
from ..formats import count, day, listed
from ..words import approach_in_words, in_words, lower, starting

OLD_PRICES = 60
"""Days after which prices of models want another look [ours]: most providers change some within two months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """One thing to look at; `tone` is told by a word and a shape as well."""

    tone: Literal["warn", "fine"]
    title: str
    sentence: str


def present_cautions(framework: Framework, document: Document, economics: Economics, today: date) -> Sequence[Caution]:
    return [
        *(
            Caution(tone="warn", title=_("Check this:"), sentence=_warning(framework, warning))
            for warning in economics.warnings
        ),
        _forgotten(framework, economics),
        *_age_of_prices(document, economics, today),
        *_for_sale(framework, document, economics, today),
    ]


def _warning(framework: Framework, warning: CostWarning) -> str:
    return in_words(framework, framework.cost_inputs.warnings[warning.code], {"approaches": warning.approaches})


def _forgotten(framework: Framework, economics: Economics) -> Caution:
    """Running costs that count as nothing here, as a sceptic would name them (docs/economics.md, 1.8)."""
    asked = len(FORGOTTEN) if economics.form == "detailed" else 3
    missing = [framework.cost_inputs.forgotten[code] for code in FORGOTTEN if code in economics.forgotten]
    if not missing:
        return Caution(
            tone="fine",
            title=_("Costs often forgotten:"),
            sentence=_("All {n} costs that are often left out have a figure here.").format(n=count(asked)),
        )
    words = listed([lower(text) for text in missing])
    return Caution(
        tone="warn",
        title=_("Costs often forgotten:"),
        sentence=ngettext(
            "One of {all} still count as nothing here: {costs}. With them, payback comes later.",
            "{n} of {all} still count as nothing here: {costs}. With them, payback comes later.",
            len(missing),
        ).format(n=starting(count(len(missing))), all=count(asked), costs=words),
    )


def _age_of_prices(document: Document, economics: Economics, today: date) -> Iterator[Caution]:
    """How old the oldest prices are that were copied from a model's price list."""
    models = [origins.model for origins in document.cost_origins.values()]
    picked = [model.as_of for model in models if model]
    if economics.form == "summary" or not picked:
        return
    oldest = min(picked)
    age = max(0, (today - oldest).days)
    old = age > OLD_PRICES
    sentences = [_("The oldest model prices here are of today.")]
    if age:
        told = ngettext(
            "The oldest model prices here are of {day}, one day ago.",
            "The oldest model prices here are of {day}, {n} days ago.",
            age,
        )
        sentences = [told.format(day=day(oldest), n=count(age))]
    if old:
        sentences.append(_("Look at what has moved since."))
    yield Caution(
        tone="warn" if old else "fine",
        title=_("How old are the prices?"),
        sentence=" ".join(sentences),
    )


def _for_sale(framework: Framework, document: Document, economics: Economics, today: date) -> Iterator[Caution]:
    """Whether each picked way to tune can be bought until the end of the plan."""
    if economics.form == "summary":
        return
    for one in economics.approaches:
        if one.approach == STATUS_QUO or not framework.approach[one.approach].tuning:
            continue
        origins = document.cost_origins.get(one.approach)
        offer = framework.market.offer.get(origins.offer.offer) if origins and origins.offer else None
        title = _("Can {lever} still be bought?").format(lever=approach_in_words(framework, one.approach))
        if offer:
            found = purchasable(offer, today, economics.horizon_months)
            words = availability_in_words(offer, found, economics.horizon_months)
            tone: Literal["warn", "fine"] = "fine" if found.state == "lasts" else "warn"
            yield Caution(tone=tone, title=title, sentence=f"{offer.provider}, {offer.model}. {words}")
        elif one.approach == economics.approach:
            yield Caution(
                tone="warn",
                title=title,
                sentence=_(
                    "No tuning price was picked, so nobody has checked. Some providers stop selling tuning: pick where "
                    "you would tune in the detailed costs."
                ),
            )
