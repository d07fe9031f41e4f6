"""A draft tried on a workspace's own assessments, in the queue: whose verdict would be another one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from assessments.engine.trial import lever_of
from assessments.framework import Framework
from assessments.framework.changes import content_hash
from assessments.models import Assessment, FrameworkTrial, TeamFramework, TrialState

from . import queue
from .answer_sheet import AnswerSheet
from .market import framework_in_force
from .own_frameworks import draft_framework

AT_ONCE = 200
"""So many are tried in the request; more go to the queue."""
BATCH = 250
MOST_MOVES = 200


def trial_of(framework: TeamFramework) -> FrameworkTrial:
    """What the draft as it is now makes of the assessments: a few at once, else begun in the queue."""
    digest = content_hash(framework.base, framework.changes)
    found = FrameworkTrial.objects.filter(framework=framework).first()
    count = _assessments(framework).count()
    if found and found.content_hash == digest and found.of == count and not _is_old(framework, found):
        return found
    values: dict[str, Any] = {"content_hash": digest, "asked_at": timezone.now(), "of": count, "tried": 0}
    values |= {"changed": 0, "moves": [], **queue.begun(FrameworkTrial)}
    trial, _ = FrameworkTrial.objects.update_or_create(framework=framework, defaults=values)
    if count <= AT_ONCE:
        FrameworkTrial.objects.filter(pk=trial.pk).update(state=TrialState.TRIED, **_tried(trial))
    else:
        queue.wake()
    trial.refresh_from_db()
    return trial


def _is_old(framework: TeamFramework, trial: FrameworkTrial) -> bool:
    """Whether an answer was changed since. One that is being worked on is let go on."""
    return trial.state != TrialState.TRYING and _assessments(framework).filter(changed_at__gt=trial.asked_at).exists()


def _assessments(framework: TeamFramework) -> Any:
    return Assessment.objects.filter(workspace=framework.workspace_id, deleted_at=None)


def _work(trial: FrameworkTrial, slot: int) -> dict[str, Any]:
    return {"state": TrialState.TRIED, **_tried(trial, shown=True)}


def _tried(trial: FrameworkTrial, *, shown: bool = False) -> dict[str, Any]:
    draft = draft_framework(trial.framework)
    changed, tried, moves = 0, 0, list[list[str]]()
    for batch in _batches(trial.framework):
        for one in batch:
            before, after = _levers(one, draft)
            if before != after:
                changed += 1
                moves += [[one.pk, before, after]][: MOST_MOVES - len(moves)]
        tried += len(batch)
        if shown:
            queue.beat(trial, tried=tried, changed=changed)
    return {"tried": tried, "changed": changed, "moves": moves}


def _batches(framework: TeamFramework) -> Iterator[list[Assessment]]:
    after = ""
    while True:
        rows = _assessments(framework).filter(pk__gt=after).order_by("pk").select_related("list_entry")
        batch = list(rows.prefetch_related("values")[:BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1].pk


def _levers(one: Assessment, draft: Framework) -> tuple[str, str]:
    """The lever of the verdict now and under the draft. What a list shows is the verdict now, unless it is old."""
    values = {value.path: value for value in one.values.all()}
    later = lever_of(draft, AnswerSheet(draft, values).document)
    entry = None if one.list_entry_is_old else getattr(one, "list_entry", None)
    if entry is not None:
        return entry.approach, later
    now = framework_in_force(one.framework)
    return lever_of(now, AnswerSheet(now, values).document), later


def _folder() -> Path:
    found = Path(settings.DATA_DIR) / "trials"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


queue.register(queue.QueueKind(model=FrameworkTrial, folder=_folder, work=_work, after={}))
