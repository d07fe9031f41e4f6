"""Every page, document, fragment and file of every address, for every state of a document and every role.

All of that is opened by `make verify-slow`; in a usual run they take turns, so that each meets half of the states.
Nothing fails; and what comes out has no key of the program, no `None`, and no placeholder that nobody filled in.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from assessments.api.describe import description
from assessments.models import Approval, Assessment, Role
from assessments.pages import who
from assessments.pages.figures import FIGURE_FILES
from assessments.presenters.own_framework.parts import page_keys
from assessments.presenters.result_index import BEHIND
from assessments.services import people, report, sharing, sign_off
from assessments.services.assessments import load_sample
from assessments.services.extract import Scope
from assessments.services.versions import freeze
from assessments.views import portfolio_files

from .bars import IS_THOROUGH
from .document_states import FRAMEWORK, STATES
from .documents import decided
from .imports import an_import
from .own_frameworks import a_framework, published
from .pages import Page
from .people import make_team
from .raters import closed_round
from .visits import autosave, bring_in, open_section, url_of, url_patterns
from .webhooks import a_webhook
from .workspaces import put_in

KEY = re.compile(r"(?<!manage\.py )\b[a-z]+(?:_[a-z0-9]+)+\b")
NOTHING = re.compile(
    r"\bNone\b(?! (?:are|in them|known|of|raised|were|with|yet|is (?:closed|tried))\b)"
    r"|\b(?:nan|undefined|null|True(?!-)|False)\b"
)
PLACEHOLDER = re.compile(r"\{[^{}\s]*\}|\{\{|\}\}|%\(|%[sd]\b|<\w+ object|\[\]|\(\)")
SCOPES = {
    "whole": Scope(costs=True, evidence=True),
    "without costs": Scope(costs=False, evidence=True),
    "without evidence": Scope(costs=True, evidence=False),
    "without either": Scope(costs=False, evidence=False),
}
EVERYWHERE = "everything"
"""The state in which also those addresses are opened that show nothing of an assessment."""
OF_ASSESSMENTS = ("/a/", "/r/", "/samples/", "/assessments/")
OF_A_WORKSPACE = ("portfolio", "compare", "audit")
"""What shows its assessments begins so, by its name; the rest under /w/ is about people, programs and frameworks."""
SHUT: set[tuple[str, str]] = set()
"""Roles with the names of addresses that turned out to open nothing for them, whatever is answered."""
HALF = 2
"""In one of so many states an address is opened, and in the state in which every address is."""
OFTEN = 8
"""In one of so many states a role opens also what another one has opened there."""
AGAIN = {
    *("version_page", "version_report", "version_record", "sample_page", "sample_report", "sample_figures"),
    *("delete", "links", "make_link", "change_link", "switch_off", "comments", "history", "answer_history", "go_back"),
    *("evidence", "evidence_import", "remove_evidence", "labelling", "label_failure", "remove_failures"),
    *("costs_model", "costs_tuning", "costs_tokens", "costs_prices", "prompt_tokens"),
}
"""What shows the same as another address does in the same state, or the name alone: opened in one state of `SELDOM`."""
SELDOM = 4
OPENS, ELSEWHERE = {200}, {302, 401, 403, 404, 405, 409, 422}


@cache
def for_programs() -> re.Pattern[str]:
    """The addresses of the interface, as in /assessments/{assessment_id}: names in braces belong there."""
    return re.compile("|".join(re.escape(path) for path in sorted(description()["paths"], reverse=True)))


def told(text: str, *, where: str) -> list[str]:
    """What no reader should meet in a text, with what stands around it."""
    text = for_programs().sub("", " ".join(text.split()))
    found = [match for pattern in (KEY, NOTHING, PLACEHOLDER) for match in pattern.finditer(text)]
    return [f"{where}: {text[max(0, one.start() - 30) : one.end() + 20]!r}" for one in found]


def visible(html: str) -> str:
    """What a page says: its words, and those that screen readers and search results get.

    But for the texts and conditions of a framework as they are edited, and the paths of its values: these are keys.
    """
    page = Page(SimpleNamespace(content=html.encode()))
    said = []
    for element in page.all():
        if element.tag not in ("script", "style", "template") and "term" not in (element.get("class") or "").split():
            said.append(element.text or "")
            said += [element.get(name) or "" for name in ("alt", "title", "aria-label", "placeholder")]
        said.append(element.tail or "")
    return " ".join(said)


def texts_of(response: Any) -> Iterator[str]:
    """Everything that a response says to people."""
    kind = response.get("Content-Type", "").split(";")[0]
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if kind == "text/html":
        yield visible(content.decode())
    elif kind == "text/csv":
        yield from cells_for_people(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    elif kind == "application/pdf":
        yield visible(content.decode())
    elif "spreadsheet" in kind:
        for sheet in openpyxl.load_workbook(io.BytesIO(content)):
            yield sheet.title
            yield from cells_for_people(sheet.iter_rows(values_only=True))


def cells_for_people(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Every cell of a sheet but those under “Key”, by which programs know what stands in a row."""
    head: Sequence[Any] = ()
    for row in rows:
        head = row if "Key" in row else head
        yield from (str(cell) for n, cell in enumerate(row) if cell not in (None, "") and [*head[n : n + 1]] != ["Key"])


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report comes as the page that would be drawn: drawing is tested elsewhere, and takes long."""
    monkeypatch.setattr(report, "draw_pdf", lambda html, **more: html.encode())
    for room in (report, portfolio_files):
        monkeypatch.setattr(room, "pdf_is_available", lambda: True)


@pytest.fixture(params=STATES)
def site(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A team's assessment in this state with everything that an address can name, and everybody who may open it."""
    if request.param != EVERYWHERE:  # how much waits stands on every page, and has nothing to do with what is answered
        monkeypatch.setattr(who, "count_waiting", lambda person, own: 2)
    document = STATES[request.param]()
    team = make_team()
    users = team.users
    ours = put_in(team.workspace, document)
    tokens = {}
    for name, scope in SCOPES.items():
        tokens[name] = sharing.make_link(ours, users["editor"], sharing.Choices(name=name, scope=scope))
    ours.comments.create(place="result", text="Is it right?", author=users["editor"])
    freeze(ours, users["editor"], reason="Before the review")
    approvers = [users["owner"], users["approver"]]
    asked = sign_off.ask(ours, users["editor"], approvers=approvers, due_on=None, terms={})
    condition = asked.approvals.get(approver=users["approver"]).conditions.create(text="Measure it first")
    Approval.objects.filter(approver=users["approver"]).update(decision=Approval.Ruling.CONDITIONS)
    people.invite(team.workspace, role=Role.VIEWER, email="", actor=users["owner"])
    own = a_framework(team.workspace, users["owner"], thresholds__pilot_net=2)
    a_webhook(team.workspace)
    if request.param == EVERYWHERE:
        published(own, users["owner"])
        gone = put_in(team.workspace, document)
        team.clients["owner"].post(reverse("delete", args=[gone.pk]))
    trial = Client()
    tried = bring_in(trial, document)
    freeze(tried, None, reason="")
    for one in (ours, tried):
        an_import(one, name="Läufe <eins> لغة.json")
        one.failure_texts.create(text="It named a date that was not there.")
        closed_round(one, users.values())
    load_sample("crossed", document)
    return SimpleNamespace(
        state=request.param,
        team=team,
        ours=ours,
        tried=tried,
        trial=trial,
        tokens=tokens,
        asked=asked,
        condition=condition,
    )


