"""A team's own words in one language or two: which text a reader sees, and what stays the same whatever it says."""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.engine.content_hash import content_hash as hash_of_result
from assessments.engine.decide import decide
from assessments.engine.document import read_document
from assessments.engine.result_json import result_json
from assessments.framework import Framework, FrameworkError, load_framework
from assessments.framework.changes import OwnFramework, changed, content_hash, framework_of
from assessments.framework.framework_file import LARGEST, own_text, read_own
from assessments.framework.notation import written_for
from assessments.framework.own_texts import carried_over, own_texts, put, without_words
from assessments.framework.shown_in import as_read

from ..documents import example_document

GUIDE: dict[str, Any] = {
    "works": {"text": "Wenn Werkzeuge fehlen.", "source": "ours"},
    "stops": [{"text": "Sie helfen nicht", "source": "ours"}, {"text": "Sie kosten zu viel", "source": "ours"}],
}
CHANGES: dict[str, Any] = {
    "gates.two_against.short": "Nicht bei uns",
    "questions.brand_voice.why": "Erst ab {pilot_net} Gründen.",
    "questions.brand_voice.label": "Hausstimme",
    "questions.no_budget": {
        **{"section": "reasons_against", "kind": "choice", "place": "answers", "role": "anti_indicator"},
        **{"weight": "High", "label": "Kein Budget", "ask": "Gibt es kein Budget?", "source": "ours"},
    },
    "guides.tools.works": GUIDE["works"],
    "guides.tools.stops": GUIDE["stops"],
    "thresholds.pilot_net": 2,
}
SAID: dict[str, str] = {
    "gates.two_against.short": "Not with us <b>",
    "questions.brand_voice.why": "From {pilot_net} reasons on.",
    "questions.brand_voice.label": "House voice",
    "questions.no_budget.label": "No budget",
    "guides.tools.works.text": "Where tools are missing.",
    "guides.tools.stops.2.text": "They cost too much",
}


def own(said: Mapping[str, Any] = SAID, changes: Mapping[str, Any] = CHANGES, **more: Any) -> OwnFramework:
    words = {"en": said} if said else {}
    return OwnFramework(
        **{"base": "v1", "changes": changes, "name": "Ours", "languages": ["de", "en"], "words": words} | more
    )


def read_in(language: str, framework: Framework) -> Framework:
    with written_for(language):
        return as_read(framework)


def faults_of(held: OwnFramework) -> list[str]:
    with pytest.raises(FrameworkError) as caught:
        framework_of(held)
    return list(caught.value.faults)


def test_each_reader_sees_the_teams_own_words_and_the_main_ones_where_none_are_said() -> None:
    framework = framework_of(own())
    german, english, french = (read_in(language, framework) for language in ("de-AT", "en", "fr"))
    assert [one.gate["two_against"].short for one in (german, english, french)] == [
        "Nicht bei uns",
        *["Not with us <b>"] * 2,
    ]
    assert [one.questions["no_budget"].label for one in (german, english)] == ["Kein Budget", "No budget"]
    assert [one.questions["no_budget"].ask for one in (german, english)] == ["Gibt es kein Budget?"] * 2
    guides = [next(one for one in each.guide.guidance.approaches if one.key == "tools") for each in (german, english)]
    assert [[one.text for one in guide.stops] for guide in guides] == [
        ["Sie helfen nicht", "Sie kosten zu viel"],
        ["Sie helfen nicht", "They cost too much"],
    ]
    assert [one.gate["no_case"].short for one in (german, english)] == [
        "Gründe dafür überwiegen nicht",
        "Reasons for do not outweigh those against",
    ]


def test_in_one_language_its_words_are_shown_to_everybody() -> None:
    framework = framework_of(own({}, languages=["de"]))
    for language in ("de", "en", "fr"):
        assert read_in(language, framework).gate["two_against"].short == "Nicht bei uns"
    assert read_in("en", framework).gate["no_case"].short == "Reasons for do not outweigh those against"


