"""Single sign-on: a button where settings name a provider, and an account made from what the provider says."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.test import Client, override_settings
from django.urls import reverse

from assessments.models import User
from ftdecide import environment

from ..pages import Page, words
from ..people import person
from ..visits import start

ISSUER = "https://id.example.org"
CONFIG = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
}
ASKED_FOR = OpenIDConnectOAuth2Adapter.openid_config
LOGIN = reverse("openid_connect_login", args=["sso"])


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch, db: None) -> Any:
    """A provider that lets everybody in as Dana."""
    monkeypatch.setenv("OIDC_CLIENT_ID", "ft")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "secret")
    monkeypatch.setenv("OIDC_NAME", "Sign in with ACME")
    says = {"sub": "42", "email": "dana@example.org", "email_verified": True, "name": "Dana Osei"}
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", CONFIG)
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "get_access_token_data", lambda *a, **k: {"access_token": "t"})
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_fetch_user_info", lambda *a: says)
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": environment.single_sign_on(ISSUER)}}):
        yield says


def come_back(client: Client, **more: str) -> Any:
    """Goes to the provider and returns from it."""
    away = client.post(LOGIN)
    assert away["Location"].startswith(f"{ISSUER}/authorize?")
    state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
    return client.get(reverse("openid_connect_callback", args=["sso"]), {"state": state, **(more or {"code": "c"})})


def test_the_button_is_there_where_settings_name_a_provider(client: Any, provider: Any) -> None:
    for name in ("account_login", "account_signup"):
        page = Page(client.get(reverse(name)))
        buttons = {words(one) for form in page.all("form") for one in form.iter("button")}
        assert "Sign in with ACME" in buttons


def test_without_a_provider_there_is_no_button_and_no_way(client: Any, db: None) -> None:
    page = Page(client.get(reverse("account_login")))
    assert not any("oidc" in (form.get("action") or "") for form in page.all("form"))
    assert client.post(LOGIN).status_code == 404


def test_an_account_is_made_from_what_the_provider_says_and_work_comes_along(owner: Any, provider: Any) -> None:
    ours, old = start(owner), owner.cookies["sessionid"].value
    assert come_back(owner)["Location"] == "/assessments/"
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == ("dana@example.org", "Dana Osei", False)
    ours.refresh_from_db()
    assert ours.workspace == user.memberships.get().workspace
    assert owner.cookies["sessionid"].value != old


def test_the_next_time_it_is_the_same_account(new_client: Any, provider: Any) -> None:
    come_back(new_client())
    assert come_back(new_client())["Location"] == "/assessments/"
    assert User.objects.count() == 1


def test_a_name_of_the_provider_s_turns_nothing(client: Any, provider: Any) -> None:
    provider["name"] = "Dana \u202eiesO"
    come_back(client)
    assert User.objects.get().name == "Dana iesO"


def test_an_account_with_the_same_address_is_not_taken_over(client: Any, provider: Any) -> None:
    user = person("Dana")
    come_back(client)
    assert client.get("/account/").status_code == 302
    assert not SocialAccount.objects.filter(user=user).exists()


def test_what_goes_wrong_there_is_told_calmly(client: Any, provider: Any) -> None:
    assert "cancelled" in Page(client.get(reverse("socialaccount_login_cancelled"))).words("main")
    response = come_back(client, error="access_denied")
    page = Page(client.get(response["Location"]) if response.status_code == 302 else response)
    assert "You are not signed in" in page.words("main")
    response = come_back(client, error="server_error")
    assert "Single sign-on did not work" in Page(response).words("main")


def test_a_provider_that_cannot_be_reached_is_told_calmly(
    client: Any, provider: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", ASKED_FOR)
    nobody = environment.single_sign_on("http://127.0.0.1:9")  # a port on which nothing answers
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": nobody}}):
        response = client.post(LOGIN, follow=True)
    assert response.status_code == 401
    assert "Single sign-on did not work" in Page(response).words("main")


def test_leaving_for_the_provider_is_a_post(client: Any, provider: Any) -> None:
    """A link on another site cannot sign somebody in."""
    response = client.get(LOGIN)
    assert response.status_code == 200
    assert "Continue" in Page(response).words("main")


def test_the_provider_s_page_may_be_gone_to(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.origin(f"{ISSUER}/realms/x") == [ISSUER]
