"""Every address of an assessment and of a workspace, for everybody who may come, with every verb.

What is expected is read from two tables: the right that an address takes, and the roles that have it. What happens
is asked of the address itself: one that is not in the table fails, and so does one whose view asks for another right.
"""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from assessments.access import refusal
from assessments.models import AccessToken, Approval, Role, User, Workspace
from assessments.rights import ROLES, Right, may
from assessments.services import leaving, people, sharing, sign_off
from assessments.services import report as drawing
from assessments.services.assessments import delete
from assessments.services.tokens import make_token

from . import signers
from .address_table import RIGHTS, RIGHTS_TO_SEND
from .bars import IS_THOROUGH
from .documents import example_document
from .imports import an_import
from .own_frameworks import a_framework, published
from .pages import Page
from .people import make_team, person, signed_in
from .raters import closed_round
from .test_access import masked
from .visits import bring_in, url_of
from .webhooks import a_webhook

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
INSIDE = tuple(Role.values)
OUTSIDE = ("nobody", "trial", "member of another workspace", "removed member", "link visitor", "without the passphrase")
ACTORS = (*INSIDE, *OUTSIDE)
GRANTED = {200, 302, 409, 422}
GONE_FOR_ALL = {"restore_workspace"}  # brings back a deleted workspace: this one is not


def names() -> list[str]:
    """Every address that names an assessment or a workspace."""
    patterns = [pattern for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern)]
    return [str(one.name) for one in patterns if {"assessment_id", "workspace_id"} & set(one.pattern.converters)]


def test_every_address_takes_a_right_and_the_table_names_no_other() -> None:
    assert sorted(names()) == sorted(RIGHTS)


