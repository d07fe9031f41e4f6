"""What a published case of a team's own has: what is shown of it, and what makes it alike and a verdict right."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from assessments.framework import Framework
from assessments.presenters.precedents import ARM_WORDS

from .shown import Shown

ARMS = ("before", "after", "alternative")


def of_cases() -> tuple[Shown, ...]:
    what, out, source, alike = _("What was tried"), _("What came out"), _("Source"), _("What makes it alike")
    return (
        Shown(key="title", label=_("Title"), shape="line"),
        Shown(key="task_kind", label=_("Kind of task"), shape="one_of", choices="kinds", heading=what),
        Shown(key="task", label=_("The task, in a sentence"), shape="text"),
        Shown(key="happened", label=_("What was tried, and how it went"), shape="text"),
        Shown(key="examples", label=_("Labelled examples"), shape="whole"),
        Shown(key="outcome", label=_("Outcome"), shape="one_of", choices="outcomes", heading=out),
        Shown(key="also_defensible", label=_("Defensible as well"), shape="some_of", choices="outcomes"),
        Shown(key="metric", label=_("What was measured"), shape="line"),
        Shown(key="figures", label=_("Figures"), shape="figures", choices="arms"),
        Shown(key="cost_and_speed", label=_("Cost and speed"), shape="text"),
        Shown(key="caveat", label=_("Caveat"), shape="text"),
        Shown(
            key="source", label=_("Where it can be read: an https address, arXiv or doi"), shape="line", heading=source
        ),
        Shown(key="year", label=_("Year"), shape="whole"),
        Shown(key="published_by", label=_("Published by"), shape="one_of", choices="publishers"),
        Shown(key="evidence", label=_("Evidence"), shape="one_of", choices="grades"),
        Shown(key="dominant_failure", label=_("What failed most"), shape="one_of", choices="modes", heading=alike),
        Shown(key="answers", label=_("Answers"), shape="answers", choices="questions"),
        Shown(key="hindsight", label=_("Known only afterwards"), shape="some_of", choices="questions"),
    )


def case_choices(base: Framework, questions: Iterator[tuple[str, str]]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """What can be chosen, by name."""
    found = base.precedents
    return {
        "kinds": [(option.value, option.label) for option in base.questions["task_kind"].options],
        "outcomes": [(one.key, one.name) for one in found.outcomes],
        "arms": [(arm, ARM_WORDS[arm]) for arm in ARMS],
        "publishers": [(key, words) for key, words in found.publishers.items()],
        "grades": [(one.key, one.name) for one in found.evidence_grades],
        "modes": [
            ("", _("Not known")),
            *((mode, base.questions[mode].label) for group in base.failure_groups for mode in group.modes),
        ],
        "questions": list(questions),
    }
