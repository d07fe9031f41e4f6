"""Documents whose costs and evidence are like nothing else, so that a trace of them is found anywhere."""

import copy
import re
from typing import Any

from .documents import example_document

TEXT, LINK = "Zebrafish count of 4711", "https://evidence.example/zebrafish-4711"
SHA256 = "4711feed" * 8
MEASURED = {
    "kind": "measured",
    "rule": "target",
    "tool": "promptfoo",
    "files": [{"name": "zebrafish.json", "size": 471_147, "sha256": SHA256}],
    "when": "2031-04-07T09:30:00+00:00",
}
COMPARISON = {  # on too few cases to decide anything
    "variants": [
        {"role": role, "approach": approach, "name": f"Zebrafish {role}", "cases": 83, "passed": passed}
        | {"cost_per_request": 0.031719, "cost_per_pass": 0.041719}
        for role, approach, passed in (("prompt", "prompting", 37), ("tuned", "fine_tune_small", 61))
    ],
    "pairs": [
        {"before": "prompt", "after": "tuned", "cases": 83, "wins": 33, "losses": 9}
        | {"difference": 24 / 83, "low": 0.17, "high": 0.41}
    ],
}
# Numbers that occur nowhere else, and what they come to.
COSTS = {
    "horizon_months": 37,
    "annual_discount_rate": 0.0731,
    "hourly_rate": 173.37,
    "strategic_value": "yes",
    "summary": {
        "data_preparation_hours": 83,
        "evaluation_hours": 59,
        "deployment_hours": 71,
        "training_cost": 8317.25,
        "other_upfront": 9241,
        "api_savings": {"low": 7101, "likely": 7202, "high": 7303},
        "quality_value": 1913,
        "inference_cost": 619,
        "monitoring_hours": 6.7,
        "retraining_hours_per_quarter": 43,
        "other_monthly": 523,
    },
    "detailed": {"approaches": {"status_quo": {"input_price": 0.7717}}},
}


def document() -> dict[str, Any]:
    whole = example_document("task_api")
    whole["costs"] = copy.deepcopy(COSTS)
    whole["answers"] = {
        key: {
            "value": answer if isinstance(answer, str) else answer["value"],
            "evidence": f"{TEXT}, {key}",
            "link": f"{LINK}/{key}",
            "strength": "measured",
        }
        for key, answer in whole["answers"].items()
    }
    whole["origins"] = {f"answers.{key}": MEASURED for key in list(whole["answers"])[:2]}
    whole["comparison"] = copy.deepcopy(COMPARISON)
    whole["release"] = {"data_version": f"zebrafish.jsonl, SHA-256 {SHA256}"}
    return whole


def detailed() -> dict[str, Any]:
    """Costs in detail with numbers that nobody would think of, evidence under everything."""
    whole = document()
    own = {"accuracy": {"low": 0.93117, "likely": 0.95113, "high": 0.96119}, "input_price": 0.77171}
    whole["costs"] = {
        "horizon_months": 113,
        "annual_discount_rate": 0.07313,
        "detailed": {
            "monthly_requests": {"low": 61_379, "likely": 98_713, "high": 161_831},
            "human_fallback_cost": 2.51739,
            "approaches": {
                "status_quo": {"user_tokens": 6_131, "output_tokens": 377, "input_price": 1.37171, "accuracy": 0.91117},
                "prompting": own | {"user_tokens": 5_179, "upfront_cash": 7_919.31},
                "fine_tune_small": own | {"user_tokens": 1_171, "upfront_cash": 23_917.31},
            },
        },
    }
    return whole


def holds(haystack: str, needles: set[str]) -> set[str]:
    """Which of these figures stand somewhere in a text, as they are or as the beginning of a longer one."""
    written = set(re.findall(r"\d[\d.,]*", haystack))
    return needles & (written | {one.rstrip(".,") for one in written})
