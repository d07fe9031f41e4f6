"""The assessment as a file: what goes out comes in again, and what cannot be used is told in full."""

import json
from typing import Any

import pytest
from django.urls import reverse

from assessments.engine.result_json import result_json
from assessments.models import Assessment
from assessments.services.answer_sheet import sheet_of_document

from ..documents import decided, example_document, named
from ..pages import Page
from ..visits import FRAMEWORK, bring_in, open_section, rows, section_url, upload


def export(client: Any, assessment: Any) -> dict[str, Any]:
    response = client.get(reverse("export", args=[assessment.pk]))
    assert response.status_code == 200
    return dict(json.loads(response.content))


def faults(response: Any) -> list[str]:
    return [item.text_content() for item in Page(response).all("li") if item.getparent().get("class") == "faults"]


def test_an_export_is_the_import_and_decides_the_same(owner: Any, example: Any) -> None:
    exported = export(owner, bring_in(owner, example))
    assert exported == example
    assert result_json(decided(exported)) == result_json(decided(example))
    assert export(owner, bring_in(owner, exported)) == example


def test_an_import_becomes_a_new_assessment_and_opens_its_overview(owner: Any, example: Any) -> None:
    response = upload(owner, json.dumps(example))
    assessment = Assessment.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, reverse("overview", args=[assessment.pk]))
    assert set(rows(assessment)) == set(sheet_of_document(FRAMEWORK, example).values)
    assert {row[5] for row in rows(assessment).values()} == {1}


def test_the_same_file_twice_makes_two_assessments(owner: Any) -> None:
    for _ in range(2):
        bring_in(owner, named())
    assert Assessment.objects.count() == 2


def test_an_export_is_a_file_named_after_the_use_case(owner: Any) -> None:
    response = owner.get(reverse("export", args=[bring_in(owner, named("Größe / Refunds\r\n: 5")).pk]))
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="ftdecide-groe-refunds-5.json"'
    assert response.content.endswith(b"}\n")
    nameless = owner.get(reverse("export", args=[bring_in(owner, named("日本")).pk]))
    assert nameless.headers["Content-Disposition"] == 'attachment; filename="ftdecide-assessment.json"'


