"""A stored result is read back whole: what the writer writes, and what earlier releases wrote."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from assessments.engine.result import StoredChances, StoredDiagnosis, read_result
from assessments.engine.result_json import exact, result_json

from ..documents import EXAMPLES, decided, example_document, full_document, named
from ..money import detailed_document, ranged_document
from .strategies import accepted_documents

STORED = Path(__file__).parent / "stored"


def fields_of(read: Any) -> dict[str, Any]:
    """What was read by the names that it is written under."""
    names = {"origin": "from"}
    return {names.get(field.name, field.name): getattr(read, field.name) for field in fields(read)}


def lost(written: Any, read: Any, place: str = "") -> Iterator[str]:
    """Every place in these JSON values that was not read, or not as the same."""
    if isinstance(read, StoredDiagnosis):
        read = {**read.groups, "dominant": read.dominant, "label_more": read.label_more}
    if isinstance(read, StoredChances):
        rest = {"never": read.never, "standard_error": read.standard_error, "draws": read.draws}
        read = {str(month): chance for month, chance in read.within.items()} | rest
    if isinstance(read, date):
        read = read.isoformat()
    if isinstance(written, dict):
        for key, value in written.items():
            table = read if isinstance(read, Mapping) else fields_of(read)
            if key in table:
                yield from lost(value, table[key], f"{place}.{key}")
            else:
                yield f"{place}.{key}"
    elif isinstance(written, list) and len(written) == len(read):
        for index, (value, found) in enumerate(zip(written, read, strict=True)):
            yield from lost(value, found, f"{place}.{index}")
    elif written not in (read, exact(read)):
        yield place


def all_read(document: dict[str, Any]) -> None:
    written = json.loads(json.dumps(result_json(decided(document))))
    assert list(lost(written, read_result(written))) == [".format", ".version"]


DOCUMENTS = {
    **{name: example_document(name) for name in EXAMPLES},
    "name": named(),
    "full": full_document(),
    "detailed": detailed_document(),
    "ranged": ranged_document(),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_all_that_is_written_is_read(name: Any) -> None:
    all_read(DOCUMENTS[name])


@settings(deadline=None, max_examples=25)
@given(raw=accepted_documents)
def test_all_that_is_written_is_read_whatever_was_decided_on(raw: Any) -> None:
    all_read(raw)


def test_what_is_read_is_typed() -> None:
    found = read_result(result_json(decided(ranged_document())))
    assert found.economics
    assert found.economics.payback_probability
    assert set(found.economics.payback_probability.within) == {6, 12, 24}
    assert found.economics.upfront == 12_050 - 5_000
    assert found.matrix.rows[found.matrix.ranking[0]].cells["latency"].origin == "base"
    assert found.on_evidence_alone.approach == decided(ranged_document()).on_evidence_alone.approach


def stored(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((STORED / f"{name}.json").read_text(encoding="utf-8"))
    return found


def test_a_version_of_the_first_release_is_read_with_the_sentences_that_it_has() -> None:
    """As commit e7f8723 stored it: findings, conditions and what a go lacks were sentences."""
    found = read_result(stored("e7f8723")["result"])
    assert (found.approach, found.action, found.has_begun) == ("fine_tune_small", "pilot", True)
    assert found.because == (
        "The reasons for outweigh the reasons against, though not by enough for the strictest rule.",
    )
    assert found.findings[0].message.startswith("The goal is to teach the model knowledge.")
    assert found.findings[0].figures == {}
    assert found.lenses["net_score"].conditions[0].text == "3 − 0 = 3: strong"
    assert found.lenses["net_score"].conditions[0].code == ""
    assert found.economics
    assert found.economics.upfront == 12_050 - 5_000
    assert found.parts_ways is None


def test_what_an_earlier_release_did_not_store_is_empty() -> None:
    raw = stored("e7f8723")["result"]
    later = ("phases", "guidance", "checklists")
    of_money = ("payback_probability", "pv_cost_p10_p50_p90", "tornado", "warnings", "forgotten", "horizon_months")
    for key in later:
        del raw[key]
    for key in of_money:
        del raw["economics"][key]
    raw["missing_for_go"] = ["At least 200 reviewed examples (none entered yet)"]
    found = read_result(raw)
    assert (found.phases, found.guidance, found.checklists) == ((), None, {})
    assert (found.standings, found.leader, found.confirm, found.stability) == ({}, None, (), None)
    assert found.economics
    assert (found.economics.payback_probability, found.economics.tornado) == (None, ())
    assert [gap.message for gap in found.missing_for_go] == raw["missing_for_go"]
