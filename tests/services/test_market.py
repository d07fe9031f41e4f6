"""The market in force: a file is checked whole, taken over only when reviewed, and signed decisions feel it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from assessments.framework import load_framework
from assessments.framework.market import Market
from assessments.framework.market_file import market_text
from assessments.models import Assessment, MarketFile, SignOff
from assessments.pages.paper_trail import paper_trail
from assessments.services import market
from assessments.services.answer_sheet import read_sheet
from assessments.services.sign_off_due import due_again
from assessments.services.waiting import waiting_for
from tests.documents import named
from tests.signers import Team, approve, browser, new_team

OWN = market.own_market()
TODAY = OWN.as_of


@pytest.fixture(autouse=True)
def as_it_came(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)
    yield
    market.keep(OWN, seconds=float("inf"))


def with_model(key: str, **other: Any) -> Market:
    return replace(OWN, models=tuple(replace(one, **other) if one.key == key else one for one in OWN.models))


@pytest.fixture
def refresh(tmp_path: Path) -> Any:
    """Runs the command on this file; gives what it said, and what it complained of."""

    def refresh(file: Market | str, *more: str) -> tuple[str, str]:
        place, said, faults = tmp_path / "market.toml", StringIO(), StringIO()
        place.write_text(file if isinstance(file, str) else market_text(file), encoding="utf-8")
        try:
            call_command("refresh_market", str(place), *more, stdout=said, stderr=faults)
        except SystemExit:
            assert faults.getvalue()
        return said.getvalue(), faults.getvalue()

    return refresh


def test_the_file_is_written_as_it_is_read() -> None:
    text = (Path(market.__file__).parents[1] / "framework" / "v1" / "market.toml").read_text(encoding="utf-8")
    assert market_text(OWN) == text


@pytest.mark.django_db
def test_nothing_is_stored_before_somebody_has_looked_through_it(refresh: Any) -> None:
    new = with_model("openai/gpt-5.2", ends_on=date(2027, 6, 1))
    said, _ = refresh(new)
    assert "openai/gpt-5.2: ends on, nothing -> 1 June 2027" in said
    assert not MarketFile.objects.exists()
    said, _ = refresh(new, "--reviewed-by", "Ana Example")
    stored = MarketFile.objects.get()
    assert (stored.reviewed_by, stored.as_of) == ("Ana Example", OWN.as_of)
    assert stored.sha256 in said
    market.keep(OWN, seconds=-1)  # as in another process, a minute later
    assert market.current_market() == new
    assert market.framework_in_force().sha256 == load_framework().sha256


@pytest.mark.django_db
def test_every_fault_is_said_at_once_with_its_place_and_nothing_is_stored(refresh: Any) -> None:
    text = market_text(OWN).replace('mark = "secondary"', 'mark = "rumour"', 1)
    text = text.replace("training_price = { likely = 25 }", "train = { likely = 25 }", 1)
    text = text.replace("ends_on = 2027-10-14", "ends_on = 2027-01-14", 1)
    _, faults = refresh(text, "--reviewed-by", "Ana Example")
    assert [line.partition(":")[0] for line in faults.splitlines()] == [
        "offers, row 1 (self_hosted_h100)",
        "azure_openai.ends_on",
        "openai_gpt_4_1.prices",
    ]
    assert not MarketFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("format = 1", "format = 2"), "The file has format 2, and this ftdecide reads format 1"),
        (("format = 1", "format = "), "This is no TOML file"),
    ],
)
def test_a_newer_format_or_no_file_at_all_is_refused_with_a_sentence(refresh: Any, change: Any, told: str) -> None:
    _, faults = refresh(market_text(OWN).replace(change[0], change[1], 1))
    assert told in faults
    assert len(faults.splitlines()) == 1


@pytest.mark.django_db
def test_an_older_file_is_refused(refresh: Any) -> None:
    refresh(replace(OWN, as_of=date(2026, 12, 20)), "--reviewed-by", "Ana Example")
    _, faults = refresh(OWN, "--reviewed-by", "Ana Example")
    assert "an older file is not taken over" in faults
    assert MarketFile.objects.count() == 1


@pytest.mark.django_db
def test_what_wants_another_look_is_said_and_fails() -> None:
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("market", "--months", "1", stdout=said)
    assert "2026-05-31  Your own GPUs" in said.getvalue()
    market.keep(
        replace(
            OWN,
            offers=tuple(replace(one, as_of=TODAY) for one in OWN.offers),
            models=tuple(replace(one, as_of=TODAY) for one in OWN.models),
        )
    )
    call_command("market", "--months", "1", stdout=(said := StringIO()))
    assert "Older than 60 days: nothing" in said.getvalue()
    assert "gpt-5-mini" in said.getvalue()


@pytest.mark.django_db
def test_a_maintainer_renews_ends_from_a_provider_s_answer(tmp_path: Path, refresh: Any) -> None:
    answer, new = tmp_path / "models.json", tmp_path / "new.toml"
    answer.write_text('{"data": [{"id": "gpt-5.2", "shutdown_date": "2027-06-01"}, {"id": "gpt-5.1"}]}')
    call_command("renew_market", str(new), "--ends", str(answer), "--provider", "openai", stdout=(said := StringIO()))
    assert "openai/gpt-5.2: " in said.getvalue()
    refresh(new.read_text(encoding="utf-8"), "--reviewed-by", "Ana Example")
    rows = market.current_market().model
    assert (rows["openai/gpt-5.2"].ends_on, rows["openai/gpt-5.2"].mark) == (date(2027, 6, 1), "provider")
    assert rows["openai/gpt-5.1"].ends_on is None


# the watch


def asked_on(team: Team, model: str, **numbers: Any) -> tuple[Assessment, SignOff]:
    """A decision that waits for Bo, whose figures rest on this model of OpenAI."""
    listed = {"kind": "price_list", "provider": "openai", "model": model, "as_of": "2026-11-10"}
    today = {"user_tokens": 1000, "input_price": 1.75, "output_price": 14.0} | numbers
    document = named(costs={"detailed": {"monthly_requests": 10, "approaches": {"status_quo": today}}})
    keys = ("input_price", "output_price", *numbers)
    document["origins"] = {f"costs.detailed.status_quo.{key}": listed for key in keys}
    assessment = team.assessment(document)
    return assessment, team.ask(assessment, team.bo)


def signed_on(team: Team, model: str, **numbers: Any) -> Assessment:
    assessment, request = asked_on(team, model, **numbers)
    approve(assessment, request, team.bo)
    return assessment


@pytest.mark.django_db
def test_whoever_is_still_to_decide_reads_that_the_market_has_moved() -> None:
    team = new_team()
    assessment, request = asked_on(team, "gpt-5.2")
    client, moved = browser(team.bo), "OpenAI now ends gpt-5.2 on 1 June 2027; the signed figures had no end."
    pages = [reverse("sign_off", args=[assessment.pk]), reverse("decide", args=[assessment.pk, request.pk])]
    assert not any(moved in client.get(page).content.decode() for page in pages)
    market.keep(with_model("openai/gpt-5.2", ends_on=date(2027, 6, 1)))
    assert all(moved in client.get(page).content.decode() for page in pages)
    approve(assessment, request, team.bo)
    told = client.get(pages[0]).content.decode()
    assert told.count(moved) == 1, "as the reason for another look"


@pytest.mark.django_db
def test_a_signed_decision_goes_stale_when_its_model_gets_an_end(refresh: Any) -> None:
    """And whoever asked, decided or owns finds it under "Waiting", with exactly what moved."""
    team = new_team()
    signed = signed_on(team, "gpt-5.2")
    assert due_again(signed, TODAY) == []
    said, _ = refresh(with_model("openai/gpt-5.2", ends_on=date(2027, 6, 1)), "--reviewed-by", "Ana Example")
    expected = "OpenAI now ends gpt-5.2 on 1 June 2027; the signed figures had no end."
    assert due_again(signed, TODAY) == [expected]
    assert expected in said
    assert paper_trail(signed, read_sheet(signed), signed.versions.get()).moved == [expected]
    due = {person: waiting_for(person, [team.workspace.pk], TODAY).due for person in (team.ana, team.bo, team.vic)}
    assert due == {team.ana: {signed.pk: [expected]}, team.bo: {signed.pk: [expected]}, team.vic: {}}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("numbers", "other", "expected"),
    [
        ({}, {"input_price": 2.0}, "OpenAI, gpt-5.2: price of the prompt is $2 now; the signed figures had $1.75."),
        (
            {},
            {"changes_on": date(2027, 2, 1), "changed_input_price": 2.0, "changed_output_price": 16.0},
            "OpenAI now changes the price of gpt-5.2 on 1 February 2027; the signed figures had no change of price.",
        ),
        (
            {"ends_on": "2027-06-01"},
            {"ends_on": date(2027, 3, 1)},
            "OpenAI now ends gpt-5.2 on 1 March 2027; the signed figures had 1 June 2027.",
        ),
        (
            {"ends_on": "2027-06-01"},
            {},
            "OpenAI no longer names an end of gpt-5.2; the signed figures had 1 June 2027.",
        ),
        ({"ends_on": "2027-06-01"}, {"ends_on": date(2027, 6, 1)}, ""),
    ],
)
def test_it_says_exactly_what_moved(numbers: Any, other: Any, expected: str) -> None:
    signed = signed_on(new_team(), "gpt-5.2", **numbers)
    market.keep(with_model("openai/gpt-5.2", **other))
    assert due_again(signed, TODAY) == [expected] * bool(expected)


@pytest.mark.django_db
def test_what_was_known_when_it_was_signed_is_no_move() -> None:
    """A price that rose on the day that the figures had, and a price that somebody typed."""
    change = {"price_changes_on": "2027-02-01", "changed_input_price": 2.0, "changed_output_price": 16.0}
    signed = signed_on(new_team(), "gpt-5.2", **change)
    market.keep(
        with_model("openai/gpt-5.2", changes_on=date(2027, 2, 1), changed_input_price=2.0, changed_output_price=16.0)
    )
    assert due_again(signed, TODAY) == []
    assert due_again(signed, date(2027, 3, 1)) == []
    assert read_sheet(signed).framework.market == market.current_market()
