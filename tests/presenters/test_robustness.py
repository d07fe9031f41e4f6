"""How firm a verdict is, in sentences."""

from assessments.presenters.robustness import present_settled

from ..documents import decided, example_document, named


def settled(document):
    return present_settled(decided(document))


def test_a_settled_verdict_says_so_and_asks_nothing():
    view = settled(example_document("support_copilot"))
    assert view.word == "Settled"
    assert view.sentence == "Whatever comes of the four answers that are open, the verdict stays."
    assert view.ask_next == []


def test_a_verdict_on_known_answers_says_that_all_are_known():
    view = settled(example_document("task_api"))
    assert view.sentence == "All the answers that can decide are known."
    assert view.evidence == (
        "On documented and measured answers alone it would be: keep improving the prompt. The rest is opinion so far."
    )


def test_a_provisional_verdict_gives_shares_and_what_to_find_out():
    view = settled(example_document("service_desk"))
    assert view.word == "Provisional"
    assert "The four answers that are open could still change it. In 50% of the ways" in view.sentence
    assert [(outcome.name, outcome.share) for outcome in view.outcomes] == [
        ("A better prompt", "50%"),
        ("Another model", "25%"),
        ("A tuned large model", "12%"),
        ("A tuned small model", "12%"),
    ]
    assert view.ask_next[0].label == "Examples in the prompt"


def test_many_open_answers_make_an_estimate_and_say_so():
    assert "This is an estimate from 4,096 draws." in settled(named()).sentence


def test_changes_are_told_as_if_then_and_what_the_team_can_do_comes_first():
    change = settled(example_document("task_api")).changes[0]
    assert change.condition == "If answers became fast enough, for example by a shorter prompt"
    assert (change.verdict, change.actionable) == ("Fine-tune a large model", True)
