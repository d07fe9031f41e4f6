"""Who gets what at every address. The addresses are read from the URL configuration: none can be forgotten."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.utils import timezone

from assessments import access
from assessments.acts import ACT_AT
from assessments.models import Assessment, Role, User
from assessments.services import people, sharing
from assessments.services import report as drawing
from assessments.services.assessments import load_sample
from assessments.services.versions import freeze

from .address_table import ACTORS, EXPECTED, METHODS, NO_SUCH_VERB, OF_A_TEAM, OPEN_TO_ALL
from .bars import IS_THOROUGH
from .documents import example_document
from .imports import an_import
from .raters import closed_round
from .visits import bring_in, start, url_of, url_patterns


def url_names(patterns: Iterable[Any]) -> Iterator[str]:
    """The name of every address, included ones too. One without a name is told by its route."""
    for pattern in url_patterns(patterns):
        yield pattern.name or f"unnamed: {pattern.pattern}"


def test_a_browser_that_has_begun_nothing_has_nothing(new_client: Callable[[], Client], owner: Client) -> None:
    """What belongs to a workspace or to everybody has no browser either: it is not theirs for that."""
    workspace = people.start_workspace(User.objects.create_user("ann@example.org"), "Ann's").workspace
    of_a_team = Assessment.objects.create(workspace=workspace, framework="v1")
    sample = load_sample("task-api", example_document("task_api"))
    start(owner)
    visitor = new_client()
    assert access.tried_here(cast(Any, SimpleNamespace(session={}))) == 0
    for one in (of_a_team, sample):
        assert one.browser == ""
        for name in ("overview", "result", "delete", "export"):
            assert visitor.get(reverse(name, args=[one.pk])).status_code == 404
    page = visitor.get(reverse("assessments")).content.decode()
    assert "No assessments yet" in page
    assert of_a_team.pk not in page
    assert visitor.post(reverse("restore", args=[of_a_team.pk])).status_code == 404


@pytest.fixture
def site(
    owner: Client, stranger: Client, new_client: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> SimpleNamespace:
    """One assessment with a share link, one in the bin, a sample, and everybody who may come."""
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", lambda *args, **kwargs: b"%PDF-1.7")
    ours = bring_in(owner, example_document("task_api"))
    freeze(ours, None, reason="")
    gone = bring_in(owner, example_document("service_desk"))
    owner.post(reverse("delete", args=[gone.pk]))
    load_sample("task-api", example_document("task_api"))
    visitor = new_client()
    token = sharing.make_link(ours, None)
    link = ours.share_links.get()
    assert visitor.get(reverse("shared_result", args=[token])).status_code == 200
    comment = ours.comments.create(place="result", text="Is it right?")
    imported = an_import(ours)
    failure = ours.failure_texts.create(text="It named a date that was not there.")
    closed_round(ours)
    # Looking at a link that asks for nothing counts once a minute: this minute is a long one.
    ours.share_links.update(last_opened_at=timezone.now() + timedelta(hours=1))
    clients = {"owner": owner, "nobody": new_client(), "stranger": stranger, "link visitor": visitor}
    workspace = people.start_workspace(User.objects.create_user("ann@example.org"), "Ann's").workspace
    people.invite(workspace, role=Role.EDITOR, email="", actor=None)
    return SimpleNamespace(
        ours=ours,
        gone=gone,
        link=link,
        comment=comment,
        imported=imported,
        failure=failure,
        round=ours.rating_rounds.get(),
        token=token,
        clients=clients,
        workspace=workspace,
    )


def address(site: SimpleNamespace, name: str) -> str:
    """The address of what is the owner's."""
    arguments = {
        "assessment_id": site.gone.pk if name == "restore" else site.ours.pk,
        "section_key": "use_case",
        "key": "model",  # not answered yet
        "path": "use_case.model",
        "approach": "status_quo",
        "token": site.token,
        "link_id": str(site.link.pk),
        "place": "result",
        "comment_id": str(site.comment.pk),
        "import_id": str(site.imported.pk),
        "failure_id": str(site.failure.pk),
        "round_id": str(site.round.pk),
        "sample": "task-api",
        "file": "months.csv",
        "kind": "md",
        "page": "why",
        **OF_A_TEAM,
        "workspace_id": site.workspace.pk,
        "membership_id": site.workspace.memberships.get().pk,
        "invitation_id": site.workspace.invitations.get().pk,
        "provider_id": "sso",
        "uidb36": "zz",  # nobody has it
    }
    if name == "account_reset_password_from_key":
        arguments["key"] = "abc-def"
    return url_of(name, **arguments)


TRAIL = "assessments_audit"
BY_A_LINK = ("shared_result", "shared_page", "shared_report", "shared_record", "shared_chances", "shared_figures")
UNWATCHED = (TRAIL, '"cache"', "assessments_tries", "assessments_drawnpdf")
"""Tables that any request may write to: the trail of unsafe requests, how often somebody tried, and what was drawn."""


