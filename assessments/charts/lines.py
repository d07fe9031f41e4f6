"""Lines of several approaches in one plot: which looks how, and where its name stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from assessments.framework.notation import speaks_german

from . import palette
from .chart import note
from .labels import spread, width_of

_LONGEST, _SHORT = 30, 20
"""Letters of a name beside a line, and on a phone: beyond them nothing would be left of the plot."""
_DASHES = ("7px,4px", "2px,3px", "10px,3px,2px,3px", "12px,5px", "4px,2px", "10px,3px,2px,3px,2px,3px", "1px,3px")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The approaches of a chart: the one that it is about, the one it is measured against, and the others."""

    names: Mapping[str, str]
    main: str
    reference: str

    def colour(self, approach: str) -> str:
        if approach == self.main:
            return palette.ACCENT
        return palette.INK if approach == self.reference else palette.QUIET

    def line(self, approach: str) -> dict[str, Any]:
        """Solid for the two that matter, a dash pattern of its own for every other."""
        if approach == self.main:
            return {"color": palette.ACCENT, "width": 3}
        if approach == self.reference:
            return {"color": palette.INK, "width": 2}
        others = [name for name in self.names if name not in (self.main, self.reference)]
        dash = _DASHES[others.index(approach) % len(_DASHES)]
        return {"color": palette.FAINT, "width": 1.5, "dash": dash}

    def in_order(self, approaches: Sequence[str]) -> list[str]:
        """What matters most is drawn last, over the others."""
        rank = {self.main: 2, self.reference: 1}
        return sorted(approaches, key=lambda approach: rank.get(approach, 0))

    def endings(self, ends: Mapping[str, float], amounts: Mapping[str, str]) -> list["Ending"]:
        """Each approach's name and amount, for the end of its line."""
        most = _SHORT - 4 if speaks_german() else _SHORT
        return [
            Ending(
                words=f"{shorten(self.names[approach], _LONGEST, placeholder='…')} {amounts[approach]}",
                short=shorten(self.names[approach], most, placeholder="…"),
                y=end,
                colour=self.colour(approach),
                strong=approach in (self.main, self.reference),
            )
            for approach, end in ends.items()
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What stands at the end of a line, and on a phone; `y` in the axis's own unit."""

    words: str
    short: str
    y: float
    colour: str
    strong: bool = False


def line(
    name: str, x: Sequence[float], y: Sequence[float], *, look: Mapping[str, Any], hover: str = ""
) -> dict[str, Any]:
    """A line through these places; without `hover` nothing is said where it is pointed at."""
    said = {"hovertemplate": f"{hover}<extra></extra>"} if hover else {"hoverinfo": "skip"}
    heights = [round(value, 2) for value in y]
    return {"type": "scatter", "mode": "lines", "name": name, "x": list(x), "y": heights, "line": look, **said}


def dashed(colour: str) -> dict[str, Any]:
    """How a line looks that marks a place."""
    return {"color": colour, "width": 1.25, "dash": "3px,3px"}


def points(
    name: str, x: Sequence[float], y: Sequence[float], *, size: int, edge: int, hover: Sequence[str]
) -> dict[str, Any]:
    """Circles at these places, each with its own words where it is pointed at."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": list(x),
        "y": list(y),
        "text": list(hover),
        "marker": {"color": palette.SURFACE, "size": size, "line": {"color": palette.ACCENT, "width": edge}},
        "hovertemplate": "%{text}<extra></extra>",
    }


def end_labels(endings: Sequence[Ending], *, x: float, height: float, span: Sequence[float]) -> list[dict[str, Any]]:
    """Notes beside the ends of the lines, none over another; joined to its line where one had to give way."""
    pixel = height / (span[1] - span[0])
    wanted = [(span[1] - ending.y) * pixel for ending in endings]
    places = spread(wanted, low=0, high=height)
    return [_end_label(ending, x, place - want) for ending, want, place in zip(endings, wanted, places, strict=True)]


def _end_label(ending: Ending, x: float, down: float) -> dict[str, Any]:
    words = note(ending.words, x=x, y=ending.y, colour=ending.colour, anchor="left", strong=ending.strong)
    words["name"] = ending.short
    if abs(down) <= 3:
        return {**words, "xshift": 10, "yshift": round(-down, 1)}
    lead = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": palette.FAINT}
    return {**words, "ax": 16, "ay": round(down, 1), **lead}


def room_for(labels: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Pixels at the right for the whole labels, and on a phone for the short ones."""
    wide, narrow = (width_of([label[key] for label in labels]) for key in ("text", "name"))
    return wide + 20, narrow + 20
