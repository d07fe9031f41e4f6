"""Every kind of page that the site shows, in every state: for what must hold on all of them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from allauth.mfa.models import Authenticator
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from assessments.framework.changes import OwnFramework
from assessments.models import Assessment, Role, User, Workspace
from assessments.presenters.result_index import BEHIND
from assessments.services import own_frameworks, people, sharing
from assessments.services.assessments import load_sample

from .documents import example_document, full_document, named
from .imports import an_import
from .money import detailed_document, ranged_document
from .own_frameworks import a_framework, eight_answers, published
from .pages import Page
from .people import Team, make_team, signed_in
from .raters import closed_round
from .team import a_team, brought_in
from .visits import FRAMEWORK, bring_in, open_section, save_one, section_url, upload
from .webhooks import a_webhook
from .workspaces import browser_of_a, new_workspace, put_in

HOSTILE = "<script>alert(1)</script>\"'></textarea><img src=x onerror=alert(1)> \u202e ünï {{ 7 }} "

# The state of an assessment: nothing, some and all of it answered, and all texts hostile.
STATES: dict[str, Callable[[], dict[str, Any]]] = {
    "empty": named,
    "partial": lambda: example_document("service_desk"),
    "full": full_document,
    "hostile": lambda: hostile_document(),
    "detailed costs": detailed_document,
    "uncertain costs": ranged_document,
}
OWN_PAGES = ("overview", "review", "result", "delete", "make_link", "history", "sign_off")
VERSION_PAGES: dict[str, tuple[Any, ...]] = {
    "versions": (),
    "version": (1,),
    "version_diff": (1, "now"),
    "go_back": (1,),
    "answer_history": ("answers.brand_voice",),
}


def hostile_document() -> dict[str, Any]:
    document = full_document()
    document["use_case"] |= {"name": HOSTILE, "task": HOSTILE * 50, "model": HOSTILE}
    for key in FRAMEWORK.keys("ceiling"):
        document["answers"][key] = {"value": "yes", "evidence": HOSTILE * 3, "link": "https://e.org/\"'><b>"}
    document["data"] = [{"label": HOSTILE, "required": 9, "available": 1, "reviewed": 0}]
    return document


def pages_of(client: Client, assessment: Assessment) -> dict[str, Any]:
    """The response of every page of an assessment, by a name for it."""
    pages = {name: client.get(reverse(name, args=[assessment.pk])) for name in OWN_PAGES}
    pages |= {f"result, {page}": client.get(reverse("result_page", args=[assessment.pk, page])) for page in BEHIND}
    for section in (*FRAMEWORK.sections, FRAMEWORK.quick):
        pages[f"section {section.key}"] = client.get(section_url(assessment, section.key))
    pages |= costs_pages(client, assessment)
    imported = an_import(assessment, name=HOSTILE)
    pages["comparison"] = client.get(reverse("comparison", args=[assessment.pk]))
    pages["evidence"] = client.get(reverse("evidence", args=[assessment.pk]))
    for name in ("evidence_import", "remove_evidence"):
        pages[name] = client.get(reverse(name, args=[assessment.pk, imported.pk]))
    client.post(reverse("freeze", args=[assessment.pk]), {"reason": HOSTILE})
    for name, more in VERSION_PAGES.items():
        pages[name] = client.get(reverse(name, args=[assessment.pk, *more]))
    token = sharing.make_link(assessment, None)
    pages["shared result"] = Client().get(reverse("shared_result", args=[token]))
    pages |= {f"shared, {page}": Client().get(reverse("shared_page", args=[token, page])) for page in BEHIND}
    pages["result with a link"] = client.get(reverse("result", args=[assessment.pk]))
    pages["links"] = client.get(reverse("links", args=[assessment.pk]))
    return pages


def costs_pages(client: Client, assessment: Assessment) -> dict[str, Any]:
    """The pages of costs in detail: of the case, of today's prompt, and the lists to pick from."""
    whole = ("costs_detail", "costs_prices", "prompt_tokens")
    of_the_case = {name: client.get(reverse(name, args=[assessment.pk])) for name in whole}
    names = ("costs_approach", "costs_model", "costs_tuning", "costs_tokens")
    today = {name: client.get(reverse(name, args=[assessment.pk, "status_quo"])) for name in names}
    return of_the_case | today


