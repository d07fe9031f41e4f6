"""How sure the return is. Drawing it takes a fifth of a second, so it follows the page and is kept."""

from collections.abc import Callable

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils import timezone

from assessments.engine.decision import Verdict
from assessments.models import Assessment
from assessments.presenters.money.chances import present_chances
from assessments.presenters.money.section import MoneyView, present_money
from assessments.services.answer_sheet import AnswerSheet

from .reader import Reader

_TEMPLATE = "assessments/_chances.html"


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
    return str(render_to_string(_TEMPLATE, {"money": money, "chances": chances, "chart": chart}))


def pending_chances(money: MoneyView, url: str) -> str:
    """The investment at its likely figures, and where the chances will come from."""
    chart = money.investment.chart if money.investment else None
    return str(render_to_string(_TEMPLATE, {"money": money, "chart": chart, "pending": True, "chances_url": url}))
