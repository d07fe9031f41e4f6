"""Comments of a team: beside a section, on the result, and all on one page; resolved, reopened, lost never."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, AuditEvent, Comment, Membership, Role
from assessments.services import sharing

from ..documents import example_document
from ..pages import Page, words
from ..team import a_team, brought_in
from ..visits import section_url

HTMX = {"HX-Request": "true"}
HOSTILE = "<script>alert(1)</script>\"'></textarea><img src=x onerror=alert(1)> {{ 7 }} \u202e ünï"


@pytest.fixture
def team(db: None) -> Any:
    return a_team()


@pytest.fixture
def ours(team: Any) -> Assessment:
    return brought_in(team, example_document("task_api"))


def say(
    client: Client, assessment: Assessment, text: str, *, place: str = "result", page: str = "result", **more: Any
) -> Any:
    form = {"text": text, "page": page, **more.pop("form", {})}
    return client.post(reverse("comment", args=[assessment.pk, place]), form, **more)


def shown(client: Client, assessment: Assessment, name: str = "result") -> str:
    url = section_url(assessment, name) if name not in ("result", "comments") else reverse(name, args=[assessment.pk])
    return Page(client.get(url)).words("main")


def to(name: str, comment: Comment) -> str:
    return reverse(name, args=[comment.assessment_id, comment.pk])


@pytest.mark.parametrize("who", ["owner", "editor", "approver", "viewer"])
def test_every_member_comments_and_every_other_reads_it(team: Any, ours: Assessment, who: str) -> None:
    response = say(team[who], ours, "Is the volume right?\r\nI doubt it.")
    comment = Comment.objects.get()
    assert response["Location"] == f"{reverse('result', args=[ours.pk])}#comment-{comment.pk}"
    assert (comment.text, comment.author, comment.place) == (
        "Is the volume right?\nI doubt it.",
        team.people[who],
        "result",
    )
    for reader in team.browsers.values():
        assert f"{who.capitalize()} " in shown(reader, ours)
        assert "Is the volume right? I doubt it." in shown(reader, ours)


def test_a_comment_on_a_section_stands_beside_that_section_only(team: Any, ours: Assessment) -> None:
    response = say(team["editor"], ours, "Why 30?", place="costs", page="section")
    assert response["Location"] == f"{section_url(ours, 'costs')}#comment-{Comment.objects.get().pk}"
    assert "One comment" in shown(team["owner"], ours, "costs")
    assert "Why 30?" in shown(team["owner"], ours, "costs")
    for place in ("ceiling", "result"):
        assert "Why 30?" not in shown(team["owner"], ours, place)
    assert "Why 30?" in shown(team["viewer"], ours, "comments")


def test_who_may_not_open_a_section_is_led_to_all_comments(team: Any, ours: Assessment) -> None:
    response = say(team["approver"], ours, "Why 30?", place="costs", page="section")
    assert response["Location"] == f"{reverse('comments', args=[ours.pk])}#comment-{Comment.objects.get().pk}"


def test_whoever_wrote_a_comment_takes_it_back_and_has_its_words_in_the_box(team: Any, ours: Assessment) -> None:
    say(team["editor"], ours, "Is it 30 or 40?", form={"mention": str(team.people["viewer"].pk)})
    comment = Comment.objects.get()
    assert "Take back" in shown(team["editor"], ours)
    assert "Take back" not in shown(team["owner"], ours)
    refused = team["owner"].post(to("take_back_comment", comment), {"page": "result", "text": "Half a sente"})
    assert refused.status_code == 409
    assert "A comment can be taken back by whoever wrote it, while it is open" in Page(refused).words("main")
    assert "Half a sente" in Page(refused).with_id("comment-result-text").text
    assert Comment.objects.get() == comment
    done = team["editor"].post(to("take_back_comment", comment), {"page": "result", "text": "And"}, headers=HTMX)
    assert "Its words are in the box." in Page(done).root.text_content()
    assert Page(done).with_id("comment-result-text").text.strip() == "Is it 30 or 40?\n\nAnd"
    assert not Comment.objects.exists()
    assert "Is it 30 or 40?" not in shown(team["owner"], ours)
    assert "Nothing waits for you" in Page(team["viewer"].get("/waiting/")).words("main")
    assert AuditEvent.objects.filter(act="take_back_comment", who__contains="Editor").count() == 1


def test_a_resolved_comment_stays_as_it_was_read(team: Any, ours: Assessment) -> None:
    say(team["editor"], ours, "Is it 30 or 40?")
    team["owner"].post(to("resolve_comment", Comment.objects.get()))
    assert "Take back" not in shown(team["editor"], ours)
    assert team["editor"].post(to("take_back_comment", Comment.objects.get())).status_code == 409
    assert Comment.objects.exists()


@pytest.mark.parametrize("page", ["section", "result", "comments", "", "nonsense"])
def test_htmx_gets_the_talk_alone_and_hears_what_was_done(team: Any, ours: Assessment, page: str) -> None:
    place = "costs" if page == "section" else "result"
    response = say(team["editor"], ours, "Hello", place=place, page=page, headers=HTMX)
    html = response.content.decode()
    assert ("<html" in html, "Comment added" in html, "Hello" in html) == (False, True, True)
    assert Page(response).with_id(f"comment-{place}-text").text.strip() == ""


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Write the comment first"),
        ("  \r\n ", "Write the comment first"),
        ("x" * 10_001, "The comment has 10,001 characters; at most 10,000 are allowed"),
        ("one\x00two", "has a control character that cannot be kept"),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed_with_a_sentence(
    team: Any, ours: Assessment, text: Any, told: str, headers: Any
) -> None:
    response = say(team["editor"], ours, text, headers=headers)
    page = Page(response)
    assert response.status_code == 422
    assert told in page.root.text_content()
    assert page.with_id("comment-result-text").text_content().strip() == text.strip() or "\0" in text
    assert Comment.objects.count() == 0


def test_ten_thousand_characters_are_kept(team: Any, ours: Assessment) -> None:
    say(team["editor"], ours, "x" * 10_000)
    assert len(Comment.objects.get().text) == 10_000


def test_hostile_text_is_shown_as_text(team: Any, ours: Assessment) -> None:
    say(team["editor"], ours, HOSTILE)
    say(team["editor"], ours, HOSTILE, place="costs")
    for name in ("result", "costs", "comments"):
        url = section_url(ours, name) if name == "costs" else reverse(name, args=[ours.pk])
        page = Page(team["owner"].get(url))
        assert "alert(1)" in page.root.text_content()
        assert list(page.all("img")) == []
        assert not any("alert" in (script.text or "") for script in page.all("script"))


# resolved


def test_resolved_says_who_and_when_and_can_be_reopened(team: Any, ours: Assessment) -> None:
    say(team["editor"], ours, "Is it right?")
    comment = Comment.objects.get()
    assert team["viewer"].post(to("resolve_comment", comment), {"page": "result"}).status_code == 302
    comment.refresh_from_db()
    first = comment.resolved_at
    assert comment.resolved_by == team.people["viewer"]
    assert "Resolved by Viewer" in shown(team["owner"], ours)
    team["owner"].post(to("resolve_comment", comment))
    comment.refresh_from_db()
    assert (comment.resolved_at, comment.resolved_by) == (first, team.people["viewer"])
    team["owner"].post(to("reopen_comment", comment))
    comment.refresh_from_db()
    assert (comment.resolved_at, comment.resolved_by) == (None, None)
    done = AuditEvent.objects.filter(chain=ours.workspace_id, act__contains="comment").exclude(
        details__has_key="method"
    )
    assert list(done.values_list("act", flat=True)) == ["comment", "resolve_comment", "reopen_comment"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_resolving_keeps_what_was_being_typed(team: Any, ours: Assessment, headers: Any) -> None:
    say(team["editor"], ours, "Is it right?")
    response = team["editor"].post(
        to("resolve_comment", Comment.objects.get()), {"page": "result", "text": "Half a sente"}, headers=headers
    )
    assert response.status_code == 200
    assert "Half a sente" in Page(response).with_id("comment-result-text").text
    assert Comment.objects.get().resolved_at


def test_the_audit_trail_holds_no_words_of_a_comment(team: Any, ours: Assessment) -> None:
    say(team["editor"], ours, "Confidential words")
    assert "Confidential" not in str(list(AuditEvent.objects.values()))


# mentions


def test_an_at_and_a_name_mentions_and_so_does_picking(team: Any, ours: Assessment) -> None:
    say(team["editor"], ours, "@Viewer, look")
    assert [one.email for one in Comment.objects.get().mentioned.all()] == ["viewer@example.org"]
    say(team["editor"], ours, "Look", form={"mention": str(team.people["approver"].pk)})
    assert [one.email for one in Comment.objects.last().mentioned.all()] == ["approver@example.org"]  # type: ignore[union-attr]
    assert "For Viewer" in shown(team["owner"], ours)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_name_of_two_people_is_asked_about_and_the_answer_sends_it(team: Any, ours: Assessment, headers: Any) -> None:
    first = team.join("ann", Role.EDITOR, known_as="Ann")
    team.join("ann2", Role.VIEWER, known_as="Ann")
    response = say(first, ours, "@Ann, look", headers=headers)
    page = Page(response)
    assert (response.status_code, Comment.objects.count()) == (422, 0)
    who = page.with_id("comment-result-who-1")
    assert [words(option) for option in who.iter("option")] == [
        "Ann (ann2@example.org)",
        "Ann (ann@example.org)",
        "Nobody",
    ]
    assert page.with_id("comment-result-text").text.strip() == "@Ann, look"
    chosen = str(team.people["ann2"].pk)
    say(first, ours, "@Ann, look", form={"settled": "ann", "mention": [chosen, ""]}, headers=headers)
    assert [one.email for one in Comment.objects.get().mentioned.all()] == ["ann2@example.org"]
    say(first, ours, "@Ann as a word", form={"settled": "ann", "mention": ""}, headers=headers)
    assert Comment.objects.last().mentioned.count() == 0  # type: ignore[union-attr]


@pytest.mark.parametrize("picked", ["stranger", "gone", "999999", "9" * 30, "-1", "x"])
def test_nobody_outside_can_be_mentioned(team: Any, ours: Assessment, picked: Any) -> None:
    other = a_team("Other")
    gone = team.join("gone", Role.EDITOR) and team.people["gone"]
    Membership.objects.filter(user=gone).delete()
    people = {"stranger": other.people["owner-of-other"].pk, "gone": gone.pk}
    response = say(team["editor"], ours, "Look", form={"mention": str(people.get(picked, picked))})
    assert Comment.objects.filter(mentioned__isnull=False).count() == 0
    if picked in people or picked == "999999":
        assert "Choose somebody who is in this workspace" in response.content.decode()
    say(team["editor"], ours, "@Owner-of-other and @Gone")
    assert Comment.objects.filter(mentioned__isnull=False).count() == 0


# who may not


def test_others_find_nothing_and_a_trial_has_no_comments(
    team: Any, ours: Assessment, owner: Any, assessment: Any, stranger: Any
) -> None:
    say(team["editor"], ours, "Ours")
    comment = Comment.objects.get()
    other = a_team("Other")["owner-of-other"]
    for client in (stranger, Client(), other):
        assert client.get(reverse("comments", args=[ours.pk])).status_code == 404
        assert say(client, ours, "Theirs").status_code == 404
        assert client.post(to("resolve_comment", comment)).status_code == 404
    assert say(owner, assessment, "Mine").status_code == 403
    assert "Comment" not in shown(owner, assessment)
    assert "Comment" not in shown(owner, assessment, "costs")
    assert Comment.objects.count() == 1


def test_a_comment_of_another_assessment_is_not_found(team: Any, ours: Assessment) -> None:
    beside = brought_in(team, example_document("service_desk"))
    say(team["editor"], beside, "Beside")
    comment = Comment.objects.get()
    for name in ("resolve_comment", "reopen_comment"):
        assert team["editor"].post(reverse(name, args=[ours.pk, comment.pk])).status_code == 404
        assert team["editor"].post(f"/a/{ours.pk}/comments/{10**30}/{name.split('_')[0]}/").status_code == 404
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_a_place_that_does_not_exist_is_not_found(team: Any, ours: Assessment) -> None:
    assert say(team["editor"], ours, "Hello", place="nonsense").status_code == 404
    assert say(team["editor"], ours, "Hello", place="check").status_code == 404
    assert not Comment.objects.exists()


def test_visitors_with_a_link_see_no_comment(team: Any, ours: Assessment) -> None:
    say(team["editor"], ours, "Between us")
    team["owner"].get(reverse("result", args=[ours.pk]))
    page = Client().get(reverse("shared_result", args=[sharing.make_link(ours, None)]))
    assert "Between us" not in page.content.decode()
    assert "comments.js" not in page.content.decode()


def test_a_person_who_left_leaves_their_words(team: Any, ours: Assessment) -> None:
    say(team["editor"], ours, "Still true")
    team.people["editor"].delete()
    assert "Somebody who has left" in shown(team["owner"], ours)


def test_pages_ask_as_much_for_twenty_comments_as_for_one(
    team: Any, ours: Assessment, django_assert_num_queries: Any
) -> None:
    say(team["editor"], ours, "@Viewer one")
    say(team["editor"], ours, "@Viewer one", place="costs")
    # session, person, assessment, answers, workspaces, what waits; comments, mentioned, members
    # a section also asks for the sign-off, and where audit trails end; the result too, and its links, who changed it
    # last, the letterhead and, in two, how the team's pilots ended
    pages = {"result": 16, "comments": 9, "section": 11}
    urls = {name: reverse(name, args=[ours.pk]) for name in ("result", "comments")}
    urls["section"] = section_url(ours, "costs")
    for url in urls.values():
        team["owner"].get(url)
    for crowd in (0, 19):
        for number in range(crowd):
            say(team["viewer"], ours, f"@Owner and @Editor {number}", place="costs" if number % 2 else "result")
        for name, count in pages.items():
            say(team["viewer"], ours, "What was kept is drawn anew")
            with django_assert_num_queries(count):
                assert team["owner"].get(urls[name]).status_code == 200
