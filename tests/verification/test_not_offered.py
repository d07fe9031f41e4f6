"""Whoever sends more than a form has changes nothing by it: neither a role, nor an owner, nor a date."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from assessments.models import Assessment, Membership, ShareLink, User, Version, Workspace

from ..test_roles import address, names, site

__all__ = ["site"]  # the fixture
pytestmark = pytest.mark.slow
OFFERED_NOWHERE: dict[Any, tuple[str, ...]] = {
    Assessment: ("browser", "sample", "framework", "workspace_id", "created_at"),
    Workspace: ("created_at",),
    Membership: ("user_id", "workspace_id", "role", "joined_at"),
    User: ("password", "is_active", "created_at"),
    ShareLink: ("token_digest", "assessment_id", "created_by_id", "opened", "created_at"),
    Version: ("number", "document", "result", "content_hash", "created_by_id"),
}
COLUMNS = [field for model in apps.get_models() for field in model._meta.concrete_fields]
FIELDS = sorted({name for field in COLUMNS for name in (field.name, field.attname)})


def kept() -> dict[Any, Any]:
    return {
        (model.__name__, row["pk"]): row
        for model, columns in OFFERED_NOWHERE.items()
        for row in model.objects.order_by("pk").values("pk", *columns)
    }


def after(client: Client, url: str, form: dict[str, Any]) -> dict[Any, Any]:
    """What is stored after this post. Everything is as before afterwards."""
    with transaction.atomic():
        client.post(url, form)
        found = kept()
        transaction.set_rollback(True)
    return found


def test_fields_that_no_form_offers_are_not_changed(site: SimpleNamespace, figure: Any) -> None:
    outsider = User.objects.exclude(memberships__workspace=site.team.workspace).first()
    assert outsider
    more = dict.fromkeys(FIELDS, str(outsider.pk)) | {"role": "owner", "browser": "stolen", "sample": "stolen"}
    before, changed, urls = kept(), [], [address(site, name) for name in names()]
    for url in urls:
        plain = after(site.clients["editor"], url, {})
        found = after(site.clients["editor"], url, more)
        changed += [f"{url} {key}" for key in before if key in plain and found.get(key) != plain[key]]
    figure("fields changed that no form offers", changed, f"{len(FIELDS)} fields sent to {len(urls)} addresses")
