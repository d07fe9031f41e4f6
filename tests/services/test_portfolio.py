"""What an address selects of a portfolio, and in which order: total, the same every time, and filters compose."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.models import Assessment, ListEntry
from assessments.services import portfolio, sign_off_due, sign_off_list
from assessments.services.portfolio import DUE, ORDERS, Selection, read_selection, selected, task_kinds
from assessments.services.sign_off_list import RANKS

from ..visits import FRAMEWORK
from ..workspaces import fill, new_person, new_workspace

pytestmark = pytest.mark.django_db

ACTIONS = ("go", "pilot", "fix_first", "use_other_lever", "keep", "")


def names(workspace: Any, **wanted: Any) -> Any:
    list_entries = ListEntry.objects.filter(workspace=workspace)
    return list(selected(list_entries, Selection(**wanted)).values_list("name", flat=True))


columns = st.fixed_dictionaries(
    {
        "name": st.sampled_from(("a", "B", "b", "C")),
        "task_kind": st.sampled_from(("", "code", "drafting")),
        "approach": st.sampled_from(list(FRAMEWORK.approach)),
        "action": st.sampled_from(ACTIONS),
        "settled": st.booleans(),
        "ceiling_met": st.integers(0, 2),
        "reasons_for": st.integers(0, 2),
        "reasons_against": st.integers(0, 2),
        "labelled": st.sampled_from((None, 0, 5, 10**9)),
        "payback_months": st.sampled_from((None, 0.0, 4.0, 400.0)),
        "has_costs": st.booleans(),
        "answered": st.sampled_from((0, 53, 54)),
    }
)
VALUES = {
    "q": ("a", "B", "zz", "%", "_"),
    "verdict": (*portfolio.VERDICTS, *FRAMEWORK.approach),
    "settled": tuple(portfolio.SETTLED),
    "sign_off": (*RANKS, DUE),
    "task": [value for value, _ in task_kinds(FRAMEWORK)],
    "progress": tuple(portfolio.PROGRESS),
}


class RolledBack(Exception):
    pass


def ids(workspace: Any, wanted: Any) -> Any:
    list_entries = ListEntry.objects.filter(workspace=workspace)
    return list(selected(list_entries, wanted).values_list("pk", flat=True))


def in_a_workspace(rows: Any, check: Any) -> None:
    """Runs a check beside these rows and takes them away again: each example starts empty."""
    try:
        with transaction.atomic():
            workspace = new_workspace(owner=new_person())
            check(workspace, fill(workspace, rows))
            raise RolledBack
    except RolledBack:
        pass


@settings(max_examples=25)
@given(st.lists(columns, max_size=8))
def test_every_order_has_every_row_once_and_the_same_way_each_time(rows: Any) -> None:
    def check(workspace: Any, made: Any) -> None:
        for order in ORDERS:
            for reverse in ("", "1"):
                first = ids(workspace, Selection(order=order, reverse=reverse))
                assert sorted(first) == sorted(made)
                assert ids(workspace, Selection(order=order, reverse=reverse)) == first

    in_a_workspace(rows, check)


@settings(max_examples=25)
@given(st.lists(columns, max_size=8))
def test_what_is_not_known_comes_last_either_way(rows: Any) -> None:
    def check(workspace: Any, made: Any) -> None:
        for order, rule in ORDERS.items():
            if rule.unknown is None:
                continue
            unknown = set(ListEntry.objects.filter(rule.unknown).values_list("pk", flat=True))
            for reverse in ("", "1"):
                found = [pk in unknown for pk in ids(workspace, Selection(order=order, reverse=reverse))]
                assert found == sorted(found), (order, reverse)

    in_a_workspace(rows, check)


@settings(max_examples=30)
@given(
    st.lists(columns, max_size=8),
    st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()}),
)
def test_filters_together_leave_what_each_of_them_leaves_in_the_same_order(rows: Any, filters: Any) -> None:
    def check(workspace: Any, made: Any) -> None:
        everything = ids(workspace, Selection())
        of_each = [set(ids(workspace, Selection(**{name: value}))) for name, value in filters.items()]
        expected = [pk for pk in everything if all(pk in some for some in of_each)]
        assert ids(workspace, Selection(**filters)) == expected

    in_a_workspace(rows, check)


@settings(max_examples=25)
@given(st.lists(columns, max_size=8))
def test_the_choices_of_a_filter_part_the_rows(rows: Any) -> None:
    def check(workspace: Any, made: Any) -> None:
        for name in ("verdict", "progress"):
            choices = portfolio.VERDICTS if name == "verdict" else portfolio.PROGRESS
            parts = [ids(workspace, Selection(**{name: value})) for value in choices]
            assert sorted(pk for part in parts for pk in part) == sorted(made)

    in_a_workspace(rows, check)


@pytest.fixture
def workspace() -> Any:
    return new_workspace()


def test_the_strongest_case_comes_first(workspace: Any) -> None:
    rows = [
        {"name": "other", "action": "use_other_lever", "reasons_for": 6},
        {"name": "pilot, net 2", "action": "pilot", "reasons_for": 3, "reasons_against": 1},
        {"name": "none", "action": "", "reasons_for": 6},
        {"name": "pilot, net 4, in 9 months", "action": "pilot", "reasons_for": 4, "payback_months": 9.0},
        {"name": "go", "action": "go"},
        {"name": "pilot, net 4, in 2 months", "action": "pilot", "reasons_for": 4, "payback_months": 2.0},
        {"name": "fix", "action": "fix_first"},
    ]
    fill(workspace, rows)
    first = ["go", "pilot, net 4, in 2 months", "pilot, net 4, in 9 months", "pilot, net 2", "fix", "other", "none"]
    assert names(workspace) == first
    assert names(workspace, reverse="1") == [*reversed(first[:-1]), "none"]


def test_the_order_by_payback_has_never_after_months_and_no_costs_last(workspace: Any) -> None:
    rows = [
        {"name": "no costs"},
        {"name": "never", "has_costs": True},
        {"name": "in 30", "has_costs": True, "payback_months": 30.0},
        {"name": "at once", "has_costs": True, "payback_months": 0.0},
    ]
    fill(workspace, rows)
    assert names(workspace, order="payback") == ["at once", "in 30", "never", "no costs"]
    assert names(workspace, order="payback", reverse="1") == ["never", "in 30", "at once", "no costs"]


@pytest.mark.parametrize(
    ("order", "column", "values"),
    [
        ("ceiling", "ceiling_met", (5, 3, 0)),
        ("for", "reasons_for", (6, 2, 1)),
        ("against", "reasons_against", (0, 1, 4)),
        ("examples", "labelled", (900, 10, 0)),
        ("settled", "settled", (True, False)),
    ],
)
def test_each_number_is_ordered_the_case_for_tuning_first(workspace: Any, order: str, column: str, values: Any) -> None:
    fill(workspace, [{"name": str(value), column: value} for value in reversed(values)])
    assert names(workspace, order=order) == [str(value) for value in values]


def test_names_are_ordered_whatever_their_case_and_equal_ones_by_id(workspace: Any) -> None:
    made = fill(workspace, [{"name": name} for name in ("b", "B", "a", "C", "b")])
    assert names(workspace, order="name") in (
        ["a", "b", "B", "b", "C"],
        ["a", "B", "b", "b", "C"],
        ["a", "b", "b", "B", "C"],
    )
    same = [pk for pk in ids(workspace, Selection(order="name")) if pk in (made[0], made[1], made[4])]
    assert same == sorted(same)


def test_the_last_change_comes_first(workspace: Any) -> None:
    fill(workspace, [{"name": name} for name in ("oldest", "middle", "newest")])
    assert names(workspace, order="changed") == ["newest", "middle", "oldest"]


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({"verdict": "candidates"}, ["go", "pilot"]),
        ({"verdict": "other"}, ["keep", "use_other_lever"]),
        ({"verdict": "fix_first"}, ["fix_first"]),
        ({"verdict": "none"}, ["no verdict"]),
        ({"settled": "provisional"}, ["fix_first", "go", "keep", "pilot", "use_other_lever"]),
        ({"settled": "settled"}, []),
        ({"q": "LOT"}, ["pilot"]),
        ({"q": "o v"}, ["no verdict"]),
        ({"q": "%"}, []),
        ({"q": "_"}, ["fix_first", "use_other_lever"]),
    ],
)
def test_what_a_filter_leaves(workspace: Any, wanted: Any, left: Any) -> None:
    fill(workspace, [{"name": action or "no verdict", "action": action} for action in ACTIONS])
    assert sorted(names(workspace, **wanted)) == left


def test_an_approach_is_a_filter_too(workspace: Any) -> None:
    fill(workspace, [{"name": key, "approach": key} for key in FRAMEWORK.approach])
    for key in FRAMEWORK.approach:
        assert names(workspace, verdict=key) == [key]


# by sign-off


@pytest.fixture
def signed(workspace: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """As the list keeps them: due is since yesterday, due again tomorrow, and well today though it was due before."""
    today = timezone.localdate()
    approved = {"sign_off": RANKS["approved"]}
    rows = [
        {"name": "not asked"},
        {"name": "approved", **approved, "due_from": today + timedelta(days=1)},
        {"name": "objected", "sign_off": RANKS["objected"]},
        {"name": "due", **approved, "due_from": today - timedelta(days=1)},
        {"name": "well again", **approved, "due_from": today - timedelta(days=9)},
    ]
    *_, due, _ = fill(workspace, rows)

    def due_looks(assessments: Any, today: Any) -> Any:
        return {one.pk: ["The stop date was 1 March 2026."] if one.pk == due else [] for one in assessments}

    monkeypatch.setattr(sign_off_due, "due_looks", due_looks)
    return workspace


@pytest.mark.parametrize(
    ("state", "left"),
    [
        ("approved", ["approved", "due", "well again"]),
        ("objected", ["objected"]),
        ("waiting", []),
        ("not_asked", ["not asked"]),
        (DUE, ["due"]),
    ],
)
def test_a_state_of_sign_off_is_a_filter(signed: Any, state: Any, left: Any) -> None:
    assert sorted(names(signed, sign_off=state)) == left


def test_an_order_by_sign_off_has_first_what_wants_doing(signed: Any) -> None:
    assert names(signed, order="sign_off") == ["objected", "approved", "due", "well again", "not asked"]
    assert names(signed, order="sign_off", reverse="1") == ["not asked", "approved", "due", "well again", "objected"]


@pytest.mark.parametrize(
    ("kind", "is_stale", "state"),
    [
        ("waiting", False, "waiting"),
        ("second", False, "waiting"),
        ("approved", True, "earlier"),
        ("conditions", False, "conditions"),
        ("something new", False, "waiting"),
    ],
)
def test_a_state_is_one_of_the_few_of_a_list(
    workspace: Any, monkeypatch: pytest.MonkeyPatch, kind: str, is_stale: bool, state: str
) -> None:
    (pk,) = fill(workspace, [{}])
    found = {pk: SimpleNamespace(kind=kind, words="In words", is_stale=is_stale)}
    monkeypatch.setattr(sign_off_list, "states", lambda some, requests: found)
    monkeypatch.setattr(sign_off_list, "due_looks", lambda some, today, requests: {})
    seen = sign_off_list.sign_offs([Assessment.objects.get()])[pk]
    assert (seen.state, seen.words, list(seen.due)) == (state, "In words", [])


# addresses


selections = st.builds(
    Selection,
    **{name: st.sampled_from(("", *values)) for name, values in VALUES.items()},
    order=st.sampled_from(list(ORDERS)),
    reverse=st.sampled_from(("", "1")),
)


@given(selections)
def test_an_address_says_what_was_selected(wanted: Any) -> None:
    assert read_selection(QueryDict(wanted.address[1:]), FRAMEWORK) == wanted


def test_everything_has_the_shortest_address() -> None:
    assert Selection().address == "?"
    assert Selection(order="verdict").address_with(page=3) == "?page=3"
    assert Selection().is_everything
    assert Selection(order="name", reverse="1").is_everything
    assert not Selection(q="a").is_everything


@given(st.dictionaries(st.sampled_from([*VALUES, "order", "reverse", "page", "b"]), st.text()))
def test_an_address_that_nobody_made_selects_what_can_be_read_of_it(sent: Any) -> None:
    found = read_selection(sent, FRAMEWORK)
    assert replace(found, q="") == read_selection({k: v for k, v in sent.items() if k != "q"}, FRAMEWORK)
    assert len(found.q) <= portfolio.LONGEST_SEARCH
    assert "\0" not in found.q
    assert read_selection(QueryDict(found.address[1:].encode("utf-8", "replace")), FRAMEWORK).order == found.order


def test_a_search_is_trimmed_and_bounded() -> None:
    assert read_selection({"q": "  two\t words\0 "}, FRAMEWORK).q == "two words"
    assert read_selection({"q": "x" * 5000}, FRAMEWORK).q == "x" * 100
