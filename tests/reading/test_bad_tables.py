"""Bad tables are refused with a reason, or read with the faulty rows listed (section 8 of the contract on evidence)."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from .reading import FILES, chosen, codes, read_drop, read_found, refusal, text_file

HOSTILE = FILES / "hostile"


@pytest.mark.parametrize(
    ("name", "code", "figures"),
    [
        ("sparse.xlsx", "far_cell", {"sheet": "S", "cell": "XFD1048576", "millions": 17_179}),
        ("sparse_small.xlsx", "far_cell", {"sheet": "S", "cell": "ZZ200000", "millions": 140}),
        ("laughs.xlsx", "damaged_workbook", {}),
        ("truncated.xlsx", "not_whole_zip", {}),
    ],
)
def test_a_hostile_workbook_is_refused(name: str, code: str, figures: dict[str, str | int]) -> None:
    (refused,) = read_drop(HOSTILE / name).refused
    assert (refused.said.code, refused.said.figures) == (code, figures)


def test_bombs_are_refused_once_they_unpack_too_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `make_hostile.py` writes them, with 105 MB inside instead of 1.5 GB: the caps lie below."""
    monkeypatch.chdir(tmp_path)
    source = re.sub(r"range\((?:1500|900)\)", "range(105)", (HOSTILE / "make_hostile.py").read_text())
    exec(compile(source, "make_hostile.py", "exec"), {"__name__": "made"})
    assert refusal(tmp_path / "bomb_spaces.xlsx") == "unpacks_too_large"
    assert refusal(tmp_path / "bomb_cells.xlsx") == "many_cells"
    for path in HOSTILE.glob("*.xlsx"):
        assert (tmp_path / path.name).exists()


def test_a_table_under_the_name_of_a_workbook_is_read_as_what_it_is() -> None:
    found = read_found(HOSTILE / "fake.xlsx")
    assert (found.layout, [note.code for note in found.notes]) == ("csv", ["name_disagrees"])
    assert found.failures
    assert found.failures.counts == {"policy_tone": 1}


def test_formulas_without_values_are_empty_and_listed() -> None:
    found = read_found(HOSTILE / "formula.xlsx")
    assert codes(found) == [(2, "formula_without_value"), (4, "cell_error")]
    assert found.preview[1:] == (('=HYPERLINK("x")', ""), ("tone", "2"), ("tone", ""))


def workbook(path: Path, write: Callable[[xlsxwriter.Workbook], None], **options: bool) -> Path:
    book = xlsxwriter.Workbook(path, options)
    write(book)
    book.close()
    return path


def test_days_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(1, 0, ["Date", "Failure"])  # the first row is empty
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, serial in enumerate((44_810, 44_811, 44_812)):
            sheet.write_number(row + 2, 0, serial, day if row else None)
            sheet.write_string(row + 2, 1, "tone")

    found = read_found(workbook(tmp_path / "book.xlsx", write, date_1904=True))
    assert found.failures
    assert (found.failures.first, found.failures.last) == ("2026-09-07", "2026-09-09")
    assert not found.faults


def test_the_sheet_can_be_chosen(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Read me").write_row(0, 0, ["Made by", "hand"])
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["Failure", "Day"])
        sheet.write_row(1, 0, ["tone", "2026-09-07"])

    path = workbook(tmp_path / "book.xlsx", write)
    found = read_found(path)
    assert (found.kind, chosen(found, "sheet")) == ("failures", "Log")
    assert read_drop(path, choices={"sheet": "Read me"}).refused[0].said.code == "header_only"


