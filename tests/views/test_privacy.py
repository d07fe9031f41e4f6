"""The privacy page says what is kept, and for how long."""

from typing import Any

from ..pages import Page


def test_it_names_the_days_for_which_a_delete_can_be_undone(client: Any, db: None) -> None:
    page = Page(client.get("/privacy/"))
    assert "7 days" in page.words("main")


def test_it_says_what_is_kept_of_the_browsers_in_which_one_is_signed_in(client: Any, db: None) -> None:
    told = Page(client.get("/privacy/")).words("main")
    assert "“Firefox on Windows”" in told
    assert "not the address of its network" in told
