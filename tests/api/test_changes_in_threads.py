"""Two programs and a person change the same value at once: nothing is lost unseen, and each is told."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from assessments.services.limits import CHANGES_BY_PROGRAM

from ..bars import tries
from ..pages import Page
from ..people import make_team
from ..views.test_answer_in_threads import run_together
from ..visits import autosave, open_section, value_of, version_of
from .programs import program_of

CHANGES = tries(10, 60)
PATH, KEY = "use_case.task", "task"


@pytest.mark.django_db(transaction=True)
def test_two_programs_and_a_person_never_overwrite_each_other_unseen(
    figure: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessments.api.door.CHANGES_BY_PROGRAM", replace(CHANGES_BY_PROGRAM, most=100_000))
    team = make_team()
    assessment, browser = team.assessment, team.clients["editor"]
    blank = open_section(browser, assessment, "use_case")
    at, first = f"assessments/{assessment.pk}/values", version_of(assessment, KEY)
    accepted: dict[int, str] = {}  # the version that a change had seen -> what it wrote
    refused, unseen = list[str](), list[str]()

    def took(seen: int, said: str) -> None:
        if accepted.setdefault(seen, said) != said:
            unseen.append(said)

    def program(name: str) -> None:
        asks, seen = program_of(team.users["owner"], team.workspace, name=name), first
        for number in range(CHANGES):
            said = f"{name} {number}"
            entry = {"path": PATH, "value": said, "seen_version": seen}
            answer = asks.patch(at, {"entries": [entry]})
            while answer.status_code == 409:
                refused.append(said)
                [fault] = answer.json()["faults"]
                entry["seen_version"] = fault["stored"]["version"]
                answer = asks.patch(at, {"entries": [entry]})
            assert answer.status_code == 200, answer.content
            took(int(str(entry["seen_version"])), said)
            seen = answer.json()["entries"][0]["version"]

    def person() -> None:
        form = dict(blank)
        for number in range(CHANGES):
            form[KEY] = f"Ed {number}"
            response = autosave(browser, assessment, KEY, form)
            while response.status_code == 409:
                refused.append(form[KEY])
                form[f"{KEY}-rev"] = Page(response).form(f"q-{KEY}")[f"{KEY}-rev"]
                response = autosave(browser, assessment, KEY, form)
            assert response.status_code == 200
            took(int(form[f"{KEY}-rev"].partition(".")[0]), form[KEY])
            seen, form[f"{KEY}-rev"] = form[f"{KEY}-rev"], Page(response).with_id(f"{KEY}-rev").get("value")
            assert int(form[f"{KEY}-rev"].partition(".")[0]) > int(seen.partition(".")[0])

    run_together(lambda: program("pipeline"), lambda: program("nightly"), person)
    told = f"{3 * CHANGES} changes of one value, {len(refused)} refused, {connection.vendor}"
    figure("answers overwritten unseen", unseen, told)
    assert len(accepted) == 3 * CHANGES
    assert version_of(assessment, KEY) == first + len(accepted)
    assert value_of(assessment, KEY) == accepted[first + len(accepted) - 1]
