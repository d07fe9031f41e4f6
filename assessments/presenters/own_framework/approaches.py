"""What an approach of one's own needs: texts, scores and fit, what it costs, and what to know about it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.framework import Framework
from assessments.framework.loader import Tables
from assessments.framework.places import PARTS, inside
from assessments.framework.shown_in import said

from .shown import Shown

LIKE = "like"
NEW = "_new"
"""Stands for the key of an approach that has none yet."""


def of_names() -> tuple[Shown, ...]:
    """What can be changed of every approach: the built-in ones have their scores, fit and costs elsewhere."""
    return (
        Shown(key="name", label=_("Name"), shape="line"),
        Shown(key="verdict", label=_("Verdict, as a sentence"), shape="line"),
        Shown(key="about", label=_("What it is"), shape="text"),
    )


def of_approach(base: Framework, tables: Tables, key: str) -> dict[str, Shown]:
    """Every value of an approach that the base has not, by its path."""
    own = (
        *of_names(),
        Shown(key="tuning", label=_("A model is fine-tuned"), shape="tick"),
        Shown(key="owned", label=_("It leaves a model that the team looks after"), shape="tick"),
    )
    return {f"approaches.{key}.{one.key}": one for one in own} | _figures(base, tables, key) | _beside(key)


def of_new_approach(base: Framework, tables: Tables) -> Mapping[str, Shown]:
    like = Shown(
        key=LIKE,
        label=_("It is most like: what you leave empty below is taken over from that one, and so is its plan"),
        shape="one_of",
        choices="approaches",
    )
    own = of_approach(base, tables, NEW)
    first = {path: one for path, one in own.items() if path.startswith("approaches.")}
    return {f"new.{path}": one for path, one in (first | {LIKE: like} | own).items()}


def _figures(base: Framework, tables: Tables, key: str) -> dict[str, Shown]:
    scores, fit = _("Scores, from 1 (poor) to 5 (strong)"), _("Fit, from 0 (not at all) to 5, for each kind of failure")
    found = {
        f"criteria.{row['key']}.scores.{key}": (said(base, "name", row["name"]), scores)
        for row in inside(PARTS["criteria"], tables["approaches.toml"])
        if "scores" in row
    }
    found |= {
        f"fit.{mode}.{key}": (base.questions[mode].label, fit)
        for mode in inside(PARTS["fit"], tables["approaches.toml"])
    }
    headings = dict.fromkeys((scores, fit))
    return {
        path: Shown(key=key, label=label, shape="whole", heading=heading if headings.pop(heading, 0) is None else "")
        for path, (label, heading) in found.items()
    }


def _beside(key: str) -> dict[str, Shown]:
    """What stands beside the matrix."""
    costs, know, cases = _("What it costs"), _("What to know about it"), _("Tried, and in published cases")
    return {
        f"costs.{key}.about": Shown(key="", label=_("What it changes"), shape="text", heading=costs),
        f"costs.{key}.keeps_model": Shown(key="", label=_("It stays with the model of today"), shape="tick"),
        f"costs.{key}.numbers": Shown(
            key="", label=_("Numbers that it changes from today’s prompt"), shape="numbers", choices="inputs"
        ),
        f"guides.{key}.works": Shown(key="", label=_("When it works"), shape="passage", heading=know),
        f"guides.{key}.fails": Shown(key="", label=_("When it fails"), shape="passage"),
        f"guides.{key}.stops": Shown(key="", label=_("When to stop, a line each"), shape="passages"),
        f"guides.{key}.first_steps": Shown(key="", label=_("First steps, a line each"), shape="steps"),
        f"tried.{key}": Shown(key="", label=_("It counts as tried when"), shape="conditions", heading=cases),
        f"counts_as.{key}": Shown(
            key="", label=_("Outcomes of published cases that it stands for"), shape="some_of", choices="outcomes"
        ),
    }
