"""How often the verdict agrees with what happened in the published cases, beside simpler ways to decide.

Run alone: python -m tests.benchmarks.published_cases
"""

from assessments.engine.back_test import BackTest, back_test
from assessments.framework import load_framework

WANTED = 0.78


def published_cases() -> BackTest:
    """The figures: every ceiling question taken as yes, and nothing known that only the outcome told."""
    return back_test(load_framework())


def print_published_cases() -> None:
    found, strict = published_cases(), back_test(load_framework(), doubt_only=True)
    lines = [
        ("these rules", found.right, f"wanted: {WANTED:.0%}"),
        ("these rules, or defensible too", found.right_or_defensible, ""),
        ("the tree alone, candidate = tuned", found.tree_right, ""),
        ("always tune", found.always_right, ""),
        ("these rules, ceiling yes only where the source is silent", strict.right, "stated ceiling answers kept"),
        ("  the same, or defensible too", strict.right_or_defensible, ""),
    ]
    print("Published cases: is tuning recommended where tuning is what worked?")
    for name, right, note in lines:
        print(f"  {name:58}{right:3} of {found.of}  {right / found.of:6.1%}  {note}".rstrip())
    print(f"  Missed ({len(found.misses)}):")
    for missed in found.misses:
        note = ", which is defensible too" if missed.defensible else ""
        said = f"{missed.approach}{note}"
        print(f"    {missed.case.key:28}{missed.case.outcome:14}said: {said}")


if __name__ == "__main__":
    print_published_cases()
