"""Changes of the detailed form: only the named number changes, what follows today's prompt follows it, nobody loses."""

from typing import Any

import pytest

from assessments.models import Assessment
from assessments.pages.fields import refusal_words
from assessments.services import costs as service
from assessments.services.answer_sheet import NOTHING, read_sheet
from assessments.services.cost_draft import CostDraft, path_of
from assessments.services.costs import add_approach, enter_what_is_sound, remove_approach
from assessments.services.values import Entry, ValuesRefused, digest_of
from tests.documents import example_document, named
from tests.visits import bring_in, detailed_costs, rows, version_of


@pytest.fixture
def costs(owner: Any) -> Assessment:
    """Today's prompt with a few numbers."""
    today = {"cacheable_tokens": 6000, "user_tokens": 200, "input_price": 2, "accuracy": 0.93}
    return bring_in(owner, named(costs={"detailed": {"approaches": {"status_quo": today}}}))


def typed(assessment: Any, scope: Any, key: Any, value: Any) -> Any:
    """What a page sends that has just been loaded."""
    sheet, path = read_sheet(assessment), path_of(scope, key)
    seen = digest_of(path, CostDraft(sheet).stated.get(path, NOTHING))
    return Entry(path=path, value=value, seen_version=sheet.version(path), seen_digest=seen)


def enter(assessment: Any, scope: Any, key: Any, value: Any) -> Any:
    """Enters one number as a page that has just been loaded does."""
    return save(assessment, typed(assessment, scope, key, value))


def save(assessment: Any, entry: Any) -> Any:
    return service.enter(assessment, None, [entry]).outcomes[0]


def numbers(assessment: Any, approach: Any) -> Any:
    return detailed_costs(assessment)["approaches"][approach]


def origins(assessment: Any, approach: Any) -> Any:
    """The words for where the numbers of an approach come from."""
    draft = CostDraft(read_sheet(assessment))
    kinds = {key: draft.kind(approach, key) for key in draft.numbers(approach)}
    return {key: kind for key, kind in kinds.items() if kind}


def test_a_number_is_saved_and_all_others_stay(costs: Assessment) -> None:
    before = numbers(costs, "status_quo")
    assert enter(costs, "status_quo", "output_tokens", 400).state == "saved"
    assert numbers(costs, "status_quo") == before | {"output_tokens": 400}


def test_the_first_number_is_the_first_version(owner: Any) -> None:
    empty = bring_in(owner, named())
    path = path_of("status_quo", "user_tokens")
    assert version_of(empty, path) == 0
    enter(empty, "status_quo", "user_tokens", 200)
    assert (version_of(empty, path), empty.changes.get(path=path).version) == (1, 1)
    enter(empty, "status_quo", "user_tokens", 250)
    assert version_of(empty, path) == 2


def test_two_people_who_change_different_numbers_both_keep_theirs(costs: Assessment) -> None:
    """Both pages were loaded before either saved."""
    first = typed(costs, "status_quo", "user_tokens", 250)
    second = typed(costs, "status_quo", "accuracy", 0.95)
    assert save(costs, first).state == "saved"
    assert save(costs, second).state == "saved"
    assert numbers(costs, "status_quo") | {"user_tokens": 250, "accuracy": 0.95} == numbers(costs, "status_quo")


def test_two_people_who_change_the_same_number_are_told(costs: Assessment) -> None:
    late = typed(costs, "status_quo", "user_tokens", 300)
    assert enter(costs, "status_quo", "user_tokens", 250).state == "saved"
    outcome = save(costs, late)
    assert (outcome.state, outcome.stored.value) == ("conflict", 250)
    assert numbers(costs, "status_quo")["user_tokens"] == 250


def test_what_an_untouched_page_sends_back_changes_nothing(costs: Assessment) -> None:
    untouched = typed(costs, "status_quo", "user_tokens", 200)
    the_same = typed(costs, "status_quo", "user_tokens", 250.0)
    enter(costs, "status_quo", "user_tokens", 250)
    before = rows(costs)
    assert save(costs, untouched).state == "unchanged"
    assert save(costs, the_same).state == "unchanged"
    assert (numbers(costs, "status_quo")["user_tokens"], rows(costs)) == (250, before)