def addresses(site: SimpleNamespace, assessment: Assessment, *, token: str = "none") -> dict[str, str]:
    """Every address of the site, with each value that the parts of an address can have here, by name and value."""
    workspace, team = site.team.workspace, site.team
    fixed = {
        "assessment_id": assessment.pk,
        "workspace_id": workspace.pk,
        "membership_id": str(team.membership("viewer").pk),
        "invitation_id": str(workspace.invitations.get().pk),
        "link_id": str(site.ours.share_links.first().pk),
        "comment_id": str(site.ours.comments.first().pk),
        "import_id": str(assessment.imports.get().pk),
        "failure_id": str(assessment.failure_texts.earliest("pk").pk),
        "round_id": str(assessment.rating_rounds.get().pk),
        "number": "1",
        "framework_id": workspace.frameworks.get().pk,
        "part": "gates",
        "other": "now",
        "sign_off_id": str(site.asked.pk),
        "condition_id": str(site.condition.pk),
        "sign_in_id": "1",
        "token": token,
        "sample": "crossed",
        "place": "result",
        "provider_id": "sso",
        "uidb36": "zz",
        "token_id": "1",
        "webhook_id": str(workspace.webhooks.get().pk),
        "delivery_id": str(workspace.webhooks.get().deliveries.earliest("pk").pk),
        "section_key": "use_case",
        "approach": "status_quo",
        "file": "months.csv",
        "kind": "md",
        "page": "why",
        "key": "brand_voice",
        "path": "answers.brand_voice",
    }
    each = {
        "section": ("section_key", [section.key for section in (*FRAMEWORK.sections, FRAMEWORK.quick)]),
        "framework_part": ("part", [*page_keys(FRAMEWORK)]),
        "costs_approach": ("approach", ["status_quo", *FRAMEWORK.approach]),
        **dict.fromkeys(("result_page", "version_page", "shared_page", "sample_page"), ("page", [*BEHIND])),
        **dict.fromkeys(("figures", "shared_figures", "sample_figures"), ("file", [*FIGURE_FILES])),
    }
    found = {}
    for pattern in url_patterns(get_resolver().url_patterns):
        name = str(pattern.name)
        part, values = each.get(name, ("", [""]))
        for value in values:
            found[f"{name} {value}".strip()] = url_of(name, **fixed | {part: value})
    return found


