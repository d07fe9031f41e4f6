"""What a container asks, and what a proxy that is set up wrongly is told."""

from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client, override_settings
from django.urls import reverse

from assessments.services import schema

ON_HTTPS = override_settings(SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
@override_settings(ALLOWED_HOSTS=["decide.example.org"], SECURE_SSL_REDIRECT=True)
def test_a_container_asks_itself_without_https_and_by_any_name(db: None, path: str) -> None:
    response = Client().get(path, headers={"Host": "127.0.0.1:8000"})
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert not response.cookies


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("ftdecide.health.connection.cursor", DatabaseError("gone")),
        ("ftdecide.health.refuse_other", schema.OtherSchema("newer")),
    ],
)
def test_without_its_database_it_lives_and_is_not_ready(db: None, broken: str, fault: Exception) -> None:
    with patch(broken, side_effect=fault):
        assert Client().get("/livez").status_code == 200
        assert Client().get("/readyz").status_code == 503


@ON_HTTPS
def test_a_proxy_that_does_not_say_https_is_told_instead_of_sent_round_in_circles(db: None) -> None:
    wrong = Client().get(reverse("privacy"))
    assert (wrong.status_code, "X-Forwarded-Proto" in wrong.content.decode()) == (502, True)
    assert Client().get(reverse("privacy"), headers={"X-Forwarded-Proto": "http"}).status_code == 301
    assert Client().get(reverse("privacy"), headers={"X-Forwarded-Proto": "https"}).status_code == 200
