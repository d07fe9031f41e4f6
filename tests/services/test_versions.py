"""Frozen versions: numbered, never changed, and the way back to one."""

import copy
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings

from assessments.engine.content_hash import content_hash
from assessments.engine.result_json import result_json
from assessments.framework import load_framework
from assessments.models import Assessment, AuditEvent, ShareLink, ValueChange, Version
from assessments.models.version import FrozenVersion
from assessments.services import assessments as service
from assessments.services import versions
from assessments.services.answer_sheet import read_sheet
from assessments.services.values import Entry, change
from assessments.services.versions import answers_are_those_of, freeze, frozen_as, go_back, is_intact, sheet_of_version

from ..bars import IS_THOROUGH
from ..documents import decided, example_document, full_document, named
from ..engine.strategies import accepted_documents
from ..signers import Team, answer, new_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return new_team()


@pytest.fixture
def assessment(team: Team) -> Assessment:
    return team.assessment()


def test_a_version_holds_the_answers_the_result_and_their_hash(team: Team, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="For the board")
    document = example_document("task_api")
    assert (version.number, version.framework, version.reason) == (1, "v1", "For the board")
    stored = Version.objects.get(pk=version.pk)
    assert stored.document == document
    assert stored.result == result_json(decided(document))
    assert stored.content_hash == content_hash(document, result_json(decided(document)))
    assert stored.created_by == team.ana
    assert is_intact(stored)


def test_freezing_again_without_a_change_gives_the_same_version(team: Team, assessment: Assessment) -> None:
    first = freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "brand_voice", "no")
    answer(assessment, team.eve, "brand_voice", "yes")
    assert freeze(assessment, team.bo, reason="another") == first
    assert assessment.versions.count() == 1


def test_numbers_go_on_by_one_for_each_assessment(team: Team, assessment: Assessment) -> None:
    other = team.assessment(named())
    for number in (1, 2, 3):
        answer(assessment, team.eve, "monthly_requests", number)
        assert freeze(assessment, team.eve, reason="").number == number
    assert freeze(other, team.eve, reason="").number == 1


@pytest.mark.parametrize("parts", [{}, {"answers": {"brand_voice": "unsure"}}])
def test_an_empty_and_an_unsure_assessment_can_be_frozen(team: Team, parts: Any) -> None:
    version = freeze(team.assessment(named(**parts)), team.eve, reason="")
    assert sheet_of_version(Version.objects.get(pk=version.pk)).raw == named(**parts)


def test_a_trial_can_be_frozen_without_a_person(owner: Any) -> None:
    assessment = service.start(None, "a browser", None)
    version = freeze(assessment, None, reason="")
    assert (version.created_by, version.last_edited_by) == (None, None)


def test_the_last_editor_is_whoever_changed_an_answer_last(team: Team, assessment: Assessment) -> None:
    assert freeze(assessment, team.ana, reason="").last_edited_by == team.eve
    answer(assessment, team.bo, "monthly_requests", 7)
    answer(assessment, team.eve, "brand_voice", "no")
    answer(assessment, team.ana, "brand_voice", "unsure")
    assert freeze(assessment, team.bo, reason="").last_edited_by == team.ana


def test_where_nobody_knows_who_edited_last_whoever_freezes_it_counts(team: Team) -> None:
    tried = service.start_from_document(team.workspace, "", None, load_framework(), named())
    assert freeze(tried, team.cy, reason="").last_edited_by == team.cy


def test_a_long_reason_is_cut(team: Team, assessment: Assessment) -> None:
    assert len(freeze(assessment, team.ana, reason="x" * 999).reason) == versions.WHY_LONGEST


def test_freezing_leaves_one_event_in_the_audit_trail(team: Team, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="")
    freeze(assessment, team.ana, reason="")
    event = AuditEvent.objects.get(act="freeze")
    assert (event.chain, event.about) == (team.workspace.pk, f"{assessment.pk}.1")
    assert event.details == {"number": 1, "content_hash": version.content_hash}


