"""How often the verdict agrees with what happened in the published cases, and how well the outside view forecasts.

Run alone: python -m tests.benchmarks.published_cases
"""

from assessments.engine.back_test import back_test
from assessments.engine.calibration import calibration
from assessments.framework import Framework, load_framework

RIGHT, ACCEPTABLE = 0.73, 0.74
"""At least so much of the cases right on training a model or not, and so much with an approach that the case allows."""
BRIER = 0.22
"""At most so far off, squared and on average, forecasts the outside view."""


def print_published_cases() -> None:
    framework = load_framework()
    _print_back_test(framework)
    print()
    _print_calibration(framework)


def _print_back_test(framework: Framework) -> None:
    found = back_test(framework)
    lines = [
        ("right on training a model or not", found.right, f"wanted: {RIGHT:.2f}"),
        ("an approach that the case allows", found.acceptable, f"wanted: {ACCEPTABLE:.2f}"),
        ("the tree alone, candidate = tuned", found.tree_right, ""),
        ("always tuning", found.always_right, ""),
    ]
    print("Published cases: is a model trained where that is what worked?")
    for name, right, note in lines:
        print(f"  {name:40}{right:3} of {found.of}  {right / found.of:.3f}  {note}".rstrip())
    print(f"  Missed ({len(found.misses)}):")
    for missed in found.misses:
        note = ", which the case allows" if missed.acceptable else ""
        print(f"    {missed.case.key:28}{missed.case.outcome:14}said: {missed.approach}{note}")


def _print_calibration(framework: Framework) -> None:
    found = calibration(framework)
    print("The outside view: each case forecast from the others, its own group left out")
    print(f"  Brier score {found.brier:.4f}, at most {BRIER:.2f}; the share of all cases: {found.brier_of_share:.4f}")
    for band in found.bands:
        print(
            f"  {band.above:.1f} to {band.up_to:.1f}: {band.cases:3} cases, forecast {band.forecast:.2f}, "
            f"tuning won in {band.share:.2f} ({band.low:.2f} to {band.high:.2f})"
        )


if __name__ == "__main__":
    print_published_cases()
