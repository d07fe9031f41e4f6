"""Every page asks the database a fixed number of questions, however much is stored."""

from typing import Any

import pytest
from django.urls import reverse

from assessments.services import report as drawing
from assessments.services import sharing
from assessments.services.assessments import load_sample

from .documents import EXAMPLES, example_document, full_document, named
from .every_page import STATES
from .money import ranged_document
from .pages import Page
from .visits import FRAMEWORK, autosave, bring_in, open_section, result_urls, section_url, start

# Of these, one reads the session, where there is one.
LIST = 5
OWN = {"overview": 4, "review": 4, "comparison": 4, "delete": 3, "export": 3, "result": 5}
SECTION, COSTS = 4, 3  # a section asks where the audit trail ends, or which files name the parts of a release
COSTS_PAGES = ("costs_approach", "costs_model", "costs_tuning", "costs_tokens")


# Drawn for the first time: old drawings go (two), those that wait are counted, one is made (four), taken (six), done,
# its state looked at, read. The second time where the audit trail ends tells that nothing has changed.
REPORT = (23, 4)
AUDIT = 3  # an event at the end of a chain: the event before, the event, the new head
ASKED = 1 + AUDIT  # the request itself, where nothing was done: the chain is that of its assessment


@pytest.fixture(autouse=True)
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "pdf_is_available", lambda: True)
    monkeypatch.setattr(drawing, "draw_pdf", lambda *args, **more: b"%PDF-1.7")


@pytest.mark.parametrize("state", STATES)
def test_pages_of_an_assessment(owner: Any, state: Any, django_assert_num_queries: Any) -> None:
    assessment = bring_in(owner, STATES[state]())
    for name, count in OWN.items():
        with django_assert_num_queries(count):
            assert owner.get(reverse(name, args=[assessment.pk])).status_code == 200
    for count in REPORT:
        with django_assert_num_queries(count):
            assert owner.get(reverse("report", args=[assessment.pk])).status_code == 200
    for section in FRAMEWORK.sections:
        with django_assert_num_queries(SECTION):
            assert owner.get(section_url(assessment, section.key)).status_code == 200
    for url in (*costs_urls(assessment, "status_quo"), reverse("costs_prices", args=[assessment.pk])):
        with django_assert_num_queries(COSTS):
            assert owner.get(url).status_code == 200


def costs_urls(assessment: Any, approach: Any) -> Any:
    of_an_approach = [reverse(name, args=[assessment.pk, approach]) for name in COSTS_PAGES]
    return [reverse("costs_detail", args=[assessment.pk]), *of_an_approach]


def test_costs_of_eight_approaches(owner: Any, django_assert_num_queries: Any) -> None:
    assessment = bring_in(owner, example_document("eight_approaches"))
    for url in costs_urls(assessment, "hybrid"):
        with django_assert_num_queries(COSTS):
            assert owner.get(url).status_code == 200


def test_saving_a_number(owner: Any, django_assert_num_queries: Any) -> None:
    assessment = bring_in(owner, example_document("eight_approaches"))
    url = reverse("costs_approach", args=[assessment.pk, "status_quo"])
    form = Page(owner.get(url)).form("section-form")
    number = reverse("value", args=[assessment.pk, "costs.detailed.status_quo.user_tokens"])
    htmx = {"HX-Request": "true"}
    owner.post(reverse("ticks", args=[assessment.pk]))  # the first event of a chain takes more
    # session, assessment, begin, lock, read, write, two for the history, end
    with django_assert_num_queries(9 + AUDIT):
        assert owner.post(number, form | {"user_tokens": "201"}, headers=htmx).status_code == 200
    with django_assert_num_queries(7 + ASKED):  # the same again is rolled back instead
        assert owner.post(number, form | {"user_tokens": "201"}, headers=htmx).status_code == 200


def test_a_result_that_was_drawn_before(owner: Any, django_assert_num_queries: Any) -> None:
    assessment = bring_in(owner, full_document())
    owner.get(reverse("result", args=[assessment.pk]))
    with django_assert_num_queries(4):  # session, assessment, links, where the audit trail ends
        owner.get(reverse("result", args=[assessment.pk]))
    owner.get(section_url(assessment, "reasons_for"))
    with django_assert_num_queries(3):
        owner.get(section_url(assessment, "reasons_for"))


