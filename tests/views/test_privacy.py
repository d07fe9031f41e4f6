"""The privacy page says what is kept, and for how long."""

from ..pages import Page


def test_it_names_the_days_for_which_a_delete_can_be_undone(client, db):
    page = Page(client.get("/privacy/"))
    assert "7 days" in page.words("main")
