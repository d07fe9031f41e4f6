"""No sentence repeats a number that stands elsewhere: change all of them, and none of the old ones is said anywhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from assessments.framework import Framework, load_framework
from assessments.pages import report
from assessments.presenters.formats import number, percentage
from assessments.presenters.words import in_words

from .documents import named
from .framework_copies import change, copied, in_force
from .pages import Page, told_by
from .visits import bring_in

# Improbable numbers, each once. Those of the decision tree let every case that has reached the ceiling through.
THRESHOLDS = {
    "tree_indicators_above": 0,
    "tree_anti_indicators_below": 71,
    "gate_reviewed_examples": 7331,
    "gate_weeks": 43,
    "gate_trend_p": 0.0917,
    "dominant_share": 0.5813,
    "ready_net": -41,
    "blockers_from": 73,
    "pilot_net": -47,
    "hybrid_knowledge_share": 0.8317,
    "production_strong_from": 53,
    "enough_examples": 7919,
    "low_volume_below": 7727,
    "high_volume_above": 77_777,
    "reviewer_agreement": 0.7717,
    "payback_months": 79,
    "strategic_payback_months": 83,
    "ceiling_open_from": 4,
    "begun_from": 8,
    "provisional_from": 0.6917,
    "measured_from": 7703,
}
BANDS = {"confidence": (0.8713, 0.7919), "net": (67, 61), "weighted": (0.8623, 0.7823)}
WEIGHTS = {"High": 97, "Medium": 89}
PLAN = {"label_from": 7211, "label_to": 7877, "held_out": 7243, "examples_per_week": 7253, "most_slices": 59}
GOALS_FROM = 70_001

# Where a sentence would name an old number: as a figure or as a word, beside what it counts.
OLD = [
    r"\b(more than|above|do|opens? at) (3|three)\b|\b(3|three) reasons\b",
    r"\b(fewer than|at least|from) (2|two)\b|\b(2|two) (or more )?reasons against",
    r"\b(4|four) weeks or more|\bleast (4|four) weeks|\b(4|four) are needed",
    r"\b(4|four) (of (7|seven) )?signs|\bwants (4|four)\b|\bleast (4|four) of\b",
    r"\bunder (6|six) months|\bwithin (6|six|24) months|\bup to 24\b|, within 24\b",
    r"\blead by (more than )?(1|one|2|two)\b",
    r"\b(more than|above|below|exactly|mark is|one) half\b|\b(more than|has) (50|25)%|(50|25)% of the failures",
    r"\babove (0\.5|2)\b|\b(0\.2 to 0\.5|1 to 2)\b|\bfrom (0\.2|1) to (0\.5|2)\b|\bless than 0\.6\b|\berror of 0\.1\b",
    r"\bcounts? (3|2)\b|\bcounted (3|2)\b|\bones (3|2)\b|\bweight (3|2) \(|\bRaised by 2\b|\+2 for\b",
    r"(?<![\d,.$−])(200|500|1,000|2,000|10,000|100,000|50,000|5,000)(?![\d]|[,.]\d)",
]
# Sentences with such a number of their own: what an example of an answer, a published case or a price says.
OWN = [
    r"about \$?10,000|200,000|100 of|10,000 weightings|\b2,000 tokens",
    r"on 500 examples|500 examples did|10,000 labelled examples|400 to 500",
    r"\$1,000 to \$2,000|\$200 to \$1,000",
    r"50% fewer|50% less",
    # what somebody published, examples of answers, a count of reasons, a weight of the comparison, a row of scores
    r"500 to 5,000 pairs|200 to 500 labels|200 to 2,000 prompts",
    r"200 prompts on 150|3,000 labelled tickets|5,000 letters, a person checks 200",
    r"Within (6|24) months: (none|all)|10,000 futures",  # the simulation's own times, and how often it draws
    r"3 reasons for, one against|weighs above|cannot do 3 3 4|outside view counts 3 points",
]

UNKNOWN = named("Nothing known")
CANDIDATE = named(
    "A candidate",
    answers={
        **dict.fromkeys(("prompt_variations", "multiple_models", "retrieval_optimized", "few_shot_used"), "yes"),
        **dict.fromkeys(("prompt_structured", "target_missed", "brand_voice", "consistent_behavior"), "yes"),
        "domain_knowledge": "yes",
        "eval_set": "yes",
    },
    use_case={"goal": "persona"},
    failures={"policy_tone": 17, "missing_knowledge": 16, "tool_failure": 1},
    override_weeks=[8, 9],
    readiness={"labelled_examples": 38, "reviewed_examples": 37},
    costs={"summary": {"training_cost": 987_654, "api_savings": 11_111}},
)
MUDDLED = named(
    "Muddled",
    answers={
        **dict.fromkeys(("domain_knowledge", "needs_fresh_knowledge", "low_volume", "cost_optimization"), "yes"),
        **dict.fromkeys(("insufficient_data", "changing_requirements", "behavior_stable", "latency_limit"), "yes"),
        **dict.fromkeys(("latency_requirements", "eval_set", "fallback_path", "owner_named", "few_shot_used"), "no"),
        "retrieval_optimized": "na",
    },
    use_case={"goal": "domain", "monthly_requests": 87_654, "task_kind": "drafting"},
    failures={"tool_failure": 19, "wrong_retrieval": 18, "format_failure": 3},
    readiness={"labelled_examples": 8123, "reviewed_examples": 38, "reviewer_agreement": 0.31},
)


def changed(folder: Path) -> Path:
    """A copy of the framework in which every number that a sentence may name is another one."""
    version = copied(folder)
    for name, value in THRESHOLDS.items():
        change(version / "framework.toml", rf"^{name} = [\d.]+", f"{name} = {value}")
    for kind, value in WEIGHTS.items():
        change(version / "framework.toml", rf"\b{kind} = \d+", f"{kind} = {value}")
    for name, (strong, moderate) in BANDS.items():
        change(
            version / "framework.toml",
            rf"(\[thresholds\.{name}\].*\n)strong_above = [\d.]+\nmoderate_from = [\d.]+",
            rf"\1strong_above = {strong}\nmoderate_from = {moderate}",
        )
    for name, value in PLAN.items():
        change(version / "plan.toml", rf"^{name} = \d+", f"{name} = {value}")
    goals = version / "goals.toml"
    ranges = iter(range(GOALS_FROM, 80_000, 7))
    goals.write_text(
        re.sub(r"(examples_(?:from|to)) = \d+", lambda found: f"{found[1]} = {next(ranges)}", goals.read_text())
    )
    return version


@pytest.fixture
def framework(tmp_path: Path) -> Iterator[Framework]:
    with in_force(changed(tmp_path)) as found:
        yield found


@pytest.fixture
def told(framework: Framework, client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the pages and the report say about three assessments, and the method page, by name."""
    found = {"method": told_by(Page(client.get(reverse("method"))))}
    drawn: list[str] = []
    report_html = report.report_html

    def caught(*given: Any, **more: Any) -> str:
        drawn.append(report_html(*given, **more))
        return '<html lang="en"><title>Drawn</title></html>'

    monkeypatch.setattr(report, "report_html", caught)
    for document in (UNKNOWN, CANDIDATE, MUDDLED):
        name, assessment = document["use_case"]["name"], bring_in(client, document)
        found[f"result, {name}"] = told_by(Page(client.get(reverse("result", args=[assessment.pk]))))
        for section in framework.sections:
            page = Page(client.get(reverse("section", args=[assessment.pk, section.key])))
            found[f"{section.key}, {name}"] = told_by(page)
        assert client.get(reverse("report", args=[assessment.pk])).status_code == 200
        found[f"report, {name}"] = " ".join(" ".join(html.document_fromstring(drawn[-1]).itertext()).split())
    return found


