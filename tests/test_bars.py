"""What README.md promises, what is measured and what stands in the table of bars are the same."""

import ast
import re
from pathlib import Path

from .bars import BARS, Bar

TESTS = Path(__file__).parent
README = (TESTS.parent / "README.md").read_text()


def measured() -> set[str]:
    """The name of every bar that a test holds a figure against."""
    calls = [
        node
        for file in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "figure"
    ]
    return {str(one.args[0].value) for one in calls if isinstance(one.args[0], ast.Constant)}


def test_every_bar_is_measured_and_no_test_measures_another_one() -> None:
    assert measured() == set(BARS)


def test_every_claim_of_the_readme_has_a_bar_and_every_bar_is_claimed() -> None:
    section = README.split("## What we promise\n")[1].split("\n## ")[0]
    claims = re.findall(r"^\| [^|]+ \| ([^|]+) \|$", section, re.MULTILINE)[1:]
    assert all("`" in claim for claim in claims)
    assert sorted(re.findall(r"`([^`]+)`", " ".join(claims))) == sorted(BARS)


def test_a_figure_that_passes_its_bar_is_told_as_failed() -> None:
    assert Bar(most=5).line("tries", 5, "of 60") == "tries: 5 (at most 5), of 60"
    assert Bar(least=100).line("score", 95) == "FAILED score: 95 (at least 100)"