def test_an_emptied_number_is_gone_and_our_default_counts(costs: Assessment) -> None:
    assert enter(costs, "status_quo", "accuracy", None).state == "saved"
    assert "accuracy" not in numbers(costs, "status_quo")


def test_the_first_number_starts_the_form_with_the_requests_of_the_use_case(owner: Any) -> None:
    assessment = bring_in(owner, named(use_case={"monthly_requests": 5000}))
    enter(assessment, "status_quo", "user_tokens", 10)
    assert detailed_costs(assessment) == {
        "monthly_requests": 5000,
        "approaches": {"status_quo": {"user_tokens": 10}},
    }
    assert read_sheet(assessment).raw["origins"] == {"costs.detailed.monthly_requests": "use_case"}


def test_the_requests_of_the_use_case_can_be_emptied_before_anything_else(owner: Any) -> None:
    assessment = bring_in(owner, named(use_case={"monthly_requests": 5000}))
    service.enter(assessment, None, [typed(assessment, "case", "monthly_requests", None)])
    assert detailed_costs(assessment) == {"approaches": {"status_quo": {}}}


def test_a_page_that_shows_the_requests_of_the_use_case_untouched_starts_nothing(owner: Any) -> None:
    assessment = bring_in(owner, named(use_case={"monthly_requests": 5000}))
    assert enter(assessment, "case", "monthly_requests", 5000).state == "unchanged"
    assert detailed_costs(assessment) == {}


def test_nothing_is_stored_before_somebody_enters_something(owner: Any) -> None:
    assessment = bring_in(owner, named(use_case={"monthly_requests": 5000}))
    enter(assessment, "status_quo", "user_tokens", None)
    assert detailed_costs(assessment) == {}


def test_an_added_approach_starts_from_today_and_from_our_suggestions(costs: Assessment) -> None:
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


def test_a_split_prompt_has_shares_of_todays_lengths(costs: Assessment) -> None:
    add_approach(costs, None, "decomposition")
    assert numbers(costs, "decomposition")["cacheable_tokens"] == 1500
    enter(costs, "status_quo", "cacheable_tokens", {"low": 4000, "likely": 8000, "high": 10_000})
    assert numbers(costs, "decomposition")["cacheable_tokens"] == {"low": 1000, "likely": 2000, "high": 2500}


def test_a_share_of_a_few_tokens_keeps_four_places_and_ten_are_whole(costs: Assessment) -> None:
    enter(costs, "status_quo", "cacheable_tokens", 7)
    add_approach(costs, None, "better_rag")
    assert numbers(costs, "better_rag")["cacheable_tokens"] == 2.3331  # a third, as the framework has it: 0.3333
    enter(costs, "status_quo", "cacheable_tokens", 31)
    assert numbers(costs, "better_rag")["cacheable_tokens"] == 10  # 10.3323


def test_what_nobody_typed_follows_todays_prompt_and_what_somebody_typed_stays(costs: Assessment) -> None:
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


def test_what_is_known_of_todays_model_follows_only_where_the_model_stays(costs: Assessment) -> None:
    for approach in ("prompting", "other_model"):
        add_approach(costs, None, approach)
    enter(costs, "status_quo", "changed_input_price", 4)
    for key in ("price_changes_on", "ends_on"):
        enter(costs, "status_quo", key, "2027-01-15")
    assert {"changed_input_price", "price_changes_on", "ends_on"} <= numbers(costs, "prompting").keys()
    assert not {"changed_input_price", "price_changes_on", "ends_on"} & numbers(costs, "other_model").keys()
    # A day of one's own keeps its price, though today's goes; another price is another model's.
    enter(costs, "prompting", "price_changes_on", "2027-03-01")
    enter(costs, "status_quo", "price_changes_on", None)
    enter(costs, "status_quo", "changed_input_price", None)
    assert numbers(costs, "prompting")["changed_input_price"] == 4
    enter(costs, "prompting", "input_price", 9)
    assert "ends_on" not in numbers(costs, "prompting")


