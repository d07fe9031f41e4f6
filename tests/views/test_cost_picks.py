"""What can be picked for an approach: a model, a way to tune, the length of a prompt, newer prices."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, StoredValue
from tests.documents import example_document, named
from tests.pages import Page, words
from tests.visits import bring_in, detailed_costs


@pytest.fixture
def costs(owner: Any) -> Assessment:
    approaches = {"status_quo": {"user_tokens": 200}, "fine_tune_small": {"user_tokens": 200}}
    return bring_in(owner, named(costs={"detailed": {"approaches": approaches}}))


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_today(monkeypatch, date(2026, 11, 20))


def set_today(monkeypatch: pytest.MonkeyPatch, day: Any) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: day)


def url_of(name: Any, assessment: Any, approach: Any = "status_quo") -> Any:
    return reverse(name, args=[assessment.pk, approach])


def numbers(assessment: Any, approach: Any = "status_quo") -> Any:
    return detailed_costs(assessment)["approaches"][approach]


def rows(page: Any) -> Any:
    return [words(one) for one in page.all("li") if one.find(".//button") is not None]


def test_a_provider_lists_its_models_with_prices_context_and_day(owner: Any, costs: Assessment) -> None:
    page = Page(owner.get(url_of("costs_model", costs), {"provider": "anthropic", "q": "sonnet 5.5"}))
    (row,) = rows(page)
    assert row.startswith(
        "Claude Sonnet 5.5 claude-sonnet-5-5 Input $2.00 Cached $0.10 Output $10.00 Context 1,000,000 tokens"
    )
    assert "Price list of 10 November 2026, 10 days old" in page.words("main")


def test_retired_models_are_left_out_and_counted(owner: Any, costs: Assessment) -> None:
    page = Page(owner.get(url_of("costs_model", costs), {"provider": "anthropic", "q": "claude-2"}))
    assert rows(page) == []
    assert "1 retired one left out." in page.words("found")


def test_a_long_list_is_cut_and_says_so(owner: Any, costs: Assessment) -> None:
    page = Page(owner.get(url_of("costs_model", costs), {"provider": "openrouter"}))
    assert len(rows(page)) == 25
    assert "the first 25 of them below" in page.words("found")


def test_a_provider_that_does_not_exist_has_no_models(owner: Any, costs: Assessment) -> None:
    page = Page(owner.get(url_of("costs_model", costs), {"provider": "<nobody>"}))
    assert page.words("found") == "That provider is not in the price list."


def test_picking_fills_in_the_prices_and_leads_back_to_them(owner: Any, costs: Assessment) -> None:
    response = owner.post(url_of("costs_model", costs), {"provider": "openai", "model": "gpt-5-mini"})
    assert response["Location"] == f"{url_of('costs_approach', costs)}#g-prices"
    assert (numbers(costs)["input_price"], numbers(costs)["output_price"]) == (0.25, 2.0)
    page = Page(owner.get(url_of("costs_approach", costs)))
    assert page.words("input_price-origin") == "$0.25 per 1M tokens, price list of 10 November 2026"
    assert "GPT-5 mini, OpenAI. Context window of 400,000 tokens. Price list of 10 November 2026" in page.words(
        "g-prices"
    )


@pytest.mark.parametrize("model", ["", "gpt-5-minj", "GPT-5 mini", "\ud800"])
def test_a_model_that_is_not_listed_fills_in_nothing(owner: Any, costs: Assessment, model: str) -> None:
    before = detailed_costs(costs)
    response = owner.post(
        url_of("costs_model", costs), {"provider": "openai", "model": model.encode("utf-8", "surrogatepass")}
    )
    assert response.status_code == 422
    assert "not in the price list" in response.content.decode()
    assert detailed_costs(costs) == before


def test_ways_to_tune_say_whether_they_can_still_be_bought(owner: Any, costs: Assessment) -> None:
    page = Page(owner.get(url_of("costs_tuning", costs, "fine_tune_small")))
    text = words(page.with_id("main"))
    assert "stops after 14 January 2027, month 2 of your 36" in text
    assert "Closed: new training is no longer sold since September 2025." in text
    assert "From a secondary source" in text
    offers = [button.get("value") for button in page.all("button") if button.get("name") == "offer"]
    assert offers[0] == "self_hosted_h100"
    assert "cohere" not in offers


def test_picking_a_way_to_tune_fills_in_its_prices(owner: Any, costs: Assessment) -> None:
    url = url_of("costs_tuning", costs, "fine_tune_small")
    assert owner.post(url, {"offer": "tinker_qwen3_8b"})["Location"].endswith("/fine_tune_small/#g-training")
    own = numbers(costs, "fine_tune_small")
    assert (own["training_price"], own["input_price"], own["output_price"]) == (0.44, 0.195, 0.6)
    page = Page(owner.get(url_of("costs_approach", costs, "fine_tune_small")))
    assert "Tinker (Thinking Machines): LoRA on Qwen3-8B" in page.words("g-training")
    assert page.words("training_price-origin") == "$0.44 per 1M tokens, tuning price of 7 October 2026"


@pytest.mark.parametrize("offer", ["", "cohere", "nonsense"])
def test_what_is_closed_or_unknown_cannot_be_picked(owner: Any, costs: Assessment, offer: str) -> None:
    response = owner.post(url_of("costs_tuning", costs, "fine_tune_small"), {"offer": offer})
    assert response.status_code == 422
    assert "gpu_hourly" not in numbers(costs, "fine_tune_small")


def test_what_closes_by_the_day_of_the_visit_cannot_be_picked_any_more(
    owner: Any, costs: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_today(monkeypatch, date(2027, 1, 7))
    url = url_of("costs_tuning", costs, "fine_tune_small")
    response = owner.post(url, {"offer": "openai_gpt_4_1"})
    assert response.status_code == 422
    assert "training_price" not in numbers(costs, "fine_tune_small")


def test_a_pasted_prompt_is_counted_and_forgotten(owner: Any, costs: Assessment) -> None:
    url, prompt = url_of("costs_tokens", costs), "Answer in two sentences. " * 40
    page = Page(owner.post(url, {"prompt": prompt}))
    assert page.words("count").startswith("About 250 tokens, at least 240")
    assert "secret" not in str(detailed_costs(costs))
    response = owner.post(url, {"tokens": "250"})
    assert response["Location"].endswith("#q-cacheable_tokens")
    assert numbers(costs)["cacheable_tokens"] == 250
    page = Page(owner.get(url_of("costs_approach", costs)))
    assert page.words("cacheable_tokens-origin") == "250 tokens, estimated from a pasted prompt"


def test_nothing_of_a_pasted_prompt_is_stored(owner: Any, costs: Assessment) -> None:
    owner.post(url_of("costs_tokens", costs), {"prompt": "our secret recipe"})
    assert "recipe" not in owner.get(reverse("export", args=[costs.pk])).content.decode()
    assert "recipe" not in str(dict(owner.session))


def test_htmx_gets_the_count_alone(owner: Any, costs: Assessment) -> None:
    response = owner.post(url_of("costs_tokens", costs), {"prompt": "Be brief."}, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "About 3 tokens" in response.content.decode()


@pytest.mark.parametrize("prompt", ["", " \n "])
def test_an_empty_prompt_has_nothing_to_count(owner: Any, costs: Assessment, prompt: str) -> None:
    response = owner.post(url_of("costs_tokens", costs), {"prompt": prompt})
    assert response.status_code == 422
    assert "Paste the prompt first" in response.content.decode()


@pytest.mark.parametrize("tokens", ["0", "-1", "9" * 30, "１２", "1.5"])
def test_a_count_that_no_prompt_gives_is_not_taken(owner: Any, costs: Assessment, tokens: Any) -> None:
    assert owner.post(url_of("costs_tokens", costs), {"tokens": tokens}).status_code == 422
    assert "cacheable_tokens" not in numbers(costs)


def test_prices_are_renewed_only_after_they_were_shown(
    owner: Any, costs: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.post(url_of("costs_model", costs), {"provider": "google", "model": "gemini-3.8-flash"})
    url = reverse("costs_prices", args=[costs.pk])
    assert "No price has moved" in words(Page(owner.get(url)).with_id("main"))
    set_today(monkeypatch, date(2027, 1, 1))
    page = Page(owner.get(url))
    text = words(page.with_id("main"))
    assert "2 prices moved" in text
    assert "Price of the prompt $0.75 per 1M tokens $1.50 per 1M tokens" in text
    assert numbers(costs)["input_price"] == 0.75
    assert owner.post(url, {"shown": "something else"}).status_code == 409
    assert numbers(costs)["input_price"] == 0.75
    shown = next(one.get("value") for one in page.all("input") if one.get("name") == "shown")
    assert owner.post(url, {"shown": shown}).status_code == 302
    assert numbers(costs)["input_price"] == 1.5


def test_old_prices_are_told_with_their_age(owner: Any, costs: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    owner.post(url_of("costs_model", costs), {"provider": "openai", "model": "gpt-5-mini"})
    set_today(monkeypatch, date(2027, 2, 10))
    assert "Prices are 92 days old" in owner.get(url_of("costs_approach", costs)).content.decode()


def test_an_approach_that_was_not_added_has_nothing_to_pick(owner: Any, costs: Assessment) -> None:
    for name in ("costs_model", "costs_tuning", "costs_tokens"):
        assert owner.get(url_of(name, costs, "hybrid")).status_code == 302
        assert owner.post(url_of(name, costs, "hybrid"), {"offer": "azure_openai", "tokens": "5"}).status_code == 302
    assert "hybrid" not in detailed_costs(costs)["approaches"]


def in_euros(owner: Any, **rate: Any) -> Assessment:
    approaches = {"status_quo": {"user_tokens": 200}, "fine_tune_small": {"user_tokens": 200}}
    return bring_in(owner, named(costs={"currency": "EUR", "detailed": {"approaches": approaches}, **rate}))


def test_without_an_exchange_rate_dollars_are_not_copied_into_euros(owner: Any) -> None:
    costs = in_euros(owner)
    for name, posted in (("costs_model", {"provider": "anthropic", "model": "claude-sonnet-5-5"}),):
        page = Page(owner.get(url_of(name, costs), {"provider": "anthropic", "q": "sonnet 5.5"}))
        assert "your costs are in euros. Enter the exchange rate first." in page.words("main")
        assert "Input $2.00" in page.words("main")
        assert rows(page) == []
        refused = owner.post(url_of(name, costs), posted)
        assert refused.status_code == 422
        assert "Enter the exchange rate first" in Page(refused).words("main")
    assert "input_price" not in numbers(costs)


def test_prices_are_copied_at_the_rate_that_was_entered(owner: Any) -> None:
    costs = in_euros(owner, exchange_rate=0.5, exchange_rate_day="2026-11-19")
    page = Page(owner.get(url_of("costs_model", costs), {"provider": "anthropic", "q": "sonnet 5.5"}))
    assert "They are copied at your rate of 0.5 for one, of 19 November 2026." in page.words("main")
    owner.post(url_of("costs_model", costs), {"provider": "anthropic", "model": "claude-sonnet-5-5"})
    found = numbers(costs)
    assert (found["input_price"], found["output_price"]) == (1, 5)
    assert found["cache_read_ratio"] == 0.05


def test_a_rate_that_moved_is_a_price_that_moved(owner: Any) -> None:
    costs = in_euros(owner, exchange_rate=0.5)
    owner.post(url_of("costs_model", costs), {"provider": "anthropic", "model": "claude-sonnet-5-5"})
    StoredValue.objects.filter(assessment=costs, path="costs.exchange_rate").update(value=0.6)
    page = Page(owner.get(reverse("costs_prices", args=[costs.pk])))
    assert "€1.00 per 1M tokens €1.20 per 1M tokens" in page.words("main")


def test_the_price_list_opens_at_the_model_in_use(owner: Any, db: None) -> None:
    document = example_document("eight_approaches")
    document["use_case"]["model"] = "claude-sonnet-4-5 at Anthropic"
    assessment = bring_in(owner, document)
    page = Page(owner.get(reverse("costs_model", args=[assessment.pk, "status_quo"])))
    assert page.root.get_element_by_id("q").get("value") == "claude-sonnet-4-5"
    assert page.root.xpath("//select[@id='provider']//option[@selected]/@value") == ["anthropic"]
    other = Page(owner.get(reverse("costs_model", args=[assessment.pk, "hybrid"])))
    assert other.root.get_element_by_id("q").get("value") == ""
