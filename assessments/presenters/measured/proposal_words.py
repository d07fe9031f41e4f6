"""What a proposal rests on, and what is left open, in the words of evidence.toml."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date

from assessments.engine.measured.found import Figures, Told
from assessments.engine.measured.proposed import Proposal, Undecided
from assessments.framework import Framework

from ..formats import day, listed
from ..words import in_words, starting

_MOST_NAMES = 3


def evidence_words(framework: Framework, proposal: Proposal, names: Mapping[str, str]) -> str:
    """The evidence that is stored with the value: which files, and what was seen. `names` are by SHA-256.

    >>> from assessments.framework import load_framework
    >>> told = Told(code="held_out_cases", figures={"cases": 119})
    >>> proposal = Proposal(path="answers.eval_set", value="yes", strength="documented", rule="held_out_cases",
    ...     told=told, kind="run", tool="promptfoo", written_on="2026-11-27T08:00:00", files=("ab",))
    >>> evidence_words(load_framework(), proposal, {"ab": "results.json"})
    'promptfoo run of 27 November 2026, results.json: 119 graded cases.'
    """
    texts = framework.evidence
    known = [names[sha256] for sha256 in proposal.files if sha256 in names]
    opening = in_words(
        framework,
        texts.openings[proposal.kind],
        {
            "tool": framework.reading.tools.get(proposal.tool),
            "on": _on(proposal.written_on),
            "files": listed(known[:_MOST_NAMES]) + (" and others" if len(known) > _MOST_NAMES else ""),
        },
    )
    seen = (seen_words(framework, told) for told in (proposal.told, *proposal.also))
    return opening + " ".join(text if place == 0 else starting(text) for place, text in enumerate(seen))


def seen_words(framework: Framework, told: Told) -> str:
    """What was seen, without which file it was seen in."""
    return in_words(framework, framework.evidence.sentences[told.code], _figures(framework, told.figures))


def undecided_words(framework: Framework, left: Undecided) -> str:
    """Why nothing is proposed."""
    return in_words(framework, framework.evidence.undecided[left.told.code], _figures(framework, left.told.figures))


def rule_words(framework: Framework, rule: str) -> str:
    """What a rule asks for, with its thresholds."""
    return in_words(framework, framework.evidence.rules[rule].says, _figures(framework, {}))


def _figures(framework: Framework, figures: Figures) -> Figures:
    return {**asdict(framework.evidence.thresholds), **figures}


def _on(written_on: str) -> str:
    """The day of a file, as it stands after what the file is."""
    with suppress(ValueError):
        return f" of {day(date.fromisoformat(written_on[:10]))}"
    return ""