def filled_costs(client: Client) -> dict[str, Any]:
    """Costs pages with numbers from everywhere, with faults and in conflict."""
    document = example_document("eight_approaches")
    numbers = document["costs"]["detailed"]["approaches"]
    del numbers["hybrid"], numbers["prompting"]
    origin = {"kind": "price_list", "provider": HOSTILE, "model": HOSTILE, "as_of": "2020-01-01"}
    document["origins"] = {"costs.detailed.status_quo.input_price": origin}
    assessment = bring_in(client, document)
    url = reverse("costs_approach", args=[assessment.pk, "status_quo"])
    tuned = reverse("costs_approach", args=[assessment.pk, "fine_tune_small"])
    form = Page(client.get(url)).form("section-form")
    client.post(reverse("costs_detail", args=[assessment.pk]), {"add": "hybrid"})
    client.post(reverse("costs_tuning", args=[assessment.pk, "hybrid"]), {"offer": "openai_gpt_4_1"})
    client.post(
        reverse("costs_model", args=[assessment.pk, "fine_tune_small"]), {"provider": "openai", "model": "gpt-5"}
    )
    client.post(url, form | {"user_tokens": "201"})
    tokens = reverse("costs_tokens", args=[assessment.pk, "status_quo"])
    return {
        "costs filled": client.get(reverse("costs_detail", args=[assessment.pk])),
        "costs approach filled": client.get(tuned),
        "costs approach added": client.get(reverse("costs_approach", args=[assessment.pk, "hybrid"])),
        "costs with faults": client.post(url, form | {"accuracy": HOSTILE, "calls-low": "9"}),
        "costs in conflict": client.post(url, form | {"user_tokens": "202"}),
        "prices filled": client.get(reverse("costs_prices", args=[assessment.pk])),
        "prices not as shown": client.post(reverse("costs_prices", args=[assessment.pk]), {"shown": HOSTILE}),
        "no such model": client.post(reverse("costs_model", args=[assessment.pk, "status_quo"]), {"model": HOSTILE}),
        "models searched": client.get(
            reverse("costs_model", args=[assessment.pk, "status_quo"]), {"provider": "azure", "q": HOSTILE}
        ),
        "prompt counted": client.post(tokens, {"prompt": HOSTILE}),
        "prompt too long": client.post(tokens, {"prompt": "x" * 250_001}),
    }


def other_pages(client: Client) -> dict[str, Any]:
    """The response of every other page: of the site itself, after a fault, and in a conflict."""
    load_sample("task-api", example_document("task_api"))
    gone = bring_in(client, named("Deleted"))
    client.post(reverse("delete", args=[gone.pk]))
    assessment = bring_in(client, example_document("task_api"))
    costs, reasons = section_url(assessment, "costs"), section_url(assessment, "reasons_for")
    stale = open_section(client, assessment, "reasons_for")
    save_one(client, assessment, "brand_voice", "unsure", evidence=HOSTILE)
    strict = Client(enforce_csrf_checks=True)
    return {
        **filled_costs(client),
        **link_pages(client, assessment),
        **team_pages(),
        "landing": client.get("/"),
        "privacy": client.get("/privacy/"),
        "method": client.get("/method/"),
        "list": client.get("/assessments/"),
        "empty list": Client().get("/assessments/"),
        "import": client.get("/import/"),
        "import with faults": upload(client, '{"answers": {"<b>": 1}}'),
        "sample": client.get("/samples/task-api/"),
        "verify": client.get("/verify/"),
        "verify with faults": client.post("/verify/", {"hash": HOSTILE}),
        "verify unknown": client.post("/verify/", {"hash": "0" * 64}),
        "link": client.post(reverse("make_link", args=[assessment.pk])),
        "section with faults": client.post(costs, {"hourly_rate": HOSTILE, "api_savings": "x", "from": "review"}),
        "section in conflict": client.post(reasons, stale | {"brand_voice": "no"}),
        "not found": client.get("/nothing/"),
        "no csrf": strict.post("/a/"),
        "too large": client.generic("POST", "/import/", b"", CONTENT_LENGTH="9000000"),
        "unreadable": client.generic("POST", "/import/", b"x", content_type="multipart/form-data"),
        "dark": Client(headers={"Cookie": "appearance=dark"}).get("/"),
    }


