"""The marks of a chart as SVG: lines, bands, points and bars."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from . import palette
from .labels import width_of

if TYPE_CHECKING:
    from .svg import Frame

Trace = dict[str, Any]


def draw_trace(trace: Trace, frame: "Frame", before: Trace) -> Iterator[str]:
    """One trace of the figure. A band lies between it and the trace before."""
    if trace["type"] == "bar":
        yield from _bars(trace, frame)
    elif trace["mode"] == "markers":
        yield from _points(trace, frame)
    else:
        if trace.get("fill") == "tonexty":
            places = [*_places(before, frame), *reversed(_places(trace, frame))]
            yield (
                f'<polygon class="band" points="{_joined(places)}" fill="{palette.ROLES["band"]}" '
                f'fill-opacity="{palette.BAND_OPACITY}"/>'
            )
        if trace["line"]["width"]:
            yield _line(trace, frame)


def _line(trace: Trace, frame: "Frame") -> str:
    colour, dash = trace["line"]["color"], trace["line"].get("dash", "solid")
    dashes = "" if dash == "solid" else f' stroke-dasharray="{dash.replace("px", "").replace(",", " ")}"'
    return (
        f'<polyline class="line s-{colour}" points="{_joined(_places(trace, frame))}" fill="none" '
        f'stroke="{palette.ROLES[colour]}" stroke-width="{trace["line"]["width"]}" stroke-linejoin="round"{dashes}/>'
    )


def _points(trace: Trace, frame: "Frame") -> Iterator[str]:
    radius, edge = trace["marker"]["size"] / 2, trace["marker"]["line"]
    for across, down in _places(trace, frame):
        yield (
            f'<circle class="pt s-{edge["color"]}" cx="{number(across)}" cy="{number(down)}" r="{radius - 1:g}" '
            f'fill="{palette.SURFACE}" stroke="{palette.ROLES[edge["color"]]}" stroke-width="{edge["width"]}"/>'
        )


def _bars(trace: Trace, frame: "Frame") -> Iterator[str]:
    """Bars across, from their base so far to the right, or to the left where that is negative."""
    colour, font = trace["marker"]["color"], trace["insidetextfont"]
    for base, length, row, words in zip(trace["base"], trace["x"], trace["y"], trace["text"], strict=True):
        one, other = sorted((frame.x.at(base), frame.x.at(base + length)))
        top = frame.y.at(row + trace["offset"])
        height = frame.y.at(row + trace["offset"] + trace["width"]) - top
        yield (
            f'<rect class="bar f-{colour}" x="{number(one)}" y="{number(top)}" width="{number(other - one)}" '
            f'height="{number(height)}" fill="{palette.ROLES[colour]}"/>'
        )
        if words:
            middle, down = (one + other) / 2, top + height / 2 + 4
            yield text(
                middle,
                down,
                words,
                anchor="middle",
                kind="in-bar",
                colour=font["color"],
                size=font["size"],
                strong=True,
            )


def _places(trace: Trace, frame: "Frame") -> list[tuple[float, float]]:
    return [(frame.x.at(x), frame.y.at(y)) for x, y in zip(trace["x"], trace["y"], strict=True)]


def _joined(places: list[tuple[float, float]]) -> str:
    return " ".join(f"{number(across)},{number(down)}" for across, down in places)


def number(pixels: float) -> str:
    """To a tenth of a pixel."""
    return f"{pixels:.1f}"


def text(
    across: float,
    down: float,
    words: str,
    *,
    anchor: str,
    kind: str,
    colour: str,
    size: int = 13,
    strong: bool = False,
    behind: str = "",
) -> str:
    """Words on their base line; `behind` is the colour of a sheet under them that hides what they cover."""
    weight = ' font-weight="600"' if strong else ""
    return (_sheet(across, down, words, anchor, behind) if behind else "") + (
        f'<text class="{kind} f-{colour}" x="{number(across)}" y="{number(down)}" text-anchor="{anchor}" '
        f'font-size="{size}" fill="{palette.ROLES[colour]}"{weight}>{escape(words)}</text>'
    )


def _sheet(across: float, down: float, words: str, anchor: str, colour: str) -> str:
    width = width_of([words])
    left = across - {"start": 0, "middle": width / 2, "end": width}[anchor]
    return (
        f'<rect class="sheet f-{colour}" x="{number(left)}" y="{number(down - 13)}" width="{number(width)}" '
        f'height="17" fill="{palette.ROLES[colour]}"/>'
    )