def opened(client: Client, where: str, url: str, **headers: str) -> tuple[Any, list[str]]:
    """What an address gives to a visitor, and what is wrong with it."""
    return looked_at(client.get(url, headers=headers), where)


def looked_at(response: Any, where: str) -> tuple[Any, list[str]]:
    if response.status_code not in OPENS:
        return response, [f"{where}: status {response.status_code}"] * (response.status_code not in ELSEWHERE)
    return response, [fault for text in texts_of(response) for fault in told(text, where=where)]


def to_open(site: SimpleNamespace, role: str, assessment: Assessment) -> dict[str, str]:
    """The addresses that this role may open in this state.

    What shows nothing of an assessment is opened in one state; what everybody sees alike by one role.
    """
    found = addresses(site, assessment)
    if site.state != EVERYWHERE:
        found = {
            name: url
            for name, url in found.items()
            if url.startswith(OF_ASSESSMENTS) or name.startswith(OF_A_WORKSPACE)
        }
    if role != Role.OWNER:
        found = {name: url for name, url in found.items() if not url.startswith("/samples/")}
    shut = {name for name in found if (role, name.partition(" ")[0]) in SHUT}
    return {name: url for name, url in found.items() if name not in shut and not url.startswith("/r/")}


def is_due(site: SimpleNamespace, place: int, number: int, every: int) -> bool:
    """Whether a role or a link, by its place, opens an address, by its number, also in this state: it takes turns.

    Somebody opens each address in half of the states, or fewer where it shows the same again, and everybody each
    address in two states or more.
    """
    return IS_THOROUGH or (list(STATES).index(site.state) + place + number) % every == 0


def test_every_address_for_every_role(site: SimpleNamespace, figure: Any) -> None:
    visitors = {role: (site.team.clients[role], site.ours) for role in Role.values}
    visitors["trial"] = (site.trial, site.tried)
    numbers = {name: number for number, name in enumerate(addresses(site, site.ours))}
    wrong, seen = [], set[str]()
    for place, (role, (client, assessment)) in enumerate(visitors.items()):
        for name, url in to_open(site, role, assessment).items():
            number, again = numbers[name], name.partition(" ")[0] in AGAIN
            every = SELDOM if again else 1 if site.state == EVERYWHERE else HALF
            first = name not in seen and is_due(site, 0, number, every)
            if not first and not is_due(site, place, number, OFTEN):
                continue
            response, faults = opened(client, f"{role} {name}", url)
            wrong += faults
            if response.status_code in (*OPENS, 302, 409):  # not there yet in this state, whoever asks
                seen.add(name)
            if response.status_code in (403, 405):
                SHUT.add((role, name.partition(" ")[0]))
    for place, (scope, token) in enumerate(site.tokens.items()):
        for name, url in addresses(site, site.ours, token=token).items():
            if name.startswith("shared") and is_due(site, place, numbers[name], len(SCOPES)):
                response, faults = opened(Client(), f"link {scope} {name}", url)
                wrong += faults + [f"{scope} {name}: {response.status_code}"] * (response.status_code not in (200, 404))
    wrong += faults_of_fragments(site)
    figure(
        "faults on crossed pages",
        dict.fromkeys(wrong),
        f"{len(seen)} pages, documents and files of “{site.state}”",
    )


def test_everybody_comes_to_turn() -> None:
    for every in (OFTEN, len(SCOPES), SELDOM, HALF):
        for phase in range(every):
            assert sum((state + phase) % every == 0 for state in range(len(STATES))) >= 2


def faults_of_fragments(site: SimpleNamespace) -> list[str]:
    """What htmx swaps in: parts of pages, what comes back when a value was saved, and when somebody was faster."""
    client, htmx = site.team.clients["owner"], {"HX-Request": "true"}
    parts = {name: url_of(name, assessment_id=site.ours.pk) for name in ("whatif", "chances")}
    parts["portfolio"] = url_of("portfolio", workspace_id=site.team.workspace.pk)
    found = [fault for name, url in parts.items() for fault in opened(client, f"part {name}", url, **htmx)[1]]
    form = open_section(client, site.ours, "reasons_for")
    now = form.get("brand_voice", "unsure")
    first, second = [value for value in ("yes", "no", "unsure") if value != now]
    saved = autosave(client, site.ours, "brand_voice", form | {"brand_voice": first})
    conflict = autosave(client, site.ours, "brand_voice", form | {"brand_voice": second})
    assert (saved.status_code, conflict.status_code) == (200, 409)
    found += looked_at(saved, "saved")[1]
    return found + [fault for text in texts_of(conflict) for fault in told(text, where="conflict")]


def test_the_states_raise_every_finding() -> None:
    raised = {found.code for state in STATES.values() for found in decided(state()).findings}
    assert raised == {*FRAMEWORK.finding}