def pages_of_people(client: Client) -> dict[str, Any]:
    """The response of every page about accounts and workspaces, before and after somebody has signed in."""
    team, wrong = make_team(), {"typed": "<b>", "name": "", "email": HOSTILE, "role": "boss"}
    User.objects.filter(pk=team.users["viewer"].pk).update(name=HOSTILE[:100])
    Workspace.objects.filter(pk=team.workspace.pk).update(name=HOSTILE[:100])
    owner, member = team.clients["owner"], team.membership("viewer").pk
    token = people.invite(team.workspace, role=Role.EDITOR, email="", actor=team.users["viewer"])
    people.invite(team.workspace, role=Role.EDITOR, email="else@example.org", actor=None)
    webhook = a_webhook(team.workspace, name=HOSTILE[:60])
    outside = {
        name: client.get(reverse(name))
        for name in (
            *("account_login", "account_signup", "account_reset_password", "account_reset_password_done"),
            *("account_inactive", "account_email_verification_sent", "account_reset_password_from_key_done"),
            *("socialaccount_login_cancelled", "socialaccount_login_error"),
        )
    }
    with override_settings(MAIL_SERVER={"host": "mail.example.org"}):
        outside["reset with mail"] = client.get(reverse("account_reset_password"))
    signing_up = {"name": HOSTILE, "email": HOSTILE, "password1": "x"}
    inside = {
        name: owner.get(reverse(name))
        for name in (
            *("account", "delete_account", "workspaces", "account_logout", "account_email", "mfa_index"),
            *("account_set_password", "socialaccount_connections", "sign_ins", "export_account"),
        )
    }
    return {
        **outside,
        **inside,
        "signing up with faults": client.post(reverse("account_signup"), signing_up),
        "signing in with faults": client.post(reverse("account_login"), {"login": HOSTILE}),
        "a reset link that is old": client.get("/accounts/password/reset/key/zz-abc/"),
        "a confirmation that is old": client.get("/accounts/confirm-email/abc/"),
        "workspace": owner.get(team.url("workspace")),
        "workspace of a viewer": team.clients["viewer"].get(team.url("workspace")),
        "invitation made": owner.post(team.url("invite"), {"role": "viewer"}),
        "invitation with faults": owner.post(team.url("invite"), wrong),
        "settings with faults": owner.post(team.url("change_workspace"), wrong),
        "role with faults": owner.post(team.url("change_member", member), wrong),
        "start with faults": owner.post(reverse("start_workspace"), wrong),
        "webhooks": owner.get(team.url("webhooks")),
        "webhooks with faults": owner.post(team.url("webhooks"), wrong),
        "webhook": owner.get(team.url("webhook", webhook.pk)),
        "webhook with faults": owner.post(team.url("webhook", webhook.pk), wrong),
        "delete a webhook": owner.get(team.url("delete_webhook", webhook.pk)),
        "waiting with a webhook": owner.get(reverse("waiting")),
        "remove": owner.get(team.url("remove_member", member)),
        "leave": team.clients["editor"].get(team.url("leave_workspace")),
        **framework_pages(team),
        "leave as the last owner": owner.get(team.url("leave_workspace")),
        "delete": owner.get(team.url("delete_workspace")),
        "delete with faults": owner.post(team.url("delete_workspace"), wrong),
        "name with faults": owner.post(reverse("account"), wrong),
        "delete an account": team.clients["viewer"].get(reverse("delete_account")),
        "join": client.get(reverse("join", args=[token])),
        "join inside": team.outsider.get(reverse("join", args=[token])),
        "join as a member": owner.get(reverse("join", args=[token])),
        "list": owner.get("/assessments/"),
        "overview of a viewer": team.clients["viewer"].get(reverse("overview", args=[team.assessment.pk])),
        "result of a viewer": team.clients["viewer"].get(reverse("result", args=[team.assessment.pk])),
        "role does not allow": team.clients["viewer"].get(section_url(team.assessment, "costs")),
        "nowhere to start": team.clients["viewer"].post("/a/"),
        **pages_of_two_step(),
    }


