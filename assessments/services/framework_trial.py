"""A draft tried on a workspace's own assessments, in the queue: whose verdict would be another one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from assessments.engine.document import Document, document_from
from assessments.engine.fields import fault_in, fields_of
from assessments.engine.paths import Stated
from assessments.engine.trial import lever_of
from assessments.framework import Framework, load_framework
from assessments.framework.changes import content_hash
from assessments.models import Assessment, FrameworkTrial, StoredValue, TeamFramework, TrialState

from . import queue
from .answer_sheet import NAME, UNNAMED, sheet_of
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
    judged = _Judged(draft)
    changed, tried, moves = 0, 0, list[list[str]]()
    for batch in _batches(trial.framework):
        said = _values_of(batch)
        for one in batch:
            before, after = _lever_now(one), lever_of(draft, judged.document(said.get(one.pk, ())))
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
        batch = list(rows[:BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1].pk


def _values_of(batch: Sequence[Assessment]) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Paths and values by assessment, without what else is stored of them: no lever hangs on that."""
    found: dict[str, list[tuple[str, Any]]] = {}
    rows = StoredValue.objects.filter(assessment__in=[one.pk for one in batch])
    for key, path, value in rows.values_list("assessment_id", "path", "value"):
        found.setdefault(key, []).append((path, value))
    return found


class _Judged:
    """Makes documents under the draft: what it does not ask, or what is no answer to it any more, does not count."""

    def __init__(self, draft: Framework):
        self.draft, self.fields = draft, fields_of(draft)
        usual = fields_of(load_framework(draft.base))
        self.others = {path for path, field in self.fields.items() if field != usual.get(path)}

    def document(self, values: Iterable[tuple[str, Any]]) -> Document:
        found = {NAME: Stated(value=UNNAMED)}
        for path, value in values:
            field = self.fields.get(path)
            if field is None or value is None or (path in self.others and fault_in(field, value)):
                continue
            found[path] = Stated(value=value)
        return document_from(self.draft, found)


def _lever_now(one: Assessment) -> str:
    """The lever of the verdict as it is. What a list shows is that, unless it is old."""
    entry = None if one.list_entry_is_old else getattr(one, "list_entry", None)
    if entry is not None:
        return str(entry.approach)
    sheet = sheet_of(one, one.values.all())
    return lever_of(sheet.framework, sheet.document)


def _folder() -> Path:
    found = Path(settings.DATA_DIR) / "trials"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


queue.register(queue.QueueKind(model=FrameworkTrial, folder=_folder, work=_work, after={}))
