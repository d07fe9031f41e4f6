"""The page of one import: every fixture opens, choices are read again, proposals are accepted or left."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.engine.measured.figures import RunRow, VariantFacts
from assessments.engine.measured.found import FileFound, FileToRead, ReadingJob, WhatWasRead
from assessments.engine.measured.runs import run_figures
from assessments.framework import load_framework
from assessments.models import Assessment, EvidenceFile, EvidenceImport, ImportState
from assessments.reading.__main__ import read_all
from assessments.services import evidence

from ..documents import named
from ..imports import EVIDENCE_FILES
from ..page_faults import faults, labelled, sound, whole
from ..pages import Page, told_by
from ..signers import browser, new_team
from ..visits import save_one, value_of

pytestmark = pytest.mark.django_db

FILES = [
    path for path in sorted(EVIDENCE_FILES.glob("[!c]*/*")) if path.is_file() and path.suffix not in (".py", ".md")
]
RAW = re.compile(r"\bNone\b(?! of )|\bTrue\b|\bFalse\b|\w+_v\d\b|\{\w+\}|\bcolumn\.|\bmode\.")


def read_here(*paths: Path, choices: dict[str, str] | None = None) -> WhatWasRead:
    """What the reading process finds, without the process."""
    files = tuple(FileToRead(path=str(path), name=path.name, sha256=digest_of(path)) for path in paths)
    return read_all(ReadingJob(files=files, choices=choices or {}, modes=load_framework().reading.modes))


def digest_of(path: Path) -> str:
    return path.name.encode().hex().ljust(64, "0")[:64]


def imported(assessment: Assessment, *paths: Path, stored: str = "") -> EvidenceImport:
    read = msgspec.json.encode(read_here(*paths)).decode()
    one = EvidenceImport.objects.create(assessment=assessment, state=ImportState.READ, read=read)
    for path in paths:
        EvidenceFile.objects.create(
            evidence_import=one, name=path.name, size=path.stat().st_size, sha256=digest_of(path), stored=stored
        )
    return one


def page_of(client: Any, one: EvidenceImport) -> Any:
    return client.get(reverse("evidence_import", args=[one.assessment_id, one.pk]))


def test_every_file_has_a_page_without_a_raw_key(owner: Any, assessment: Any) -> None:
    said: dict[str, Any] = {}
    for path in FILES:
        response = page_of(owner, imported(assessment, path, stored="here"))
        page, name = Page(response), f"{path.parent.name}/{path.name}"
        for preview in page.root.iterfind(".//table[@class='tbl preview']"):
            preview.clear()
        raw = RAW.findall(told_by(page))
        if response.status_code != 200 or raw or (wrong := [*whole(page), *sound(page), *labelled(page)]):
            said[name] = response.status_code, raw or wrong
    assert said == {}


def sent_in(client: Any, assessment: Assessment, name: str | Path) -> EvidenceImport:
    """The import of a fixture that somebody hands in, read at once."""
    path = EVIDENCE_FILES / name
    file = SimpleUploadedFile(path.name, path.read_bytes())
    client.post(reverse("evidence", args=[assessment.pk]), {"files": [file]})
    return EvidenceImport.objects.latest("pk")


def chosen(client: Any, one: EvidenceImport, **more: str) -> Page:
    """The page after its choices were sent with these."""
    form = Page(page_of(client, one)).form("choices")
    sent = client.post(reverse("evidence_import", args=[one.assessment_id, one.pk]), form | more)
    assert sent.status_code == 302, told_by(Page(sent))
    return Page(page_of(client, one))


def accept(page: Page, path: str) -> dict[str, str]:
    """What the form sends where the first answer that is proposed here is accepted."""
    values = [one.get("value") for one in page.all("input") if one.get("name") == f"decide.{path}"]
    return {f"decide.{path}": next(value for value in values if value.startswith("accept"))}


CONFIRMED = {"choice.real_cases": "yes", "choice.graded_by": "program", "pass_rate": "80", "slowest_p95_ms": "3000"}


@pytest.mark.usefixtures("read_at_once")
def test_from_a_file_to_answers(owner: Any, assessment: Any) -> None:
    one = sent_in(owner, assessment, "plain/five_variants.csv")
    assert "Nothing is proposed until you say that these are real cases" in told_by(Page(page_of(owner, one)))
    page = chosen(owner, one, **CONFIRMED)
    assert value_of(assessment, "pass_rate") == 0.8
    assert "Pass rate wanted" not in told_by(page)
    form = page.form("proposals-form")
    assert form["decide.answers.target_missed"] == "later"
    assert "upper" not in page.words("p-answers-target_missed")
    address = reverse("evidence_proposals", args=[assessment.pk, one.pk])
    nothing = owner.post(address, form, follow=True)
    assert "Nothing is decided yet, so nothing was saved." in Page(nothing).html
    other = owner.post(address, form | {"decide.answers.target_missed": "accept-another"}, follow=True)
    assert "Something else is proposed by now" in Page(other).html
    form |= accept(page, "answers.target_missed") | {"decide.answers.inconsistent_format": "mine", "keep": "1"}
    assert owner.post(address, form)["Location"].endswith("#proposals")
    stored = assessment.values.get(path="answers.target_missed")
    assert (stored.value, stored.strength, stored.origin["kind"]) == ("yes", "measured", "measured")
    assert stored.origin["files"][0]["name"] == "five_variants.csv"
    assert (stored.origin["rule"], stored.origin["framework"]) == ("target", load_framework().version)
    assert stored.evidence.startswith("Evaluation run, five_variants.csv: the best of 3 untuned variants")
    one.refresh_from_db()
    assert (one.state, one.keeps_files) == (ImportState.SAVED, True)
    page = Page(page_of(owner, one))
    assert "One answer rests on this." in page.words("saved")
    assert "decide.answers.target_missed" not in page.form("proposals-form")
    assert "decide.answers.inconsistent_format" not in page.form("proposals-form")
    assert "Target still missed: Yes. Evaluation run, five_variants.csv: the best of 3" in told_by(page)
    assert "Answers of changing shape: left open. Kept as it stood." in told_by(page)


@pytest.mark.usefixtures("read_at_once")
def test_an_answer_that_stands_is_never_lost(owner: Any, assessment: Any) -> None:
    one = sent_in(owner, assessment, "plain/five_variants.csv")
    shown = chosen(owner, one, **CONFIRMED)
    form = shown.form("proposals-form")
    save_one(owner, assessment, "target_missed", "no")
    address = reverse("evidence_proposals", args=[assessment.pk, one.pk])
    sent = owner.post(address, form | accept(shown, "answers.target_missed"))
    page = Page(sent)
    assert sent.status_code == 409
    assert "Saved now: No. Yours, not saved: Yes." in page.words("p-answers-target_missed")
    assert faults(page) == []
    again = page.form("proposals-form") | {"use_theirs": "answers.target_missed"}
    assert owner.post(address, again).status_code == 302
    assert value_of(assessment, "target_missed") == "no"
    form = Page(page_of(owner, one)).form("proposals-form")
    owner.post(address, form | {"all": "1"})
    assert value_of(assessment, "target_missed") == "no"


@pytest.mark.usefixtures("read_at_once")
def test_what_was_not_read_comes_as_a_sheet_that_runs_nothing(owner: Any, assessment: Any) -> None:
    one = sent_in(owner, assessment, "training/faults.jsonl")
    sheet = owner.get(reverse("evidence_faults", args=[assessment.pk, one.pk]))
    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "File,Row,Kind,Reason"
    assert len([line for line in lines if ",Not read," in line]) == 17


@pytest.mark.usefixtures("read_at_once")
def test_every_row_that_was_not_read_is_in_the_sheet_until_the_import_is_saved(
    owner: Any, assessment: Any, tmp_path: Path
) -> None:
    faulty = "".join(f"{place},perhaps\n" for place in range(300))
    table = tmp_path / "run.csv"
    table.write_text("case,pass\n" + "".join(f"a{place},yes\n" for place in range(5_000)) + faulty)
    one = sent_in(owner, assessment, table)
    address = reverse("evidence_faults", args=[assessment.pk, one.pk])
    assert owner.get(address).content.count(b",Not read,") == 300
    assert "292 more: all of them as CSV" in told_by(Page(page_of(owner, one)))
    evidence.decide_on(one, None, [])
    assert owner.get(address).content.count(b",Not read,") == 0


@pytest.mark.usefixtures("read_at_once")
def test_a_table_that_was_refused_can_be_read_in_another_way(owner: Any, assessment: Any, tmp_path: Path) -> None:
    table = tmp_path / "complaints.csv"
    table.write_text("what went wrong\n" + "The answer names the wrong office\n" * 30)
    one = sent_in(owner, assessment, table)
    page = chosen(owner, one, **{"choice.what": "training"})
    assert "It has one column only, “what went wrong”." in told_by(page)
    assert "Read it in another way" in told_by(page)
    assert faults(page) == []
    form = page.form("choices")
    assert (form["choice.what"], form["choice.encoding"], form["choice.separator"]) == ("training", "utf-8", "comma")
    page = chosen(owner, one, **{"choice.what": "texts"})
    assert "could not be read" not in told_by(page)
    assert "Label them" in told_by(page)


@pytest.mark.usefixtures("read_at_once")
def test_a_newer_run_shows_which_proposals_change(owner: Any, assessment: Any, tmp_path: Path) -> None:
    one = sent_in(owner, assessment, "plain/five_variants.csv")
    form = chosen(owner, one, **CONFIRMED).form("proposals-form")
    owner.post(reverse("evidence_proposals", args=[assessment.pk, one.pk]), form | {"all": "1"})
    newer = tmp_path / "five_variants.csv"
    text = (EVIDENCE_FILES / "plain/five_variants.csv").read_text()
    newer.write_text(re.sub(r"^(prompt\+retrieval,C-\d+,)0", r"\g<1>1", text, flags=re.MULTILINE))
    page = chosen(owner, sent_in(owner, assessment, newer), **CONFIRMED)
    assert "Replace the run" in told_by(page)
    assert "then → now: Target still missed: Yes → No Prompt" in told_by(page)


@pytest.mark.usefixtures("read_at_once")
def test_a_target_that_cannot_be_read_stays_in_its_field(owner: Any, assessment: Any) -> None:
    one = sent_in(owner, assessment, "plain/five_variants.csv")
    form = Page(page_of(owner, one)).form("choices") | {"pass_rate": "much"}
    sent = owner.post(reverse("evidence_import", args=[assessment.pk, one.pk]), form)
    assert sent.status_code == 422
    assert Page(sent).with_id("pass_rate").get("value") == "much"
    assert "Pass rate wanted" in Page(sent).words("pass_rate-error")


def test_fifty_variants_by_twenty_slices_stay_small(
    owner: Any, assessment: Any, django_assert_max_num_queries: Any
) -> None:
    rows = [
        RunRow(variant=f"v{variant}", case=f"{case}", passed=float((variant * case) % 3 > 0), slice=f"s{case % 20}")
        for variant in range(50)
        for case in range(40)
    ]
    run = run_figures(rows, [VariantFacts(key=f"v{one}", name=f"v{one}") for one in range(50)], same_prompt_above=0.8)
    found = FileFound(kind="run", files=(digest_of(Path("a.csv")),), layout="csv", rows=2_000, cases=40, run=run)
    one = EvidenceImport.objects.create(
        assessment=assessment,
        state=ImportState.READ,
        read=msgspec.json.encode(WhatWasRead(found=(found,))).decode(),
        choices={"real_cases": "yes"},
    )
    with django_assert_max_num_queries(9):
        response = page_of(owner, one)
    assert response.status_code == 200
    assert len(response.content) < 250_000


@pytest.mark.usefixtures("read_at_once")
def test_a_file_is_read_as_last_time_but_its_cases_are_confirmed_anew() -> None:
    team = new_team()
    eve = browser(team.eve)
    first, second = team.assessment(named("First")), team.assessment(named("Second"))
    one = sent_in(eve, first, "plain/five_variants.csv")
    form = chosen(eve, one, **CONFIRMED, **{"choice.in_use": "tuned"}).form("proposals-form")
    assert eve.post(reverse("evidence_proposals", args=[first.pk, one.pk]), form | {"all": "1"}).status_code == 302
    again = sent_in(eve, second, "plain/five_variants.csv")
    assert again.as_last_time
    assert (again.choices["in_use"], again.choices["graded_by"]) == ("tuned", "program")
    assert "real_cases" not in again.choices
    page = Page(page_of(eve, again))
    assert "How it was read, as last time" in told_by(page)
    assert page.with_id("choices").xpath(".//select[@name='choice.real_cases']")