def framework_pages(team: Team) -> dict[str, Any]:
    """A team's own framework with hostile words, its draft, its version, and an assessment that may move to it."""
    owner, editor = team.clients["owner"], team.users["editor"]
    words = HOSTILE.replace("{{ 7 }}", "")
    own = a_framework(team.workspace, editor, "Ours <b>\"'</b>", gates__no_case__because=words)
    version = published(own, editor, note=HOSTILE)
    own.changes |= {"gates.exploring.closes": ["all"], "thresholds.pilot_net": 3}
    own.swings = eight_answers()
    own.save()
    said = {"gates.no_case.because": words}
    changes = said | {"gates.no_case.short": words[:20], "guides.tools.works.text": words[:25]}
    held = OwnFramework(base="v1", changes=changes, name="Both", languages=("en", "de"), words={"de": said})
    both = own_frameworks.start(team.workspace, editor, held)
    published(both, editor, note=HOSTILE)
    to = reverse("assessment_framework", args=[team.assessment.pk])
    wrong = {"was-gates.no_case.when": "null", "gates.no_case.when": HOSTILE}
    return {
        "frameworks": owner.get(team.url("frameworks")),
        "frameworks with faults": owner.post(team.url("frameworks"), {"name": ""}),
        "framework": owner.get(team.url("framework", own.pk)),
        "gates of a framework": owner.get(team.url("framework_part", own.pk, "gates")),
        "gates with faults": owner.post(team.url("framework_part", own.pk, "gates"), wrong),
        "approaches of a framework": owner.get(team.url("framework_part", own.pk, "approaches")),
        "cases of a framework": owner.get(team.url("framework_part", own.pk, "precedents")),
        "scores of a framework": team.clients["viewer"].get(team.url("framework_part", own.pk, "scores")),
        "questions of a framework": owner.get(team.url("framework_part", own.pk, "questions-ceiling")),
        "comparisons": owner.get(team.url("framework_swings", own.pk)),
        "comparisons with faults": owner.post(team.url("framework_swings", own.pk), {"1-latency": HOSTILE}),
        "comparisons of a viewer": team.clients["viewer"].get(team.url("framework_swings", own.pk)),
        "publish": owner.get(team.url("publish_framework", own.pk)),
        "publish with faults": owner.post(team.url("publish_framework", own.pk), {"note": ""}),
        "framework version": owner.get(team.url("framework_version", own.pk, 1)),
        "framework in two languages": owner.get(team.url("framework", both.pk)),
        "gates in two languages": owner.get(team.url("framework_part", both.pk, "gates")),
        "framework version in two languages": owner.get(team.url("framework_version", both.pk, 1)),
        "framework method": owner.get(team.url("framework_method", own.pk, 1)),
        "frameworks to move to": owner.get(to),
        "move to a framework": owner.get(f"{to}?to={version.key}"),
    }