def typed(document: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What a person types for a document, by section: the value of each answer, and its evidence."""
    forms: dict[str, dict[str, str]] = {}
    for path, row in sheet_of_document(FRAMEWORK, document).values.items():
        key = path.rpartition(".")[2]
        form = forms.setdefault(FRAMEWORK.section_of[key].key, {})
        form[key] = ", ".join(map(str, row.value)) if isinstance(row.value, list) else str(row.value)
        if row.evidence:
            form |= {f"{key}-evidence": row.evidence, f"{key}-strength": row.strength}
    return forms


def test_an_assessment_filled_in_by_hand_decides_as_the_example_does(owner: Any, assessment: Any) -> None:
    """Every section of task_api.json through the forms, in order, as plain posts."""
    example = example_document("task_api")
    forms = typed(example)
    for section in FRAMEWORK.sections:
        form = open_section(owner, assessment, section.key) | forms.get(section.key, {})
        assert owner.post(section_url(assessment, section.key), form).status_code == 302
    exported = export(owner, assessment)
    assert exported == example
    result = result_json(decided(exported))
    assert result == result_json(decided(example))
    assert (result["leaf"], result["counts"]) == (
        "fine_tune_candidate",
        {"indicators": 4, "anti_indicators": 0, "unsure": 0},
    )
    money = result["economics"]["approaches"]["tuning"]
    assert (money["upfront"], money["break_even_months"], money["net"]) == (6000, 4.0, 48000)


FAULTY = {
    "format": "ftdecide/assessment",
    "version": 2,
    "use_case": {"name": "x" * 10_001, "colour": "blue", "monthly_requests": -1},
    "answers": {"brand_voice": "maybe", "no_such_question": "yes"},
    "readiness": {"labelled_examples": 5, "reviewed_examples": 6},
    "costs": {"hourly_rate": 1e309},
}


def test_all_faults_are_named_at_once_with_their_places_and_nothing_is_created(owner: Any) -> None:
    response = upload(owner, json.dumps(FAULTY).replace("Infinity", "1e309"))
    assert response.status_code == 422
    assert {fault.partition(":")[0] for fault in faults(response)} == {
        "version",
        "use_case.name",
        "use_case.colour",
        "use_case.monthly_requests",
        "answers.brand_voice",
        "answers.no_such_question",
        "readiness.reviewed_examples",
        "costs.hourly_rate",
    }
    assert 'answers.brand_voice: "maybe" is not one of yes, no, unsure' in faults(response)
    assert Page(response).title.startswith("Error: ")
    assert Assessment.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe{\x00}\x00",
        b"PK\x03\x04",
        b'{"format": "ftdecide/assessment"}',
        b'{"format": "ftdecide/assessment", "version": 1, "use_case": {"name": " "}}',
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 950 + b"1" + b"}" * 950,
        b'{"use_case": {"name": "a\\u0000b"}}',
        b'{"use_case": {"name": "\\ud800"}}',
        b'{"<script>alert(1)</script>\\u0000\\ud800": 1}',
        b'"' + b"x" * 999_990 + b'"',
    ],
    ids=lambda content: ascii(content[:30].decode("latin-1")),
)
def test_a_file_that_is_no_assessment_is_refused_in_words(owner: Any, content: Any) -> None:
    response = upload(owner, content)
    assert response.status_code == 422
    assert faults(response)
    assert Assessment.objects.count() == 0


@pytest.mark.parametrize("depth", range(860, 1000, 7))
def test_a_deeply_nested_value_is_refused_however_deep(owner: Any, depth: Any) -> None:
    """Around Python's own limit, where what could be read cannot always be repeated."""
    nested = f'{{"answers": {{"brand_voice": {"[" * depth}{"]" * depth}}}}}'
    response = upload(owner, nested)
    assert response.status_code == 422
    assert faults(response)
    assert Assessment.objects.count() == 0


def test_a_file_over_1_mb_is_refused_and_one_of_1_mb_is_read(owner: Any) -> None:
    document = json.dumps(named())
    assert upload(owner, document + " " * (1_000_000 - len(document))).status_code == 302
    response = upload(owner, document + " " * (1_000_001 - len(document)))
    assert (response.status_code, len(faults(response))) == (413, 1)
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("size", [2_600_000, 3_000_001])
def test_a_huge_body_is_refused_calmly_before_it_is_read(owner: Any, assessment: Any, size: int) -> None:
    before = rows(assessment)
    url = section_url(assessment, "use_case")
    body = b"name=" + b"x" * (size - 5)
    response = owner.generic("POST", url, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert Page(response).title
    assert rows(assessment) == before


def test_a_huge_upload_is_refused(owner: Any) -> None:
    response = upload(owner, b"x" * 3_000_001)
    assert response.status_code == 413
    assert Page(response).title
    assert Assessment.objects.count() == 0


def test_more_fields_than_a_form_has_are_refused(owner: Any, assessment: Any) -> None:
    before = rows(assessment)
    body = "&".join(f"f{number}=1" for number in range(1001))
    response = owner.generic(
        "POST", section_url(assessment, "use_case"), body, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 413
    assert Page(response).title
    assert rows(assessment) == before


@pytest.mark.parametrize("posted", [{}, {"document": "text, not a file"}])
def test_no_file_is_told_at_the_form(owner: Any, posted: Any) -> None:
    response = owner.post("/import/", posted)
    assert response.status_code == 422
    assert faults(response) == ["Choose a file to import"]


def test_a_byte_order_mark_does_no_harm(owner: Any) -> None:
    assert upload(owner, b"\xef\xbb\xbf" + json.dumps(named()).encode()).status_code == 302
    assert export(owner, Assessment.objects.get()) == named()


def test_thousands_of_faults_make_no_endless_page(owner: Any) -> None:
    document = named(answers={f"unknown_{number}": "yes" for number in range(20_000)})
    response = upload(owner, json.dumps(document))
    assert response.status_code == 422
    assert len(response.content) < 5_000_000
