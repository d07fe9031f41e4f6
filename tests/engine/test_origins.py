"""Where values come from, as a document tells it: known words and facts only, every fault with its place."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from assessments.engine.document import read_document
from assessments.engine.json_text import DocumentError
from assessments.engine.origins import (
    KINDS,
    MeasuredFacts,
    MeasuredFile,
    Origin,
    Origins,
    PickedModel,
    PickedOffer,
    ReadFile,
    SettledByRaters,
    TypedOver,
)
from assessments.framework import load_framework
from tests.documents import named

PRICE = "costs.detailed.status_quo.input_price"
RATIO = "costs.detailed.status_quo.cache_write_ratio"
LIST = {"kind": "price_list", "provider": "openai", "model": "gpt-5-mini", "as_of": "2026-11-10"}
OFFER = {"kind": "tuning_price", "offer": "self_hosted_a100", "as_of": "2026-11-10"}
FILE = {"kind": "file", "name": "log.csv", "sha256": "0123456789abcdef" * 4, "when": "2026-11-10T09:30:00+00:00"}
MEASURED: dict[str, Any] = {
    "kind": "measured",
    "rule": "target_missed",
    "tool": "promptfoo",
    "files": [{"name": "results.json", "size": 581_000, "sha256": "0123456789abcdef" * 4}],
    "when": "2026-11-10T09:30:00+00:00",
}
SETTLED = {"kind": "settled", "raters": 3, "when": "2026-11-28T09:30:00+00:00"}
A_DAY = 'must be a day, like "2026-11-10"'
A_TIME = 'must be a time, like "2026-11-10T09:30:00+00:00"'


def read(origins: Any) -> Any:
    approaches = {"status_quo": {"input_price": 2, "output_price": 8, "cache_write_ratio": 1}, "hybrid": {}}
    costs = {"detailed": {"monthly_requests": 5, "approaches": approaches}}
    return read_document(named(costs=costs, origins=origins), load_framework())


def refusal(origins: Any) -> Any:
    with pytest.raises(DocumentError) as caught:
        read(origins)
    return caught.value.faults


@pytest.mark.parametrize(
    ("raw", "origin"),
    [
        ("today", Origin(kind="today")),
        ("price_list", Origin(kind="price_list")),
        (
            LIST | {"listed": 1.25},
            Origin(
                kind="price_list",
                facts=PickedModel(provider="openai", model="gpt-5-mini", as_of=date(2026, 11, 10), listed=1.25),
            ),
        ),
        (
            OFFER,
            Origin(kind="tuning_price", facts=PickedOffer(offer="self_hosted_a100", as_of=date(2026, 11, 10))),
        ),
        (
            FILE,
            Origin(
                kind="file",
                facts=ReadFile(
                    name="log.csv", sha256="0123456789abcdef" * 4, when=datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
                ),
            ),
        ),
        (
            MEASURED | {"framework": "1", "removed": "2026-11-11T10:00:00+00:00"},
            Origin(
                kind="measured",
                facts=MeasuredFacts(
                    rule="target_missed",
                    tool="promptfoo",
                    files=(MeasuredFile(name="results.json", size=581_000, sha256="0123456789abcdef" * 4),),
                    when=datetime(2026, 11, 10, 9, 30, tzinfo=UTC),
                    framework="1",
                    removed=datetime(2026, 11, 11, 10, 0, tzinfo=UTC),
                ),
            ),
        ),
        (
            {"kind": "typed", "was_measured": "2026-11-10T09:30:00+00:00"},
            Origin(kind="typed", facts=TypedOver(was_measured=datetime(2026, 11, 10, 9, 30, tzinfo=UTC))),
        ),
        (
            SETTLED,
            Origin(kind="settled", facts=SettledByRaters(raters=3, when=datetime(2026, 11, 28, 9, 30, tzinfo=UTC))),
        ),
    ],
)
def test_a_document_keeps_where_a_value_comes_from(raw: Any, origin: Any) -> None:
    document = read({PRICE: raw})
    assert document.origins == {PRICE: origin}
    assert document.stated[PRICE].origin == raw


def test_a_document_without_them_has_none() -> None:
    document = read_document(named(), load_framework())
    assert (document.origins, document.cost_origins) == ({}, {})


def test_the_origins_of_an_approach_name_its_model_its_offer_and_whether_it_was_filled_in_for_the_team() -> None:
    document = read({PRICE: LIST, RATIO: OFFER, "costs.detailed.hybrid": "suggested"})
    today, hybrid = document.cost_origins["status_quo"], document.cost_origins["hybrid"]
    assert (today.kind("input_price"), today.kind("cache_write_ratio"), today.kind("calls")) == (
        "price_list",
        "tuning_price",
        "",
    )
    assert today.model
    assert today.model.model == "gpt-5-mini"
    assert today.offer
    assert today.offer.offer == "self_hosted_a100"
    assert (today.prefilled, hybrid.prefilled) == (False, True)
    assert (hybrid.model, hybrid.offer) == (None, None)


def test_the_origins_of_the_case_stand_under_a_name_of_their_own() -> None:
    document = read({"costs.detailed.monthly_requests": "use_case"})
    assert document.cost_origins["case"].kind("monthly_requests") == "use_case"


WORDS = ", ".join(KINDS)
TABLES = "price_list, tuning_price, file, measured, typed, agent, settled"


@pytest.mark.parametrize(
    ("origins", "fault"),
    [
        ([], "origins: must be an object"),
        ({"nobody": "today"}, "origins.nobody: is not a known key"),
        ({"costs.detailed.hybrid.calls": "today"}, "origins.costs.detailed.hybrid.calls: is not a known key"),
        ({PRICE: "a dream"}, f'origins.{PRICE}: "a dream" is not one of {WORDS}'),
        ({PRICE: 5}, f"origins.{PRICE}: 5 is not one of {WORDS}"),
        ({PRICE: "file"}, f"origins.{PRICE}: must name the file: name, sha256, when"),
        ({PRICE: {}}, f"origins.{PRICE}.kind: must be there"),
        ({PRICE: {"kind": "today"}}, f'origins.{PRICE}.kind: "today" is not one of {TABLES}'),
        ({PRICE: LIST | {"as_of": "2026-13-01"}}, f"origins.{PRICE}.as_of: {A_DAY}"),
        ({PRICE: LIST | {"as_of": 20261110}}, f"origins.{PRICE}.as_of: {A_DAY}"),
        ({PRICE: LIST | {"as_of": "20261110"}}, f"origins.{PRICE}.as_of: {A_DAY}"),
        ({PRICE: LIST | {"model": 5}}, f"origins.{PRICE}.model: must be text"),
        ({PRICE: LIST | {"offer": "x"}}, f"origins.{PRICE}.offer: is not a known key"),
        ({PRICE: {"kind": "tuning_price", "as_of": "2026-11-10"}}, f"origins.{PRICE}.offer: must be there"),
        ({PRICE: LIST | {"listed": True}}, f"origins.{PRICE}.listed: true is not a number"),
        ({PRICE: LIST | {"listed": -1}}, f"origins.{PRICE}.listed: is not from 0 to 1,000"),
        ({PRICE: OFFER | {"listed": 1}}, f"origins.{PRICE}.listed: is not a known key"),
        ({PRICE: FILE | {"sha256": "0" * 63}}, f"origins.{PRICE}.sha256: must be 64 hexadecimal digits"),
        ({PRICE: FILE | {"when": "2026-11-10"}}, f"origins.{PRICE}.when: {A_TIME}"),
        ({PRICE: FILE | {"when": "yesterday"}}, f"origins.{PRICE}.when: {A_TIME}"),
        ({PRICE: "measured"}, f"origins.{PRICE}: must name what was measured: rule, tool, files, when"),
        ({PRICE: MEASURED | {"files": {}}}, f"origins.{PRICE}.files: must be a list of at most 50 files"),
        ({PRICE: MEASURED | {"files": [5]}}, f"origins.{PRICE}.files[0]: must be an object"),
        (
            {PRICE: MEASURED | {"files": [MEASURED["files"][0] | {"size": -1}]}},
            f"origins.{PRICE}.files[0].size: must be a number of bytes",
        ),
        ({PRICE: MEASURED | {"removed": "then"}}, f"origins.{PRICE}.removed: {A_TIME}"),
        ({PRICE: "settled"}, f"origins.{PRICE}: must say from how many raters: raters, when"),
        ({PRICE: SETTLED | {"raters": 1}}, f"origins.{PRICE}.raters: must be a whole number from 2 to 5"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(origins: Any, fault: str) -> None:
    assert refusal(origins) == (fault,)


def test_a_value_that_is_refused_may_say_where_it_comes_from() -> None:
    """One fault is one fault: the origin of a wrong number is no second one."""
    costs = {"detailed": {"approaches": {"status_quo": {"input_price": -1}}}}
    with pytest.raises(DocumentError) as caught:
        read_document(named(costs=costs, origins={PRICE: "today"}), load_framework())
    assert caught.value.faults == ("costs.detailed.approaches.status_quo.input_price: -1 is below 0",)


def test_what_nobody_filled_in_follows_nothing() -> None:
    assert not Origins().prefilled


@pytest.mark.parametrize("listed", [0, 1000])
def test_what_a_list_says_may_be_nothing_or_much(listed: int) -> None:
    assert read({RATIO: LIST | {"listed": listed}}).stated[RATIO].origin["listed"] == listed
