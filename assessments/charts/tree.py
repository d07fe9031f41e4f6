"""The decision tree with the path taken, as SVG.

The taken way is told by thick solid lines and by the words Yes and No, not by colour alone. It has no axes
and no values, and plotly has no boxes with words: as a figure it would be paths placed by hand, for which
every page with a result would have to fetch the library.
"""

from collections.abc import Sequence
from typing import NamedTuple

from assessments.engine.decision import Decision, PathNode, Verdict
from assessments.engine.lenses.decision_tree import ceiling_steps

from .palette import ACCENT, ACCENT_SOFT, FAINT, INK, QUIET, SURFACE
from .svg import image, tag

_WIDTH, _STEP, _BOX, _HEIGHT = 424, 114, 58, 436


class _Question(NamedTuple):
    title: str
    words: str
    no_leaf: str


def draw_tree(decision: Decision) -> str:
    """The tree as one SVG element with a title and a description in words."""
    framework = decision.framework
    limits = framework.thresholds
    questions = (
        _Question("Prompt ceiling reached?", "", "keep_prompting"),
        _Question(f"More than {limits.tree_indicators_above} reasons for?", "", "improve_rag_or_switch_model"),
        _Question(f"Fewer than {limits.tree_anti_indicators_below} against?", "", "address_blockers"),
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
    parts.append(_end_box(8 + len(questions) * _STEP, decision.leaf == "fine_tune_candidate", _ending(decision)))
    return image("tree", _WIDTH, _HEIGHT, describe_tree(decision), parts)


def describe_tree(decision: Decision) -> str:
    """The path in words."""
    names = {
        "ceiling": "Prompt ceiling reached",
        "indicators": f"More than {decision.framework.thresholds.tree_indicators_above} reasons for",
        "anti_indicators": (f"Fewer than {decision.framework.thresholds.tree_anti_indicators_below} reasons against"),
    }
    outcomes = {"open": "not known yet"}
    steps = [
        f"{names[node.node]}: {outcomes.get(node.outcome, node.outcome)}, {node_words(decision, node)}."
        for node in decision.path
    ]
    return f"Decision tree. {' '.join(steps)} It ends at: {decision.framework.leaf[decision.leaf].name}."


def node_words(verdict: Verdict, node: PathNode | None) -> str:
    """How many of what the question asks for are there, and how many are open."""
    if node is None:
        return "Not reached"
    if node.node != "ceiling":
        words = f"{node.count} of {node.of} apply"
        return f"{words}, {node.unsure} open" if node.unsure else words
    # The target comes behind the steps: whether it is missed is asked once they are known.
    open_steps = sum(map(verdict.document.answers.unsure, ceiling_steps(verdict.framework)))
    still = f"{open_steps} open" if open_steps else "target open" if node.unsure else ""
    words = f"{node.count} of {node.of} steps tried"
    return f"{words}, {still}" if still else words


def _no_word(node: PathNode | None) -> str:
    return "Open" if node is not None and node.outcome == "open" else "No"


def _ending(decision: Decision) -> str:
    if decision.leaf != "fine_tune_candidate":
        return "Not reached"
    return {"go": "Go", "pilot": "Pilot first"}.get(decision.action, "But an earlier rule decides")


def _arrow_across(middle: float, *, taken: bool, word: str) -> str:
    return (
        _line(f"M236 {middle:g}H276", taken=taken)
        + _head(f"M284 {middle:g}l-9 -5v10z", taken=taken)
        + _label(258, middle - 9, word, taken=taken, anchor="middle")
    )


def _arrow_down(top: float, *, taken: bool) -> str:
    return (
        _line(f"M123 {top:g}V{top + 48:g}", taken=taken)
        + _head(f"M123 {top + 56:g}l-6 -9h12z", taken=taken)
        + _label(135, top + 33, "Yes", taken=taken, anchor="start")
    )


def _line(path: str, *, taken: bool) -> str:
    if taken:
        return tag("path", "e on", d=path, fill="none", stroke=ACCENT, stroke_width=3.5)
    return tag("path", "e", d=path, fill="none", stroke=FAINT, stroke_width=1.25, stroke_dasharray="4 4")


def _head(path: str, *, taken: bool) -> str:
    return tag("path", "ah on" if taken else "ah", d=path, fill=ACCENT if taken else FAINT)


def _label(across: float, down: float, word: str, *, taken: bool, anchor: str) -> str:
    kind, colour, weight = ("lab on", ACCENT, 600) if taken else ("lab", QUIET, 400)
    return tag("text", kind, word, x=across, y=down, text_anchor=anchor, font_size=13, font_weight=weight, fill=colour)


def _question_box(top: float, title: str, words: str, *, taken: bool) -> str:
    kind, ink = ("t", INK) if taken else ("t off", QUIET)
    return (
        _box(10, top, 226, _BOX, "n on" if taken else "n")
        + tag("text", kind, title, x=26, y=top + 25, font_weight=600, fill=ink)
        + tag("text", "s", words, x=26, y=top + 44, font_size=13, fill=QUIET)
    )


def _leaf_box(top: float, lines: Sequence[str], *, taken: bool) -> str:
    kind, ink, weight = ("inv", SURFACE, 600) if taken else ("off", QUIET, 400)
    return _box(284, top, 132, _BOX, "n end" if taken else "n") + "".join(
        tag("text", kind, line, x=350, y=top + 25 + 18 * row, text_anchor="middle", font_weight=weight, fill=ink)
        for row, line in enumerate(lines)
    )


def _end_box(top: float, taken: bool, words: str) -> str:
    box, kind, ink = ("n end", "inv", SURFACE) if taken else ("n", "off", QUIET)
    title = "t inv" if taken else "off"
    return (
        _box(10, top, 226, 66, box)
        + tag("text", title, "Fine-tuning candidate", x=26, y=top + 29, font_weight=600, fill=ink)
        + tag("text", kind, words, x=26, y=top + 49, font_size=13, fill=ink)
    )


def _box(left: float, top: float, width: float, height: float, kind: str) -> str:
    fill, stroke, thick = {
        "n": (SURFACE, FAINT, 1.25),
        "n on": (ACCENT_SOFT, ACCENT, 2.5),
        "n end": (ACCENT, ACCENT, 2.5),
    }[kind]
    look = {"fill": fill, "stroke": stroke}
    return tag("rect", kind, x=left, y=top, width=width, height=height, rx=8, stroke_width=thick, **look)
