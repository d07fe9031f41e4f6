"""Every state that a document can be in, for what must hold in all of them."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from assessments.framework import load_framework

from .documents import example_document, full_document, named
from .money import detailed_document, ranged_document

FRAMEWORK = load_framework()
LONGEST = "Refunds that nobody asked for, again and again. " * 208 + "And then it ends."
OTHER_SCRIPTS = "ردود الاسترداد \u05d4\u05d7\u05d6\u05e8\u05d9\u05dd 𝒯one 😀 \U00020bb7野家 👩‍👩‍👧"


def _half() -> dict[str, Any]:
    """The first half of the questionnaire, in its order."""
    whole = full_document()
    for section in FRAMEWORK.sections[len(FRAMEWORK.sections) // 2 :]:
        for question in section.questions:
            part: Any = whole if question.place == question.key else whole.get(question.place.split(".")[0], {})
            part.pop(question.key, None)
    whole.pop("costs", None)
    return whole


def _unsure() -> dict[str, Any]:
    """Somebody went through it and knew nothing."""
    return named("Nobody knows", answers={q.key: "unsure" for q in FRAMEWORK if q.place == "answers"})


def _against() -> dict[str, Any]:
    """Every judgement no."""
    return named("No to everything", answers={q.key: "no" for q in FRAMEWORK if q.place == "answers"})


def _today_only() -> dict[str, Any]:
    document = detailed_document()
    approaches = document["costs"]["detailed"]["approaches"]
    document["costs"]["detailed"]["approaches"] = {"status_quo": approaches["status_quo"]}
    return document


def _one_approach() -> dict[str, Any]:
    document = detailed_document()
    approaches = document["costs"]["detailed"]["approaches"]
    document["costs"]["detailed"]["approaches"] = {key: approaches[key] for key in ("status_quo", "prompting")}
    return document


def _every_approach() -> dict[str, Any]:
    document = detailed_document()
    approaches = document["costs"]["detailed"]["approaches"]
    for key in FRAMEWORK.approach:
        approaches.setdefault(key, deepcopy(approaches["prompting"]))
    return document


def _misused() -> dict[str, Any]:
    """As many findings as one document can raise."""
    yes = {"value": "yes", "evidence": "Counted", "strength": "documented"}
    answers: dict[str, Any] = dict.fromkeys(
        (
            *FRAMEWORK.keys("indicator"),
            *FRAMEWORK.keys("anti_indicator"),
            *("prompts_succeed", "target_missed", "behavior_stable", "narrow_repeated_task", "examples_inconsistent"),
            *("latency_limit", "needs_fresh_knowledge"),
        ),
        yes,
    )
    answers |= dict.fromkeys(("eval_set", "fallback_path", "owner_named", "latency_requirements"), "no")
    return named(
        "Misused",
        use_case={"goal": "knowledge", "monthly_requests": 50_000, "task_kind": "ranking"},
        answers=answers | {"prompt_variations": "no", "retrieval_optimized": "na"},
        failures={"missing_knowledge": 40, "reasoning": 3, "tool_failure": 9},
        readiness={"labelled_examples": 1500, "reviewed_examples": 700, "reviewer_agreement": 0.4},
        data=[
            {"label": "Refunds", "required": 10, "available": 900, "reviewed": 900},
            {"label": "refunds ", "required": 10, "available": 900, "reviewed": 900},
        ],
    )


def _misused_otherwise() -> dict[str, Any]:
    """The findings that exclude those of the other one."""
    return named(
        "Misused otherwise",
        use_case={
            "goal": "distil",
            "monthly_requests": 500,
            "cost_per_request": 1,
            "monthly_bill": 5000,
            "waiting_users": 0,
        },
        answers={
            "teacher_labels": "no",
            "insufficient_data": "no",
            "low_volume": "no",
            "domain_knowledge": "no",
            "latency_requirements": "yes",
            "prompt_variations": "no",
        },
        costs={"detailed": _today_only()["costs"]["detailed"]},
        failures={"format_failure": 20, "policy_tone": 5},
        readiness={"labelled_examples": 12},
    )


def _thinking() -> dict[str, Any]:
    return named(
        "Thinking",
        use_case={"goal": "knowledge"},
        failures={"reasoning": 60},
        answers={"root_cause_known": "yes"},
    )


def _written(text: str) -> dict[str, Any]:
    """Everything answered, and every text that people can write is this one."""
    document = full_document()
    document["use_case"] |= {key: text for key, value in document["use_case"].items() if isinstance(value, str)}
    document["use_case"] |= {"task_kind": "other", "goal": "persona"}
    for key, answer in document["answers"].items():
        document["answers"][key] = answer | {"evidence": text, "value": "yes"}
    document["data"] = [{"label": text[:200], "required": 9, "available": 4, "reviewed": 0}]
    document["matrix"] = {
        "weights": {"latency": 5},
        "overrides": [{"approach": "tools", "criterion": "latency", "score": 4, "reason": text}],
    }
    return document


STATES: dict[str, Callable[[], dict[str, Any]]] = {
    "only a name": named,
    "half": _half,
    "unsure": _unsure,
    "no to everything": _against,
    "everything": full_document,
    "summary money": lambda: example_document("task_api"),
    "gate passed": lambda: example_document("service_desk"),
    "facts first": lambda: example_document("support_copilot"),
    "detailed, today only": _today_only,
    "detailed, one approach": _one_approach,
    "detailed, every approach": _every_approach,
    "detailed, ranges": ranged_document,
    "misused": _misused,
    "misused otherwise": _misused_otherwise,
    "thinking": _thinking,
    "longest texts": lambda: _written(LONGEST[:10_000]),
    "right to left and astral": lambda: _written(OTHER_SCRIPTS),
}