def test_a_page_behind_the_brief_asks_once_for_the_answers_and_then_no_more(
    owner: Any, django_assert_num_queries: Any
) -> None:
    """Session, assessment, answers; the answers are decided on once, and what was drawn is kept page by page."""
    _, *behind = result_urls(bring_in(owner, full_document()))
    for url in behind:
        with django_assert_num_queries(3):
            assert owner.get(url).status_code == 200
        with django_assert_num_queries(2):
            assert owner.get(url).status_code == 200


def test_behind_a_link(owner: Any, new_client: Any, django_assert_num_queries: Any) -> None:
    token = sharing.make_link(bring_in(owner, full_document()), None)
    visitor = new_client()
    # link, where the audit trail ends, answers; the first time in a minute the visit is counted: begin, count, three
    # for the audit trail, end
    for count in (9, 2):  # the second time it has been drawn
        with django_assert_num_queries(count):
            assert visitor.get(reverse("shared_result", args=[token])).status_code == 200
    for count in (22, 3):  # the second time it has been drawn
        with django_assert_num_queries(count):
            assert visitor.get(reverse("shared_report", args=[token])).status_code == 200


def test_the_chances_and_the_files(owner: Any, new_client: Any, django_assert_num_queries: Any) -> None:
    assessment = bring_in(owner, ranged_document())
    url = reverse("chances", args=[assessment.pk])
    for count in (3, 2):  # the second time they are kept
        with django_assert_num_queries(count):
            assert owner.get(url, headers={"HX-Request": "true"}).status_code == 200
    for file in ("costs.xlsx", "months.csv", "inputs.csv"):
        with django_assert_num_queries(3):
            assert owner.get(reverse("figures", args=[assessment.pk, file])).status_code == 200


def test_the_list_asks_as_much_for_twenty_assessments_as_for_one(owner: Any, django_assert_num_queries: Any) -> None:
    load_sample("task-api", example_document("task_api"))
    bring_in(owner, example_document("task_api"))
    owner.post(reverse("delete", args=[start(owner).pk]))
    with django_assert_num_queries(LIST + 2):
        owner.get("/assessments/")
    for number in range(19):
        bring_in(owner, example_document(EXAMPLES[number % 4]))
    for _ in range(3):
        owner.post(reverse("delete", args=[start(owner).pk]))
    for name in EXAMPLES:
        load_sample(name.replace("_", "-"), example_document(name))
    with django_assert_num_queries(LIST + 2):
        owner.get("/assessments/")


def test_pages_of_the_site(new_client: Any, db: None, django_assert_num_queries: Any) -> None:
    client = new_client()
    for url, count in (("/", 1), ("/privacy/", 0), ("/import/", 0), ("/assessments/", 1), ("/nothing/", 0)):
        with django_assert_num_queries(count):
            client.get(url)
    load_sample("task-api", example_document("task_api"))
    for url, count in (("/", 2), ("/samples/task-api/", 2), ("/samples/task-api/", 1), ("/assessments/", 2)):
        with django_assert_num_queries(count):
            assert client.get(url).status_code == 200


def test_saving(owner: Any, django_assert_num_queries: Any) -> None:
    """A save is in one transaction: a savepoint in this test stands for it."""
    assessment = bring_in(owner, full_document())
    form = open_section(owner, assessment, "reasons_for")
    autosave(owner, assessment, "name", form)  # the first event of a chain takes one statement more
    # session, assessment, begin, lock, read, write, two for the history, four for the audit trail, end
    with django_assert_num_queries(12):
        assert autosave(owner, assessment, "brand_voice", form | {"brand_voice": "no"}).status_code == 200
    form = open_section(owner, assessment, "reasons_for")
    with django_assert_num_queries(7 + ASKED):  # nothing has changed
        assert autosave(owner, assessment, "brand_voice", form).status_code == 200
    with django_assert_num_queries(8 + ASKED):  # reads the sheet to know the section's questions
        assert owner.post(section_url(assessment, "reasons_for"), form).status_code == 302


def test_starting_importing_and_deleting(owner: Any, django_assert_num_queries: Any) -> None:
    assessment = bring_in(owner, named())
    # session, begin, the assessment, the first event of a chain with its head, end
    with django_assert_num_queries(4 + AUDIT + 4):
        assert owner.post("/a/").status_code == 302
    with django_assert_num_queries(3):
        assert owner.get(reverse("delete", args=[assessment.pk])).status_code == 200
    owner.post(reverse("make_link", args=[assessment.pk]))
    with django_assert_num_queries(7 + AUDIT):
        assert owner.post(reverse("delete", args=[assessment.pk])).status_code == 302
