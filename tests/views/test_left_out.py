"""What a link leaves out is not in the page, the PDF or the file inside it: nothing of it, in no form."""

import io
import re
import shutil
from typing import Any

import pikepdf
import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessments.engine.content_hash import RULE
from assessments.engine.document import read_document
from assessments.engine.result_json import result_json
from assessments.framework import load_framework
from assessments.models import Assessment, ShareLink, Version
from assessments.pages.figures import FIGURE_FILES
from assessments.pages.paper_trail import PaperTrail
from assessments.pages.reader import Reader
from assessments.pages.reading import _draw
from assessments.pages.report import report_html
from assessments.services import sharing
from assessments.services.answer_sheet import AnswerSheet, read_sheet, sheet_of_document
from assessments.services.extract import LEFT_OUT, Scope, extract
from assessments.services.report import pdf_is_available
from assessments.services.sharing import Choices

from ..documents import EXAMPLES, example_document, full_document
from ..pages import Page
from ..pdf.paper import Paper, needs_poppler
from ..unmistakable import LINK, SHA256, TEXT, document, holds
from ..visits import FRAMEWORK, bring_in, contents, result_urls, save_one, shared_urls

poppler = shutil.which("pdftotext")
needs_pdf = pytest.mark.skipif(not pdf_is_available(), reason="needs Pango")


def numbers_of(sheet: AnswerSheet) -> set[str]:
    """Every figure among the costs, as entered and as worked out, in each way in which it could be written."""
    economics = sheet.decision.economics
    assert economics
    assert economics.investment
    worth = economics.investment
    flow = worth.cash_flow
    found = {*economics.inputs.values(), flow.upfront, *flow.flows, *flow.cumulative, flow.monthly_net[0]}
    found |= {7101, 7303, 0.7717, worth.npv, worth.net}
    found |= {worth.roi or 0, worth.break_even_months or 0, worth.discounted_break_even_months or 0}
    written = {text for one in found for text in (f"{one:,.0f}", f"{one:.0f}", f"{one:,.2f}", f"{one:g}", repr(one))}
    return {text.lstrip("-") for text in written if len(re.sub(r"\D", "", text)) >= 4}


class Shared:
    """What somebody gets who opens a link: the page, the PDF with all that is packed into it, and the file."""

    def __init__(self, assessment: Assessment, **choices: Any) -> None:
        token = sharing.make_link(assessment, None, Choices(**choices))
        visitor = Client()
        self.page = contents(visitor, shared_urls(token, costs=choices.get("scope", Scope()).costs))
        response = visitor.get(reverse("shared_report", args=[token]))
        assert response["Content-Type"] == "application/pdf"
        self.pdf = pikepdf.open(io.BytesIO(response.content))
        self.paper = Paper(response.content).text if poppler else ""
        assert not self.pdf.attachments, "who has a link may not export the document"
        self.unpacked = "\n".join(_streams(self.pdf))

    @property
    def read(self) -> str:
        """What people and programs read. The rest of a PDF is full of numbers that mean places."""
        return "\n".join([self.page, self.paper])

    @property
    def all(self) -> str:
        return "\n".join([self.read, self.unpacked])


def _streams(pdf: pikepdf.Pdf) -> list[str]:
    """Every object and stream of a PDF in the clear."""
    found = []
    for thing in pdf.objects:
        found.append(str(thing))
        if isinstance(thing, pikepdf.Stream):
            found.append(thing.read_bytes().decode("latin-1"))
    return found


@pytest.fixture
def assessment(owner: Client) -> Assessment:
    return bring_in(owner, document())


@needs_pdf
def test_what_is_not_left_out_is_there(assessment: Assessment) -> None:
    """So that the search below could find something."""
    whole = Shared(assessment)
    numbers = numbers_of(read_sheet(assessment))
    assert len(holds(whole.page, numbers)) > 20
    assert TEXT in whole.page
    assert LINK in whole.page
    assert "Pays back" in whole.page
    assert SHA256 in whole.page


