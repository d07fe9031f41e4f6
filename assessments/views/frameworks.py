"""A workspace's own frameworks: the list, a draft with what it would change, and the published versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.engine.plain_text import plain_line, plain_text
from assessments.forms.framework_faults import told_of_framework
from assessments.framework import FrameworkError
from assessments.framework.changes import OwnFramework, default_at
from assessments.framework.framework_file import own_text, read_own
from assessments.framework.loader import CURRENT
from assessments.models import FrameworkVersion, TeamFramework, Workspace
from assessments.pages.context import Context, render_page
from assessments.pages.own_framework import cases_tried, concerns_of, own_trial_of, own_tried
from assessments.presenters.own_framework.parts import missing_words, page_keys, present_parts
from assessments.presenters.own_framework.translated import (
    LANGUAGE_NAMES,
    LanguageChoice,
    MissingWords,
    language_choices,
)
from assessments.presenters.own_framework.trial import OVER_FITTING, CasesTriedView, ConcernView, OwnTrialView
from assessments.services import own_frameworks as service
from assessments.speaking import words_now


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworksPage(Context):
    """The frameworks of a workspace, and what new assessments begin with."""

    template = "assessments/frameworks.html"
    workspace: Workspace
    frameworks: Sequence[TeamFramework]
    built_in: str
    in_force: str
    """What new assessments are under."""
    may_edit: bool
    may_manage: bool
    faults: Sequence[str] = ()
    """What is wrong with the name or the file that was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkPage(Context):
    """A draft: its parts, what contradicts, what it would change, and the versions of it."""

    template = "assessments/framework.html"
    workspace: Workspace
    framework: TeamFramework
    parts: Sequence[tuple[str, str, int]]
    """Key, title and how many rows are changed."""
    changes: int
    concerns: Sequence[ConcernView]
    cases: CasesTriedView
    own: OwnTrialView
    over_fitting: str
    languages: Sequence[LanguageChoice]
    missing: Sequence[MissingWords]
    versions: Sequence[FrameworkVersion]
    is_published: bool
    """Whether the draft is what was published last."""
    may_edit: bool
    may_manage: bool
    may_export: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPage(Context):
    """What publishing would change, with the half of the cases that was kept aside, and the form that publishes."""

    template = "assessments/framework_publish.html"
    workspace: Workspace
    framework: TeamFramework
    concerns: Sequence[ConcernView]
    missing: Sequence[MissingWords]
    cases: CasesTriedView
    kept_aside: CasesTriedView
    own: OwnTrialView
    faults: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkVersionPage(Context):
    """A published version: why it was published, and every change of it beside the base."""

    template = "assessments/framework_version.html"
    workspace: Workspace
    version: FrameworkVersion
    languages: str
    changes: Sequence[tuple[str, str, str]]
    """Path, what the base has and what this version has."""
    words: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    """What is said in each further language, by paths."""
    in_force: bool
    may_manage: bool


@require_http_methods(["GET", "HEAD", "POST"])
def frameworks(request: HttpRequest, workspace_id: str) -> HttpResponse:
    if request.method != "POST":
        return _listed(request, access.own_workspace(request, workspace_id, "read"))
    own = access.own_workspace(request, workspace_id, "edit")
    upload = request.FILES.get("file")
    try:
        if upload:
            found = read_own(upload.read())
        else:
            name = plain_line(request.POST.get("name", "")).strip()
            found = OwnFramework(base=CURRENT, changes={}, name=name, languages=(words_now(),))
        framework = service.start(own.workspace, own.actor, found, imported=bool(upload))
    except FrameworkError as error:
        return _listed(request, own, faults=error.faults)
    return redirect("framework", workspace_id, framework.pk)


def _listed(request: HttpRequest, own: access.OwnWorkspace, *, faults: Sequence[str] = ()) -> HttpResponse:
    page = FrameworksPage(
        workspace=own.workspace,
        frameworks=access.frameworks_of(own.workspace),
        built_in=service.framework_at().title,
        in_force=service.framework_for(own.workspace).title,
        may_edit=own.may("edit"),
        may_manage=own.may("manage"),
        faults=[told_of_framework(fault)[:300] for fault in faults],
    )
    return render_page(request, page, status=422 if faults else 200)