def pages_of_two_step() -> dict[str, Any]:
    """A workspace that opens only with two-step sign-in, for who has it and for who has not."""
    team = a_team("Secure")
    owner, viewer = team.people["owner-of-secure"], team["viewer-of-secure"]
    url = reverse("workspace", args=[team.workspace.pk])
    sent = {"name": HOSTILE[:90], "needs_two_step": "on"}
    refused = team["owner-of-secure"].post(reverse("change_workspace", args=[team.workspace.pk]), sent)
    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    Workspace.objects.filter(pk=team.workspace.pk).update(needs_two_step=True, name=HOSTILE[:90])
    owner.set_password("correct horse battery")
    owner.save()
    browser = signed_in(owner)
    asked = browser.get(reverse("mfa_deactivate_totp"))["Location"]
    pages = {"password again": browser.get(asked), "code again": browser.get(reverse("mfa_reauthenticate"))}
    browser.post(asked, {"password": "correct horse battery"})
    return {
        **pages,
        "two-step settings with faults": refused,
        "two-step workspace": browser.get(url),
        "two-step to switch off": browser.get(reverse("mfa_deactivate_totp")),
        "closed workspace": viewer.get(url),
        "closed among workspaces": viewer.get("/workspaces/"),
        "list without a closed one": viewer.get("/assessments/"),
        "two-step to switch on": viewer.get(reverse("mfa_index")),
    }


def link_pages(client: Client, assessment: Assessment) -> dict[str, Any]:
    """The form of a link with faults, what can be done to one, and what a visitor meets first."""
    choices = sharing.Choices(name=HOSTILE, passphrase="correct horse", openings_allowed=1)
    closed = reverse("shared_result", args=[sharing.make_link(assessment, None, choices)])
    counted = reverse("shared_result", args=[sharing.make_link(assessment, None, sharing.Choices(openings_allowed=1))])
    link = assessment.share_links.last()
    assert link
    change = reverse("change_link", args=[assessment.pk, link.pk])
    pages = {
        "link with faults": client.post(
            reverse("make_link", args=[assessment.pk]), {"choices": "1", "name": HOSTILE * 2, "passphrase": "x"}
        ),
        "change link": client.get(change),
        "change link with faults": client.post(change, {"name": HOSTILE, "openings": HOSTILE}),
        "switch off": client.get(reverse("switch_off", args=[assessment.pk, link.pk])),
        "links of every kind": client.get(reverse("links", args=[assessment.pk])),
        "closed link": Client().get(closed),
        "counted link": Client().get(counted),
        "closed link with a fault": Client().post(closed, {"passphrase": HOSTILE}),
    }
    for _ in range(4):
        Client().post(closed, {"passphrase": "wrong"})
    return pages | {"closed link, locked out": Client().post(closed, {"passphrase": "wrong"})}


def team_pages() -> dict[str, Any]:
    """Pages that only a team has."""
    team = a_team()
    assessment = brought_in(team, example_document("task_api"))
    editor, address = team["editor"], reverse("comments", args=[assessment.pk])
    nothing_waits = editor.get("/waiting/")
    for place in ("result", "costs"):
        to_comment = reverse("comment", args=[assessment.pk, place])
        editor.post(to_comment, {"text": f"@Editor {HOSTILE}"})
        editor.post(to_comment, {"text": "Done"})
        done = assessment.comments.get(place=place, text="Done")
        editor.post(reverse("resolve_comment", args=[assessment.pk, done.pk]))
    return {
        "comments": editor.get(address),
        "comment with a fault": editor.post(to_comment, {"text": HOSTILE * 500}),
        "section of a team": editor.get(section_url(assessment, "costs")),
        "result of a team": team["viewer"].get(reverse("result", args=[assessment.pk])),
        "waiting": editor.get("/waiting/"),
        "nothing waits": nothing_waits,
        **rater_pages(editor, list(team.people.values()), assessment),
    }


def rater_pages(editor: Client, members: list[User], assessment: Assessment) -> dict[str, Any]:
    """Pages of several raters: those of a round that is compared, then those of an open one, which close the others."""
    raters = reverse("raters", args=[assessment.pk])
    compared = reverse("rating_round", args=[assessment.pk, closed_round(assessment, members[:3]).pk])
    pages = {"raters": editor.get(raters), "raters with a fault": editor.post(raters, {"section": "", "member": "1"})}
    pages |= {"raters compared": editor.get(compared)}
    opened = editor.post(raters, {"section": "readiness", "member": [one.pk for one in members]})["Location"]
    questions = f"{opened}answers/"
    wrong = {"eval_set": HOSTILE, "eval_set-evidence": HOSTILE}
    return pages | {
        "raters asked": editor.get(opened),
        "questions of a rater": editor.get(questions),
        "questions of a rater with faults": editor.post(questions, wrong),
        "closed to a rater": editor.get(reverse("result", args=[assessment.pk])),
        "waiting for a rater": editor.get("/waiting/"),
    }