@needs_pdf
def test_costs_that_are_left_out_are_nowhere(assessment: Assessment, figure: Any) -> None:
    shared = Shared(assessment, scope=Scope(costs=False))
    found = holds(shared.read, numbers_of(read_sheet(assessment)))
    figure("numbers found where costs are left out", found, f"{len(numbers_of(read_sheet(assessment)))} numbers")
    for words in ("Pays back", "Hourly rate", "37 months", "cash-figure", "plotly", "status_quo"):
        assert words not in shared.page, words
    text = text_of(shared.page)  # the page itself holds tokens, in which any three digits can stand
    assert "173" not in text
    assert TEXT in text
    assert "Left out here: costs" in text


def test_how_fast_it_pays_back_is_left_out_where_a_go_asks_for_it(owner: Any) -> None:
    whole = example_document("task_api")
    whole["costs"] = {"summary": {"training_cost": 8_000, "api_savings": 3_123}}
    assessment = bring_in(owner, whole)
    own = contents(owner, result_urls(assessment))
    assert "Payback in under 6 months (now 7.5 months)" in own
    token = sharing.make_link(assessment, None, Choices(scope=Scope(costs=False)))
    page = contents(Client(), shared_urls(token, costs=False))
    assert "Payback fast enough for a full go" in page
    assert "7.47" not in page
    assert "under 6 months" not in page
    assert "$14,000" in own


@needs_pdf
def test_evidence_that_is_left_out_is_nowhere(assessment: Assessment) -> None:
    shared = Shared(assessment, scope=Scope(evidence=False))
    for words in ("ebrafish", "evidence.example", SHA256[:12]):
        assert words not in shared.all
    assert "4711" not in shared.read
    assert "Measured" in shared.page  # how strong it is stays
    assert "typed" not in shared.read.casefold()  # nor where an answer comes from
    assert LEFT_OUT in shared.page
    assert "$" in shared.page


@needs_pdf
@needs_poppler
def test_a_pdf_s_text_holds_none_of_it_either(assessment: Assessment) -> None:
    """The glyphs of a PDF are numbers; only a reader of fonts can say what they spell."""
    token = sharing.make_link(assessment, None, Choices(scope=Scope(costs=False, evidence=False)))
    paper = Paper(Client().get(reverse("shared_report", args=[token])).content)
    assert holds(paper.text, numbers_of(read_sheet(assessment))) == set()
    assert "ebrafish" not in paper.text
    assert "This copy leaves out costs and evidence" in paper.text
    assert "Content, SHA-256" not in paper.text  # few costs could be guessed with it
    assert "Costs and return" not in paper.text


