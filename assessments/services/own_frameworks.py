"""The frameworks of a workspace: read by their keys, changed as drafts, published as versions."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.engine.soundness import REFUSED, Concern, concerns
from assessments.framework import Framework, FrameworkError, load_framework
from assessments.framework.changes import Changes, OwnFramework, changed, default_at, framework_of
from assessments.framework.framework_file import name_faults
from assessments.framework.loader import CURRENT
from assessments.framework.own_texts import OwnText, carried_over, own_texts, put, word_faults
from assessments.framework.places import OFF
from assessments.framework.shown_in import as_read, as_typed
from assessments.models import FrameworkVersion, TeamFramework, User, Workspace
from assessments.models.team_framework import OWN

from . import audit

KEPT = 64
"""So many published frameworks stay read in one process."""
WORDS = "words."
"""What a path begins with that leads to a translation: the language and the path of the text follow."""
DRAFTS_KEPT = 8
MOST_OF_A_WORKSPACE = 50
LONGEST_NOTE = 2_000


class NotPublished(Exception):
    """Why a draft is not published, in sentences."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class NotRemoved(Exception):
    """Assessments may stand under what was published: it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEntry:
    """What a value of a draft is to become, None for the base's own, and what the page had shown of it."""

    path: str
    value: Any
    seen: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSaving:
    """What became of the entries. Where there are faults, nothing was saved."""

    saved: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    """The paths that somebody else has changed meanwhile."""
    faults: tuple[str, ...] = ()


def framework_at(key: str = "") -> Framework:
    """The framework that an assessment names: one that came with this release, or a published one of its workspace.

    It is in the words of whoever reads now. Without a key it is the built-in one.
    """
    return as_read(typed_framework_at(key))


def typed_framework_at(key: str = "") -> Framework:
    """The same as its files have it, whoever reads."""
    return _published(key) if key.startswith(OWN) else load_framework(key or CURRENT)


def framework_for(workspace: Workspace | None) -> Framework:
    """What a new assessment there is under."""
    return framework_at(workspace.framework if workspace else "")


@lru_cache(maxsize=KEPT)
def _published(key: str) -> Framework:
    """Read once: a published version never changes."""
    return framework_of(own_of(FrameworkVersion.objects.get(pk=key.removeprefix(OWN))), key)


def own_of(version: FrameworkVersion) -> OwnFramework:
    return OwnFramework(
        base=version.base,
        changes=version.changes,
        name=version.name,
        number=version.number,
        languages=version.languages,
        words=version.words,
    )


def draft_of(framework: TeamFramework) -> OwnFramework:
    further = framework.languages[1:]
    return OwnFramework(
        base=framework.base,
        changes=framework.changes,
        name=framework.name,
        languages=framework.languages,
        words={language: texts for language, texts in framework.words.items() if language in further},
    )


def draft_framework(framework: TeamFramework) -> Framework:
    """The draft as a framework to try. What is stored can be built."""
    return as_read(_draft(draft_of(framework), framework))


_drafts: dict[str, Framework] = {}


def _draft(own: OwnFramework, framework: TeamFramework) -> Framework:
    key = f"{own.content_hash}-{own.name}"
    found = _drafts.get(key)
    if found is None:
        if len(_drafts) >= DRAFTS_KEPT:
            _drafts.clear()
        found = _drafts[key] = framework_of(own, f"draft-{framework.pk}"[:16])
    return found


def new_concerns(framework: Framework) -> tuple[Concern, ...]:
    """What contradicts in it and does not in its base."""
    known = {(one.code, one.key) for one in concerns(load_framework(framework.base))}
    return tuple(one for one in concerns(as_typed(framework)) if (one.code, one.key) not in known)


@transaction.atomic
def start(workspace: Workspace, actor: User, own: OwnFramework, *, imported: bool = False) -> TeamFramework:
    """A new framework of a workspace, as a draft. Raises FrameworkError."""
    if faults := name_faults(own.name):
        raise FrameworkError(*faults)
    if workspace.frameworks.count() >= MOST_OF_A_WORKSPACE:
        said = _("name: a workspace has at most {n} frameworks")
        raise FrameworkError(said.format(n=MOST_OF_A_WORKSPACE))
    framework = TeamFramework.objects.create(
        workspace=workspace,
        name=own.name,
        base=own.base or CURRENT,
        changes=dict(own.changes),
        languages=list(own.languages),
        words=dict(own.words),
        changed_by=actor,
    )
    audit.record(
        workspace.pk,
        "start_framework",
        actor=actor,
        about=framework.pk,
        name=framework.name,
        imported=imported,
    )
    return framework


