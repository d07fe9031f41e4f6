"""Measured comparisons for tests, as they stand in a document."""

from typing import Any

APPROACHES = {
    "prompt": "prompting",
    "retrieval": "better_rag",
    "tools": "tools",
    "tuned": "fine_tune_small",
    "tuned_retrieval": "hybrid",
}
"""What the five roles usually stand for; any other role is the key of its approach."""


def variant(role: str, passed: float, of: int = 200, **more: Any) -> dict[str, Any]:
    """One variant that passed so many of its cases."""
    known = {"role": role, "approach": APPROACHES.get(role, role), "name": f"The {role}", "cases": of, "passed": passed}
    return known | more


def pair(before: str, after: str, wins: int, losses: int, of: int = 200, *, half: float = 0.05) -> dict[str, Any]:
    """Two variants on so many cases, the difference known to so much more or less."""
    difference = (wins - losses) / of
    low, high = max(-1.0, difference - half), min(1.0, difference + half)
    counts = {"cases": of, "wins": wins, "losses": losses}
    return {"before": before, "after": after, **counts, "difference": difference, "low": low, "high": high}


def compared(variants: list[dict[str, Any]], *pairs: dict[str, Any]) -> dict[str, Any]:
    return {"variants": variants, "pairs": list(pairs)}


def tuned_wins(**more: Any) -> dict[str, Any]:
    """A prompt and a tuned model on 200 cases, of which the tuned model wins 60 and loses 10."""
    return compared([variant("prompt", 110), variant("tuned", 160)], pair("prompt", "tuned", 60, 10) | more)