def text_of(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def test_the_file_without_costs_is_a_whole_document_and_gives_the_result_that_is_shown(assessment: Assessment) -> None:
    sheet = extract(read_sheet(assessment), Scope(costs=False, evidence=False))
    read = sheet_of_document(FRAMEWORK, sheet.raw)
    assert read.raw == sheet.raw
    assert result_json(read.decision) == result_json(sheet.decision)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_verdict_is_that_of_the_answers_without_what_is_left_out(owner: Any, name: Any) -> None:
    document = example_document(name)
    assessment = bring_in(owner, document)
    bare = bring_in(owner, {key: part for key, part in document.items() if key != "costs"})
    own = Page(owner.get(reverse("result", args=[bare.pk])))
    token = sharing.make_link(assessment, None, Choices(scope=Scope(costs=False)))
    page = Page(Client().get(reverse("shared_result", args=[token])))
    assert page.words("v-h") == own.words("v-h")
    assert "Decided without the costs" in page.words("main")
    token = sharing.make_link(assessment, None, Choices(scope=Scope(evidence=False)))
    page = Page(Client().get(reverse("shared_result", args=[token])))
    assert page.words("v-h") == Page(owner.get(reverse("result", args=[assessment.pk]))).words("v-h")
    assert "Decided without the costs" not in page.words("main")


def ready_to_go() -> dict[str, Any]:
    """Everything that a go asks for, the payback with it."""
    document = example_document("task_api")
    document["override_weeks"] = [30, 32, 33, 35]
    document["answers"] |= dict.fromkeys(("root_cause_known", "prompt_fix_failed", "regression_baseline"), "yes")
    document["readiness"] = {"labelled_examples": 20_000, "reviewed_examples": 20_000}
    return document


def test_a_go_that_rests_on_the_costs_is_not_told_where_they_are_left_out(owner: Any) -> None:
    """A pilot, for the want of a fast payback: so it would be, too, if none were entered or it never paid back."""
    document = ready_to_go()
    assessment = bring_in(owner, document)
    assert "Go." in Page(owner.get(reverse("result", args=[assessment.pk]))).words("v-h")
    token = sharing.make_link(assessment, None, Choices(scope=Scope(costs=False)))
    page = Page(Client().get(reverse("shared_result", args=[token])))
    assert "Pilot first." in page.words("v-h")
    plan = Page(Client().get(reverse("shared_page", args=[token, "plan"]))).words("main")
    assert "Payback fast enough for a full go" in plan
    assert "Costs and benefits filled in" not in plan


def test_scores_that_a_team_gave_for_what_it_costs_are_left_out_with_the_costs(owner: Any) -> None:
    document = example_document("task_api")
    own = {"approach": "hybrid", "score": 1, "reason": "We were quoted 98713 a month"}
    document["matrix"] = {
        "overrides": [own | {"criterion": "run_cost"}, own | {"criterion": "latency", "reason": "Slow"}]
    }
    token = sharing.make_link(bring_in(owner, document), None, Choices(scope=Scope(costs=False)))
    page = contents(Client(), shared_urls(token, costs=False))
    assert "98713" not in page
    assert "Slow" in page


def test_links_of_different_scope_do_not_share_what_was_drawn(assessment: Assessment) -> None:
    """The body of a page is kept: one kept for a reader who may see everything must not reach another."""
    tokens = [
        sharing.make_link(assessment, None, Choices(scope=Scope(costs=costs, evidence=evidence)))
        for costs, evidence in ((True, True), (False, True), (True, False), (False, False))
    ]
    for _ in range(2):
        pages = [contents(Client(), shared_urls(token, costs=place % 2 == 0)) for place, token in enumerate(tokens)]
        assert [("Pays back" in page, TEXT in page) for page in pages] == [
            (True, True),
            (False, True),
            (True, False),
            (False, False),
        ]


def test_other_weights_in_the_address_bring_nothing_back(assessment: Assessment) -> None:
    token = sharing.make_link(assessment, None, Choices(scope=Scope(costs=False, evidence=False)))
    address = reverse("shared_page", args=[token, "options"])
    for query in ("?w-quality=5", "?w-quality=nonsense", "?costs=1&evidence=1"):
        page = Client().get(address + query).content.decode()
        assert ("Pays back" in page, TEXT in page) == (False, False)


# What somebody sees must not depend on what is left out.

_MONEY = st.integers(0, 60_000)
_SUMMARY = st.fixed_dictionaries(
    {"training_cost": st.integers(1_000, 90_000), "api_savings": st.integers(1_500, 8_000)},
    optional=dict.fromkeys(("other_upfront", "quality_value", "inference_cost"), _MONEY),
)


def _drawn(raw: dict[str, Any], scope: Scope) -> tuple[str, str, str]:
    framework = load_framework()
    read_document(raw, framework)
    whole = sheet_of_document(framework, raw)
    sheet = extract(whole, scope)
    assessment, reader = Assessment(framework="v1", pk="abc"), Reader(kind="link", key="x", scope=scope)
    return (
        "".join(_draw(assessment, reader, page, sheet).body for page in reader.pages),
        report_html(sheet, PaperTrail(content_hash="0" * 64, standing=""), at=assessment.changed_at),
        str(sheet.raw),
    )


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.generate])
@given(st.sampled_from(["task_api", "full"]), _SUMMARY, st.integers(1, 120))
def test_pages_without_costs_do_not_depend_on_the_costs(name: Any, summary: Any, months: Any) -> None:
    raw = full_document() if name == "full" else example_document(name)
    one = raw | {"costs": {"summary": {"training_cost": 1_000_000}}}
    other = raw | {"costs": {"summary": summary, "horizon_months": months}}
    first, second = (_drawn(version, Scope(costs=False)) for version in (one, other))
    # The date is when each was made.
    assert [_undated(text) for text in first] == [_undated(text) for text in second]


def _undated(text: str) -> str:
    return re.sub(r"\d{1,2} \w+ 20\d\d", "", text)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.generate])
