"""Two editors save at once, each in a thread and a browser of its own, which share one session."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from ..bars import tries
from ..pages import Page
from ..visits import autosave, open_section, start, value_of, version_of

SAVES = tries(40, 100)


def run_together(*editors: Callable[[], None]) -> None:
    failures: list[Exception] = []
    ready = Barrier(len(editors))

    def run(editor: Callable[[], None]) -> None:
        try:
            ready.wait(timeout=120)
            editor()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[editor]) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def same_browser(client: Client) -> Client:
    twin = Client(raise_request_exception=False)
    twin.cookies = client.cookies
    return twin


@pytest.mark.django_db(transaction=True)
def test_two_editors_of_one_answer_never_overwrite_each_other_unseen(new_client: Any, figure: Any) -> None:
    client = new_client()
    assessment = start(client)
    blank = open_section(client, assessment, "use_case")
    accepted: dict[str, str] = {}  # the mark that a save had seen -> what it wrote
    refused: list[str] = []
    unseen: list[str] = []

    def editor(name: str) -> None:
        browser, form = same_browser(client), dict(blank)
        for number in range(SAVES):
            form["task"] = f"{name} {number}"
            response = autosave(browser, assessment, "task", form)
            if response.status_code == 409:
                refused.append(form["task"])
                form["task-rev"] = Page(response).form("q-task")["task-rev"]  # seen now; mine is kept
                response = autosave(browser, assessment, "task", form)
            if response.status_code == 200:
                if accepted.setdefault(form["task-rev"], form["task"]) != form["task"]:
                    unseen.append(form["task"])
                form["task-rev"] = Page(response).with_id("task-rev").get("value")

    run_together(lambda: editor("Ada"), lambda: editor("Ben"))
    told = f"{2 * SAVES} saves of one answer, {len(refused)} refused, {connection.vendor}"
    figure("answers overwritten unseen", unseen, told)
    assert version_of(assessment, "task") == len(accepted)
    assert value_of(assessment, "task") in accepted.values()
    assert len(accepted) + len(refused) >= 2 * SAVES


@pytest.mark.django_db(transaction=True)
def test_two_editors_of_different_answers_do_not_disturb_each_other(new_client: Any, figure: Any) -> None:
    client = new_client()
    assessment = start(client)
    blank = open_section(client, assessment, "use_case")
    statuses: list[int] = []

    def editor(key: str) -> None:
        browser, form = same_browser(client), dict(blank)
        for number in range(SAVES):
            form[key] = f"{key} {number}"
            response = autosave(browser, assessment, key, form)
            statuses.append(response.status_code)
            form[f"{key}-rev"] = Page(response).with_id(f"{key}-rev").get("value")

    run_together(lambda: editor("name"), lambda: editor("task"))
    saved = statuses.count(200)
    told = f"{2 * SAVES} saves of two answers, {connection.vendor}"
    figure("saves refused beside somebody else", 2 * SAVES - saved, told)
    for key in ("name", "task"):
        assert (value_of(assessment, key), version_of(assessment, key)) == (f"{key} {SAVES - 1}", SAVES)
