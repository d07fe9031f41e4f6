"""A draft tried on a workspace's own assessments, in the queue: whose verdict would be another one."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from assessments.engine.document import Document, document_from
from assessments.engine.fields import fault_in, fields_of
from assessments.engine.paths import Stated
from assessments.engine.trial import levers_of
from assessments.framework import Framework, load_framework
from assessments.framework.changes import content_hash
from assessments.models import Assessment, FrameworkTrial, StoredValue, TeamFramework, TrialState
from assessments.models.list_entry import UNNAMED

from . import queue
from .answer_sheet import NAME
from .own_frameworks import draft_framework, framework_at

AT_ONCE = 200
"""So many are tried in the request; more go to the queue."""
BATCH = 250
MOST_MOVES = 200
_UNSURE = "unsure"

Said = tuple[str, Any, Any]
"""A path, its value, and where that came from."""


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
    judged = _Judged(draft_framework(trial.framework))
    changed, tried, moves = 0, 0, list[list[str]]()
    for batch in _batches(trial.framework):
        values = _values_of(batch)
        now, then = _levers_now(batch, values), judged.levers(batch, values)
        moved = [[key, now[key], then[key]] for key in now if now[key] != then[key]]
        changed += len(moved)
        moves += moved[: MOST_MOVES - len(moves)]
        tried += len(batch)
        if shown:
            queue.beat(trial, tried=tried, changed=changed)
    return {"tried": tried, "changed": changed, "moves": moves}


def _batches(framework: TeamFramework) -> Iterator[list[Assessment]]:
    after = ""
    while True:
        rows = _assessments(framework).filter(pk__gt=after).order_by("pk").select_related("list_entry")
        batch = list(rows[:BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1].pk


def _values_of(batch: Sequence[Assessment]) -> Mapping[str, Sequence[Said]]:
    """What is stored of each assessment, by its key.

    All values of one are read as one list: one by one, that takes longer than the verdict.
    """
    texts: dict[str, tuple[list[str], list[str], list[str]]] = {}
    stored = StoredValue.objects.filter(assessment__in=[one.pk for one in batch]).annotate(
        text=Cast("value", TextField()), told=Cast("origin", TextField())
    )
    for key, path, *read in stored.filter(value__isnull=False).values_list("assessment_id", "path", "text", "told"):
        for column, text in zip(texts.setdefault(key, ([], [], [])), (path, *read), strict=True):
            column.append(text)
    found = {
        key: list(zip(paths, _all_read(values), _all_read(origins), strict=True))
        for key, (paths, values, origins) in texts.items()
    }
    shown = stored.filter(value__isnull=True).exclude(evidence="", link="")
    for key, path in shown.values_list("assessment_id", "path"):
        found.setdefault(key, []).append((path, _UNSURE, ""))  # evidence without an answer is that of who is unsure
    return found


def _all_read(texts: Sequence[str]) -> list[Any]:
    """JSON values, as one list."""
    return list(json.loads(f"[{','.join(texts)}]"))


class _Judged:
    """Makes documents under a framework: what it does not ask, or what is no answer to it any more, does not count."""

    def __init__(self, framework: Framework):
        self.framework, self.fields = framework, fields_of(framework)
        usual = fields_of(load_framework(framework.base)) if framework.base else self.fields
        self.others = {path for path, field in self.fields.items() if field != usual.get(path)}

    def levers(self, batch: Sequence[Assessment], values: Mapping[str, Sequence[Said]]) -> Mapping[str, str]:
        documents = [self._document(values.get(one.pk, ())) for one in batch]
        return dict(zip((one.pk for one in batch), levers_of(self.framework, documents), strict=True))

    def _document(self, values: Iterable[Said]) -> Document:
        found = {NAME: Stated(value=UNNAMED)}
        for path, value, origin in values:
            field = self.fields.get(path)
            if field is None or value is None:
                continue
            if (path in self.others or value == _UNSURE) and fault_in(field, value):
                continue
            found[path] = Stated(value=value, origin=origin)
        return document_from(self.framework, found)


def _levers_now(batch: Sequence[Assessment], values: Mapping[str, Sequence[Said]]) -> Mapping[str, str]:
    """The levers of the verdicts as they are. What a list shows is that, unless it is old."""
    entries = {one.pk: None if one.list_entry_is_old else getattr(one, "list_entry", None) for one in batch}
    found = {key: str(entry.approach) for key, entry in entries.items() if entry is not None}
    old = [one for one in batch if one.pk not in found]
    for key in {one.framework for one in old}:
        found |= _Judged(framework_at(key)).levers([one for one in old if one.framework == key], values)
    return found


def _folder() -> Path:
    found = Path(settings.DATA_DIR) / "trials"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


queue.register(queue.QueueKind(model=FrameworkTrial, folder=_folder, work=_work, after={}))
