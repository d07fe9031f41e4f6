"""How firm a verdict is, in sentences."""

from typing import Any

from assessments.presenters.robustness import present_settled

from ..documents import decided, example_document, named
from ..visits import FRAMEWORK


def settled(document: Any) -> Any:
    return present_settled(decided(document))


def answered(name: Any, **rest: Any) -> Any:
    """A sample in which every other answer that decides is there too."""
    document = example_document(name)
    document["answers"] = dict.fromkeys(FRAMEWORK.deciding_keys, "no") | rest | document["answers"]
    return document


def test_a_settled_verdict_says_so_and_asks_nothing() -> None:
    known = answered("task_api", tuning_available="yes", newest_model_tried="yes")
    view = settled(known | {"answers": known["answers"] | {"knowledge_gaps": "unsure"}})
    assert view.word == "Settled"
    assert view.sentence == "Whatever comes of the answer that is open, the verdict stays."
    assert view.ask_next == []


def test_a_verdict_on_known_answers_says_that_all_are_known() -> None:
    view = settled(answered("task_api", tuning_available="yes", newest_model_tried="yes"))
    assert view.sentence == "All the answers that can decide are known."
    assert view.evidence == (
        "On documented and measured answers alone there would be no verdict yet. The rest is opinion so far."
    )


def test_one_that_leans_gives_shares_and_what_to_find_out() -> None:
    view = settled(example_document("task_api"))
    assert view.word == "Leaning"
    assert "could still change it. By what is usual it stays in 64% of the cases." in view.sentence
    assert [(outcome.name, outcome.share) for outcome in view.outcomes] == [
        ("Tune a small model", "64%"),
        ("Automatic prompt", "18%"),
        ("Another model", "18%"),
    ]
    assert [outcome.name for outcome in view.outcomes if outcome.is_verdict] == ["Tune a small model"]


def test_what_a_verdict_waits_for_is_asked_first() -> None:
    labels = [question.label for question in settled(example_document("service_desk")).ask_next]
    assert labels[:2] == ["Several models tried", "Examples in the prompt"]


def test_many_open_answers_make_an_estimate_and_say_so() -> None:
    assert "This is an estimate from 4,096 draws." in settled(named()).sentence


def test_changes_are_told_as_if_then_and_what_the_team_can_do_comes_first() -> None:
    change = settled(example_document("task_api")).changes[0]
    assert change.condition == "If answers became fast enough, for example by a shorter prompt"
    assert (change.verdict, change.actionable) == ("Fine-tune a large model", True)
