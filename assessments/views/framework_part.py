"""One part of a draft: every value beside the base's own, saved together or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.engine.plain_text import plain_text
from assessments.forms.framework_faults import told_of_framework
from assessments.forms.own_framework import NotRead, read_framework_value
from assessments.framework import Framework
from assessments.framework.conditions import FACTS, NUMBERS
from assessments.framework.places import OFF
from assessments.models import TeamFramework, Workspace
from assessments.pages.context import Context, render_page
from assessments.pages.own_framework import cases_tried, concerns_of, own_tried
from assessments.presenters.own_framework.approaches import LIKE, NEW
from assessments.presenters.own_framework.edited import EditedPart, EditedValue
from assessments.presenters.own_framework.faults import PlacedFault, fault_of, placed_faults
from assessments.presenters.own_framework.parts import missing_words, page_keys, present_part
from assessments.presenters.own_framework.translated import LANGUAGE_NAMES, MissingWords
from assessments.presenters.own_framework.trial import CasesTriedView, ConcernView, OwnTrialView
from assessments.services import own_approaches
from assessments.services import own_frameworks as service
from assessments.services.own_frameworks import DraftEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkPartPage(Context):
    """The values of one part, with what they would change beside them."""

    template = "assessments/framework_part.html"
    workspace: Workspace
    framework: TeamFramework
    part: EditedPart
    language: str
    """In which language texts are typed, in the reader's words."""
    parts: Mapping[str, str]
    """Every part with its title."""
    concerns: Sequence[ConcernView]
    missing: Sequence[MissingWords]
    cases: CasesTriedView
    own: OwnTrialView
    may_edit: bool
    facts: Sequence[tuple[str, str]]
    """The facts that conditions can ask for, with what they mean."""
    numbers: Sequence[tuple[str, str]]
    thresholds: Sequence[str]
    answers: Sequence[tuple[str, str]]
    """The questions that conditions can name, with their labels."""
    faults: Sequence[PlacedFault]
    """What is wrong with what was sent."""


@require_http_methods(["GET", "HEAD", "POST"])
def framework_part(request: HttpRequest, workspace_id: str, framework_id: str, part: str) -> HttpResponse:
    right = "edit" if request.method == "POST" else "read"
    own, found = access.own_framework(request, workspace_id, framework_id, right)  # type: ignore[arg-type]
    base = service.framework_at(found.base)
    shown = present_part(service.draft_of(found), base, part)
    if shown is None:
        raise Http404
    if request.method != "POST":
        return _page(request, own, found, shown, base)
    entries, read, added = _entries(found, shown, request.POST)
    faults = [fault_of(shown, value, value.fault) for value in read.values() if value.fault]
    if not faults:
        saving = service.change_draft(found, own.actor, entries)
        if not (saving.faults or saving.conflicts):
            return redirect("framework_part", workspace_id, framework_id, part)
        told = [*map(told_of_framework, saving.faults), *map(_changed_meanwhile, saving.conflicts)]
        faults = list(placed_faults(shown, told, added))
        read |= {one.field: replace(read[one.field], fault=one.sentence) for one in faults if one.field in read}
    return _page(request, own, found, _with(shown, read, request.POST, faults), base, faults=faults)


def _changed_meanwhile(path: str) -> str:
    said = _("{path}: somebody else has changed this meanwhile; look at what it is now, and save again")
    return said.format(path=path)


def _entries(
    found: TeamFramework, part: EditedPart, sent: QueryDict
) -> tuple[list[DraftEntry], dict[str, EditedValue], str]:
    """What is to be saved, the values as they were typed, and the key of a new row."""
    back = sent.get("back", "")
    if back in part.values:
        return [DraftEntry(path=back, value=None, seen=_seen(sent, back))], {}, ""
    adds = "add" in sent
    fields = {value.path: value for value in part.new} if adds else part.values
    entries, read, new = list[DraftEntry](), dict[str, EditedValue](), dict[str, Any]()
    for path, field in fields.items():
        if f"was-{path}" not in sent:
            continue
        typed = sent.getlist(path)
        try:
            choices = [key for key, _name in field.choices]
            now = field.shown if field.is_added else None
            shown = read_framework_value(field.shape, typed, field.default_shown, choices, now)
        except NotRead as error:
            read[path] = replace(field, typed=typed, fault=str(error))
            continue
        value = field.kept(shown)
        if field.shape == "some_of":  # their order says nothing
            value = next((one for one in (field.value, field.default) if set(one or ()) == set(value or ())), value)
        read[path] = replace(field, value=value, shown=shown)
        new[path.removeprefix("new.")] = value
        entries.append(DraftEntry(path=path, value=value, seen=_seen(sent, path)))
    if adds:
        key = _new_key(part, new)
        return _added(found, part, key, new), read, key
    entries = [one for one in entries if one.value != one.seen] + _said(part, sent)
    return (_taken_out(found, entries) if part.key == "approaches" else entries), read, ""


