"""Changes of the detailed form: only the named number changes, what follows today's prompt follows it, nobody loses."""

import pytest

from assessments.models import Assessment
from assessments.services.answer_sheet import read_sheet
from assessments.services.detailed import Entry, add_approach, mark, parts_of, remove_approach, save_entries
from tests.documents import example_document, named
from tests.visits import bring_in, value_of, version_of


@pytest.fixture
def costs(owner) -> Assessment:
    """Today's prompt with a few numbers."""
    today = {"cacheable_tokens": 6000, "user_tokens": 200, "input_price": 2, "accuracy": 0.93}
    return bring_in(owner, named(costs={"detailed": {"approaches": {"status_quo": today}}}))


def enter(assessment, scope, key, value, seen=None):
    """Enters one number as a page that has just been loaded does; `seen` is what it had shown."""
    shown = parts_of(read_sheet(assessment)).numbers(scope).get(key) if seen is None else seen
    entry = Entry(scope=scope, key=key, value=value, seen=mark(shown))
    return save_entries(assessment, None, [entry]).outcomes[0]


def numbers(assessment, approach):
    return value_of(assessment, "detailed")["approaches"][approach]


def origins(assessment, approach):
    return (value_of(assessment, "origins") or {}).get(approach, {}).get("numbers", {})


def test_a_number_is_saved_and_all_others_stay(costs):
    before = numbers(costs, "status_quo")
    assert enter(costs, "status_quo", "output_tokens", 400).state == "saved"
    assert numbers(costs, "status_quo") == before | {"output_tokens": 400}


def test_the_first_number_is_the_first_version(owner):
    empty = bring_in(owner, named())
    assert version_of(empty, "detailed") == 0
    enter(empty, "status_quo", "user_tokens", 200)
    assert (version_of(empty, "detailed"), empty.changes.get(key="detailed").version) == (1, 1)
    enter(empty, "status_quo", "user_tokens", 250)
    assert version_of(empty, "detailed") == 2


def test_two_people_who_change_different_numbers_both_keep_theirs(costs):
    """Both pages were loaded before either saved."""
    first = Entry(scope="status_quo", key="user_tokens", value=250, seen=mark(200))
    second = Entry(scope="status_quo", key="accuracy", value=0.95, seen=mark(0.93))
    assert save_entries(costs, None, [first]).outcomes[0].state == "saved"
    assert save_entries(costs, None, [second]).outcomes[0].state == "saved"
    assert numbers(costs, "status_quo") | {"user_tokens": 250, "accuracy": 0.95} == numbers(costs, "status_quo")


def test_two_people_who_change_the_same_number_are_told(costs):
    assert enter(costs, "status_quo", "user_tokens", 250).state == "saved"
    outcome = enter(costs, "status_quo", "user_tokens", 300, seen=200)
    assert (outcome.state, outcome.stored) == ("conflict", 250)
    assert numbers(costs, "status_quo")["user_tokens"] == 250


def test_what_an_untouched_page_sends_back_changes_nothing(costs):
    enter(costs, "status_quo", "user_tokens", 250)
    version = version_of(costs, "detailed")
    assert enter(costs, "status_quo", "user_tokens", 200, seen=200).state == "unchanged"
    assert enter(costs, "status_quo", "user_tokens", 250.0, seen=200).state == "unchanged"
    assert (numbers(costs, "status_quo")["user_tokens"], version_of(costs, "detailed")) == (250, version)


def test_an_emptied_number_is_gone_and_our_default_counts(costs):
    assert enter(costs, "status_quo", "accuracy", None).state == "saved"
    assert "accuracy" not in numbers(costs, "status_quo")


def test_the_first_number_starts_the_form_with_the_requests_of_the_use_case(owner):
    assessment = bring_in(owner, named(use_case={"monthly_requests": 5000}))
    enter(assessment, "status_quo", "user_tokens", 10)
    assert value_of(assessment, "detailed") == {
        "monthly_requests": 5000,
        "approaches": {"status_quo": {"user_tokens": 10}},
    }
    assert value_of(assessment, "origins") == {"case": {"numbers": {"monthly_requests": "use_case"}}}


def test_nothing_is_stored_before_somebody_enters_something(owner):
    assessment = bring_in(owner, named(use_case={"monthly_requests": 5000}))
    enter(assessment, "status_quo", "user_tokens", None)
    assert value_of(assessment, "detailed") is None


def test_an_added_approach_starts_from_today_and_from_our_suggestions(costs):
    add_approach(costs, None, "fine_tune_small")
    own, whence = numbers(costs, "fine_tune_small"), origins(costs, "fine_tune_small")
    assert (own["user_tokens"], whence["user_tokens"]) == (200, "today")
    assert (own["cacheable_tokens"], whence["cacheable_tokens"]) == (
        {"low": 100, "likely": 300, "high": 800},
        "suggested",
    )
    assert (own["accuracy"], whence["accuracy"]) == (0.93, "today")
    assert (own["input_price"], whence["input_price"]) == (0, "suggested")
    assert own["gpu_hourly"]["likely"] == 2.95


