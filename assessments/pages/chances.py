"""How sure the return is. Drawing it takes a fifth of a second, so it follows the page and is kept."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils import timezone

from assessments.charts.chart import Chart
from assessments.engine.decision import Verdict
from assessments.engine.economics.simulation import DRAWS
from assessments.models import Assessment
from assessments.presenters.formats import number
from assessments.presenters.money.chances import ChancesView, present_chances
from assessments.presenters.money.section import MoneyView, present_money
from assessments.services.answer_sheet import AnswerSheet

from .context import Context, names_in
from .reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class ChancesPart(Context):
    """The chart of the money page and how sure it is; what follows on its own says from where."""

    template = "assessments/_chances.html"
    money: MoneyView
    chances: ChancesView | None
    """None while they are still to come."""
    chart: Chart | None
    chances_url: str
    """Where they will come from; empty where they are there."""
    draws: str
    """How many futures are being drawn."""


def kept_chances(reader: Reader, assessment: Assessment, sheet: Callable[[], AnswerSheet], *, draw: bool) -> str:
    """The chances as HTML, kept until an answer changes; an empty string where there are none yet, or no costs.

    `sheet` gives what the reader sees, for where the chances are to be drawn and are not kept.
    """
    key = f"{reader.state(assessment)}-chances"
    kept: str = caches["results"].get(key, "")
    if not kept and draw:
        money = present_money(sheet().verdict, sheet().values, timezone.localdate())
        if money is None:
            return ""
        kept = draw_chances(sheet().verdict, money)
        caches["results"].set(key, kept)
    return kept


def draw_chances(verdict: Verdict, money: MoneyView) -> str:
    chances = present_chances(verdict)
    chart = chances.chart if chances else None
    return _drawn(ChancesPart(money=money, chances=chances, chart=chart, chances_url="", draws=""))


def pending_chances(money: MoneyView, url: str) -> str:
    """The investment at its likely figures, and where the chances will come from."""
    chart = money.investment.chart if money.investment else None
    return _drawn(ChancesPart(money=money, chances=None, chart=chart, chances_url=url, draws=number(DRAWS)))


def _drawn(part: ChancesPart) -> str:
    return str(render_to_string(part.template, names_in(part)))