def test_one_long_text_in_many_cells_is_refused_and_rows_without_cells_are_not(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["failure", "note"])
        for row in range(1, 8_001):
            sheet.write_row(row, 0, ["tone", "x" * 32_000])

    (refused,) = read_drop(workbook(tmp_path / "long.xlsx", write)).refused
    assert (refused.said.code, refused.said.figures) == ("much_text", {"sheet": "Log", "megabytes": 200})

    def write_few(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Log")
        for row in range(2):
            sheet.write_row(row, 0, ["failure", "note"] if not row else ["tone", "x" * 32_000])
        sheet.set_row(1_048_575, 30)  # as other programs write a last row without cells

    assert read_found(workbook(tmp_path / "few.xlsx", write_few)).rows == 1


def test_a_workbook_with_a_member_that_is_locked_is_refused(tmp_path: Path) -> None:
    data = BytesIO((FILES / "plain/overrides.xlsx").read_bytes())
    raw = bytearray(data.getvalue())
    with zipfile.ZipFile(data) as archive:
        raw[archive.start_dir + 8] |= 1  # the flag of the first entry of the directory
    (tmp_path / "locked.xlsx").write_bytes(raw)
    assert refusal(tmp_path / "locked.xlsx") == "encrypted"


def test_ragged_rows_are_listed_and_names_made_unique(tmp_path: Path) -> None:
    text = 'Failure,Score,,Score\ntone,1,2,3\ntone,1\ntone,1,2,3,4\n,,,,\n"format, broken",1,2,3\n'
    found = read_found(text_file(tmp_path, text))
    assert found.preview[0] == ("Failure", "Score", "Column 3", "Score (2)")
    assert codes(found) == [(3, "too_few_cells"), (4, "too_many_cells")]
    assert found.rows == 3
    assert [fault.is_warning for fault in found.faults] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nmetric;before;after\r\nF1;0,61;0,09\r\n",
        "metric;before;after\nF1;0,61;0,09\n",
        "metric\tbefore\tafter\rF1\t61%\t9%\r",
        "metric|before|after\nF1|0.61|0.09\n",
        'metric,before,after\nF1,"0,61","0,09"\n',
    ],
)
def test_separators_and_decimal_commas(tmp_path: Path, text: str) -> None:
    found = read_found(text_file(tmp_path, text))
    assert found.changes
    (metric,) = found.changes.metrics
    assert (metric.before, metric.after, metric.higher_is_better) == (0.61, 0.09, True)


def test_a_separator_and_columns_can_be_chosen(tmp_path: Path) -> None:
    path = text_file(tmp_path, "when;what,who\n2026-09-07;tone,x\n")
    found = read_found(path, choices={"separator": "comma", "what": "failures", "column.failure": "when;what"})
    assert found.preview[0] == ("when;what", "who")
    assert found.failures
    assert found.failures.unmapped == {"2026-09-07;tone": 1}


def test_per_cent_and_shares_are_not_mixed(tmp_path: Path) -> None:
    text = "metric,before,after,better\nF1,91.4%,0.93,higher\nRecall,1,x,higher\nFNR,0.6,0.1,sideways\nOK,1,2,lower\n"
    found = read_found(text_file(tmp_path, text))
    assert codes(found) == [(2, "units_differ"), (3, "no_measure"), (4, "no_direction")]
    assert found.rows == 1


def log(*days: str) -> str:
    return "date,failure\n" + "".join(f"{day},tone\n" for day in days)


def test_the_order_of_day_and_month_is_asked_where_nothing_tells_it(tmp_path: Path) -> None:
    path = text_file(tmp_path, log("05/06/2026", "06/06/2026"))
    found = read_found(path)
    assert found.failures
    assert (found.failures.weeks, found.failures.counts) == ((), {"policy_tone": 2})
    assert [note.code for note in found.notes] == ["date_order_unknown"]
    assert not found.faults
    first, second = (
        read_found(path, choices={"date_order": "day_first"}).failures,
        read_found(path, choices={"date_order": "month_first"}).failures,
    )
    assert first
    assert second
    assert (first.first, second.first) == ("2026-06-05", "2026-05-06")
    told = read_found(text_file(tmp_path, log("05/06/2026", "13/06/2026", "soon"), "told.csv"))
    assert told.failures
    assert (told.failures.last, codes(told)) == ("2026-06-13", [(4, "no_day")])


def test_values_that_stand_for_no_mode_can_be_given_one(tmp_path: Path) -> None:
    path = text_file(tmp_path, "failure,slice\ntone,a\nmystery,a\ntest entry,b\n")
    found = read_found(path)
    assert found.failures
    assert found.failures.unmapped == {"mystery": 1, "test entry": 1}
    choices = {"mode.mystery": "reasoning", "mode.test entry": "leave_out"}
    (again,) = read_drop(path, choices=choices).found
    assert again.failures
    assert (again.failures.counts, again.failures.unmapped) == ({"policy_tone": 1, "reasoning": 1}, {})


def test_what_counts_as_a_pass(tmp_path: Path) -> None:
    words = ("yes", "1", "TRUE", "PASS", "c", "no", "0", "I")
    text = "case,passed\n" + "".join(f"{place},{word}\n" for place, word in enumerate(words))
    found = read_found(text_file(tmp_path, text))
    assert found.run
    assert (found.run.variants[0].passes, found.run.variants[0].graded) == (5, 8)