@transaction.atomic
def change_draft(framework: TeamFramework, actor: User, entries: list[DraftEntry]) -> DraftSaving:
    """Changes values of the draft, all that are sound together or none. What is the base's own is no change.

    With a text its translations go.
    """
    stored = TeamFramework.objects.select_for_update().get(pk=framework.pk)
    changes: dict[str, Any] = dict(stored.changes)
    saved, conflicts, said = list[str](), list[str](), list[DraftEntry]()
    for entry in entries:
        translates = entry.path.startswith(WORDS)
        now = value_at(stored, entry.path)
        if now == entry.value or (entry.value is None and not translates and entry.path not in changes):
            continue
        if now != entry.seen:
            conflicts.append(entry.path)
            continue
        saved.append(entry.path)
        if translates:
            said.append(entry)
        else:
            _set(changes, stored.base, entry)
    if conflicts or not saved:
        return DraftSaving(conflicts=tuple(conflicts))
    before = stored.changes
    stored.changes = changes
    try:
        stored.words = _words_after(stored, before, said)
        framework_of(draft_of(stored))
    except FrameworkError as error:
        return DraftSaving(faults=error.faults)
    _keep(stored, actor, framework)
    audit.record(stored.workspace_id, "change_framework", actor=actor, about=stored.pk, paths=sorted(saved)[:50])
    return DraftSaving(saved=tuple(saved))


def _keep(stored: TeamFramework, actor: User, framework: TeamFramework) -> None:
    stored.rev += 1
    stored.changed_at, stored.changed_by = timezone.now(), actor
    stored.save()
    for name in ("changes", "languages", "words", "rev"):
        setattr(framework, name, getattr(stored, name))


def _words_after(stored: TeamFramework, before: Changes, said: list[DraftEntry]) -> dict[str, dict[str, str]]:
    """What is said in other languages when the draft has changed. Raises FrameworkError."""
    if not (stored.words or said):
        return {}
    old, new = _texts_of(stored, before), _texts_of(stored, stored.changes)
    words = {language: carried_over(old, new, texts) for language, texts in stored.words.items()}
    for entry in said:
        language, _dot, path = entry.path.removeprefix(WORDS).partition(".")
        if entry.value is None:
            words.get(language, {}).pop(path, None)
        elif path in new:
            words.setdefault(language, {})[path] = entry.value
    return {language: texts for language, texts in words.items() if texts}


def _texts_of(framework: TeamFramework, changes: Changes) -> dict[str, OwnText]:
    return own_texts(changed(framework.base, changes)[0], changes)


@transaction.atomic
def choose_languages(framework: TeamFramework, actor: User, languages: Sequence[str]) -> None:
    """What the draft's own words are in, from now on. Nobody's words are lost: those of a language that is left out
    wait, and where there are words in the language that becomes the main one, they change places with the texts.
    """
    stored = TeamFramework.objects.select_for_update().get(pk=framework.pk)
    if list(languages) == stored.languages:
        return
    main = stored.languages[0]
    if languages[0] != main and (theirs := stored.words.pop(languages[0], {})):
        texts, stored.changes = _texts_of(stored, stored.changes), deepcopy(stored.changes)
        for path, word in theirs.items():
            put(stored.changes, path, word)
        stored.words[main] = {path: texts[path].text for path in theirs}
    stored.languages = list(languages)
    if stored.words:  # the texts of one that waited may have other blanks by now
        texts = _texts_of(stored, stored.changes)
        stored.words = {
            language: {path: word for path, word in said.items() if not [*word_faults("", texts, {path: word})]}
            for language, said in stored.words.items()
        }
    _keep(stored, actor, framework)
    audit.record(stored.workspace_id, "change_framework", actor=actor, about=stored.pk, languages=stored.languages)