def workspace_pages() -> dict[str, Any]:
    """The response of every page over the assessments of a workspace."""
    load_sample("task-api", example_document("task_api"))
    empty, full = new_workspace("<b>Empty</b>"), new_workspace()
    ids = [put_in(full, make()).pk for make in STATES.values()]
    owner, portfolio = browser_of_a("owner", full), reverse("portfolio", args=[full.pk])
    compare = reverse("compare", args=[full.pk])
    return {
        "portfolio": owner.get(portfolio),
        "portfolio, filtered": owner.get(f"{portfolio}?q={quote(HOSTILE)}&verdict=other&order=name&reverse=1"),
        "portfolio of a viewer": browser_of_a("viewer", full).get(portfolio),
        "empty portfolio": browser_of_a("owner", empty).get(reverse("portfolio", args=[empty.pk])),
        "empty portfolio of a viewer": browser_of_a("viewer", empty).get(reverse("portfolio", args=[empty.pk])),
        "comparison": owner.get(f"{compare}?{urlencode({'a': ids[:5]}, doseq=True)}"),
        "refused comparison": owner.get(f"{compare}?a={ids[0]}"),
    }


def fragments(client: Client) -> dict[str, Any]:
    """What htmx swaps in, by a name for it."""
    assessment = bring_in(client, example_document("task_api"))
    stale = open_section(client, assessment, "reasons_for") | {"brand_voice": "no"}
    full = new_workspace()
    put_in(full, hostile_document())
    put_in(full, named())
    url, htmx = reverse("value", args=[assessment.pk, "answers.brand_voice"]), {"HX-Request": "true"}
    number = reverse("value", args=[assessment.pk, "costs.detailed.status_quo.calls"])
    costs = Page(client.get(reverse("costs_approach", args=[assessment.pk, "status_quo"]))).form("section-form")
    case = Page(client.get(reverse("costs_detail", args=[assessment.pk]))).form("section-form")
    growth = reverse("value", args=[assessment.pk, "costs.detailed.monthly_growth"])
    return {
        "saved": client.post(url, stale | {"brand_voice": "unsure"}, headers=htmx),
        "conflict": client.post(url, stale, headers=htmx),
        "refused": client.post(url, stale | {"brand_voice-link": HOSTILE}, headers=htmx),
        "link": client.post(reverse("make_link", args=[assessment.pk]), headers=htmx),
        "number saved": client.post(number, costs | {"calls": "2", "calls-high": "3"}, headers=htmx),
        "number in conflict": client.post(number, costs | {"calls": "4"}, headers=htmx),
        "number refused": client.post(number, costs | {"calls": HOSTILE}, headers=htmx),
        "number of the case": client.post(growth, case | {"monthly_growth": "3"}, headers=htmx),
        "prompt": client.post(
            reverse("costs_tokens", args=[assessment.pk, "status_quo"]), {"prompt": "Be brief."}, headers=htmx
        ),
        "chances": client.get(reverse("chances", args=[bring_in(client, ranged_document()).pk]), headers=htmx),
        **comment_fragments(),
        "portfolio": browser_of_a("owner", full).get(reverse("portfolio", args=[full.pk]), headers=htmx),
        "ticked": client.post(reverse("ticks", args=[assessment.pk]), {"toggled": "alarm"}, headers=htmx),
    }


def comment_fragments() -> dict[str, Any]:
    team = a_team("Talk")
    assessment = brought_in(team, example_document("task_api"))
    url, htmx = reverse("comment", args=[assessment.pk, "costs"]), {"HX-Request": "true"}
    return {
        "comment": team["editor-of-talk"].post(url, {"text": HOSTILE, "page": "section"}, headers=htmx),
        "comment with a fault": team["editor-of-talk"].post(url, {"text": "", "page": "section"}, headers=htmx),
    }
