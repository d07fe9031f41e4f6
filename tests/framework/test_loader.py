"""A framework with a mistake is refused at load, with the file and the key named."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from assessments.framework import FrameworkError, load_framework
from assessments.framework.loader import read_framework

V1 = Path(__file__).parents[2] / "assessments" / "framework" / "v1"


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    return Path(shutil.copytree(V1, tmp_path / "v1"))


def break_once(folder: Any, name: Any, old: Any, new: Any) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old!r} to break"
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(folder: Any) -> Any:
    with pytest.raises(FrameworkError) as caught:
        read_framework(folder)
    return str(caught.value)


def test_an_unbroken_copy_is_the_same_framework(folder: Any) -> None:
    assert read_framework(folder) == load_framework("v1")


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("sections/ceiling.toml", "allows_na = ", "alows_na = ", "alows_na"),
        ("sections/ceiling.toml", "summary = ", "sumary = ", "sumary"),
        ("sections/costs.toml", "[[groups]]", "[[grups]]", "grups"),
        ("framework.toml", "gate_weeks = ", "gate_week = ", "gate_week"),
        ("framework.toml", "sections = ", "section = ", "section"),
        ("approaches.toml", "tuning = ", "tunes = ", "tunes"),
        ("approaches.toml", "moved_by = ", "move_by = ", "move_by"),
        ("goals.toml", "examples_from = ", "example_from = ", "example_from"),
        ("gates.toml", "because = ", "becaus = ", "becaus"),
        ("findings.toml", "message = ", "mesage = ", "mesage"),
    ],
)
def test_a_mistyped_key_is_named_with_its_file(folder: Any, name: str, old: str, new: str, key: str) -> None:
    break_once(folder, name, old, new)
    message = refusal(folder)
    assert message.startswith(f"{name}: ")
    assert key in message


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("approaches.toml", "[[approaches]]", "[[approach]]"),
        ("goals.toml", "[[goals]]", "[[goal]]"),
        ("findings.toml", "[[findings]]", "[[finding]]"),
    ],
)
def test_a_mistyped_table_is_named_with_its_file(folder: Any, name: str, old: str, new: str) -> None:
    """All of it mistyped, so that nothing of the right name is left."""
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    assert refusal(folder).startswith(f"{name}: ")


def test_an_unknown_key_beside_the_tables_is_refused(folder: Any) -> None:
    path = folder / "goals.toml"
    path.write_text("extra = 1\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    message = refusal(folder)
    assert message.startswith("goals.toml: ")
    assert "extra" in message


def test_a_missing_key_is_named_with_its_file(folder: Any) -> None:
    path = folder / "sections/ceiling.toml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.remove(next(line for line in lines if line.startswith("ask = ")))
    path.write_text("".join(lines), encoding="utf-8")
    message = refusal(folder)
    assert message.startswith("sections/ceiling.toml: ")
    assert "ask" in message


def test_an_approach_missing_in_a_fit_is_named(folder: Any) -> None:
    break_once(folder, "approaches.toml", "missing_knowledge = { prompting = 1, ", "missing_knowledge = { ")
    message = "approaches.toml: matrix.fit.missing_knowledge: missing or unknown prompting"
    assert refusal(folder) == message


def test_a_floor_for_costs_must_be_there_and_above_0(folder: Any) -> None:
    break_once(folder, "approaches.toml", "upfront_cost = 1000", "upfront_cost = 0")
    assert refusal(folder) == "approaches.toml: matrix.cost_scores.floors.upfront_cost: must be above 0"
    break_once(folder, "approaches.toml", "upfront_cost = 0", "upfront = 1")
    assert refusal(folder).startswith("approaches.toml: matrix.cost_scores.floors: missing or unknown upfront, ")


def test_an_approach_missing_in_a_criterion_is_named(folder: Any) -> None:
    break_once(folder, "approaches.toml", "scores = { prompting = 2, ", "scores = { ")
    assert refusal(folder) == "approaches.toml: matrix.criteria.consistency.scores: missing or unknown prompting"


def test_a_failure_mode_without_a_fit_is_named(folder: Any) -> None:
    break_once(folder, "approaches.toml", "\nreasoning = ", "\nreasonin = ")
    assert refusal(folder) == "approaches.toml: matrix.fit: missing or unknown reasonin, reasoning"


def test_a_question_asked_twice_is_named(folder: Any) -> None:
    break_once(folder, "sections/ceiling.toml", 'key = "multiple_models"', 'key = "prompt_variations"')
    message = refusal(folder)
    assert "'prompt_variations' stands there twice" in message
    assert message.startswith("sections")


AGAINST, CEILING = "sections/reasons_against.toml", "sections/ceiling.toml"


@pytest.mark.parametrize(
    ("name", "old", "new", "named"),
    [
        (AGAINST, 'of = "use_case.monthly_requests"', 'of = "use_case.volume"', "no question use_case.volume"),
        (AGAINST, 'no_above = "high_volume_above"', 'no_above = "very_high"', "no threshold very_high"),
        (
            AGAINST,
            ', yes_below = "low_volume_below", no_above = "high_volume_above"',
            "",
            "thresholds or another number make a choice",
        ),
        ("sections/readiness.toml", 'of = "data"', 'of = "failures.reasoning"', "has no columns"),
        (CEILING, '{task_kind = ["classification", "ranking"]}', '{task = ["ranking"]}', "no answer ranking"),
        (CEILING, '{task_kind = ["classification", "ranking"]}', '{kind = ["ranking"]}', "no question kind"),
        ("framework.toml", '"prompts_succeed", ', '"prompts_do", ', "no question prompts_do"),
    ],
)
def test_what_decides_whether_a_question_is_asked_must_be_asked_itself(
    folder: Any, name: Any, old: str, new: str, named: str
) -> None:
    break_once(folder, name, old, new)
    assert named in refusal(folder)


def test_a_question_that_raises_a_weight_must_exist(folder: Any) -> None:
    break_once(folder, "approaches.toml", '["latency_requirements"]', '["latency"]')
    assert refusal(folder) == "approaches.toml: matrix.criteria.latency.moved_by: no question latency"


def test_a_goal_that_cannot_be_chosen_is_named(folder: Any) -> None:
    break_once(folder, "sections/use_case.toml", 'value = "knowledge"', 'value = "knowlege"')
    assert refusal(folder) == "goals.toml: missing or unknown knowledge, knowlege"


def test_a_framework_that_does_not_ask_for_the_goal_is_refused(folder: Any) -> None:
    break_once(folder, "sections/use_case.toml", 'key = "goal"', 'key = "goals"')
    assert "goal" in refusal(folder)


def test_a_group_that_is_not_there_is_named(folder: Any) -> None:
    break_once(folder, "sections/costs.toml", 'group = "general"', 'group = "genral"')
    assert refusal(folder) == "sections/costs.toml: currency.group: no group 'genral'"


def test_an_unknown_source_is_named_with_its_file(folder: Any) -> None:
    break_once(folder, "sections/ceiling.toml", 'source = "framework"', 'source = "framwork"')
    message = refusal(folder)
    assert message.startswith("sections/ceiling.toml: ")
    assert "framwork" in message


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("framework.toml", "gate_weeks = 4", 'gate_weeks = "four"', "gate_weeks"),
        ("framework.toml", "gate_weeks = 4", 'gate_weeks = "4"', "gate_weeks"),
        ("framework.toml", "gate_weeks = 4", "gate_weeks = 4.7", "gate_weeks"),
        ("sections/use_case.toml", "required = true", 'required = "no"', "required"),
        ("sections/ceiling.toml", 'title = "Prompt ceiling"', "title = 5", "title"),
        ("approaches.toml", "tuning = false", 'tuning = "false"', "tuning"),
        ("goals.toml", "examples_from = 1000", "examples_from = [1000]", "examples_from"),
    ],
)
def test_a_value_of_the_wrong_type_is_named_with_its_file(folder: Any, name: str, old: str, new: str, key: str) -> None:
    break_once(folder, name, old, new)
    message = refusal(folder)
    assert message.startswith(f"{name}: ")
    assert key in message


def test_a_finding_that_the_engine_raises_must_have_its_words(folder: Any) -> None:
    break_once(folder, "findings.toml", 'code = "no_owner"', 'code = "no_oner"')
    assert refusal(folder) == "findings.toml: findings: missing or unknown no_oner, no_owner"


def test_a_finding_left_out_is_named(folder: Any) -> None:
    for name in ("findings.toml", "method.toml"):
        text = (folder / name).read_text(encoding="utf-8")
        without = re.sub(r'(?s)\[\[findings\]\]\ncode = "no_owner".*?\n\n', "", text)
        (folder / name).write_text(re.sub(r"(?m)^no_owner = .*\n", "", without), encoding="utf-8")
    assert refusal(folder) == "findings.toml: findings: missing or unknown no_owner"


def test_a_finding_that_stands_there_twice_is_named(folder: Any) -> None:
    path = folder / "findings.toml"
    text = path.read_text(encoding="utf-8")
    first = text[text.index("[[findings]]") : text.index("[[findings]]", text.index("[[findings]]") + 1)]
    path.write_text(text + "\n" + first, encoding="utf-8")
    assert refusal(folder) == "findings.toml: finding 'tuning_for_facts' stands there twice"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('severity = "high"', 'severity = "severe"', "severe"),
        ('kind = "misuse"', 'kind = "mistake"', "mistake"),
        ("what_to_do = ", "what_to_try = ", "what_to_try"),
        ('source = "glossary"', 'source = "glosary"', "glosary"),
        ("{have} labelled", "{haev} labelled", "too_few_examples.message: no haev"),
        ("Tuning is a poor place", "Tuning {is} a poor place", "tuning_for_facts.message: no is"),
        ("{have} labelled", "{have labelled", "too_few_examples.message"),
    ],
)
def test_a_mistake_in_a_finding_is_named_with_its_file(folder: Any, old: str, new: str, named: str) -> None:
    break_once(folder, "findings.toml", old, new)
    message = refusal(folder)
    assert message.startswith("findings.toml: ")
    assert named in message


def test_one_text_where_a_list_belongs_is_refused(folder: Any) -> None:
    path = folder / "gates.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?s)deciding = \[.*?\]", 'deciding = "knowledge_gaps"', text), encoding="utf-8")
    assert "deciding" in refusal(folder)


def test_broken_toml_is_named_with_its_file(folder: Any) -> None:
    break_once(folder, "sections/ceiling.toml", 'key = "ceiling"', 'key = ceiling"')
    assert refusal(folder).startswith("sections/ceiling.toml: ")


def test_a_file_that_is_no_utf_8_is_named(folder: Any) -> None:
    (folder / "goals.toml").write_bytes(b'key = "\xff"')
    assert refusal(folder).startswith("goals.toml: ")


def test_a_section_without_its_file_is_named(folder: Any) -> None:
    (folder / "sections/task_shape.toml").unlink()
    assert refusal(folder).startswith("sections/task_shape.toml: ")


def test_a_version_that_was_never_released_is_refused() -> None:
    with pytest.raises(FrameworkError, match=r"framework\.toml: "):
        load_framework("v0")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "verdict.toml",
            '"gate.trend" = ',
            '"gate.trent" = ',
            "missing_for_go: missing or unknown gate.trend",
        ),
        ("verdict.toml", "(now {have", "(now {had", "missing_for_go.payback: no had"),
        ("gates.toml", "{blockers_from:Count}", "{blockers:Count}", "two_against: no blockers"),
        ("verdict.toml", "“{leaf:leaf}”. It asks", "“{leef:leaf}”. It asks", "tree_parts_ways.tuning: no leef"),
        ("verdict.toml", 'go = "a full go"', 'goes = "a full go"', "action_names: missing or unknown go, goes"),
        (
            "framework.toml",
            "{count} of {of} steps",
            "{count} of {off} steps",
            "conditions.ceiling: no off",
        ),
        ("framework.toml", "can_be_measured = ", "can_measure = ", "conditions: missing or unknown can_be_measured, "),
        (
            "framework.toml",
            "Above {confidence_strong} is",
            "Above {confident} is",
            "score.rule: no confident",
        ),
        ("framework.toml", 'key = "address_blockers"', 'key = "address"', "leaves: missing or unknown address, "),
        ("approaches.toml", "fit_none = ", "fit_no = ", "matrix.reasons: missing or unknown fit_no, fit_none"),
        ("approaches.toml", "No need: {keys", "No need: {kays", "matrix.weight_reasons.no: no kays"),
        ("plan.toml", "stated = ", "said = ", "goal_because: missing or unknown said, stated"),
        ("plan.toml", 'key = "sort_more"', 'key = "sort_first"', "task 'sort_first' stands there twice"),
        ("gates.toml", 'closes = ["tuning", "classifier"]', 'closes = ["tune"]', "closes: no approach tune"),
        ("gates.toml", "exploration_phase is yes", "exploring is yes", "no question exploring"),
        (
            "gates.toml",
            "exploration_phase is yes",
            "exploration_phase is maybe",
            "'maybe' is not one of yes",
        ),
        ("gates.toml", '[["works"]]', '[["it works"]]', "'it works' states no condition"),
        ("gates.toml", '[["works"]]', '[["working"]]', "no fact working"),
        ("gates.toml", "against >= blockers_from", "again >= blockers_from", "no number again"),
        ("gates.toml", "against >= blockers_from", "against >= blockers", "no threshold blockers"),
        ("gates.toml", 'key = "works"', 'key = "exploring"', "gate 'exploring' stands there twice"),
        ("gates.toml", '  "needs_fresh_knowledge", ', '  "fresh_knowledge", ', "deciding: no question fresh_knowledge"),
        ("precedents.toml", "year = 2022", "year = 20222", "must be a year, like 2025"),
        ("gates.toml", "brand_voice = 0.1", "brand_voice = 1", "priors.answers.brand_voice: not between 0 and 1"),
        (
            "gates.toml",
            'short = "Nothing has',
            'short = "Nothing at all in all of this has',
            "longer than 45 characters",
        ),
        ("approaches.toml", "multiple_models is yes", "many_models is yes", "no question many_models"),
        ("approaches.toml", 'reason = "sovereign"', 'reason = "sovereigns"', "no reason sovereigns"),
        ("approaches.toml", 'answers = ["knowledge_gaps"]', 'answers = ["gaps"]', "matrix.pointers: no question gaps"),
    ],
)
def test_a_code_without_words_and_a_condition_that_asks_for_what_there_is_not_are_refused(
    folder: Any, name: str, old: str, new: str, message: str
) -> None:
    break_once(folder, name, old, new)
    found = refusal(folder)
    assert found.startswith(f"{name}: ")
    assert message in found


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("guidance.toml", 'key = "hybrid"', 'key = "hybridd"', "approaches: missing or unknown hybrid, hybridd"),
        ("guidance.toml", 'choices = ["tuned_small"]', 'choices = ["tuned"]', "fine_tune_small.choices: no tuned"),
        ("guidance.toml", 'gives = "qlora"', 'gives = "quora"', "method_rules: no quora"),
        ("guidance.toml", 'key = "usual"', 'key = "casual"', "method_rules: missing or unknown casual, usual"),
        ("plan.toml", "{missing}", "{mising}", "comparison.tasks.text: no mising"),
        ("plan.toml", 'needs = ["uncounted"]', 'needs = ["uncounte"]', "comparison.tasks.needs: no uncounte"),
        ("plan.toml", 'done_by = ["eval_set"]', 'done_by = ["evalset"]', "comparison.tasks.done_by: no evalset"),
        ("plan.toml", 'approaches = ["tools"]', 'approaches = ["hybrid"]', "plans: missing or unknown tools"),
        ("plan.toml", 'goals = ["persona"]', 'goals = ["voice"]', "goals: no voice"),
        ("plan.toml", "“{label}”", "“{lable}”", "no lable"),
        ("checklists.toml", 'code = "alarm"', 'code = "staged"', "point 'staged' stands there twice"),
        ("checklists.toml", 'proved_by = "owner_named"', 'proved_by = "owner"', "rebuilt.proved_by: no owner"),
        ("checklists.toml", "{gate_weeks}", "{weeks}", "corrections_hold.text: no weeks"),
        ("own_model.toml", "{situation}", "{situatoin}", "challenge.text: no situatoin"),
        ("method.toml", 'key = "net_score"', 'key = "netscore"', "lenses: missing or unknown net_score, netscore"),
        ("method.toml", "no_owner = ", "no_ower = ", "findings: missing or unknown no_ower, no_owner"),
        ("method.toml", "{upkeep_low}", "{upkeep}", "no upkeep"),
    ],
)
def test_a_guide_that_does_not_fit_together_is_refused(
    folder: Any, name: str, old: str, new: str, message: str
) -> None:
    break_once(folder, name, old, new)
    found = refusal(folder)
    assert found.startswith(f"{name}: ")
    assert found.endswith(message)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("guidance.toml", "works = ", "work = "),
        ("plan.toml", "label_from = 200", 'label_from = "200"'),
        ("plan.toml", 'source = "production"', 'source = "productoin"'),
        ("checklists.toml", "code = ", "cod = "),
        ("own_model.toml", "about = ", "abuot = "),
        ("method.toml", "score = 9", "score = 9.5"),
    ],
)
def test_a_mistyped_guide_is_named_with_its_file(folder: Any, name: str, old: str, new: str) -> None:
    break_once(folder, name, old, new)
    assert refusal(folder).startswith(f"{name}: ")
