"""The outside view: one vote a group, of the most similar, with its interval: method.md, section 6."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.engine.decision import OutsideView
from assessments.engine.diagnosis import diagnose
from assessments.engine.intervals import wilson_interval
from assessments.engine.outside_view import outside_view
from assessments.framework.precedents import OutsideViewRules, Precedent
from assessments.framework.schema import Framework

from .documents import FRAMEWORK, decide_on, decide_on_example, raw_document, read

LOST = {"outcome": "prompting"}
NEAR = {"task_kind": "extraction"}


def case(key: str = "a", **parts: Any) -> Precedent:
    plain: dict[str, Any] = {
        "title": key,
        "year": 2024,
        "group": key,
        "source": "arXiv 2405.00732",
        "published_by": "paper",
        "evidence": "measured",
        "task_kind": "code",
        "task": "Write code.",
        "happened": "It worked.",
        "outcome": "fine_tune",
        "answers": {"needs_fresh_knowledge": "no"},
    }
    return Precedent(key=key, **(plain | parts))


def among(cases: tuple[Precedent, ...], *, votes: int = 20) -> Framework:
    rules = replace(FRAMEWORK.precedents, cases=cases, outside_view=OutsideViewRules(votes=votes))
    return replace(FRAMEWORK, precedents=rules)


def seen_among(
    *cases: Precedent, votes: int = 20, answers: dict[str, str] | None = None, without_group: str = ""
) -> OutsideView:
    known = {"needs_fresh_knowledge": "no"} | (answers or {})
    document = read(raw_document(use_case={"name": "A", "task_kind": "extraction"}, answers=known))
    framework = among(cases, votes=votes)
    found = outside_view(framework, document, diagnose(framework, {}), without_group=without_group)
    assert found is not None
    return found


def test_without_cases_there_is_no_outside_view() -> None:
    framework, document = among(()), read(raw_document())
    assert outside_view(framework, document, diagnose(framework, {})) is None
    framework = among((case("a", **NEAR),))
    document = read(raw_document(use_case={"name": "A", "task_kind": "extraction"}))
    assert outside_view(framework, document, diagnose(framework, {})) is not None
    assert outside_view(framework, document, diagnose(framework, {}), without_group="a") is None


@pytest.mark.parametrize("outcome", ["fine_tune", "hybrid"])
def test_each_case_in_which_a_model_was_tuned_is_a_vote_for_it(outcome: str) -> None:
    found = seen_among(case("a", outcome=outcome), case("b"), case("c", **LOST))
    assert (found.won, found.of) == (2, 3)
    assert (found.low, found.high) == wilson_interval(2, 3)
    assert found.share_of_all == pytest.approx(2 / 3)


def test_only_the_most_similar_have_a_vote() -> None:
    found = seen_among(case("a"), case("b", **NEAR, **LOST), case("c", **NEAR, **LOST), case("d"), votes=2)
    assert (found.won, found.of) == (0, 2)
    assert found.share_of_all == 0.5


def test_a_group_has_one_vote_and_its_most_similar_case_casts_it() -> None:
    group = [case(key, group="one", **LOST) for key in ("b", "c", "d")]
    found = seen_among(case("a", group="one", **NEAR), *group, case("e", **LOST))
    assert (found.won, found.of) == (1, 2)
    assert found.share_of_all == pytest.approx(1 / 5)


def test_cases_of_a_group_that_are_equally_similar_share_its_vote() -> None:
    shared = [case("a", group="one"), case("b", group="one", **LOST), case("c", group="one", **LOST)]
    found = seen_among(*shared, case("d"))
    assert found.won == pytest.approx(4 / 3)
    assert found.of == 2


def test_of_equally_similar_groups_the_better_shown_has_the_vote() -> None:
    told = case("a", evidence="qualitative")
    assert seen_among(told, case("b", **LOST), votes=1).won == 0


def test_what_only_the_outcome_told_makes_no_case_similar() -> None:
    knew = case("a", answers={"prompts_succeed": "no"}, hindsight=("prompts_succeed",))
    said = case("b", answers={"prompts_succeed": "no"}, **LOST)
    assert seen_among(knew, said, votes=1, answers={"prompts_succeed": "no"}).won == 0


def test_a_group_can_be_left_out() -> None:
    found = seen_among(case("a", group="one"), case("b", group="one"), case("c", **LOST), without_group="one")
    assert (found.won, found.of, found.share_of_all) == (0, 1, 0)


def test_a_decision_has_twenty_votes_beside_the_share_of_all() -> None:
    found = decide_on_example("service_desk").outside_view
    assert found is not None
    assert found.of == 20
    assert 0 <= found.low <= found.won / found.of <= found.high <= 1
    assert found.share_of_all == pytest.approx(55 / 98)


def test_where_nothing_is_alike_there_is_no_outside_view() -> None:
    assert decide_on().outside_view is None