class Written:
    """Keeps the statements that changed rows, and how many events went to the trail."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.events = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        writes = sql.startswith("INSERT") or (sql.startswith(("UPDATE", "DELETE")) and context["cursor"].rowcount > 0)
        table = sql.split("(")[0]
        if writes and not any(name in table for name in UNWATCHED):
            self.statements.append(sql)
        self.events += writes and f"{TRAIL}event" in table
        return result


def ask(client: Client, method: str, url: str) -> tuple[Any, Written]:
    """The response, and what was written. Everything is as before afterwards."""
    visitor = Client(raise_request_exception=False)
    visitor.cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    written = Written()
    with transaction.atomic(), connection.execute_wrapper(written):
        response = visitor.generic(method, url, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return response, written


def test_what_is_written_is_seen(site: SimpleNamespace) -> None:
    """Without this the next tests would prove nothing."""
    client, url = site.clients["owner"], address(site, "make_link")
    assert ask(client, "GET", url)[1].statements == []
    assert any("assessments_sharelink" in statement for statement in ask(client, "POST", url)[1].statements)


def test_every_address_is_in_the_table_and_the_table_names_no_other() -> None:
    assert sorted(url_names(get_resolver().url_patterns)) == sorted(EXPECTED)


def test_an_address_that_is_new_or_has_no_name_would_be_noticed() -> None:
    def view(request: Any) -> Any:
        return HttpResponse()

    patterns = [path("a/", view, name="a"), URLResolver(path("", view).pattern, [path("b/", view)])]
    assert list(url_names(patterns)) == ["a", "unnamed: b/"]


def who_asks(method: str, number: int) -> tuple[str, ...]:
    """Everybody; a verb that nobody has is asked by the owner and one of the others, who take turns."""
    usual = method in ("GET", "POST")
    return ACTORS if usual or IS_THOROUGH else ("owner", ACTORS[1 + number % (len(ACTORS) - 1)])


def test_everybody_gets_what_the_table_says_nothing_else_changes_and_every_unsafe_request_leaves_an_event(
    site: SimpleNamespace, figure: Any
) -> None:
    wrong, cells, unsafe_requests = [], 0, 0
    for number, (name, (for_owner, for_others)) in enumerate(EXPECTED.items()):
        url = address(site, name)
        for method in METHODS:
            for actor in who_asks(method, number):
                get, post = for_owner if actor == "owner" else for_others
                expected = {"GET": get, "POST": post}.get(method, NO_SUCH_VERB)
                response, written = ask(site.clients[actor], method, url)
                allowed_to_change = method == "POST" and (actor == "owner" or name in OPEN_TO_ALL)
                unsafe = method == "POST" and response.status_code != NO_SUCH_VERB and name in ACT_AT
                opened = name in BY_A_LINK and method == "GET"  # opening a link is told too
                cells, unsafe_requests = cells + 1, unsafe_requests + unsafe
                if response.status_code != expected:
                    wrong.append(f"{actor} {method} {name}: {response.status_code}, not {expected}")
                if written.statements and not allowed_to_change:
                    wrong.append(f"{actor} {method} {name}: {written.statements}")
                if response["Cache-Control"] != "private, no-store":
                    wrong.append(f"{actor} {method} {name}: Cache-Control {response['Cache-Control']}")
                if not opened and bool(written.events) != unsafe:
                    wrong.append(f"{actor} {method} {name}: {written.events} events")
    silent = [told for told in wrong if told.endswith(" 0 events")]
    figure("unsafe requests without an event", silent, f"{unsafe_requests:,} requests")
    figure("leaks to outsiders", wrong, f"{cells:,} cells")


def test_head_is_answered_as_get_without_a_body(site: SimpleNamespace) -> None:
    for name, ((get, _), _) in EXPECTED.items():
        response, written = ask(site.clients["owner"], "HEAD", address(site, name))
        assert (name, response.status_code, response.content) == (name, get, b"")
        assert (name, written.statements) == (name, [])


def test_every_post_without_its_csrf_value_is_refused_and_changes_nothing(site: SimpleNamespace) -> None:
    for name in EXPECTED:
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = site.clients["owner"].cookies
        with connection.execute_wrapper(written := Written()):
            assert (name, strict.post(address(site, name)).status_code) == (name, 403)
        assert written.statements == []


def masked(response: Any, *values: str) -> bytes:
    """The body without the CSRF value and without what the visitor typed in the address."""
    body = re.sub(rb'(name="csrfmiddlewaretoken" value=")[^"]+', rb"\1", response.content)
    for value in values:
        body = body.replace(value.encode(), b"*")
    return bytes(body)


def with_id(site: SimpleNamespace, name: str, identity: str) -> str:
    more = {"link_id": str(site.link.pk), "comment_id": str(site.comment.pk), "place": "result", "page": "why"}
    more |= {"import_id": str(site.imported.pk), "failure_id": str(site.failure.pk)}
    more["round_id"] = str(site.round.pk)
    more |= {"kind": "md", "approach": "status_quo", "file": "costs.xlsx", "path": "answers.brand_voice", **OF_A_TEAM}
    return url_of(name, assessment_id=identity, section_key="use_case", **more)


OF_AN_ASSESSMENT = [
    str(pattern.name)
    for pattern in get_resolver().url_patterns
    if isinstance(pattern, URLPattern) and "assessment_id" in pattern.pattern.converters
]


def test_a_foreign_an_unknown_and_a_deleted_assessment_look_the_same(site: SimpleNamespace, figure: Any) -> None:
    stranger = site.clients["stranger"]
    deleted, foreign = start(stranger), site.ours
    stranger.post(reverse("delete", args=[deleted.pk]))
    pairs = differ = 0
    for number, name in enumerate(OF_AN_ASSESSMENT):
        ids = ["abcdefghjkmn", foreign.pk, site.gone.pk, "no-such-thing"]
        if name != "restore":  # one's own deleted assessment is what it is for
            ids.append(deleted.pk)
        for method in METHODS if IS_THOROUGH else ("GET", "POST", METHODS[2 + number % 3]):
            answers = [stranger.generic(method, with_id(site, name, identity)) for identity in ids]
            told = [(a.status_code, masked(a, i), headers(a)) for a, i in zip(answers, ids, strict=True)]
            pairs += len(told) - 1
            differ += sum(one != told[0] for one in told[1:])
    figure("answers that tell a foreign assessment from an unknown one", differ, f"{pairs:,} pairs")
    assert len(OF_AN_ASSESSMENT) > 50


def headers(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "Content-Length"}


@pytest.mark.parametrize(
    "odd", ["%00", "abc%00def", "%ff%fe", "%ED%A0%80", "..", "x" * 5000, "%F0%9F%98%80", "a%0d%0ab"]
)
def test_an_address_that_no_page_has_is_not_found(owner: Any, assessment: Any, odd: Any) -> None:
    """PostgreSQL takes no NUL, so it must not get that far."""
    for url in (f"/a/{odd}/", f"/a/{odd}/result/", f"/a/{odd}/answers/name/", f"/r/{odd}/", f"/samples/{odd}/"):
        assert owner.get(url).status_code in (404, 405)
        assert owner.post(url).status_code in (404, 405)


def test_an_unknown_section_question_and_sample_are_not_found(owner: Any, assessment: Any) -> None:
    assert owner.get(reverse("section", args=[assessment.pk, "nonsense"])).status_code == 404
    assert owner.post(reverse("section", args=[assessment.pk, "nonsense"])).status_code == 404
    assert owner.post(reverse("value", args=[assessment.pk, "answers.nonsense"])).status_code == 404
    assert owner.get(reverse("costs_approach", args=[assessment.pk, "nonsense"])).status_code == 404
    assert owner.get(reverse("costs_model", args=[assessment.pk, "nonsense"])).status_code == 404
    assert owner.post(reverse("value", args=[assessment.pk, "costs.detailed.status_quo.nonsense"])).status_code == 404
    assert owner.post(reverse("copy_sample", args=["nonsense"])).status_code == 404
    assert owner.get(reverse("sample", args=["nonsense"])).status_code == 404


def test_a_sample_that_was_taken_away_is_not_found(site: SimpleNamespace) -> None:
    Assessment.objects.exclude(sample="").update(deleted_at=timezone.now())
    for name in ("sample", "sample_report"):
        assert site.clients["nobody"].get(reverse(name, args=["task-api"])).status_code == 404


def test_a_sample_cannot_be_reached_by_its_id(site: SimpleNamespace) -> None:
    """It belongs to no browser, and a browser without a session has no id to claim it by."""
    sample = Assessment.objects.exclude(sample="").get()
    for client in site.clients.values():
        assert client.get(reverse("overview", args=[sample.pk])).status_code == 404


def test_the_session_cookie_is_what_makes_an_assessment_one_s_own(site: SimpleNamespace, new_client: Any) -> None:
    copy = new_client()
    copy.cookies["sessionid"] = site.clients["owner"].cookies["sessionid"].value
    assert copy.get(address(site, "result")).status_code == 200
    copy.cookies["sessionid"] = "a" * 32
    assert copy.get(address(site, "result")).status_code == 404


def test_looking_around_makes_no_session(new_client: Any, db: None) -> None:
    client = new_client()
    for url in ("/", "/privacy/", "/assessments/", "/import/", "/a/abcdefghjkmn/"):
        client.get(url)
    assert "sessionid" not in client.cookies
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)


def test_a_session_lasts_anew_once_a_month_of_use(owner: Any, assessment: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = owner.session["renewed"]
    later = timezone.now() + timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    owner.get(reverse("overview", args=[assessment.pk]))
    assert before < owner.session["renewed"] == later.date().isoformat()