def _said(part: EditedPart, sent: QueryDict) -> list[DraftEntry]:
    """What is to be said in further languages. An emptied field is no translation: the main text is shown."""
    typed = {path: plain_text(sent.get(path, "")).strip() or None for path in part.words if f"was-{path}" in sent}
    entries = [DraftEntry(path=path, value=text, seen=_seen(sent, path)) for path, text in typed.items()]
    return [one for one in entries if one.value != one.seen]


def _taken_out(found: TeamFramework, entries: list[DraftEntry]) -> list[DraftEntry]:
    """The entries, with all of an approach in the place of the one that takes it out."""
    for key in [one.path.split(".")[1] for one in entries if one.path.endswith(f".{OFF}") and one.value]:
        entries = [one for one in entries if not own_approaches.speaks_of(one.path, key)]
        entries += own_approaches.entries_to_take_out(found, key)
    return entries


def _seen(sent: QueryDict, path: str) -> Any:
    """What the page had shown of a value."""
    try:
        return json.loads(sent.get(f"was-{path}", "null"))
    except ValueError:
        return None


def _new_key(part: EditedPart, new: Mapping[str, Any]) -> str:
    """A key made from what the new row is called."""
    name = part.key.partition("-")[0]
    called = next((new[one] for one in ("short", "label", "title", f"approaches.{NEW}.name") if new.get(one)), "")
    key = slugify(str(called)).replace("-", "_")[:32].strip("_")
    while f"{name}.{key}.off" in part.values or f"{name}.own_{key}.off" in part.values:
        key += "_2"
    return f"own_{key}".rstrip("_")


def _added(found: TeamFramework, part: EditedPart, key: str, new: Mapping[str, Any]) -> list[DraftEntry]:
    """A new row, under its key."""
    said = {name: value for name, value in new.items() if value is not None}
    name, _dash, section = part.key.partition("-")
    if name == "questions":
        said |= {"section": section, "kind": "choice", "place": "answers"}
    if name == "approaches":
        like = said.pop(LIKE, "")
        said = {path.replace(NEW, key): value for path, value in said.items()}
        return own_approaches.entries_to_add(found, key, like, said)
    if name == "precedents":  # a group of its own: none is held to come from the source of another one
        return [DraftEntry(path=f"{name}.{key}", value=said | {"group": key}, seen=None)]
    return [DraftEntry(path=f"{name}.{key}", value=said | {"source": "ours"}, seen=None)]


def _with(
    part: EditedPart, read: Mapping[str, EditedValue], sent: QueryDict, faults: Sequence[PlacedFault]
) -> EditedPart:
    """The part with what was typed in its place."""

    wrong = {one.field: one.sentence for one in faults}

    def typed(values: Sequence[EditedValue]) -> Sequence[EditedValue]:
        return [_with_words(read.get(value.path, value), sent, wrong) for value in values]

    rows = [
        replace(row, values=typed(row.values), off=row.off and read.get(row.off.path, row.off)) for row in part.rows
    ]
    return replace(part, rows=rows, new=typed(part.new))


def _with_words(value: EditedValue, sent: QueryDict, wrong: Mapping[str, str]) -> EditedValue:
    words = [replace(one, typed=sent.get(one.path, one.said), fault=wrong.get(one.path, "")) for one in value.words]
    return replace(value, words=words)


def _page(
    request: HttpRequest,
    own: access.OwnWorkspace,
    found: TeamFramework,
    part: EditedPart,
    base: Framework,
    *,
    faults: Sequence[PlacedFault] = (),
) -> HttpResponse:
    notes, draft = base.guide.method, service.draft_framework(found)
    page = FrameworkPartPage(
        workspace=own.workspace,
        framework=found,
        part=part,
        language=LANGUAGE_NAMES[found.languages[0]],
        parts=page_keys(base),
        concerns=concerns_of(found),
        missing=missing_words(service.draft_of(found), base),
        cases=cases_tried(found),
        own=own_tried(found),
        may_edit=own.may("edit"),
        facts=[(key, notes.facts[key].yes) for key in sorted(FACTS)],
        numbers=[(key, notes.numbers[key]) for key in sorted(NUMBERS)],
        thresholds=[key for key, value in asdict(base.thresholds).items() if not isinstance(value, dict)],
        answers=[(one.key, one.label) for one in draft if one.place == "answers" and one.kind == "choice"],
        faults=faults,
    )
    return render_page(request, page, status=422 if faults else 200)