def test_a_score_is_no_pass_before_somebody_says_from_where_on(tmp_path: Path) -> None:
    path = text_file(tmp_path, "case,score\na,0.7\nb,0.4\nc,\n")
    found = read_found(path)
    assert (found.kind, found.run) == ("table", None)
    assert [choice.key for choice in found.choices if choice.is_needed] == ["threshold"]
    assert read_found(
        text_file(tmp_path, "case,correct\na,0.7\nb,0.4\n", "other.csv"), choices={"threshold": "0,5"}
    ).run
    run = read_found(path, choices={"threshold": "0.5"}).run
    assert run
    variant = run.variants[0]
    assert (variant.name, variant.passes, variant.graded, variant.broken) == ("table", 1, 2, 1)


def test_one_odd_value_among_passes_is_listed_and_not_guessed(tmp_path: Path) -> None:
    rows = "".join(f"c{place},1\n" for place in range(20))
    found = read_found(text_file(tmp_path, f"case,pass\n{rows}d,maybe\ne,7\n"))
    assert codes(found) == [(22, "neither_pass_nor_fail"), (23, "neither_pass_nor_fail")]
    assert found.rows == 22


@pytest.mark.parametrize("often", [1, 9])
def test_words_and_scores_in_one_column_ask_from_which_score_on_it_passes(tmp_path: Path, often: int) -> None:
    words = ("yes", "1", "TRUE", "PASS", "no") * often
    text = "case,pass\n" + "".join(f"c{place},{word}\n" for place, word in enumerate((*words, "0.7")))
    path = text_file(tmp_path, text)
    assert [choice.key for choice in read_found(path).choices if choice.is_needed] == ["threshold"]
    run = read_found(path, choices={"threshold": "0.6"}).run
    assert run
    assert (run.variants[0].passes, run.variants[0].graded) == (len(words) - often + 1, len(words) + 1)


def test_the_same_case_twice_is_averaged_and_said(tmp_path: Path) -> None:
    found = read_found(text_file(tmp_path, "case,pass,latency s\na,1,2\na,0,4\nb,1,3\n"))
    assert found.run
    variant = found.run.variants[0]
    assert (variant.passed.count, variant.passed.of, variant.rows, variant.p50) == (1.5, 2, 3, 3_000)
    assert [(note.code, note.figures) for note in found.notes] == [("repeats", {"count": 1})]


def test_two_columns_of_right_answers_say_how_far_people_agree(tmp_path: Path) -> None:
    rows = "yes,yes\n" * 20 + "yes,no\n" * 5 + "no,yes\n" * 10 + "no,No \n" * 15 + "no,\n"
    found = read_found(text_file(tmp_path, f"annotator 1,annotator 2\n{rows}"))
    assert found.answers
    assert (found.kind, found.answers.agreed.count, found.answers.agreed.of) == ("answers", 35, 50)
    assert found.answers.kappa == pytest.approx(0.4)
    assert codes(found) == [(52, "one_answer")]


def test_two_reviewers_of_labels_are_answers_and_of_failures_a_log(tmp_path: Path) -> None:
    header = "ticket,first reviewer,second reviewer\n"
    answers = read_found(text_file(tmp_path, f"{header}1,vpn,vpn\n2,lockout,vpn\n"))
    backwards = "ticket,second reviewer,what it was,failure\n1,tone,x,tone\n2,tone,x,schema\n"
    failures = read_found(text_file(tmp_path, backwards, "log.csv"))
    assert (chosen(failures, "column.failure"), chosen(failures, "column.second")) == ("failure", "second reviewer")
    assert (answers.kind, failures.kind) == ("answers", "failures")
    assert failures.failures
    assert failures.failures.agreement


@pytest.mark.parametrize(
    ("header", "choices", "note"),
    [
        ("failure,pass", {"what": "failures", "column.failure": "failure"}, "free_text"),
        ("variant,pass", {"what": "run", "column.variant": "variant"}, "many_variants"),
    ],
)
def test_what_people_wrote_is_no_kind_and_no_variant(
    tmp_path: Path, header: str, choices: dict[str, str], note: str
) -> None:
    rows = "".join(f"they wrote {place},1\n" for place in range(1_001))
    found = read_found(text_file(tmp_path, f"{header}\n{rows}"), choices=choices)
    assert (found.kind, [said.code for said in found.notes][-1:]) == ("table", [note])
    assert not any(choice.key.startswith("mode.") for choice in found.choices)


def test_what_a_table_is_can_be_said(tmp_path: Path) -> None:
    path = text_file(tmp_path, "one,two\nred,blue\nred,red\n")
    found = read_found(path)
    assert (found.kind, [choice.key for choice in found.choices if choice.is_needed]) == ("table", ["what"])
    asked = read_found(path, choices={"what": "answers"})
    assert {choice.key for choice in asked.choices if choice.is_needed} == {"column.label", "column.second"}
    assert (
        read_found(path, choices={"what": "answers", "column.label": "one", "column.second": "two"}).kind == "answers"
    )


