"""One state, one word, one count: every place that says what was decided says the same."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Role
from assessments.presenters.panel import tree_steps
from assessments.presenters.verdict import NO_VERDICT, headline, verdict_words
from assessments.services import report, sharing, sign_off
from assessments.services.answer_sheet import read_sheet
from assessments.services.versions import freeze

from .comparisons import tuned_wins
from .document_states import FRAMEWORK, STATES
from .documents import example_document
from .pages import Page, words
from .people import signed_in
from .workspaces import browser_of_a, new_person, new_workspace, portfolio_url, put_in

MEASURED = {"measured": lambda: example_document("service_desk") | {"comparison": tuned_wins()}}
WITHOUT_A_VERDICT = {"only a name", "unsure"}


@pytest.fixture(
    params=["only a name", "half", "unsure", "no to everything", "everything", "detailed, today only", *MEASURED]
)
def state(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def places(state: str, db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each place says of one assessment, by the place; a report as the page that would be drawn."""
    monkeypatch.setattr("assessments.services.drawing_child.draw_apart", lambda paper, told, slot: paper.html.encode())
    monkeypatch.setattr(report, "seal", lambda pdf, content_hash: pdf)
    monkeypatch.setattr(report, "pdf_is_available", lambda: True)
    workspace = new_workspace()
    client = browser_of_a(Role.OWNER, workspace)
    owner = workspace.memberships.get().user
    one, other = (put_in(workspace, (STATES | MEASURED)[name]()) for name in (state, "everything"))
    freeze(one, owner, reason="")
    approver = new_person("Ada")
    workspace.memberships.create(user=approver, role=Role.APPROVER)
    asked = sign_off.ask(one, owner, approvers=[approver], due_on=None, terms={})
    link = sharing.make_link(one, owner)

    def page(name: str, *more: Any) -> Page:
        return Page(client.get(reverse(name, args=[one.pk, *more])))

    compared = f"{portfolio_url(workspace, 'compare')}?a={one.pk}&a={other.pk}"
    file = client.get(portfolio_url(workspace, "portfolio_csv")).content.decode("utf-8-sig")
    return {
        "decision": read_sheet(one).decision,
        "result": page("result"),
        "why": page("result_page", "why"),
        "report": page("report"),
        "link": Page(Client().get(reverse("shared_result", args=[link]))),
        "version": page("version", 1),
        "versions": page("versions"),
        "decide": Page(signed_in(approver).get(reverse("decide", args=[one.pk, asked.pk]))),
        "panel": page("section", "ceiling"),
        "list": Page(client.get(reverse("assessments"))),
        "comparison": Page(client.get(compared)),
        "portfolio": Page(client.get(portfolio_url(workspace))),
        "row": next(row for row in csv.DictReader(io.StringIO(file)) if one.pk in row["Address"]),
    }


def test_every_place_says_the_same(state: str, places: dict[str, Any]) -> None:
    the_verdict_is_the_same_everywhere(state, places)
    without_a_verdict_it_says_what_leads_and_what_to_answer_next(state, places)
    how_firm_it_is_is_the_same_everywhere(places)
    the_ceiling_is_the_same_everywhere(places)
    the_deciding_questions_are_the_same_everywhere(places)


def the_verdict_is_the_same_everywhere(state: str, places: dict[str, Any]) -> None:
    decision, row = places["decision"], places["row"]
    said = headline(decision).title
    assert (said == NO_VERDICT) == (state in WITHOUT_A_VERDICT)
    heads = {name: places[name].words("v-h") for name in ("result", "link", "version")}
    heads["decide"] = places["decide"].words("what-h")
    heads["report"] = words(places["report"].root.xpath("//h1")[0])
    assert heads == dict.fromkeys(heads, said)
    beside_the_questions(decision, places["panel"])
    for name in ("versions", "list", "comparison"):
        assert said in words(places[name].root), name
    short = verdict_words(FRAMEWORK, decision.approach, decision.action).rstrip(".")
    assert row["Verdict"] == short
    assert short in words(places["portfolio"].root)


def beside_the_questions(decision: Any, panel: Any) -> None:
    """The panel leans: it names the approach and how far it stands."""
    shown, dock = words(panel.root.xpath("//p[@class='big']")[0]), panel.words("dock-verdict")
    named = FRAMEWORK.approach[decision.approach].name if decision.approach else NO_VERDICT
    if decision.action == "keep":
        named = FRAMEWORK.verdict.actions["keep"].rstrip(".")
    assert named in shown
    assert named.lower() in dock.lower()
    if decision.has_begun:
        stability = panel.root.xpath("//dl[@class='sure3']/div[3]//li[@class='on']")[0]
        assert words(stability).lower().startswith(decision.robustness.stability)
        assert (
            ("Leaning towards" in shown) == ("Leaning towards" in dock) == (decision.robustness.stability == "leaning")
        )


def without_a_verdict_it_says_what_leads_and_what_to_answer_next(state: str, places: dict[str, Any]) -> None:
    for name in ("result", "link", "report"):
        assert ("What leads so far: “" in words(places[name].root)) == (state in WITHOUT_A_VERDICT), name
    for name in ("result", "link"):
        assert places[name].has("next") == (state in WITHOUT_A_VERDICT), name


def how_firm_it_is_is_the_same_everywhere(places: dict[str, Any]) -> None:
    robustness = places["decision"].robustness
    word = robustness.stability.capitalize() if places["decision"].has_begun else "Not yet"
    (shown,) = places["result"].root.xpath("//dl[@class='sure3']/div[dt='Stability']//li[@class='on']")
    assert words(shown).removesuffix(" (this one)") == robustness.stability.capitalize()
    assert (places["row"]["Settled"] == word) == (word in ("Settled", "Measured", "Not yet"))
    assert word in words(places["decide"].root.xpath("//section[contains(@class, 'approved')]")[0])


def the_ceiling_is_the_same_everywhere(places: dict[str, Any]) -> None:
    node, row = places["decision"].path[0], places["row"]
    (steps,) = (one.words for one in tree_steps(places["decision"], places["decision"].document)[:1])
    assert steps in words(places["why"].root)
    assert steps in words(places["report"].root)
    done, of, *still = map(int, re.findall(r"\d+", steps))
    assert done + sum(still) <= of
    assert (row["Ceiling steps done"], row["Ceiling steps"]) == (str(done), str(of))
    assert row["Ceiling reached"] == node.outcome


def the_deciding_questions_are_the_same_everywhere(places: dict[str, Any]) -> None:
    if places["decision"].measured:
        assert "A measurement decides, not the answers." in places["panel"].words("verdict")
        return
    told = re.search(r"(\d+) of (\d+) deciding questions answered", places["panel"].words("verdict"))
    assert told
    known, of = map(int, told.groups())
    assert of - known == len(places["decision"].robustness.unsure)
