"""Webhooks of a workspace, for its owners: registered, changed, tried, paused, deleted; the log of their messages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access
from assessments.forms.webhooks import WebhookForm
from assessments.models import Webhook, Workspace
from assessments.models.webhook import MOST_WEBHOOKS
from assessments.pages.context import Context, render_page
from assessments.presenters.webhooks import (
    DeliveryView,
    WebhookView,
    present_delivery,
    present_webhook,
    present_webhooks,
)
from assessments.services import webhooks as service

SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksPage(Context):
    """Every webhook of a workspace, and the form that registers one."""

    template = "assessments/webhooks.html"
    workspace: Workspace
    webhooks: Sequence[WebhookView]
    form: WebhookForm | None
    """None where there are as many as there may be."""
    most: int
    secret: str
    """That of what was just registered: it is shown this once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookPage(Context):
    """One webhook with the log of its messages, and the form that changes it."""

    template = "assessments/webhook.html"
    workspace: Workspace
    webhook: WebhookView
    deliveries: Sequence[DeliveryView]
    shown: int
    """At how many messages the log is cut."""
    form: WebhookForm
    secret: str
    """A new one that was just made: it is shown this once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteWebhookPage(Context):
    """What goes with a webhook."""

    template = "assessments/delete_webhook.html"
    workspace: Workspace
    webhook: WebhookView


@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """A new one is registered by whoever has shown a moment ago who they are."""
    own = access.own_workspace(request, workspace_id, "manage")
    form = WebhookForm(request.POST if request.method == "POST" else None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        access.confirm(request)
        try:
            secret = service.make_webhook(own.workspace, own.actor, **form.cleaned_data)
            form = WebhookForm()
        except service.TooManyWebhooks:
            form.add_error(None, _("There are {n} already. Delete one first").format(n=MOST_WEBHOOKS))
    found = present_webhooks(access.webhooks_of(own.workspace))
    page = WebhooksPage(
        workspace=own.workspace,
        webhooks=found,
        form=form if form.errors or len(found) < MOST_WEBHOOKS else None,
        most=MOST_WEBHOOKS,
        secret=secret,
    )
    return render_page(request, page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, workspace_id: str, webhook_id: int) -> HttpResponse:
    own, found = access.own_webhook(request, workspace_id, webhook_id)
    if request.method != "POST":
        return _page(request, own, found)
    form = WebhookForm(request.POST, webhook=found)
    if not form.is_valid():
        return _page(request, own, found, form=form, status=422)
    access.confirm(request)
    service.change_webhook(found, own.actor, **form.cleaned_data)
    return redirect("webhook", workspace_id, webhook_id)


@require_POST
def roll_webhook(request: HttpRequest, workspace_id: str, webhook_id: int) -> HttpResponse:
    own, found = access.own_webhook(request, workspace_id, webhook_id)
    access.confirm(request)
    return _page(request, own, found, secret=service.roll(found, own.actor))


@require_POST
def pause_webhook(request: HttpRequest, workspace_id: str, webhook_id: int) -> HttpResponse:
    own, found = access.own_webhook(request, workspace_id, webhook_id)
    service.pause(found, own.actor)
    return redirect("webhook", workspace_id, webhook_id)


@require_POST
def resume_webhook(request: HttpRequest, workspace_id: str, webhook_id: int) -> HttpResponse:
    own, found = access.own_webhook(request, workspace_id, webhook_id)
    service.go_on(found, own.actor)
    return redirect("webhook", workspace_id, webhook_id)


@require_POST
def try_webhook(request: HttpRequest, workspace_id: str, webhook_id: int) -> HttpResponse:
    """Sends a test. One that is paused says so on its page."""
    own, found = access.own_webhook(request, workspace_id, webhook_id)
    if not found.paused_at:
        service.try_webhook(found, own.actor)
    return redirect("webhook", workspace_id, webhook_id)


@require_POST
def send_again(request: HttpRequest, workspace_id: str, webhook_id: int, delivery_id: int) -> HttpResponse:
    own, delivery = access.own_delivery(request, workspace_id, webhook_id, delivery_id)
    if not delivery.webhook.paused_at:
        service.send_again(delivery, own.actor)
    return redirect("webhook", workspace_id, webhook_id)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_webhook(request: HttpRequest, workspace_id: str, webhook_id: int) -> HttpResponse:
    own, found = access.own_webhook(request, workspace_id, webhook_id)
    if request.method == "POST":
        service.delete_webhook(found, own.actor)
        return redirect("webhooks", workspace_id)
    page = DeleteWebhookPage(workspace=own.workspace, webhook=present_webhook(found))
    return render_page(request, page)


def _page(
    request: HttpRequest,
    own: access.OwnWorkspace,
    found: Webhook,
    *,
    form: WebhookForm | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    page = WebhookPage(
        workspace=own.workspace,
        webhook=present_webhook(found),
        deliveries=[present_delivery(one) for one in access.deliveries_of(found)[:SHOWN]],
        shown=SHOWN,
        form=form or WebhookForm(webhook=found),
        secret=secret,
    )
    return render_page(request, page, status=status)