def test_emptying_a_number_of_an_added_approach_brings_the_suggestion_back(costs: Assessment) -> None:
    add_approach(costs, None, "prompting")
    enter(costs, "prompting", "upfront_hours", 99)
    enter(costs, "prompting", "upfront_hours", None)
    assert numbers(costs, "prompting")["upfront_hours"]["likely"] == 16
    assert origins(costs, "prompting")["upfront_hours"] == "suggested"


def test_numbers_that_came_with_a_document_are_theirs_and_follow_nothing(owner: Any) -> None:
    assessment = bring_in(owner, example_document("eight_approaches"))
    before = numbers(assessment, "prompting")
    enter(assessment, "status_quo", "user_tokens", 250)
    enter(assessment, "status_quo", "calls", 2)
    assert numbers(assessment, "prompting") == before
    assert "origins" not in read_sheet(assessment).raw


def test_adding_twice_keeps_what_was_entered(costs: Assessment) -> None:
    add_approach(costs, None, "prompting")
    enter(costs, "prompting", "accuracy", 0.95)
    add_approach(costs, None, "prompting")
    assert numbers(costs, "prompting")["accuracy"] == 0.95


def test_a_removed_approach_takes_its_numbers_and_what_was_passed_to_it(costs: Assessment) -> None:
    add_approach(costs, None, "prompting")
    add_approach(costs, None, "hybrid")
    enter(costs, "hybrid", "escalation_to", "prompting")
    remove_approach(costs, None, "prompting")
    assert set(detailed_costs(costs)["approaches"]) == {"status_quo", "hybrid"}
    assert not any(path.startswith("costs.detailed.prompting") for path in read_sheet(costs).stated)
    assert "escalation_to" not in numbers(costs, "hybrid")


def test_a_number_for_an_approach_that_was_removed_meanwhile_is_refused(costs: Assessment) -> None:
    outcome = enter(costs, "status_quo", "user_tokens", 1)
    assert outcome.state == "saved"
    told = refusal(costs, typed(costs, "prompting", "user_tokens", 1))
    assert told == "This lever does not stand in the detailed costs. Add it first"
    assert set(detailed_costs(costs)["approaches"]) == {"status_quo"}


def refusal(assessment: Any, entry: Any) -> Any:
    """What the page says that sent this."""
    with pytest.raises(ValuesRefused) as refused:
        save(assessment, entry)
    assert list(refused.value.faults) == [entry.path]
    return refusal_words(entry.path, refused.value)


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("hybrid", "A lever cannot pass requests on to itself"),
        ("tools", "Choose a lever that has been added"),
        ("nonsense", "Choose a lever that has been added"),
        ("prompting", "Requests would go round in a circle: choose a lever that does not pass them back"),
    ],
)
def test_requests_cannot_be_passed_to_nobody_or_in_a_circle(costs: Assessment, target: str, sentence: str) -> None:
    """The circle is closed by another person's save, which knows nothing of the first one."""
    for approach in ("prompting", "hybrid"):
        add_approach(costs, None, approach)
    assert enter(costs, "prompting", "escalation_to", "hybrid").state == "saved"
    assert refusal(costs, typed(costs, "hybrid", "escalation_to", target)) == sentence
    assert "escalation_to" not in numbers(costs, "hybrid")


def test_what_is_refused_leaves_the_other_numbers_of_the_page_saved(costs: Assessment) -> None:
    add_approach(costs, None, "hybrid")
    entries = [typed(costs, "hybrid", "escalation_to", "hybrid"), typed(costs, "hybrid", "user_tokens", 99)]
    saving, refused = enter_what_is_sound(costs, None, entries)
    assert [outcome.state for outcome in saving.outcomes] == ["saved"]
    assert list(refused) == ["costs.detailed.hybrid.escalation_to"]
    assert numbers(costs, "hybrid")["user_tokens"] == 99


def test_what_is_stored_is_a_document_that_is_read_again(costs: Assessment) -> None:
    for approach in ("prompting", "decomposition", "better_rag", "tools", "other_model", "fine_tune_large", "hybrid"):
        add_approach(costs, None, approach)
    document = read_sheet(costs).document
    assert document.detailed is not None
    assert set(document.cost_origins) >= {"prompting", "hybrid"}
    assert document.cost_origins["hybrid"].prefilled
