"""The decision tree with the path taken, as SVG.

The taken way is told by thick solid lines and by the words Yes and No, not by colour alone. It has no axes
and no values, and plotly has no boxes with words: as a figure it would be paths placed by hand, for which
every page with a result would have to fetch the library.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.engine.decision import Decision, PathNode, Verdict
from assessments.engine.lenses.decision_tree import ceiling_steps

from .palette import ACCENT, ACCENT_SOFT, FAINT, INK, QUIET, SURFACE
from .svg import image, tag

_WIDTH, _STEP, _BOX, _HEIGHT = 440, 104, 58, 482
_OURS = 412  # where our verdict stands, below all ends of the tree

_CANDIDATE = "fine_tune_candidate"


class _Question(NamedTuple):
    title: str
    words: str
    no_leaf: str


class Ours(NamedTuple):
    """Our verdict, which has a box of its own: how far it goes, and what it is."""

    word: str
    name: str


def draw_tree(decision: Decision, ours: Ours) -> str:
    """The tree as one SVG element with a title and a description in words; an arrow leads on to our verdict."""
    framework = decision.framework
    limits = framework.thresholds
    questions = (
        _Question(_("Prompt ceiling reached?"), "", "keep_prompting"),
        _Question(
            _("More than {n} reasons for?").format(n=limits.tree_indicators_above), "", "improve_rag_or_switch_model"
        ),
        _Question(_("Fewer than {n} against?").format(n=limits.tree_anti_indicators_below), "", "address_blockers"),
    )
    parts: list[str] = []
    for index, question in enumerate(questions):
        node = decision.path[index] if index < len(decision.path) else None
        top = 8 + index * _STEP
        went_on = node is not None and node.outcome == "yes"
        stopped = node is not None and node.outcome != "yes"
        parts += [
            _arrow_across(top + _BOX / 2, taken=stopped, word=_no_word(node)),
            _leaf_box(top, framework.leaf[question.no_leaf].short, taken=stopped),
            _arrow_down(top + _BOX, taken=went_on),
            _question_box(top, question.title, node_words(decision, node), taken=node is not None),
        ]
    is_candidate = decision.leaf == _CANDIDATE
    parts.append(_end_box(8 + len(questions) * _STEP, taken=is_candidate))
    parts.append(_way_to_ours(None if is_candidate else len(decision.path) - 1))
    parts.append(_ours_box(ours))
    return image("tree", _WIDTH, _HEIGHT, describe_tree(decision, ours), parts)


def describe_tree(decision: Decision, ours: Ours) -> str:
    """The path in words."""
    limits = decision.framework.thresholds
    names = {
        "ceiling": _("Prompt ceiling reached"),
        "indicators": _("More than {n} reasons for").format(n=limits.tree_indicators_above),
        "anti_indicators": _("Fewer than {n} reasons against").format(n=limits.tree_anti_indicators_below),
    }
    outcomes = {"open": _("not known yet"), "yes": _("yes"), "no": _("no")}
    steps = [f"{names[node.node]}: {outcomes[node.outcome]}, {node_words(decision, node)}." for node in decision.path]
    return _("Decision tree. {steps} It ends at: {end}. {ours}").format(
        steps=" ".join(steps),
        end=decision.framework.leaf[decision.leaf].name,
        ours=f"{ours.word}: {ours.name}",
    )


def node_words(verdict: Verdict, node: PathNode | None) -> str:
    """How many of what the question asks for are there, and how many are open."""
    if node is None:
        return _("Not reached")
    if node.node != "ceiling":
        apply = _("{n} of {all} apply, {open} open") if node.unsure else _("{n} of {all} apply")
        return apply.format(n=node.count, all=node.of, open=node.unsure)
    # The target comes behind the steps: whether it is missed is asked once they are known.
    open_steps = sum(map(verdict.document.answers.unsure, ceiling_steps(verdict.framework)))
    words = _("{n} of {all} steps tried")
    if open_steps:
        words = _("{n} of {all} steps tried, {open} open")
    elif node.unsure:
        words = _("{n} of {all} steps tried, target open")
    return words.format(n=node.count, all=node.of, open=open_steps)


def _no_word(node: PathNode | None) -> str:
    return pgettext("outcome", "Open") if node is not None and node.outcome == "open" else _("No")


def _arrow_across(middle: float, *, taken: bool, word: str) -> str:
    return (
        _line(f"M236 {middle:g}H264", taken=taken)
        + _head(f"M272 {middle:g}l-9 -5v10z", taken=taken)
        + _label(252, middle - 9, word, taken=taken, anchor="middle")
    )


def _arrow_down(top: float, *, taken: bool) -> str:
    return (
        _line(f"M123 {top:g}V{top + 38:g}", taken=taken)
        + _head(f"M123 {top + 46:g}l-6 -9h12z", taken=taken)
        + _label(135, top + 27, _("Yes"), taken=taken, anchor="start")
    )


def _line(path: str, *, taken: bool) -> str:
    if taken:
        return tag("path", "e on", d=path, fill="none", stroke=ACCENT, stroke_width=3.5)
    return tag("path", "e", d=path, fill="none", stroke=FAINT, stroke_width=1.25, stroke_dasharray="4 4")


def _head(path: str, *, taken: bool) -> str:
    return tag("path", "ah on" if taken else "ah", d=path, fill=ACCENT if taken else FAINT)


def _label(across: float, down: float, word: str, *, taken: bool, anchor: str) -> str:
    kind, fill, weight = ("lab on", ACCENT, 600) if taken else ("lab", QUIET, 400)
    size = 13 if len(word) < 5 else 11  # between two boxes there is little room
    return tag("text", kind, word, x=across, y=down, text_anchor=anchor, font_size=size, font_weight=weight, fill=fill)


def _question_box(top: float, title: str, words: str, *, taken: bool) -> str:
    kind, ink = ("t", INK) if taken else ("t off", QUIET)
    return (
        _box(10, top, 226, _BOX, "n on" if taken else "n")
        + tag("text", kind, title, x=26, y=top + 25, font_weight=600, fill=ink)
        + tag("text", "s", words, x=26, y=top + 44, font_size=13, fill=QUIET)
    )


def _leaf_box(top: float, lines: Sequence[str], *, taken: bool) -> str:
    kind, ink, weight = ("t", INK, 600) if taken else ("off", QUIET, 400)
    return _box(272, top, 150, _BOX, "n end" if taken else "n") + "".join(
        tag("text", kind, line, x=347, y=top + 25 + 18 * row, text_anchor="middle", font_weight=weight, fill=ink)
        for row, line in enumerate(lines)
    )


def _end_box(top: float, *, taken: bool) -> str:
    box, kind, ink = ("n end", "t", INK) if taken else ("n", "off", QUIET)
    words = _("Reached") if taken else _("Not reached")
    return (
        _box(10, top, 226, _BOX, box)
        + tag("text", kind, _("Fine-tuning candidate"), x=26, y=top + 25, font_weight=600, fill=ink)
        + tag("text", "s" if taken else "off", words, x=26, y=top + 44, font_size=13, fill=QUIET)
    )


def _way_to_ours(stopped_at: int | None) -> str:
    """From where the tree ends to our verdict: straight down from its last box, else along the right edge."""
    if stopped_at is None:
        way, across = f"M123 {8 + 3 * _STEP + _BOX}V{_OURS - 9}", 123
    else:
        way, across = f"M422 {8 + stopped_at * _STEP + _BOX / 2:g}H430V{_OURS - 9}", 430
    line = tag("path", "e our", d=way, fill="none", stroke=ACCENT, stroke_width=2.5)
    return line + tag("path", "ah our", d=f"M{across} {_OURS - 1}l-6 -9h12z", fill=ACCENT)


def _ours_box(ours: Ours) -> str:
    return (
        _box(10, _OURS, 428, 62, "n our")
        + tag("text", "inv", ours.word, x=26, y=_OURS + 26, font_size=13, fill=SURFACE)
        + tag("text", "t inv", ours.name, x=26, y=_OURS + 46, font_weight=600, fill=SURFACE)
    )


def _box(left: float, top: float, width: float, height: float, kind: str) -> str:
    fill, stroke, thick = {
        "n": (SURFACE, FAINT, 1.25),
        "n on": (ACCENT_SOFT, ACCENT, 2.5),
        "n end": (ACCENT_SOFT, ACCENT, 2.5),
        "n our": (ACCENT, ACCENT, 2.5),
    }[kind]
    look = {"fill": fill, "stroke": stroke}
    return tag("rect", kind, x=left, y=top, width=width, height=height, rx=8, stroke_width=thick, **look)
