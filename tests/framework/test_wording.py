"""A framework in another language: its words are others, and nothing that decides."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.engine.content_hash import content_hash
from assessments.engine.result_json import result_json
from assessments.framework import load_framework, wording
from assessments.framework.changes import OwnFramework, framework_of
from assessments.framework.checks import framework_faults
from assessments.framework.fingerprint import fingerprint
from assessments.framework.notation import written_for
from assessments.framework.shown_in import as_read, as_typed, in_currency, said
from assessments.framework.wording import Pair

from ..documents import EXAMPLES, decided, example_document


def test_a_german_reads_german_and_the_same_decides() -> None:
    english = load_framework()
    with written_for("de-AT"):
        german = as_read(english)
    assert german.verdict.because["not_begun"] == "Es ist noch zu wenig beantwortet."
    assert german.gate["two_against"].when == english.gate["two_against"].when
    assert fingerprint(german) == english.sha256
    assert list(framework_faults(german)) == []
    assert german.title == "ftdecide framework, Version 1"
    assert as_typed(german) is english


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_hash_of_a_result_is_the_same_in_both_languages(example: str) -> None:
    document = example_document(example)
    plain = content_hash(document, result_json(decided(document)))
    with written_for("de"):
        assert content_hash(document, result_json(decided(document))) == plain


def test_what_was_read_by_a_german_is_english_for_the_next() -> None:
    with written_for("de"):
        german = in_currency(load_framework(), "EUR")
    assert in_currency(german, "USD") == load_framework()
    with written_for("fr"):
        assert as_read(german).verdict.because["not_begun"] == "Too little is answered yet."


def test_what_a_team_typed_stays_and_the_rest_is_german() -> None:
    changes = {"gates.two_against.short": "Not with us", "thresholds.gate_weeks": 1_500}
    own = framework_of(OwnFramework(base="v1", changes=changes, name="Ours", number=2))
    with written_for("de"):
        read = as_read(own)
    assert read.gate["two_against"].short == "Not with us"
    assert read.gate["no_case"].short == "Gründe dafür überwiegen nicht"
    assert read.title == "Ours, Version 2"


def test_names_of_the_market_stay_and_the_words_in_them_are_german() -> None:
    with written_for("de"):
        market = as_read(load_framework()).market
    named = [(market.offer[key].provider, market.offer[key].model) for key in ("self_hosted_a100", "openai_gpt_4o")]
    assert named == [("Eigene GPUs", "LoRA auf gemieteten A100-GPUs"), ("OpenAI", "gpt-4o oder gpt-4o-mini")]
    assert market.model["google/gemini-2.5-pro"].replaced_by == "Gemini 3.8 Flash oder 3.5 Flash"
    assert [fault for fault in wording.untranslated_texts() if fault.startswith("market.toml")] == []


def test_one_text_of_a_file_is_said_as_the_reader_has_it() -> None:
    framework = load_framework()
    assert said(framework, "name", "Better prompt") == "Better prompt"
    with written_for("de"):
        assert said(as_read(framework), "name", "Better prompt") == "Besserer Prompt"
        assert said(framework, "name", "A lever of ours") == "A lever of ours"


@pytest.mark.parametrize(
    ("laid", "wrong"),
    [
        ({"short": "No reason"}, "gates.toml.gates.x.short: 'No reason' is not translated"),
        ({"short": "Kein {grund}"}, "gates.toml.gates.x.short: the blanks grund are not the same"),
        ({"short": "Kein {"}, "gates.toml.gates.x.short: Single '{' encountered in format string"),
        ({"key": "y", "short": "Kein Grund"}, "gates.toml.gates.x.key: is a key, and stays 'x'"),
    ],
)
def test_what_is_not_translated_is_named(laid: dict[str, Any], wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = replace(load_framework().gates[0], key="x", because="", short="No reason", opens="")
    other = replace(gate, **laid)
    pairs: tuple[Pair, ...] = tuple(wording._pairs("gates.toml.gates.x", "", gate, other))
    monkeypatch.setattr(wording, "words_in", lambda *_: wording.OtherWords(pairs, ()))
    assert wording.untranslated_texts() == [wrong]


def test_a_text_for_nothing_is_named() -> None:
    faults: list[str] = []
    rows = [{"key": "a", "text": "One"}, {"key": "b", "text": "Two"}]
    laid = wording._laid({"rows": rows}, {"rows": [{"key": "b", "text": "Zwei"}, {"key": "c"}]}, "f.toml", faults)
    assert laid == {"rows": [rows[0], {"key": "b", "text": "Zwei"}]}
    assert faults == ["f.toml: rows c: is for nothing"]
