"""The decision tree with the path taken, as SVG.

The taken way is told by thick solid lines and by the words Yes and No, not by colour alone.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from assessments.engine.decision import Decision, PathNode

from . import palette

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
            _question_box(top, question.title, _node_words(node), taken=node is not None),
        ]
    parts.append(_end_box(8 + len(questions) * _STEP, decision.leaf == "fine_tune_candidate", _ending(decision)))
    description = escape(describe_tree(decision))
    return (
        f'<svg class="tree" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{description}" '
        f'font-family="{palette.FONT}" font-size="14"><title>{description}</title>{"".join(parts)}</svg>'
    )


def describe_tree(decision: Decision) -> str:
    """The path in words."""
    names = {
        "ceiling": "Prompt ceiling reached",
        "indicators": f"More than {decision.framework.thresholds.tree_indicators_above} reasons for",
        "anti_indicators": (f"Fewer than {decision.framework.thresholds.tree_anti_indicators_below} reasons against"),
    }
    steps = [
        f"{names[node.node]}: {'not known yet' if node.outcome == 'open' else node.outcome}, {_node_words(node)}."
        for node in decision.path
    ]
    return f"Decision tree. {' '.join(steps)} It ends at: {decision.framework.leaf[decision.leaf].name}."


def _node_words(node: PathNode | None) -> str:
    if node is None:
        return "Not reached"
    words = f"{node.count} of {node.of} {'steps tried' if node.node == 'ceiling' else 'apply'}"
    return f"{words}, {node.unsure} open" if node.unsure else words


def _no_word(node: PathNode | None) -> str:
    return "Open" if node is not None and node.outcome == "open" else "No"


def _ending(decision: Decision) -> str:
    if decision.leaf != "fine_tune_candidate":
        return "Not reached"
    return {"go": "Go", "pilot": "Pilot first"}.get(decision.action, "But an earlier rule decides")


def _arrow_across(middle: float, *, taken: bool, word: str) -> str:
    return (
        _line(f"M236 {middle:.0f}H276", taken=taken)
        + _head(f"M284 {middle:.0f}l-9 -5v10z", taken=taken)
        + _label(258, middle - 9, word, taken=taken, anchor="middle")
    )


def _arrow_down(top: float, *, taken: bool) -> str:
    return (
        _line(f"M123 {top:.0f}V{top + 48:.0f}", taken=taken)
        + _head(f"M123 {top + 56:.0f}l-6 -9h12z", taken=taken)
        + _label(135, top + 33, "Yes", taken=taken, anchor="start")
    )


def _line(path: str, *, taken: bool) -> str:
    if taken:
        return f'<path class="e on" d="{path}" fill="none" stroke="{palette.ACCENT}" stroke-width="3.5"/>'
    return (
        f'<path class="e" d="{path}" fill="none" stroke="{palette.CONTROL}" stroke-width="1.25" '
        'stroke-dasharray="4 4"/>'
    )


def _head(path: str, *, taken: bool) -> str:
    return f'<path class="ah{" on" * taken}" d="{path}" fill="{palette.ACCENT if taken else palette.CONTROL}"/>'


def _label(across: float, down: float, word: str, *, taken: bool, anchor: str) -> str:
    colour, weight = (palette.ACCENT, 600) if taken else (palette.INK_QUIET, 400)
    return (
        f'<text class="lab{" on" * taken}" x="{across:.0f}" y="{down:.0f}" text-anchor="{anchor}" font-size="13" '
        f'font-weight="{weight}" fill="{colour}">{escape(word)}</text>'
    )


def _question_box(top: float, title: str, words: str, *, taken: bool) -> str:
    ink = palette.INK if taken else palette.INK_QUIET
    return (
        _box(10, top, 226, _BOX, "n on" if taken else "n")
        + f'<text class="{"t" if taken else "t off"}" x="26" y="{top + 25:.0f}" font-weight="600" fill="{ink}">'
        f"{escape(title)}</text>"
        f'<text class="s" x="26" y="{top + 44:.0f}" font-size="13" fill="{palette.INK_QUIET}">{escape(words)}</text>'
    )


def _leaf_box(top: float, lines: Sequence[str], *, taken: bool) -> str:
    kind, ink = ("n end", palette.SURFACE) if taken else ("n", palette.INK_QUIET)
    text_kind = "inv" if taken else "off"
    weight = ' font-weight="600"' if taken else ""
    texts = "".join(
        f'<text class="{text_kind}" x="350" y="{top + 25 + 18 * index:.0f}" text-anchor="middle" '
        f'fill="{ink}"{weight}>{escape(line)}</text>'
        for index, line in enumerate(lines)
    )
    return _box(284, top, 132, _BOX, kind) + texts


def _end_box(top: float, taken: bool, words: str) -> str:
    title_kind, words_kind = ("t inv", "inv") if taken else ("off", "off")
    ink = palette.SURFACE if taken else palette.INK_QUIET
    return (
        _box(10, top, 226, 66, "n end" if taken else "n")
        + f'<text class="{title_kind}" x="26" y="{top + 29:.0f}" font-weight="600" fill="{ink}">'
        "Fine-tuning candidate</text>"
        f'<text class="{words_kind}" x="26" y="{top + 49:.0f}" font-size="13" fill="{ink}">{escape(words)}</text>'
    )


def _box(left: float, top: float, width: float, height: float, kind: str) -> str:
    fill, stroke, thick = {
        "n": (palette.SURFACE, palette.CONTROL, 1.25),
        "n on": (palette.ACCENT_SOFT, palette.ACCENT, 2.5),
        "n end": (palette.ACCENT, palette.ACCENT, 2.5),
    }[kind]
    return (
        f'<rect class="{kind}" x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{height:.0f}" rx="8" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="{thick}"/>'
    )
