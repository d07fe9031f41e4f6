"""Events of the audit trail in words: every kind that there can be has its own."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import assessments
from assessments.acts import ACT_AT, Act
from assessments.presenters.audit import DONE, FORMERLY, EventView, present_event

from ..address_table import EXPECTED, NO_SUCH_VERB


def recorded_in_code() -> Iterator[str]:
    """Every act that some part of the code records, or hands to what records it."""
    for file in Path(assessments.__file__).parent.rglob("*.py"):
        if file.parent.name != "presenters" and file.name not in ("acts.py", "rights.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Constant) and node.value in get_args(Act):
                    yield str(node.value)


def test_every_act_has_words_and_is_recorded_somewhere() -> None:
    assert set(DONE) == set(get_args(Act))
    assert set(get_args(Act)) - set(recorded_in_code()) - set(ACT_AT.values()) == set()


def test_every_address_that_takes_an_unsafe_request_is_for_an_act() -> None:
    taken = {name for name, (for_owner, _) in EXPECTED.items() if for_owner[1] != NO_SUCH_VERB}
    of_people = [name for name in ACT_AT if not name.startswith("api:")]  # tests/api has those of programs
    assert sorted(of_people) == sorted(taken - {"appearance"})  # changes nothing but how pages look to one person


def test_a_request_that_did_nothing_does_not_say_that_it_was_done() -> None:
    """Such as a decision that was sent before its sender had confirmed who they are."""
    asked = told("decide", method="POST", status=302)
    assert asked.words == "Decided on a version: asked for, not done"
    assert told("sign_in", method="POST", status=302).words == "Signed in"


def test_events_of_before_acts_had_names_of_their_own_are_told_as_they_were() -> None:
    assert FORMERLY.keys().isdisjoint(DONE)
    assert told("delete", method="POST", status=302).words == "Deleted an assessment"
    assert told("section", method="POST", status=302).words == "Saved a section"
    assert told("account_login", method="POST", status=302).words == "Signed in"
    assert told("link_opened").words == "Opened a share link"
    assert told("withdraw", method="POST", status=403).words == "Took back a request that was not open: refused"


def told(act: str, **details: Any) -> EventView:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    event = SimpleNamespace(sequence=1, at=at, who="Ana", act=act, about="", details=details, mac="")
    return present_event(event, names={}, broken=False)


def test_what_the_details_say_stands_beside_it() -> None:
    assert told("change_role", of="Bo Lind", before="editor", after="viewer").notes == [
        "Bo Lind",
        "From editor to viewer",
    ]
    assert told("invite", role="editor", email="bo@example.org").notes == ["For bo@example.org", "As editor"]
    assert told("comment", comment=12, mentioned=["bo@example.org", "cy@example.org"]).notes == [
        "For bo@example.org and cy@example.org"
    ]
    assert told("make_link", name="For the board").notes == ["“For the board”"]
    assert told("decide", number=3, decision="approved", comment="Fine").words == "Decided on version 3"
    assert told("delete_assessment", status=404).words == "Deleted an assessment: refused"
    put_aside = told("delete_workspace", status=302, put_aside=True)
    assert put_aside.words == "Deleted the workspace: asked who they are first"
    assert told("change_workspace", name="Support", two_step="off").notes == [
        "“Support”",
        "Two-step sign-in is not needed any more",
    ]


def test_an_event_of_a_later_version_is_told_by_its_name() -> None:
    assert told("something_new").words == "Something new"