def test_a_split_prompt_has_shares_of_todays_lengths(costs):
    add_approach(costs, None, "decomposition")
    assert numbers(costs, "decomposition")["cacheable_tokens"] == 1500
    enter(costs, "status_quo", "cacheable_tokens", {"low": 4000, "likely": 8000, "high": 10_000})
    assert numbers(costs, "decomposition")["cacheable_tokens"] == {"low": 1000, "likely": 2000, "high": 2500}


def test_what_nobody_typed_follows_todays_prompt_and_what_somebody_typed_stays(costs):
    add_approach(costs, None, "prompting")
    enter(costs, "prompting", "accuracy", 0.95)
    enter(costs, "status_quo", "accuracy", 0.9)
    enter(costs, "status_quo", "user_tokens", 250)
    enter(costs, "status_quo", "output_tokens", 400)
    own = numbers(costs, "prompting")
    assert (own["accuracy"], own["user_tokens"], own["output_tokens"]) == (0.95, 250, 400)
    assert "accuracy" not in origins(costs, "prompting")
    enter(costs, "status_quo", "output_tokens", None)
    assert "output_tokens" not in numbers(costs, "prompting")


def test_emptying_a_number_of_an_added_approach_brings_the_suggestion_back(costs):
    add_approach(costs, None, "prompting")
    enter(costs, "prompting", "upfront_hours", 99)
    enter(costs, "prompting", "upfront_hours", None)
    assert numbers(costs, "prompting")["upfront_hours"]["likely"] == 16
    assert origins(costs, "prompting")["upfront_hours"] == "suggested"


def test_numbers_that_came_with_a_document_are_theirs_and_follow_nothing(owner):
    assessment = bring_in(owner, example_document("eight_approaches"))
    before = numbers(assessment, "prompting")
    enter(assessment, "status_quo", "user_tokens", 250)
    enter(assessment, "status_quo", "calls", 2)
    assert numbers(assessment, "prompting") == before
    assert value_of(assessment, "origins") is None


def test_adding_twice_keeps_what_was_entered(costs):
    add_approach(costs, None, "prompting")
    enter(costs, "prompting", "accuracy", 0.95)
    add_approach(costs, None, "prompting")
    assert numbers(costs, "prompting")["accuracy"] == 0.95


def test_a_removed_approach_takes_its_numbers_and_what_was_passed_to_it(costs):
    add_approach(costs, None, "prompting")
    add_approach(costs, None, "hybrid")
    enter(costs, "hybrid", "escalation_to", "prompting")
    remove_approach(costs, None, "prompting")
    assert set(value_of(costs, "detailed")["approaches"]) == {"status_quo", "hybrid"}
    assert set(value_of(costs, "origins")) == {"hybrid"}
    assert "escalation_to" not in numbers(costs, "hybrid")


def test_a_number_for_an_approach_that_was_removed_meanwhile_is_refused(costs):
    outcome = enter(costs, "status_quo", "user_tokens", 1)
    assert outcome.state == "saved"
    entry = Entry(scope="prompting", key="user_tokens", value=1, seen=mark(None))
    refused = save_entries(costs, None, [entry]).outcomes[0]
    assert (refused.state, refused.sentence) == ("refused", "Somebody else has removed this approach")
    assert set(value_of(costs, "detailed")["approaches"]) == {"status_quo"}


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("hybrid", "An approach cannot pass requests on to itself"),
        ("tools", "Choose an approach that has been added"),
        ("nonsense", "Choose an approach that has been added"),
        ("prompting", "Requests would go round in a circle: choose an approach that does not pass them back"),
    ],
)
def test_requests_cannot_be_passed_to_nobody_or_in_a_circle(costs, target, sentence):
    """The circle is closed by another person's save, which knows nothing of the first one."""
    for approach in ("prompting", "hybrid"):
        add_approach(costs, None, approach)
    assert enter(costs, "prompting", "escalation_to", "hybrid").state == "saved"
    refused = enter(costs, "hybrid", "escalation_to", target)
    assert (refused.state, refused.sentence) == ("refused", sentence)
    assert "escalation_to" not in numbers(costs, "hybrid")


def test_what_is_refused_leaves_the_other_numbers_of_the_page_saved(costs):
    add_approach(costs, None, "hybrid")
    seen = mark(numbers(costs, "hybrid").get("user_tokens"))
    entries = [
        Entry(scope="hybrid", key="escalation_to", value="hybrid", seen=mark(None)),
        Entry(scope="hybrid", key="user_tokens", value=99, seen=seen),
    ]
    assert [outcome.state for outcome in save_entries(costs, None, entries).outcomes] == ["refused", "saved"]
    assert numbers(costs, "hybrid")["user_tokens"] == 99


def test_what_is_stored_is_a_document_that_is_read_again(costs):
    for approach in ("prompting", "decomposition", "better_rag", "tools", "other_model", "fine_tune_large", "hybrid"):
        add_approach(costs, None, approach)
    document = read_sheet(costs).document
    assert document.detailed is not None
    assert set(document.cost_origins) >= {"prompting", "hybrid"}
    assert document.cost_origins["hybrid"].prefilled