def test_what_a_reader_sees_carries_no_other_language_and_what_is_typed_is_found_again() -> None:
    framework = framework_of(own())
    for language in ("de", "en"):
        read = read_in(language, framework)
        assert read.in_words == {}
        assert read_in(language, read) is read
        assert read_in("en" if language == "de" else "de", read) is not read
    plain, other = framework_of(own()), framework_of(own(SAID | {"gates.two_against.short": "Otherwise"}))
    assert read_in("en", plain).gate["two_against"].short == "Not with us <b>"
    assert read_in("en", other).gate["two_against"].short == "Otherwise"


@cache
def results_in(example: str, said: frozenset[tuple[str, str]]) -> tuple[set[str], set[str]]:
    """The hashes of the results, and of what decides, under every reader's framework."""
    framework, raw = framework_of(own(dict(said))), example_document(example)
    readers = [framework, *(read_in(language, framework) for language in ("de", "en", "hi"))]
    results = [result_json(decide(one, read_document(raw, one))) for one in readers]
    return {hash_of_result(raw, one) for one in results}, {one.sha256 for one in readers}


@pytest.mark.parametrize("example", ["service_desk", "eight_approaches"])
def test_the_hash_of_a_result_is_the_same_in_every_language_and_with_any_words(example: str) -> None:
    hashes, rules = results_in(example, frozenset(SAID.items()))
    assert (hashes, rules) == results_in(example, frozenset())
    assert len(hashes) == len(rules) == 1


some_of_them = st.fixed_dictionaries(
    {}, optional={path: st.sampled_from([text, f"{text} – wie <i>"]) for path, text in SAID.items()}
)


@settings(deadline=None, max_examples=60)
@given(some_of_them, some_of_them)
def test_the_hash_of_a_framework_tells_words_apart(first: dict[str, str], second: dict[str, str]) -> None:
    assert (own(first).content_hash == own(second).content_hash) == (first == second)
    assert own(first).content_hash == own(dict(reversed(first.items()))).content_hash


def test_what_says_nothing_of_languages_has_the_hash_that_it_had() -> None:
    """Those are stored beside versions that were published before there were languages."""
    assert content_hash("v1", {}) == "eb854959a40e43cf65bd2c8de4e42e0c84850f49e92ab4d27002d24520d2110b"
    assert (
        content_hash("v1", {"thresholds.pilot_net": 2})
        == "796bb3a4aec3c5e777126b841b0d430e7d425edbc36ff4d5e043d5559bdb96ce"
    )
    assert content_hash("v1", CHANGES, ["de"]) != content_hash("v1", CHANGES, ["en"]) == content_hash("v1", CHANGES)


@settings(deadline=None, max_examples=6)
@given(some_of_them)
def test_a_file_gives_back_what_it_was_written_from(said: dict[str, str]) -> None:
    held = own(said)
    again = read_own(own_text(held).encode())
    assert again.content_hash == held.content_hash
    assert own_text(again) == own_text(held)


@settings(deadline=None, max_examples=12)
@given(some_of_them)
def test_a_text_is_shown_as_it_is_said_or_as_the_main_language_has_it(said: dict[str, str]) -> None:
    tables, _off = changed("v1", CHANGES)
    texts = own_texts(tables, CHANGES)
    english = read_in("en", framework_of(own(said)))
    assert english.questions["brand_voice"].label == said.get("questions.brand_voice.label", "Hausstimme")
    assert english.gate["two_against"].short == said.get("gates.two_against.short", "Nicht bei uns")
    assert {one.path for one in without_words("v1", texts, said)} == texts.keys() - said.keys()


