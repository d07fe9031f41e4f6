"""What is stored, where, and for how long."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments.models.assessment import TRIAL_LASTS, UNDO_FOR
from assessments.pages.context import Context, render_page


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPage(Context):
    """What is stored, where, and for how long."""

    template = "assessments/privacy.html"
    undo_days: int
    trial_days: int


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render_page(request, PrivacyPage(undo_days=UNDO_FOR.days, trial_days=TRIAL_LASTS.days))