@require_safe
def framework(request: HttpRequest, workspace_id: str, framework_id: str) -> HttpResponse:
    own, found = access.own_framework(request, workspace_id, framework_id, "read")
    if "trial" in request.GET:  # what htmx asks for while the draft is being tried
        return own_trial_of(request, own.workspace, found)
    versions, draft = list(found.versions.all()), service.draft_of(found)
    base = service.framework_at(found.base)
    edited = present_parts(draft, base) if draft.changes else {}
    parts = [(key, title, edited[key].changed if edited else 0) for key, title in page_keys(base).items()]
    page = FrameworkPage(
        workspace=own.workspace,
        framework=found,
        parts=parts,
        changes=len(found.changes),
        concerns=concerns_of(found),
        cases=cases_tried(found),
        own=own_tried(found),
        over_fitting=_(OVER_FITTING),
        languages=language_choices(draft.languages),
        missing=missing_words(draft, base),
        versions=versions,
        is_published=bool(versions) and versions[0].content_hash == draft.content_hash,
        may_edit=own.may("edit"),
        may_manage=own.may("manage"),
        may_export=own.may("export"),
    )
    return render_page(request, page)


@require_POST
def framework_languages(request: HttpRequest, workspace_id: str, framework_id: str) -> HttpResponse:
    """What the draft's own words are in: one language or two, the main one first."""
    own, found = access.own_framework(request, workspace_id, framework_id, "edit")
    chosen = request.POST.get("languages", "")
    if chosen and chosen not in {one.value for one in language_choices(())}:
        raise Http404
    service.choose_languages(found, own.actor, chosen.split() or found.languages)
    return redirect("framework", workspace_id, framework_id)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_framework(request: HttpRequest, workspace_id: str, framework_id: str) -> HttpResponse:
    own, found = access.own_framework(request, workspace_id, framework_id, "manage")
    note, faults = plain_text(request.POST.get("note", "")).strip(), list[str]()
    if request.method == "POST":
        if not note:
            faults.append(_("Say in a sentence why it is published: whoever uses it reads that"))
        else:
            try:
                version = service.publish(found, own.actor, note=note, for_new="for_new" in request.POST)
            except service.NotPublished as error:
                faults += error.sentences
            else:
                return redirect("framework_version", workspace_id, framework_id, version.number)
    page = PublishPage(
        workspace=own.workspace,
        framework=found,
        concerns=concerns_of(found),
        missing=missing_words(service.draft_of(found), service.framework_at(found.base)),
        cases=cases_tried(found),
        kept_aside=cases_tried(found, kept_aside=True),
        own=own_tried(found),
        faults=faults,
        note=note,
    )
    return render_page(request, page, status=422 if faults else 200)


@require_safe
def framework_version(request: HttpRequest, workspace_id: str, framework_id: str, number: int) -> HttpResponse:
    own, found = access.own_framework(request, workspace_id, framework_id, "read")
    version = access.framework_version(found, number)
    page = FrameworkVersionPage(
        workspace=own.workspace,
        version=version,
        changes=[
            (path, _plain(default_at(version.base, path)), _plain(value))
            for path, value in sorted(version.changes.items())
        ],
        languages=", ".join(LANGUAGE_NAMES[one] for one in version.languages),
        words=[(LANGUAGE_NAMES[one], sorted(said.items())) for one, said in version.words.items()],
        in_force=own.workspace.framework == version.key,
        may_manage=own.may("manage"),
    )
    return render_page(request, page)


def _plain(value: object) -> str:
    """A value on one line."""
    if isinstance(value, list):
        return "; ".join(" and ".join(map(str, one)) if isinstance(one, list) else str(one) for one in value) or "–"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(one)}" for key, one in value.items())
    if value is None or isinstance(value, bool):
        return "–" if value is None else pgettext("cell", "yes") if value else pgettext("cell", "no")
    return str(value)


@require_safe
def framework_file(request: HttpRequest, workspace_id: str, framework_id: str) -> HttpResponse:
    """The draft as a file, or the version that the address names."""
    _own, found = access.own_framework(request, workspace_id, framework_id, "export")
    number = request.GET.get("version", "")
    if number and not number.isdecimal():
        raise Http404
    held = service.own_of(access.framework_version(found, int(number[:9]))) if number else service.draft_of(found)
    response = HttpResponse(own_text(held), content_type="application/toml; charset=utf-8")
    name = f"{slugify(held.name)[:60] or 'framework'}{f'-{held.number}' if held.number else ''}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return response


@require_POST
def remove_framework(request: HttpRequest, workspace_id: str, framework_id: str) -> HttpResponse:
    own, found = access.own_framework(request, workspace_id, framework_id, "edit")
    try:
        service.remove(found, own.actor)
    except service.NotRemoved:
        return redirect("framework", workspace_id, framework_id)
    return redirect("frameworks", workspace_id)


@require_POST
def choose_framework(request: HttpRequest, workspace_id: str) -> HttpResponse:
    """What new assessments are under: a published version of the workspace, or the built-in framework."""
    own = access.own_workspace(request, workspace_id, "manage")
    key = request.POST.get("key", "")
    if key and not access.published_in(own.workspace, key):
        raise Http404
    service.take_for_new(own.workspace, own.actor, key)
    return redirect("frameworks", workspace_id)