@given(st.text(min_size=1, max_size=80), st.sampled_from(sorted(example_document("task_api")["answers"])))
def test_pages_without_evidence_do_not_depend_on_its_words(text: Any, key: Any) -> None:
    drawn = []
    for evidence in ("Seen", text):
        raw = example_document("task_api")
        raw["answers"][key] = {"value": "yes", "evidence": evidence.replace("\0", ""), "strength": "documented"}
        try:
            read_document(raw, load_framework())
        except Exception:
            return  # a text that nobody could have saved
        drawn.append([_undated(part) for part in _drawn(raw, Scope(evidence=False))])
    if text.replace("\0", ""):
        assert drawn[0] == drawn[1]


# versions


def frozen(assessment: Assessment) -> Version:
    sheet = read_sheet(assessment)
    return Version.objects.create(
        assessment=assessment,
        number=assessment.versions.count() + 1,
        framework=assessment.framework,
        document=sheet.raw,
        result=result_json(sheet.decision),
        content_hash="0" * 64,
        hash_rule=RULE,
    )


def test_a_link_to_a_version_stays_as_it_was(owner: Any, assessment: Assessment) -> None:
    caches["results"].clear()
    version = frozen(assessment)
    fixed = reverse("shared_result", args=[sharing.make_link(assessment, None, Choices(version=version))])
    newest = reverse("shared_result", args=[sharing.make_link(assessment, None)])
    before = Page(Client().get(fixed)).words("main")
    assert "Version 1, " in before
    save_one(owner, assessment, "name", "Renamed")
    save_one(owner, assessment, "brand_voice", "no")
    assert Page(Client().get(fixed)).words("main") == before
    assert "Renamed" in Page(Client().get(newest)).title
    assert "Renamed" not in Page(Client().get(fixed)).title


@needs_pdf
def test_a_version_leaves_out_what_its_link_leaves_out(assessment: Assessment) -> None:
    shared = Shared(assessment, version=frozen(assessment), scope=Scope(costs=False, evidence=False))
    assert holds(shared.read, numbers_of(read_sheet(assessment))) == set()
    assert "ebrafish" not in shared.all


def test_two_versions_do_not_mix(owner: Any, assessment: Assessment) -> None:
    first = frozen(assessment)
    save_one(owner, assessment, "name", "Second")
    second = frozen(assessment)
    tokens = [sharing.make_link(assessment, None, Choices(version=one)) for one in (first, second)]
    titles = [Page(Client().get(reverse("shared_result", args=[token]))).title for token in tokens]
    assert ["Second" in title for title in titles] == [False, True]
    assert ShareLink.objects.count() == 2


def test_links_that_lead_away_tell_nobody_where_from(assessment: Assessment) -> None:
    page = Page(Client().get(reverse("shared_page", args=[sharing.make_link(assessment, None), "cases"])))
    away = [link for link in page.all("a") if "//" in (link.get("href") or "")]
    assert len(away) > 3
    assert [
        link.get("href") for link in away if not {"noreferrer", "noopener"} <= set(link.get("rel", "").split())
    ] == []


def test_no_other_address_of_a_link_gives_what_it_leaves_out(assessment: Assessment) -> None:
    """The chances and the files of figures have addresses of their own, which are not on the page then."""
    numbers = numbers_of(read_sheet(assessment))
    token = sharing.make_link(assessment, None, Choices(scope=Scope(costs=False)))
    whole = sharing.make_link(assessment, None)
    page = contents(Client(), shared_urls(token, costs=False))
    assert Client().get(reverse("shared_page", args=[token, "money"])).status_code == 404
    for name, more in (("shared_chances", []), *(("shared_figures", [file]) for file in FIGURE_FILES)):
        address = reverse(name, args=[token, *more])
        assert Client().get(reverse(name, args=[whole, *more])).status_code == 200
        assert address not in page
        for headers in ({}, {"HX-Request": "true"}):
            response = Client().get(address, headers=headers)
            found = response.content.decode("utf-8", "replace")
            assert (name, response.status_code in (200, 404), holds(found, numbers)) == (name, True, set())
            assert "Pays back" not in found


# what goes to the template