def test_no_page_says_an_old_number(told: dict[str, str]) -> None:
    found = []
    for place, said in told.items():
        text = re.sub(r"\b[0-9a-f]{12,}\b", "a hash", said)
        for pattern in OLD:
            for hit in re.finditer(pattern, text, re.IGNORECASE):
                around = text[max(0, hit.start() - 60) : hit.end() + 40]
                if not any(re.search(own, around) for own in OWN):
                    found.append(f"{place}: {around}")
    assert not found, "\n".join(sorted(set(found)))


def test_every_new_number_is_said_somewhere(told: dict[str, str], framework: Framework) -> None:
    """So that a number which is not found is not one that no page would have shown."""
    everything = " ".join(told.values())
    names = {**THRESHOLDS, **PLAN}
    words = {name: {number(value), percentage(value), f"{value:.0%}"} for name, value in names.items()}
    words |= {f"{name} {at}": {number(value)} for name, bands in BANDS.items() for at, value in enumerate(bands)}
    words |= {name: {number(value)} for name, value in WEIGHTS.items()}
    for goal in framework.goals:
        words[f"{goal.key} from"] = {number(goal.examples_from)}
        if goal.examples_to:
            words[f"{goal.key} to"] = {number(goal.examples_to)}
    assert [name for name, forms in words.items() if not any(form in everything for form in forms)] == []


def test_the_old_numbers_are_looked_for_where_they_are_said(client: Client, db: None) -> None:
    """Every pattern finds something on the pages of the framework as it is."""
    text = told_by(Page(client.get(reverse("method"))))
    for document in (CANDIDATE, MUDDLED):
        assessment = bring_in(client, document)
        text += told_by(Page(client.get(reverse("result", args=[assessment.pk]))))
        for section in ("diagnosis", "costs", "readiness", "reasons_against"):
            text += told_by(Page(client.get(reverse("section", args=[assessment.pk, section]))))
    assert [pattern for pattern in OLD if not re.search(pattern, text, re.IGNORECASE)] == []


def texts_of(value: Any) -> Iterator[str]:
    """Every text of the framework, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts_of(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts_of(getattr(value, name))


def test_every_number_of_the_framework_has_a_name_that_a_sentence_can_use() -> None:
    framework = load_framework()
    assert set(THRESHOLDS) | set(PLAN) <= set(framework.figures)
    for name, value in framework.figures.items():
        assert in_words(framework, f"{{{name}}}") == number(value)


def test_what_is_asked_has_no_blank_left() -> None:
    assert not [text for text in texts_of(load_framework().sections) if "{" in text]


def test_an_unknown_number_is_refused_with_its_place(tmp_path: Path) -> None:
    version = copied(tmp_path)
    change(version / "sections" / "readiness.toml", r"\{enough_examples\}", "{enough_exmaples}")
    with pytest.raises(Exception, match=r"sections/readiness.toml: no number 'enough_exmaples'"), in_force(version):
        pass
