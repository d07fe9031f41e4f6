"""Side by side: which ones the address names, and what is refused."""

import re
from typing import Any

import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.assessments import delete, start

from ..documents import EXAMPLES, example_document, named
from ..every_page import HOSTILE, hostile_document
from ..pages import Page, words
from ..visits import FRAMEWORK
from ..workspaces import browser_of_a, new_workspace, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace() -> Any:
    return new_workspace()


@pytest.fixture
def client(workspace: Any) -> Any:
    return browser_of_a("viewer", workspace)


@pytest.fixture
def two(workspace: Any) -> Any:
    return [put_in(workspace, example_document(name)) for name in ("task_api", "service_desk")]


def ask(client: Any, workspace: Any, *ids: Any) -> Any:
    address = "&".join(f"a={identity}" for identity in ids)
    return client.get(f"{reverse('compare', args=[workspace.pk])}?{address}")


def body(response: Any) -> Any:
    """The page without the value that differs on every visit."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", response.content.decode())


def heads(response: Any) -> Any:
    return [words(head) for head in Page(response).root.xpath("//ul[contains(@class, 'sides')]//h2")]


def test_two_are_shown_in_the_order_of_the_address(client: Any, workspace: Any, two: Any) -> None:
    first, second = two
    response = ask(client, workspace, second.pk, first.pk)
    assert response.status_code == 200
    assert heads(response) == ["Service desk routing: MFA tickets", "Task API assistant"]
    assert "answers and numbers differ." in words(Page(response).root)


def test_what_differs_stands_first_and_what_is_the_same_is_folded_away(client: Any, workspace: Any, two: Any) -> None:
    page = Page(ask(client, workspace, *(one.pk for one in two)))
    (folded,) = page.root.xpath("//details[@class='same']")
    assert folded.get("open") is None
    same = [words(head) for head in folded.xpath(".//tbody//th")]
    different = [words(head) for head in page.root.xpath("//tbody//th[not(ancestor::details)]")]
    assert "What to do" in different
    assert "Upfront" in different
    assert same
    twice = {"Reasons against", *(approach.name for approach in FRAMEWORK.approaches)}  # in two parts
    assert not set(same) & (set(different) - twice)
    assert words(folded.xpath("summary")[0]) == f"{len(same)} the same for all"
    told = f"{len(different)} of {len(different) + len(same)} answers and numbers differ."
    assert told in page.html


def test_every_cell_names_its_use_case_for_narrow_screens(client: Any, workspace: Any, two: Any) -> None:
    page = Page(ask(client, workspace, *(one.pk for one in two)))
    for line in page.root.xpath("//tbody/tr"):
        labels = [cell.get("data-l") for cell in line.xpath("td")]
        assert labels == ["Task API assistant", "Service desk routing: MFA tickets"]


def test_five_are_shown(client: Any, workspace: Any) -> None:
    made = [put_in(workspace, example_document(EXAMPLES[number % 4])) for number in range(5)]
    assert len(heads(ask(client, workspace, *(one.pk for one in made)))) == 5


@pytest.mark.parametrize(("count", "sentence"), [(0, "None of what you chose"), (1, "chose one"), (6, "chose six")])
def test_fewer_than_two_and_more_than_five_are_refused_with_a_sentence(
    client: Any, workspace: Any, count: int, sentence: str
) -> None:
    made = [put_in(workspace, named(f"Case {number}")) for number in range(count)]
    response = ask(client, workspace, *(one.pk for one in made))
    assert response.status_code == 422
    assert sentence in words(Page(response).root)
    back = Page(response).root.xpath("//a[text()='Back to the portfolio']/@href")[0]
    kept = Page(client.get(back)).root.xpath("//input[@name='a'][@checked]/@value")
    assert set(kept) == {one.pk for one in made}


def test_the_same_one_twice_is_one(client: Any, workspace: Any, two: Any) -> None:
    response = ask(client, workspace, two[0].pk, two[0].pk)
    assert response.status_code == 422
    assert "You chose one." in words(Page(response).root)


def test_foreign_deleted_and_unknown_ones_are_left_out_alike(client: Any, workspace: Any, two: Any) -> None:
    foreign = put_in(new_workspace("Another"), named("Foreign"))
    gone, trial = put_in(workspace, named("Gone")), start(None, "a browser", None)
    delete(gone, None)
    ids = [one.pk for one in two]
    shown = ask(client, workspace, *ids)
    for other in (foreign.pk, gone.pk, trial.pk, "abcdefghjkmn", "%00", "..", "x" * 5000, "%ED%A0%80"):
        response = ask(client, workspace, *ids, other)
        assert heads(response) == heads(shown)
        assert body(response) == body(shown)
        alone = ask(client, workspace, ids[0], other)
        assert alone.status_code == 422
        assert "You chose one." in alone.content.decode()


def test_very_many_ids_are_refused_and_not_looked_up_one_by_one(
    client: Any, workspace: Any, two: Any, django_assert_max_num_queries: Any
) -> None:
    many = [f"{number:012}" for number in range(800)]
    with django_assert_max_num_queries(6):
        response = ask(client, workspace, *many)
    assert response.status_code == 422
    assert "None of what you chose" in words(Page(response).root)


def test_hostile_texts_are_text(client: Any, workspace: Any, two: Any) -> None:
    hostile = put_in(workspace, hostile_document())
    response = ask(client, workspace, two[0].pk, hostile.pk)
    assert "<script>alert" not in response.content.decode()
    assert HOSTILE.split()[0] in heads(response)[1]


def test_empty_ones_can_be_compared(client: Any, workspace: Any) -> None:
    made = [start(workspace, "", None) for _ in range(2)]
    response = ask(client, workspace, *(one.pk for one in made))
    assert response.status_code == 200
    assert "0 of" in response.content.decode()


def test_five_ask_as_much_of_the_database_as_two(client: Any, workspace: Any, django_assert_num_queries: Any) -> None:
    made = [put_in(workspace, example_document(EXAMPLES[number % 4])).pk for number in range(5)]
    for some in (made[:2], made):
        with django_assert_num_queries(6):  # session, person, workspace, assessments, answers, one for the head
            response = ask(client, workspace, *some)
        assert (response.status_code, len(heads(response))) == (200, len(some))


def test_looking_changes_nothing(client: Any, workspace: Any, two: Any) -> None:
    before = list(Assessment.objects.order_by("pk").values_list())
    ask(client, workspace, *(one.pk for one in two))
    assert list(Assessment.objects.order_by("pk").values_list()) == before
