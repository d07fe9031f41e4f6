"""Colours by the part they play: a figure names the stylesheet's own, which follow the theme; paper has its own."""

from collections.abc import Mapping

INK, QUIET, FAINT = "var(--ink)", "var(--ink-3)", "var(--control)"
RULE, SURFACE, GROUND = "var(--line)", "var(--surface)", "var(--bg)"
ACCENT, ACCENT_SOFT, BAND = "var(--accent)", "var(--accent-soft)", "var(--band)"
CLEAR = "rgba(0,0,0,0)"
# What a cost is made of, in the order of the parts.
PARTS = tuple(f"var(--part-{number})" for number in range(1, 7))
# On these parts text is light.
DARK_PARTS = {PARTS[0], PARTS[1], PARTS[3]}

FONT = "Inter Report, Inter, sans-serif"
PAPER: Mapping[str, str] = {
    INK: "#1a1918",
    QUIET: "#67645e",
    FAINT: "#87847c",
    RULE: "#e5e3de",
    SURFACE: "#ffffff",
    ACCENT: "#1f4fae",
    ACCENT_SOFT: "#edf2fc",
    BAND: "#1f4fae24",
    **dict(zip(PARTS, ("#3d3b38", "#1f4fae", "#8fafe6", "#5c594f", "#c3d4f2", "#b5b1a7"), strict=True)),
}


def role(colour: str) -> str:
    """The part alone, as a class names it.

    >>> role("var(--ink-3)")
    'ink-3'
    """
    return colour.removeprefix("var(--").removesuffix(")")