# never changed


def refusals(version: Version) -> Iterator[Callable[[], Any]]:
    version.reason = "Another"
    yield version.save
    yield lambda: version.save(update_fields=["reason"])
    yield version.delete
    yield lambda: Version.objects.filter(pk=version.pk).update(reason="Another")
    yield lambda: Version.objects.filter(pk=version.pk).delete()
    yield lambda: version.assessment.versions.all().delete()
    yield lambda: version.assessment.versions.update(number=9)
    yield lambda: Version.objects.bulk_update([version], ["reason"])
    yield lambda: Version.objects.update_or_create(pk=version.pk, defaults={"reason": "Another"})


def test_a_frozen_version_is_neither_changed_nor_deleted(team: Team, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="As it is")
    for attempt in refusals(version):
        with pytest.raises(FrozenVersion):
            attempt()
    assert Version.objects.get().reason == "As it is"


def test_it_goes_with_its_assessment_and_outlives_the_accounts_of_its_people(
    team: Team, assessment: Assessment
) -> None:
    freeze(assessment, team.vic, reason="")
    team.vic.delete()
    assert Version.objects.get().created_by is None
    assessment.delete()
    assert not Version.objects.exists()


def test_an_assessment_deleted_for_good_takes_its_versions_along(team: Team, assessment: Assessment) -> None:
    ShareLink.objects.create(assessment=assessment, version=freeze(assessment, None, reason=""), token_digest="d")
    Assessment.objects.filter(pk=assessment.pk).delete()
    assert not Version.objects.exists()


def test_editing_goes_on_beside_a_version(team: Team, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "brand_voice", "no", "Nobody asked for it")
    assert Version.objects.get(pk=version.pk).document == example_document("task_api")
    assert is_intact(Version.objects.get(pk=version.pk))


def test_a_version_changed_in_the_database_is_noticed(team: Team, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="")
    document = {**version.document, "use_case": {"name": "Something else"}}
    Version._base_manager.filter(pk=version.pk).update(document=document)
    assert not is_intact(Version.objects.get(pk=version.pk))


# the hash covers everything


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside, empty lists and objects too."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = False
    for key, part in inner:
        found = True
        yield from leaves(part, (*path, key))
    if not found:
        yield path