@pytest.fixture
def site(db: None, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A team with everything that an address can name, and everybody who may come."""
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", lambda *args, **kwargs: b"%PDF-1.7")
    team = make_team()
    ours, users = team.assessment, team.users
    ours.workspace = team.workspace
    gone = bring_in(team.clients["owner"], example_document("service_desk"))
    delete(gone, None)
    token = sharing.make_link(ours, users["editor"])
    link = ours.share_links.get()
    closed = sharing.make_link(ours, users["editor"], sharing.Choices(passphrase="correct horse battery"))
    comment = ours.comments.create(place="result", text="Is it right?", author=users["editor"])
    approvers = [users["owner"], users["approver"]]
    asked = sign_off.ask(ours, users["editor"], approvers=approvers, due_on=None, terms={})
    condition = asked.approvals.get(approver=users["approver"]).conditions.create(text="Measure it first")
    Approval.objects.filter(approver=users["approver"]).update(decision=Approval.Ruling.CONDITIONS)
    people.invite(team.workspace, role=Role.VIEWER, email="", actor=users["owner"])
    removed = person("Rita")
    people.accept(team.workspace.invitations.get(), removed)
    clients = {
        **team.clients,
        "nobody": Client(),
        "trial": Client(),
        "member of another workspace": team.outsider,
        "removed member": signed_in(removed),
        "link visitor": Client(),
        "without the passphrase": Client(),
    }
    assert clients["removed member"].get(reverse("result", args=[ours.pk])).status_code == 200
    people.remove(team.workspace.memberships.get(user=removed), actor=users["owner"])
    people.invite(team.workspace, role=Role.VIEWER, email="", actor=users["owner"])
    bring_in(clients["trial"], example_document("task_api"))
    assert clients["link visitor"].get(reverse("shared_result", args=[token])).status_code == 200
    assert clients["without the passphrase"].get(reverse("shared_result", args=[closed])).status_code == 200
    ours.failure_texts.create(text="It named a date that was not there.")
    closed_round(ours, users.values())
    published(a_framework(team.workspace, users["owner"]), users["owner"])
    make_token(team.membership("editor"), name="pipeline", may_write=True, may_share=False)
    a_webhook(team.workspace)
    return SimpleNamespace(
        team=team,
        ours=ours,
        gone=gone,
        link=link,
        comment=comment,
        imported=an_import(ours),
        asked=asked,
        condition=condition,
        clients=clients,
    )


def address(site: SimpleNamespace, name: str) -> str:
    workspace = site.team.workspace
    return url_of(
        name,
        assessment_id=site.gone.pk if name == "restore" else site.ours.pk,
        workspace_id=workspace.pk,
        membership_id=site.team.membership("viewer").pk,
        invitation_id=workspace.invitations.filter(accepted_at=None).get().pk,
        section_key="use_case",
        key="model",
        path="use_case.model",
        approach="status_quo",
        file="months.csv",
        kind="md",
        page="why",
        place="result",
        link_id=str(site.link.pk),
        comment_id=str(site.comment.pk),
        import_id=str(site.imported.pk),
        failure_id=str(site.ours.failure_texts.get().pk),
        round_id=str(site.ours.rating_rounds.get().pk),
        number="1",
        other="now",
        sign_off_id=str(site.asked.pk),
        condition_id=str(site.condition.pk),
        token_id=str(AccessToken.objects.get().pk),
        framework_id=workspace.frameworks.get().pk,
        part="gates",
        webhook_id=str(workspace.webhooks.get().pk),
        delivery_id=str(workspace.webhooks.get().deliveries.earliest("pk").pk),
    )


def ask(client: Client, method: str, url: str, **headers: str) -> Any:
    """What is answered. Everything is as before afterwards."""
    with transaction.atomic():
        response = client.generic(method, url, content_type="application/x-www-form-urlencoded", headers=headers)
        transaction.set_rollback(True)
    return response


def status(client: Client, method: str, url: str) -> int:
    return int(ask(client, method, url).status_code)


@pytest.fixture
def rights_asked(monkeypatch: pytest.MonkeyPatch) -> list[Right]:
    """Every right that was asked for at the door."""
    asked: list[Right] = []

    def noted(role: str, right: Right) -> bool:
        asked.append(right)
        return may(role, right)

    monkeypatch.setattr(refusal, "may", noted)
    return asked


def who_asks(method: str, number: int) -> Iterable[str]:
    """Everybody where something may be given; a verb that nobody has is asked by who may most, and one outside."""
    usual = method in ("GET", "POST")
    return ACTORS if usual or IS_THOROUGH else ("owner", OUTSIDE[number % len(OUTSIDE)])


def test_everybody_may_do_what_the_table_says_and_nothing_else(
    site: SimpleNamespace, figure: Any, rights_asked: list[Right]
) -> None:
    wrong, cells = [], 0
    for number, name in enumerate(names()):
        url = address(site, name)
        for method in METHODS:
            for actor in who_asks(method, number):
                rights_asked.clear()
                found = status(site.clients[actor], method, url)
                cells += 1
                if found == 405:  # the verb is not taken, from nobody
                    continue
                right = RIGHTS[name] if method == "GET" else RIGHTS_TO_SEND.get(name, RIGHTS[name])
                if method not in ("GET", "POST") or (name in GONE_FOR_ALL and found != 404):
                    wrong.append(f"{actor} {method} {name}: {found}")
                elif name in GONE_FOR_ALL:
                    continue
                elif actor in OUTSIDE:
                    wrong += [f"{actor} {method} {name}: {found}, not 404"] if found != 404 else []
                elif rights_asked != [right]:
                    wrong.append(f"{actor} {method} {name}: asks for {rights_asked}, not for the right to {right}")
                elif actor in ROLES[right]:
                    wrong += [f"{actor} {method} {name}: {found}, though the role may {right}"] * (found not in GRANTED)
                elif found != 403:
                    wrong.append(f"{actor} {method} {name}: {found}, though the role may not {right}")
    figure("leaks to roles", wrong, f"{cells:,} cells")


def test_a_right_that_is_taken_away_is_gone_with_the_next_request(site: SimpleNamespace) -> None:
    editor, url = site.clients["editor"], reverse("section", args=[site.ours.pk, "use_case"])
    assert editor.get(url).status_code == 200
    people.change_role(site.team.membership("editor"), Role.VIEWER, actor=site.team.users["owner"])
    assert editor.get(url).status_code == 403
    people.remove(site.team.membership("editor"), actor=site.team.users["owner"])
    assert editor.get(url).status_code == 404


# a workspace that opens only for members with two-step sign-in


def needs_two_step(site: SimpleNamespace) -> None:
    Workspace.objects.filter(pk=site.team.workspace.pk).update(needs_two_step=True)


def switch_on(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def taken(site: SimpleNamespace) -> Iterator[tuple[str, str, str]]:
    """Every address of the workspace and its assessments, with each verb that it takes."""
    for name in names():
        url = address(site, name)
        for method in ask(site.clients["owner"], "PUT", url)["Allow"].split(", "):
            if method in ("GET", "POST"):
                yield name, method, url


def test_without_a_second_step_every_address_says_only_what_to_do(site: SimpleNamespace, figure: Any) -> None:
    """Pages, fragments, files and reports alike, for every role, before the role is looked at."""
    wrong, addresses = [], list(taken(site))
    needs_two_step(site)
    inside = ("Task API", "Is it right?", "Measure it first", "Olga", "ed@example.org", "4 members")
    for number, (name, method, url) in enumerate(addresses):
        if name == "leave_workspace":  # nobody has to switch something on for that
            continue
        for place, role in enumerate(INSIDE):
            headers = {"HX-Request": "true"} if (number + place) % 2 else {}
            response = ask(site.clients[role], method, url, **headers)
            expected = 404 if name in GONE_FOR_ALL else 403  # there is nothing to bring back
            if response.status_code != expected:
                wrong.append(f"{role} {method} {name}: {response.status_code}")
                continue
            told = Page(response).words("main")
            if expected == 403 and "“Support” opens only for members with two-step sign-in" not in told:
                wrong.append(f"{role} {method} {name}: {told}")
            wrong += [f"{role} {method} {name}: shows {one}" for one in inside if one in told]
    figure("leaks without a second step", wrong, f"{len(addresses) * len(INSIDE):,} requests")
    assert len(addresses) > 80


def test_whoever_is_outside_gets_no_hint_of_it(site: SimpleNamespace) -> None:
    addresses = list(taken(site))
    asked = [  # each address by two of them, who take turns: that all of them get a 404 is said above
        (who, method, url)
        for number, (_, method, url) in enumerate(addresses)
        for place, who in enumerate(OUTSIDE)
        if (number + place) % 3 == 0 or IS_THOROUGH
    ]

    def told() -> list[tuple[int, bytes]]:
        answers = [ask(site.clients[who], method, url) for who, method, url in asked]
        return [(one.status_code, masked(one)) for one in answers]

    before = told()
    needs_two_step(site)
    assert told() == before
    assert {code for code, _ in before} == {404}


def test_with_a_second_step_everything_is_as_before_at_once(site: SimpleNamespace) -> None:
    def told() -> list[int]:
        asked = [("owner", method, url) for _, method, url in addresses]
        asked += [("viewer", method, url) for _, method, url in addresses if method == "GET"]
        return [status(site.clients[role], method, url) for role, method, url in asked]

    addresses = list(taken(site))
    before = told()
    needs_two_step(site)
    for role, user in site.team.users.items():
        switch_on(user)
        signers.confirm(site.clients[role])  # who has an app is asked for a code before some of it
    assert told() == before


def test_without_the_app_again_it_is_closed_again_at_once(site: SimpleNamespace) -> None:
    needs_two_step(site)
    switch_on(site.team.users["viewer"])
    url = address(site, "result")
    assert status(site.clients["viewer"], "GET", url) == 200
    Authenticator.objects.all().delete()
    assert status(site.clients["viewer"], "GET", url) == 403


def test_single_sign_on_alone_counts_and_beside_a_password_it_does_not(site: SimpleNamespace) -> None:
    needs_two_step(site)
    user, url = site.team.users["viewer"], address(site, "result")
    SocialAccount.objects.create(user=user, provider="sso", uid="42")
    assert status(site.clients["viewer"], "GET", url) == 200
    assert status(site.clients["editor"], "GET", url) == 403
    user.set_password("correct horse battery")
    user.save()
    assert status(signed_in(user), "GET", url) == 403


def test_a_deleted_workspace_is_not_brought_back_without_a_second_step(site: SimpleNamespace) -> None:
    needs_two_step(site)
    leaving.delete_workspace(site.team.workspace, actor=site.team.users["owner"])
    url = address(site, "restore_workspace")
    assert [status(site.clients[role], "POST", url) for role in INSIDE] == [403] * 4
    assert [status(site.clients[one], "POST", url) for one in OUTSIDE] == [404] * len(OUTSIDE)
    switch_on(site.team.users["owner"])
    assert status(site.clients["owner"], "POST", url) == 302


def test_links_for_visitors_go_on_working(site: SimpleNamespace) -> None:
    link = reverse("shared_result", args=[sharing.make_link(site.ours, None)])
    needs_two_step(site)
    assert status(Client(), "GET", link) == status(site.clients["editor"], "GET", link) == 200
