"""Two people fill in the detailed form at once: different numbers never disturb each other, added approaches stay."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from tests.documents import named
from tests.pages import Page
from tests.visits import bring_in, detailed_costs, version_of

from .test_answer_in_threads import run_together, same_browser

SAVES = 25


@pytest.mark.django_db(transaction=True)
def test_nobody_loses_a_number_and_what_follows_today_follows_the_last_one(new_client: Any, figure: Any) -> None:
    client = new_client()
    today = {"user_tokens": 0, "output_tokens": 0}
    assessment = bring_in(client, named(costs={"detailed": {"approaches": {"status_quo": today}}}))
    page = reverse("costs_approach", args=[assessment.pk, "status_quo"])
    blank = Page(client.get(page)).form("section-form")
    refused: list[str] = []

    def editor(key: str) -> None:
        browser, form = same_browser(client), dict(blank)
        for number in range(1, SAVES + 1):
            form[key] = str(number)
            url = reverse("value", args=[assessment.pk, f"costs.detailed.status_quo.{key}"])
            response = browser.post(url, form, headers={"HX-Request": "true"})
            if response.status_code != 200:
                refused.append(f"{key} {number}: {response.status_code}")
                continue
            form[f"{key}-rev"] = Page(response).with_id(f"{key}-rev").get("value")

    def adder() -> None:
        browser = same_browser(client)
        for approach in ("prompting", "hybrid", "tools"):
            browser.post(reverse("costs_detail", args=[assessment.pk]), {"add": approach})

    run_together(lambda: editor("user_tokens"), lambda: editor("output_tokens"), adder)
    told = f"{2 * SAVES + 3} saves of costs, {connection.vendor}"
    figure("saves refused beside somebody else", refused, told)
    approaches = detailed_costs(assessment)["approaches"]
    assert set(approaches) == {"status_quo", "prompting", "hybrid", "tools"}
    for own in approaches.values():
        assert (own["user_tokens"], own["output_tokens"]) == (SAVES, SAVES)
    for key in ("user_tokens", "output_tokens"):
        assert version_of(assessment, f"costs.detailed.status_quo.{key}") == 1 + SAVES
