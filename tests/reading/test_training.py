"""Training sets, line by line: every figure of expected.json comes out, and a line is an example or a fault."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.engine.measured.figures import TrainingFigures
from assessments.engine.measured.found import FileFound, FileToRead, ReadingJob
from assessments.framework.loader import load_framework
from assessments.reading.open_file import open_file
from assessments.reading.training import read
from assessments.reading.training_chat import Warned
from assessments.reading.training_hints import hints_in
from assessments.reading.training_layouts import example_of, layout_of
from assessments.reading.training_lines import LineFault, line_value
from assessments.reading.training_near import NearCopies

from .reading import FILES, read_drop, read_found

EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text())["training"]
DESK, EVALUATION = "training/service_desk_346.jsonl.gz", "training/service_desk_eval_40.jsonl"
TEXTS = load_framework().reading


def figures(found: FileFound) -> TrainingFigures:
    assert found.training is not None
    return found.training


def written(folder: Path, *lines: object, end: str = "\n") -> FileFound:
    path = folder / "set.jsonl"
    path.write_text(end.join(line if isinstance(line, str) else json.dumps(line) for line in lines) + end)
    return read_found(path)


def chat(asked: str, answer: str, **more: object) -> dict[str, object]:
    return {"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": answer}], **more}


def test_the_service_desks_training_set_is_counted() -> None:
    expected, found = EXPECTED["service_desk_346.jsonl.gz"], read_found(DESK)
    counted = figures(found)
    assert (counted.lines, counted.valid, counted.distinct) == tuple(
        expected[key] for key in ("lines", "valid", "distinct")
    )
    assert counted.labels == expected["labels"]
    assert counted.contradiction_count == expected["same_input_other_answer"]
    assert counted.near_count == len(counted.near) == expected["near_duplicate_lines_0.8"]
    assert counted.tokens == expected["tokens_bytes_over_4"]
    assert counted.tokens_per_example == pytest.approx(6699 / 346)
    assert counted.overlap_exact is counted.overlap_near is None
    assert (found.kind, found.layout, found.rows, found.fault_count) == ("training", "openai_chat", 346, 0)


def test_progress_is_told_while_it_reads() -> None:
    told: list[tuple[float, int]] = []
    file = FileToRead(path=str(FILES / DESK), name="desk.jsonl", sha256="")
    with open_file(file) as opened:
        read(opened, ReadingJob(files=(file,)), lambda share, lines: told.append((share, lines)))
    assert [lines for _, lines in told] == [200, 200]  # the layouts first, then the lines
    assert 0 < told[0][0] < 0.1 < told[1][0] < 1


def test_an_evaluation_file_beside_it_is_known_by_its_name_and_looked_for_in_it() -> None:
    expected = EXPECTED["overlap with service_desk_eval_40.jsonl"]
    for drop in ((DESK, EVALUATION), (EVALUATION, DESK)):
        found = {one.files: one for one in read_drop(*drop).found}
        counted = figures(found[("service_desk_346.jsonl.gz",)])
        assert counted.overlap_exact == expected["exact"]
        assert counted.overlap_near == expected["near_0.8_not_exact"]
        assert found[("service_desk_eval_40.jsonl",)].training is None


def test_which_file_is_there_to_evaluate_can_be_said() -> None:
    names = ("service_desk_346.jsonl.gz", "service_desk_eval_40.jsonl")
    said = dict(zip((f"role_of_file.{name}" for name in names), ("evaluation", "training"), strict=True))
    found = {one.files: one for one in read_drop(DESK, EVALUATION, choices=said).found}
    assert found[names[:1]].training is None
    assert figures(found[names[1:]]).overlap_exact == EXPECTED["overlap with service_desk_eval_40.jsonl"]["exact"]
    asked = {choice.key: choice.is_guess for choice in found[names[1:]].choices}
    assert not any(asked[key] for key in said)


def test_a_table_of_inputs_evaluates_only_where_its_name_or_a_person_says_so(tmp_path: Path) -> None:
    desk = tmp_path / "desk.jsonl"
    desk.write_text("\n".join(json.dumps(chat(f"case number {place} of the desk", "other")) for place in range(9)))
    for name, overlap in (("questions.csv", None), ("test_questions.csv", 1)):
        (tmp_path / name).write_text("id,asked\n1,Case number 3 of the desk\n2,case number 4 of the desk\n")
        found = next(one for one in read_drop(desk, tmp_path / name).found if one.kind == "training")
        assert figures(found).overlap_exact == overlap
        assert figures(found).overlap_near == overlap  # the one that differs in a capital


def test_copies_contradictions_and_near_copies_come_with_both_lines() -> None:
    expected, counted = EXPECTED["duplicates.jsonl"], figures(read_found("training/duplicates.jsonl"))

    def pairs(key: str) -> list[tuple[int, int]]:
        return [tuple(pair) for pair in expected[key]]

    assert counted.lines == expected["lines"]
    assert list(counted.copies) == pairs("exact_duplicates")
    assert list(counted.contradictions) == pairs("same_input_other_answer")
    assert list(counted.near) == pairs("near_0.8")
    assert list(counted.near_other_label) == pairs("near_with_other_answer")
    assert (counted.distinct, counted.seen_twice, counted.contradicted) == (36, 4, 1)


def test_every_faulty_line_is_told_and_no_other() -> None:
    expected, found = EXPECTED["faults.jsonl"], read_found("training/faults.jsonl")
    counted = figures(found)
    assert [fault.row for fault in found.faults if not fault.is_warning] == expected["faults"]
    assert [fault.row for fault in found.faults if fault.is_warning] == expected["warnings"]
    assert (counted.lines, counted.valid, counted.empty) == (
        expected["lines"],
        expected["valid"],
        len(expected["empty"]),
    )
    assert (found.fault_count, counted.warnings) == (len(expected["faults"]), len(expected["warnings"]))
    for kind in ("email", "phone", "card", "iban"):
        assert list(counted.hints[kind]) == expected[f"{kind}_lines"]
    assert 30 in dict(counted.longest)


@pytest.mark.parametrize(
    ("name", "layout", "valid", "pairs"),
    [
        ("openai_chat.jsonl", "openai_chat", 4, False),
        ("openai_tools_weights.jsonl", "openai_chat", 2, False),
        ("mistral_tools.jsonl", "openai_chat", 1, False),
        ("anthropic_bedrock.jsonl", "anthropic_bedrock", 4, False),
        ("bedrock_conversation.jsonl", "bedrock_conversation", 4, False),
        ("gemini.jsonl", "gemini", 4, False),
        ("cohere.jsonl", "cohere", 4, False),
        ("sharegpt.json", "sharegpt", 4, False),
        ("sharegpt_tools.jsonl", "sharegpt", 1, False),
        ("alpaca.json", "alpaca", 4, False),
        ("prompt_completion.jsonl", "prompt_completion", 4, False),
        ("pairs.csv", "prompt_completion", 4, False),
        ("openai_preference.jsonl", "openai_preference", 4, True),
        ("trl_dpo.jsonl", "trl_dpo", 4, True),
        ("trl_kto.jsonl", "trl_kto", 4, True),
        ("text_only.jsonl", "text_only", 4, False),
        ("pretty_array.json", "openai_chat", 4, False),
        ("bom_crlf.jsonl", "openai_chat", 4, False),
    ],
)
def test_every_layout_is_read(name: str, layout: str, valid: int, pairs: bool) -> None:
    found = read_found(f"training/{name}")
    counted = figures(found)
    assert (found.layout, counted.layout, counted.valid, counted.distinct) == (layout, layout, valid, valid)
    assert (counted.pairs, found.faults) == (pairs, ())
    assert layout in TEXTS.layouts


def test_what_is_odd_about_a_whole_file_is_said() -> None:
    def notes(name: str) -> list[str]:
        return [note.code for note in read_found(f"training/{name}").notes]

    assert notes("bom_crlf.jsonl") == ["byte_mark", "crlf"]
    assert notes("sharegpt.json") == notes("pretty_array.json") == ["json_list"]
    assert figures(read_found("training/pairs.csv")).reviewed == 3


def test_lines_that_no_json_reader_takes_are_faults_of_their_own(tmp_path: Path) -> None:
    deep = '{"messages": ' + "[" * 3000
    found = written(
        tmp_path,
        json.dumps(chat("a", "b")).replace('"b"', "NaN"),
        deep,
        json.dumps(chat("a", "b")).replace('"b"', "9" * 5000),
        json.dumps(chat("x" * 1_100_000, "b")),
        '{"messages": ' + "[" * 700 + "]" * 700 + "}",
        '{"messages": [], ' + json.dumps(chat("a", "b"))[1:],
        chat("a", "c"),
    )
    assert [(fault.row, fault.said.code) for fault in found.faults] == [
        (1, "not_a_number"),
        (2, "too_deep"),
        (3, "number_out_of_range"),
        (4, "too_long"),
        (5, "too_deep"),
        (6, "equal_keys"),
    ]
    assert figures(found).valid == 2


def test_a_file_without_one_good_line_is_told_with_its_reasons(tmp_path: Path) -> None:
    found = written(tmp_path, {"messages": []}, {"messages": [{"role": "user"}]})
    assert [note.code for note in found.notes] == ["nothing_valid"]
    assert [fault.said.code for fault in found.faults] == ["no_messages", "no_content"]
    assert (figures(found).valid, figures(found).tokens_per_example) == (0, 0)


def test_a_key_of_json_answers_can_be_picked_as_the_label(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    answers = [{"queue": "vpn", "why": f"reason {place}"} for place in range(60)] + [{"queue": "mail", "why": "more"}]
    path.write_text("\n".join(json.dumps(chat(f"q{n}", json.dumps(one))) for n, one in enumerate(answers)))
    before, after = read_found(path), read_found(path, choices={"label_key": "queue"})
    assert (figures(before).labels, figures(before).label_keys) == (None, ("queue", "why"))
    assert figures(after).labels == {"vpn": 60, "mail": 1}
    assert [choice.chosen for choice in after.choices if choice.key == "label_key"] == ["queue"]


def test_answers_with_the_weight_0_are_not_what_is_learnt(tmp_path: Path) -> None:
    line = chat("a", "learnt")
    messages = line["messages"]
    assert isinstance(messages, list)
    messages += [{"role": "user", "content": "b"}, {"role": "assistant", "content": "not learnt", "weight": 0}]
    assert figures(written(tmp_path, line, line)).labels == {"learnt": 2}


def test_answers_that_all_differ_are_texts_and_none_is_kept(tmp_path: Path) -> None:
    counted = figures(written(tmp_path, *(chat(f"question {place}", f"a text of {place} words") for place in range(9))))
    assert counted.labels is None
    assert "words" not in str(counted)


def test_texts_that_are_all_somewhat_alike_end_and_are_said_to_be_a_least_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assessments.reading.training_near._FREE", 500)
    template = " ".join(f"word{place}" for place in range(100))
    copies = NearCopies()
    for number in range(200):
        copies.add(number, f"{template} {' '.join(f'own{number}{place}' for place in range(25))}")
    assert not copies.are_all_found
    assert len(copies._parts) < 100


def test_a_near_copy_is_not_kept_so_that_many_of_them_cost_no_more_than_each() -> None:
    text, copies = " ".join(f"word{place}" for place in range(100)), NearCopies()
    assert [copies.add(number, f"{text} own{number}") for number in range(50)] == [None, *[0] * 49]
    assert len(copies._parts) == 1


def test_hints_take_no_number_with_a_wrong_check_digit_and_no_part_of_a_longer_one() -> None:
    assert hints_in("Ticket 20261127, version 0.0.123456789") == ()
    assert hints_in("0049 30 23125014") == ("phone",)
    assert hints_in("IBAN GB33BUKB20201555555555 for a.b@example.com") == ("email", "iban")


LINES = [
    line
    for path in sorted((FILES / "training").glob("*.jsonl"))
    for line in path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    if line.startswith(b"{") and len(line) < 1000
]
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def broken(value: Any, draw: st.DrawFn) -> Any:
    """A value with one place in it changed to something else, or left out."""
    if isinstance(value, dict) and value and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(value)))
        if not draw(st.integers(0, 4)):
            return {name: one for name, one in value.items() if name != key}
        return {**value, key: broken(value[key], draw)}
    if isinstance(value, list) and value and draw(st.integers(0, 3)):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], broken(value[place], draw), *value[place + 1 :]]
    return draw(JUNK)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    line = draw(st.sampled_from(LINES))
    if draw(st.booleans()):
        start, length = draw(st.integers(0, len(line))), draw(st.integers(0, 9))
        return line[:start] + draw(st.binary(max_size=6)) + line[start + length :]
    try:
        return json.dumps(broken(json.loads(line), draw)).encode()
    except ValueError:
        return line


@given(mutated())
@example(b'{"prompt": "a", "completion": [], "label": true}')
def test_a_line_is_an_example_or_a_fault_and_nothing_else(line: bytes) -> None:
    warned = Warned()
    try:
        value, _ = line_value(line)
        layout = layout_of(value) if isinstance(value, dict) else ""
        if not isinstance(value, dict) or not layout:
            return
        found = example_of(value, layout, warned)
    except LineFault as fault:
        told = [fault.said]
    else:
        assert found.answer is None or found.output.strip()
        assert found.size == len(found.text.encode()) - (len(found.turns) - 1)
        told = list(warned.told.values())
    for one in told:
        assert TEXTS.faults[one.code].format(**one.figures)


def test_every_fault_that_is_raised_has_a_sentence_with_the_figures_given() -> None:
    for path in sorted((Path(__file__).parents[2] / "assessments/reading").glob("training*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("LineFault", "warned.add"):
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    TEXTS.faults[str(code.value)].format(**{keyword.arg or "": 1 for keyword in node.keywords})