def test_the_texts_are_those_that_people_read_and_nobody_has_translated_yet() -> None:
    built_in = {"guides.tools.fails": deepcopy(load_framework().guide.guidance.approaches[0].fails.text)}
    changes = CHANGES | {"guides.tools.fails.text": built_in["guides.tools.fails"]}
    texts = own_texts(changed("v1", changes)[0], changes)
    assert texts.keys() == {
        *SAID,
        *("questions.no_budget.ask", "guides.tools.stops.1.text", "guides.tools.fails.text"),
    }
    assert {one.path for one in without_words("v1", texts, SAID)} == {
        "questions.no_budget.ask",
        "guides.tools.stops.1.text",
    }


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        ({"languages": ["fr"]}, ["languages: must be a list of en, de, each once, the main one first"]),
        ({"languages": ["de", "de"]}, ["languages: must be a list"]),
        ({"languages": []}, ["languages: must be a list"]),
        ({"words": {"fr": {}}}, ["words.fr: is no further language of this framework"]),
        ({"words": {"de": SAID}}, ["words.de: is no further language of this framework"]),
        ({"words": {"en": ["x"]}}, ["words.en: must be a table of texts by their paths"]),
        ({"words": []}, ["words: must be a table of texts for each further language"]),
        (
            {
                "words": {
                    "en": {
                        "gates.no_case.short": "Not changed",
                        "thresholds.pilot_net": "two",
                        "guides.tools.stops.3.text": "Not there",
                        "questions.brand_voice.why": "No blanks",
                        "questions.brand_voice.label": "{__class__}",
                        "questions.no_budget.label": " ",
                        "questions.no_budget.ask": 7,
                        "questions.no_budget.role": "signal",
                    }
                }
            },
            [
                "words.en.questions.brand_voice.label: nothing fills {__class__}",
                "words.en.gates.no_case.short: stands for no text among the changes",
                "words.en.thresholds.pilot_net: stands for no text among the changes",
                "words.en.guides.tools.stops.3.text: stands for no text among the changes",
                "words.en.questions.brand_voice.why: the blanks pilot_net are not the same",
                "words.en.questions.no_budget.label: must be a text; leave it out where there is none",
                "words.en.questions.no_budget.ask: must be a text; leave it out where there is none",
                "words.en.questions.no_budget.role: stands for no text among the changes",
            ],
        ),
        (
            {"words": {"en": {"gates.two_against.short": "x" * 50}}},
            ["words.en.gates.two_against.short: longer than 45 characters"],
        ),
    ],
)
def test_every_fault_is_named_with_its_place(more: dict[str, Any], faults: list[str]) -> None:
    found = faults_of(own(**more))
    assert [one.startswith(fault) for one, fault in zip(found, faults, strict=True)] == [True] * len(faults), found


def test_a_file_that_says_a_language_wrongly_is_refused_with_the_place() -> None:
    head = b'format = "ftdecide/framework"\nversion = 1\nbase = "v1"\nname = "O"\nlanguages = "de"\n'
    with pytest.raises(FrameworkError, match=r"languages: must be a list of en, de"):
        read_own(head + b"[words.en]\n")
    with pytest.raises(FrameworkError, match="larger than 1 MB"):
        read_own(head + b"#" * LARGEST)


def test_words_are_put_where_the_text_was_and_the_changes_of_others_stay() -> None:
    before, changes = deepcopy(CHANGES), deepcopy(CHANGES)
    for path, text in SAID.items():
        put(changes, path, text)
    texts = own_texts(changed("v1", changes)[0], changes)
    assert {path: texts[path].text for path in SAID} == SAID
    framework_of(own())
    assert before == CHANGES


def test_with_a_text_its_words_go_and_a_row_takes_them_along() -> None:
    stops = [{"text": "Neu", "source": "ours"}, *reversed(GUIDE["stops"])]
    after = {path: value for path, value in CHANGES.items() if path != "gates.two_against.short"}
    after["guides.tools.stops"] = stops
    old, new = (own_texts(changed("v1", one)[0], one) for one in (CHANGES, after))
    expected = {path: text for path, text in SAID.items() if path in new and ".stops." not in path}
    assert carried_over(old, new, SAID) == expected | {"guides.tools.stops.2.text": "They cost too much"}
    del stops[1]
    newer = own_texts(changed("v1", after)[0], after)
    assert carried_over(new, newer, {"guides.tools.stops.2.text": "They cost too much"}) == {}