def one_of_each_kind(content: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The last leaf of each place: the rows of a list are alike."""
    alike = {tuple(0 if isinstance(key, int) else key for key in path): path for path in leaves(content)}
    return list(alike.values())


def another(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, (int, float)):
        return value + 1 + abs(value) / 10
    return f"{value} " if isinstance(value, str) else "something"


def hash_with_another(content: dict[str, Any], path: tuple[Any, ...]) -> str:
    """The hash of this content with another value at this path. The content is as before afterwards."""
    place: Any = content
    for key in path[:-1]:
        place = place[key]
    was = place[path[-1]]
    place[path[-1]] = another(was)
    found = content_hash(**content)
    place[path[-1]] = was
    return found


def test_changing_anything_decided_changes_the_hash_and_changing_none_does_not(team: Team, figure: Any) -> None:
    document = full_document()
    version = freeze(team.assessment(document), team.ana, reason="")
    content = {"document": version.document, "result": version.result}
    paths = list(leaves(content)) if IS_THOROUGH else one_of_each_kind(content)
    same = [path for path in paths if hash_with_another(content, path) == version.content_hash]
    assert content_hash(**content) == version.content_hash
    removed = copy.deepcopy(content)
    removed["result"]["lenses"].pop("net_score")
    assert content_hash(**removed) != version.content_hash
    assert len(paths) > 300
    besides = ("precedents", "closest_other_way", "outside_view", "cheapest_model")
    beside = {("result", key) for key in besides}
    said = [path for path in same if path[:2] == ("result", "plan") and path[-1] == "kind"]
    said += [path for path in same if path[:3] == ("result", "framework", "name")]
    outside = [path for path in same if path not in said and path[:2] not in beside]
    figure("fields outside the hash of a version", outside, f"{len(paths)} fields")
    # what is not shown: who froze it, when, and why
    again = freeze(team.assessment(document, by=team.bo), team.bo, reason="Another")
    assert again.content_hash == version.content_hash


@settings(max_examples=25)
@given(raw=accepted_documents)
def test_every_document_there_can_be_comes_back_from_a_version_as_it_was(raw: Any) -> None:
    framework = load_framework()
    with connection.cursor():  # each example in the transaction of the test
        assessment = service.start_from_document(None, "a browser", None, framework, raw)
        sheet = read_sheet(assessment)
        version = freeze(assessment, None, reason="")
        stored = Version.objects.get(pk=version.pk)
        assert is_intact(stored)
        assert sheet_of_version(stored).raw == sheet.raw
        assert versions.hash_of(sheet_of_version(stored)) == stored.content_hash


# frozen by an earlier release


STORED = Path(__file__).parents[1] / "engine" / "stored" / "e7f8723.json"


@pytest.fixture
def earlier(team: Team) -> Version:
    """A version as commit e7f8723 froze it, of answers that stand as they did."""
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    return Version.objects.create(
        assessment=team.assessment(stored["document"]),
        number=1,
        framework="v1",
        document=stored["document"],
        result=stored["result"],
        content_hash=stored["content_hash"],
        hash_rule=1,
        last_edited_by=team.eve,
    )


def test_a_version_of_an_earlier_release_is_intact_until_something_of_it_is_changed(earlier: Version) -> None:
    assert is_intact(Version.objects.get(pk=earlier.pk))
    findings = [earlier.result["findings"][0] | {"message": "Nothing at all."}]
    Version._base_manager.filter(pk=earlier.pk).update(result=earlier.result | {"findings": findings})
    assert not is_intact(Version.objects.get(pk=earlier.pk))


def test_the_same_answers_are_not_frozen_anew_because_they_would_be_hashed_otherwise_today(
    team: Team, earlier: Version
) -> None:
    assessment = earlier.assessment
    today = result_json(read_sheet(assessment).decision)
    Version._base_manager.filter(pk=earlier.pk).update(result=today)
    assert freeze(assessment, team.ana, reason="") == earlier
    assert frozen_as(assessment, read_sheet(assessment)) == earlier
    answer(assessment, team.eve, "brand_voice", "no")
    assert frozen_as(assessment, read_sheet(assessment)) is None
    assert freeze(assessment, team.ana, reason="").number == 2


def test_where_the_verdict_is_another_one_today_the_same_answers_are_another_version(
    team: Team, earlier: Version
) -> None:
    result = earlier.result | {"approach": "prompting"}
    Version._base_manager.filter(pk=earlier.pk).update(result=result)
    assert freeze(earlier.assessment, team.ana, reason="").number == 2


# going back


def test_going_back_sets_every_answer_and_keeps_what_was_in_the_history(team: Team, assessment: Assessment) -> None:
    freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "brand_voice", "no", "Nobody asked for it")
    answer(assessment, team.eve, "exploration_phase", "yes")
    answer(assessment, team.eve, "regression_baseline", "yes", "In the sheet of June")
    second = freeze(assessment, team.eve, reason="")
    answer(assessment, team.eve, "monthly_requests", 5)

    assert go_back(assessment, team.bo, assessment.versions.get(number=1)) == 4
    assert read_sheet(assessment).raw == example_document("task_api")
    made = ValueChange.objects.filter(path="answers.brand_voice").first()
    assert made
    assert (made.by, made.before, made.after) == (
        team.bo,
        {"value": "no", "evidence": "Nobody asked for it", "strength": "opinion"},
        {"value": "yes"},
    )
    gone = ValueChange.objects.filter(path="answers.regression_baseline").first()
    assert gone
    assert (gone.before and gone.before["evidence"], gone.after) == ("In the sheet of June", None)
    lost = ValueChange.objects.filter(path="use_case.monthly_requests").first()
    assert lost
    assert lost.before == {"value": 5}

    third = freeze(assessment, team.ana, reason="")
    assert (third.number, third.content_hash) == (3, assessment.versions.get(number=1).content_hash)
    assert third.last_edited_by == team.bo
    go_back(assessment, team.bo, second)
    assert read_sheet(assessment).raw == second.document


def test_going_back_right_after_typing_amends_nothing(team: Team, assessment: Assessment) -> None:
    """Two saves of one person within a minute are one change; going back is never part of one."""
    version = freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "brand_voice", "no", "Three hours of work")
    go_back(assessment, team.eve, version)
    changes = [(one.before, one.after) for one in ValueChange.objects.filter(path="answers.brand_voice")]
    typed = {"value": "no", "evidence": "Three hours of work", "strength": "opinion"}
    assert changes == [(typed, {"value": "yes"}), ({"value": "yes"}, typed), (None, {"value": "yes"})]


def test_what_a_version_froze_stays_in_the_history(team: Team, assessment: Assessment) -> None:
    answer(assessment, team.eve, "brand_voice", "no")
    freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "brand_voice", "unsure")
    values = [one.after and one.after["value"] for one in ValueChange.objects.filter(path="answers.brand_voice")]
    assert values[:2] == ["unsure", "no"]


def test_going_back_where_nothing_differs_changes_nothing(team: Team, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="")
    assessment.refresh_from_db()
    before = (assessment.changed_at, ValueChange.objects.count(), AuditEvent.objects.count())
    assert go_back(assessment, team.eve, version) == 0
    assessment.refresh_from_db()
    assert (assessment.changed_at, ValueChange.objects.count(), AuditEvent.objects.count()) == before


def test_weights_scores_and_ticks_go_back_too(team: Team, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="")
    weight = Entry(path="matrix.weights.latency", value=5)
    cell = Entry(path="matrix.overrides.tools.latency", value=4, evidence="We measured it")
    change(assessment, team.eve, [weight, cell, Entry(path="checks.production.alarm", value=True)])
    assert "matrix" in read_sheet(assessment).raw
    assert go_back(assessment, team.eve, version) == 3
    assert read_sheet(assessment).raw == version.document


def test_what_a_pilot_showed_outlives_going_back_to_a_version_before_it(team: Team, assessment: Assessment) -> None:
    version = freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "brand_voice", "no")
    change(assessment, team.eve, [Entry(path="pilot.pilot_outcome", value="passed")])
    assert go_back(assessment, team.eve, version) == 1
    sheet = read_sheet(assessment)
    assert sheet.raw["pilot"] == {"pilot_outcome": "passed"}
    assert answers_are_those_of(sheet, version)
    assert go_back(assessment, team.eve, version) == 0


def test_a_page_opened_before_going_back_does_not_overwrite_what_comes_after(
    team: Team, assessment: Assessment
) -> None:
    """An answer that went leaves its row, so that its versions go on."""
    version = freeze(assessment, team.ana, reason="")
    answer(assessment, team.eve, "regression_baseline", "yes")
    stale = Entry(path="answers.regression_baseline", value="no", seen_version=1, seen_digest="as it was shown")
    go_back(assessment, team.eve, version)
    answer(assessment, team.eve, "regression_baseline", "unsure")
    assert change(assessment, team.eve, [stale]).conflicts


@pytest.mark.django_db(transaction=True)
def test_two_who_freeze_at_once_get_one_version() -> None:
    team = new_team()
    assessment = team.assessment()
    numbers, barrier = [], threading.Barrier(4)

    def press() -> None:
        barrier.wait()
        try:
            numbers.append(freeze(Assessment.objects.get(pk=assessment.pk), team.ana, reason="").number)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (numbers, assessment.versions.count()) == ([1] * 4, 1)