def test_failures_that_nobody_has_labelled_are_handed_on_from_the_column_with_the_most_words(tmp_path: Path) -> None:
    rows = "a,It named a wrong date\nb,\nc,It named a wrong date\nd,It closed the ticket\n" + "e," + "x" * 10_001
    found = read_found(text_file(tmp_path, f"id,what happened\n{rows}\n"), choices={"what": "texts"})
    assert (found.kind, found.texts) == ("texts", ("It named a wrong date", "It closed the ticket"))
    assert codes(found) == [(3, "no_failure"), (6, "text_too_long")]


def test_each_table_of_a_drop_can_be_said_to_be_something_else(tmp_path: Path) -> None:
    odd = text_file(tmp_path, "one,two\nred,blue\nred,red\n", "odd.csv")
    drop = ("plain/before_after.csv", odd)
    (asked,) = (choice for found in read_drop(*drop).found for choice in found.choices if choice.is_needed)
    assert (asked.key, asked.about) == ("what.odd.csv", "odd.csv")
    choices = {"what.odd.csv": "answers", "column.label": "one", "column.second": "two"}
    assert [found.kind for found in read_drop(*drop, choices=choices).found] == ["changes", "answers"]


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        (b"date,failure\n2026-09-07,t\0one\n", ["nuls"]),
        ("failure,slice\ntone,größer\ntone,grö".encode() + b"\xff\n", ["invalid"]),
        ("failure,slice\ntone,größer\n".encode("utf-16-le"), ["read_as"]),
        ("failure,slice\ntone,größer\n".encode("cp1252"), ["read_as"]),
    ],
)
def test_broken_characters_are_replaced_and_counted(tmp_path: Path, data: bytes, notes: list[str]) -> None:
    (tmp_path / "log.csv").write_bytes(data)
    found = read_found(tmp_path / "log.csv")
    assert [note.code for note in found.notes] == notes
    assert found.failures
    assert set(found.failures.counts) == {"policy_tone"}


def test_another_encoding_can_be_chosen(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes("failure,slice\ntone,große\n".encode("mac-roman"))
    found = read_found(tmp_path / "log.csv", choices={"encoding": "mac-roman"})
    assert found.failures
    assert set(found.failures.slices) == {"große"}
    assert read_drop(tmp_path / "log.csv", choices={"encoding": "no-such"}).refused[0].said.code == "unknown_encoding"


def test_lines_of_objects_have_their_faults_by_line(tmp_path: Path) -> None:
    lines = [
        '{"failure": "tone", "about": {"slice": "a", "tags": [1]}}',
        '{"a":' + "[" * 2_000 + "]" * 2_000 + "}",
        '{"failure": "tone", "cost": ' + "9" * 5_000 + "}",
        '{"failure": "tone", "score": NaN}',
        '{"failure": "tone", "failure": "format"}',
        '"only text"',
        '{"failure": "\\ud800"}',
        "",
        '{"failure": ',
    ]
    found = read_found(text_file(tmp_path, "\n".join(lines), "log.jsonl"))
    assert codes(found) == [(2, "too_deep"), (3, "not_json"), (6, "no_object"), (9, "not_json")]
    assert found.failures
    assert found.failures.counts == {"policy_tone": 2, "format_failure": 1}
    assert found.failures.unmapped == {"\N{REPLACEMENT CHARACTER}": 1}
    assert "about.slice" in found.preview[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("date,failure\n", "header_only"),
        ("\n\n \n", "empty"),
        ("a,b\n1,2,3\n4,5,6\n", "only_faults"),
        (",".join(map(str, range(100_000))) + "\n1\n", "too_many_columns"),
    ],
)
def test_a_table_with_nothing_in_it_is_refused(tmp_path: Path, text: str, code: str) -> None:
    assert refusal(text_file(tmp_path, text)) == code


def test_a_column_without_values_says_nothing(tmp_path: Path) -> None:
    path = text_file(tmp_path, "failure,day\n,2026-09-07\n")
    (refused,) = read_drop(path, choices={"what": "failures", "column.failure": "failure"}).refused
    assert refused.said.code == "nothing_to_read"


def test_long_texts_tell_cases_apart_and_are_whole_as_training_data(tmp_path: Path) -> None:
    long = "word " * 200
    found = read_found(text_file(tmp_path, f"input,pass\n{long}one,1\n{long}two,0\n"))
    assert found.run
    assert (found.cases, found.run.variants[0].passed.of) == (2, 2)
    trained = read_found(text_file(tmp_path, f"prompt,completion\n{long},yes\n", "pairs.csv"))
    assert trained.training
    assert trained.training.tokens > 200
