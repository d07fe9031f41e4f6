"""What the editor of a framework shows: its pages, what each is about, and what the values of a row are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.framework.approach_costs import NUMBER_KEYS
from assessments.framework.precedents import FIGURE_KEYS

Passages = Literal["passage", "passages", "steps"]
"""Texts with a source: one, or one a line."""
Composed = Literal["numbers", "figures", "answers"]
"""Of several fields: what an approach changes, what a case reports, and what it answers."""
Shape = Literal["number", "whole", "line", "text", "tick", "one_of", "some_of", "conditions"] | Passages | Composed


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a value of a row is called on the page, and how it is typed."""

    key: str
    label: str
    shape: Shape
    choices: str = ""
    """Which list of choices it takes, by name."""
    heading: str = ""
    """What stands above it, where something else begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedField:
    """One field of a line that has several."""

    key: str
    label: str
    is_chosen: bool = False
    """Whether it is one of the choices of its value."""
    is_number: bool = False
    is_wide: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one page of the editor is called, and what it shows of each row."""

    part: str
    title: str
    about: str
    shown: tuple[Shown, ...] = ()
    new: tuple[Shown, ...] = ()


def cells_of(shape: Shape) -> Sequence[TypedField]:
    """The fields of a line of that shape, in the order in which they are typed."""
    names: Sequence[str]
    if shape == "figures":
        names = (_("Of which side"), pgettext("of a figure", "Value"), pgettext("of a figure", "Of what"))
    else:
        names = (
            _("Number of"),
            _("Likely"),
            pgettext("of a range", "Low"),
            pgettext("of a range", "High"),
            _("Or times today"),
            pgettext("of a number", "Why"),
        )
    keys = FIGURE_KEYS if shape == "figures" else NUMBER_KEYS
    return [
        TypedField(
            key=key,
            label=name,
            is_chosen=key in ("arm", "key"),
            is_number=key in ("likely", "low", "high", "times_today"),
            is_wide=key in ("key", "why", "of"),
        )
        for key, name in zip(keys, names, strict=True)
    ]


def of_gates() -> tuple[Shown, ...]:
    return (
        Shown(key="short", label=_("Name, for lists"), shape="line"),
        Shown(key="because", label=_("Why it closes"), shape="text"),
        Shown(key="when", label=_("Closes when"), shape="conditions"),
        Shown(key="closes", label=_("What it closes"), shape="some_of", choices="several"),
        Shown(key="spares", label=_("But not"), shape="some_of", choices="approaches"),
        Shown(key="opens", label=_("What would open it, where the team can"), shape="text"),
    )


def of_questions() -> tuple[Shown, ...]:
    return (
        Shown(key="label", label=pgettext("of a question", "Label"), shape="line"),
        Shown(key="ask", label=_("Question"), shape="text"),
        Shown(key="why", label=_("Why it is asked"), shape="text"),
        Shown(key="example", label=_("Example"), shape="text"),
        Shown(key="find_out", label=_("How to find out"), shape="text"),
    )


def of_answers() -> tuple[Shown, ...]:
    return (
        Shown(key="role", label=_("What it counts for"), shape="one_of", choices="roles"),
        Shown(key="weight", label=_("Weight among reasons"), shape="one_of", choices="weights"),
        Shown(key="allows_na", label=_("“Does not apply” is allowed"), shape="tick"),
    )


def _of_criteria() -> tuple[Shown, ...]:
    return (
        Shown(key="name", label=_("Name"), shape="line"),
        Shown(key="about", label=_("What it says"), shape="text"),
        Shown(key="weight", label=_("Weight"), shape="number"),
        Shown(key="if_yes", label=_("Weight where an answer asks for it"), shape="number"),
        Shown(key="if_no", label=_("Weight where all answers speak against it"), shape="number"),
        Shown(key="spread", label=_("How far it may be off: 0.2 is about a fifth, nothing is 0.5"), shape="number"),
    )


def _of_goals() -> tuple[Shown, ...]:
    return (
        Shown(key="name", label=_("Name"), shape="line"),
        Shown(key="examples_from", label=_("Examples, at least"), shape="whole"),
        Shown(key="examples_to", label=_("Examples, up to"), shape="whole"),
    )


def pages() -> Mapping[str, Page]:
    """The pages of the rules, by their keys."""
    return {
        "gates": Page(
            part="gates",
            title=_("Gates"),
            about=_(
                "What closes levers, and when. One line of conditions suffices; what a line joins must hold together."
            ),
            shown=of_gates(),
            new=tuple(one for one in of_gates() if one.key not in ("spares", "opens")),
        ),
        "approaches": Page(
            part="approaches",
            title=_("Approaches"),
            about=_(
                "What a team can do, and how a verdict says it. One of your own is compared with the others, and gates "
                "can name it."
            ),
        ),
        "precedents": Page(
            part="precedents",
            title=_("Published cases of your own"),
            about=_(
                "Cases that you know of and that are not built in. They are shown as your own where they are alike, "
                "and counted apart: no figure on the published cases contains them."
            ),
        ),
        "weights": Page(
            part="criteria",
            title=_("Criteria and weights"),
            about=_(
                "How much each criterion counts, from 0 to 10: while nothing is known, and where answers say more."
            ),
            shown=_of_criteria(),
        ),
        "scores": Page(
            part="criteria",
            title=_("Scores"),
            about=_("How each lever does on each criterion, 1 is poor and 5 is strong."),
        ),
        "fit": Page(
            part="fit", title=_("Fit"), about=_("How well each lever mends each kind of failure, 0 is not at all.")
        ),
        "tried": Page(
            part="tried",
            title=_("Tried levers"),
            about=_("When a lever counts as tried: less of its effect is left then."),
        ),
        "thresholds": Page(
            part="thresholds", title=_("Thresholds and bands"), about=_("The numbers that rules compare with.")
        ),
        "priors": Page(
            part="priors",
            title=_("Chances of a yes"),
            about=_("How likely a yes is while nobody has answered, from 0 to 1: it says how settled a verdict is."),
        ),
        "goals": Page(
            part="goals",
            title=_("Goals and examples"),
            about=_("How many examples each kind of tuning asks for."),
            shown=_of_goals(),
        ),
    }


def roles() -> Sequence[tuple[str, str]]:
    """What a question can count for."""
    return (
        ("indicator", _("A reason for tuning")),
        ("anti_indicator", _("A reason against tuning")),
        ("ceiling", _("A step of the prompt ceiling")),
        ("tried", _("Something tried")),
        ("signal", _("A sign that rules may name")),
        ("shape", _("Shown and kept, decides nothing")),
    )


def several() -> Sequence[tuple[str, str]]:
    """What stands for more than one lever."""
    return (("all", _("All levers")), ("tuning", _("The kinds of tuning")), ("untuned", _("All without tuning")))


def bands() -> Mapping[str, str]:
    """What the ends of a band are called."""
    return {"strong_above": _("Strong above"), "moderate_from": _("Moderate from")}