def _set(changes: dict[str, Any], base: str, entry: DraftEntry) -> None:
    """Puts one value into the changes. With what was added, its parts go."""
    for path in [path for path in changes if path == entry.path or path.startswith(f"{entry.path}.")]:
        del changes[path]
    row, _, last = entry.path.rpartition(".")
    added = _added(changes, entry.path)
    if last == OFF and row in changes:
        del changes[row]
    elif added is not None:
        table = changes[added] = dict(changes[added])
        key = entry.path.removeprefix(f"{added}.")
        table.pop(key, None)
        if entry.value is not None:
            table[key] = entry.value
    elif entry.value is not None and entry.value != default_at(base, entry.path):
        changes[entry.path] = entry.value


def _added(changes: Mapping[str, Any], path: str) -> str | None:
    """The path of what was added, where this is a value of it."""
    row, _dot, key = path.rpartition(".")
    return row if row in changes and isinstance(changes[row], dict) and "." in row and key != OFF else None


def value_at(framework: TeamFramework, path: str) -> Any:
    """What the draft has there, None where it has nothing."""
    if path.startswith(WORDS):
        language, _dot, text = path.removeprefix(WORDS).partition(".")
        return framework.words.get(language, {}).get(text)
    if path in framework.changes:
        return framework.changes[path]
    added = _added(framework.changes, path)
    return framework.changes[added].get(path.removeprefix(f"{added}.")) if added else default_at(framework.base, path)


@transaction.atomic
def publish(framework: TeamFramework, actor: User, *, note: str, for_new: bool) -> FrameworkVersion:
    """A version of the draft, for good. Raises NotPublished."""
    stored = TeamFramework.objects.select_for_update().get(pk=framework.pk)
    own, newest = draft_of(stored), stored.versions.first()
    digest = own.content_hash
    if newest and (newest.content_hash, newest.name) == (digest, stored.name):
        raise NotPublished(_("Nothing was changed since version {number}.").format(number=newest.number))
    if codes := {one.code for one in concerns(as_typed(draft_framework(stored)))} & REFUSED:
        said = {
            "nothing_open": _("In some case no lever would be left open."),
            "approach_alike": _("An approach of your own has no scores of its own yet."),
        }
        raise NotPublished(*(said[code] for code in sorted(codes)))
    version = FrameworkVersion.objects.create(
        framework=stored,
        number=(stored.versions.aggregate(most=Max("number"))["most"] or 0) + 1,
        name=stored.name,
        base=stored.base,
        changes=stored.changes,
        languages=stored.languages,
        words=own.words,
        content_hash=digest,
        note=note[:LONGEST_NOTE],
        published_by=actor,
    )
    audit.record(
        stored.workspace_id,
        "publish_framework",
        actor=actor,
        about=stored.pk,
        number=version.number,
        content_hash=digest,
    )
    if for_new:
        _take_for_new(stored.workspace, actor, version.key)
    return version


@transaction.atomic
def remove(framework: TeamFramework, actor: User) -> None:
    """Takes away a draft of which nothing was published. Raises NotRemoved."""
    stored = TeamFramework.objects.select_for_update().get(pk=framework.pk)
    if stored.versions.exists():
        raise NotRemoved
    stored.delete()
    audit.record(stored.workspace_id, "remove_framework", actor=actor, about=framework.pk, name=stored.name)


@transaction.atomic
def take_for_new(workspace: Workspace, actor: User, key: str) -> None:
    """From now on new assessments of the workspace are under this framework; an empty key is the built-in one."""
    _take_for_new(workspace, actor, key)


def _take_for_new(workspace: Workspace, actor: User, key: str) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(framework=key)
    workspace.framework = key
    name = typed_framework_at(key).title
    audit.record(workspace.pk, "choose_framework", actor=actor, about=key, name=name)


@transaction.atomic
def back_to_published(framework: TeamFramework, actor: User, version: FrameworkVersion | None) -> None:
    """The draft says again what a version says, or the base."""
    framework.changes = dict(version.changes) if version else {}
    framework.languages = list(version.languages) if version else framework.languages
    framework.words = dict(version.words) if version else {}
    framework.rev += 1
    framework.changed_at, framework.changed_by = timezone.now(), actor
    framework.save()
    number: dict[str, Any] = {"number": version.number} if version else {}
    audit.record(framework.workspace_id, "change_framework", actor=actor, about=framework.pk, back=True, **number)
