"""A draft of a framework tried on 10,000 assessments of its workspace, in the queue, as its page has it done.

Alone: python -m tests.benchmarks own_trial
"""

import tempfile
from dataclasses import dataclass
from time import perf_counter, process_time, sleep
from typing import Any

from django.db import connection
from django.test import Client, override_settings

from assessments.models import Assessment, FrameworkTrial, ListEntry, StoredValue, TeamFramework, TrialState, User
from assessments.services import framework_trial, list_entries, people
from tests.documents import example_document
from tests.own_frameworks import a_framework
from tests.visits import bring_in

from .growth import BACKEND
from .measure import line
from .rows import ids, numbers

COUNT, BOUND = 10_000, 10
ANSWERED = ("service_desk", "support_copilot", "task_api")
"""Examples that a verdict stands on. Nothing is kept by what is answered, so that copies cost what others would."""
_LOOK_EVERY = 0.05
_AWAITED = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    wall: float
    cpu: float
    """Seconds of this process, with what looks up how far it is."""
    trial: FrameworkTrial
    steps: int
    """How often it was seen to have gone on."""


def run() -> None:
    framework = seed()
    with tempfile.TemporaryDirectory() as folder, override_settings(DATA_DIR=folder):
        _print(f"{COUNT:,} own assessments tried", _tried(framework), bound=True)
        Assessment.objects.filter(workspace=framework.workspace_id).update(list_entry_is_old=True)
        framework.changes |= {"gates.exploring.short": "Again"}
        framework.save()
        _print("  every one changed since it was last listed: judged twice", _tried(framework), bound=False)


def seed() -> TeamFramework:
    """The examples, copied until there are enough, and a draft that closes the lever of the last one for everybody."""
    user = User.objects.create_user("trial@example.org", name="Bench")
    workspace = people.start_workspace(user, "Tried").workspace
    client = Client()
    client.force_login(user, backend=BACKEND)
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client.get(f"/w/{workspace.pk}/")
        brought = [bring_in(client, example_document(name)) for name in ANSWERED]
    assert {one.workspace_id for one in brought} == {workspace.pk}
    entries = list_entries.entries_of(brought)
    brought[0].refresh_from_db()
    for place, one in enumerate(brought):
        copies = f"{numbers(COUNT)} SELECT {{}} FROM n JOIN {{}} one ON one.{{}} = %s WHERE i > %s AND i %% %s = %s"
        for model, key in ((Assessment, "id"), (ListEntry, "assessment_id"), (StoredValue, "assessment_id")):
            _copy(copies, model, key, [one.pk, len(brought), len(brought), place])
    moved = entries[brought[-1].pk].approach
    assert moved
    changes: dict[str, Any] = {"closes": [moved], "when": [["sample >= 0"]]}
    return a_framework(workspace, user, **{f"gates__exploring__{name}": value for name, value in changes.items()})


def _copy(copies: str, model: type[Any], key: str, params: list[Any]) -> None:
    own = "id" if model is StoredValue else ""
    columns = [one.column for one in model._meta.concrete_fields if not one.generated and one.column != own]
    values = ", ".join(ids("ttt") if column == key else f"one.{column}" for column in columns)
    into = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
    with connection.cursor() as cursor:
        cursor.execute(into + copies.format(values, model._meta.db_table, key), params)


def _tried(framework: TeamFramework) -> Tried:
    began, worked = perf_counter(), process_time()
    trial = framework_trial.trial_of(framework)
    seen = {trial.tried}
    while trial.state == TrialState.TRYING and perf_counter() - began < _AWAITED:
        sleep(_LOOK_EVERY)
        trial.refresh_from_db()
        seen.add(trial.tried)
    assert (trial.state, trial.tried) == (TrialState.TRIED, COUNT), (trial.state, trial.told)
    return Tried(wall=perf_counter() - began, cpu=process_time() - worked, trial=trial, steps=len(seen) - 1)


def _print(name: str, found: Tried, *, bound: bool) -> None:
    told = f"{found.cpu:.1f} s of the processor; seen {found.steps} times on the way; {found.trial.changed:,} changed"
    if bound:
        line(name, found.wall, " s", BOUND, told)
    else:
        print(f"{name:<62}{found.wall:8.1f} s  {told}")
