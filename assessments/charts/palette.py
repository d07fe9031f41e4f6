"""Colours by the part they play. Here they are those of paper; on screen the stylesheet gives each theme its own."""

from collections.abc import Mapping

INK = "#1a1918"
INK_QUIET = "#67645e"
LINE = "#e5e3de"
CONTROL = "#87847c"
SURFACE = "#ffffff"
ACCENT = "#1f4fae"
ACCENT_SOFT = "#edf2fc"
FONT = "Inter Report, Inter, sans-serif"

# A figure names these instead of colours; the SVG carries them as classes as well.
ROLES: Mapping[str, str] = {
    "accent": ACCENT,
    "band": ACCENT,
    "ink": INK,
    "quiet": INK_QUIET,
    "faint": CONTROL,
    "rule": LINE,
    "surface": SURFACE,
    "part-1": "#3d3b38",
    "part-2": "#1f4fae",
    "part-3": "#8fafe6",
    "part-4": "#5c594f",
    "part-5": "#c3d4f2",
    "part-6": "#b5b1a7",
}
BAND_OPACITY = 0.14
# On these parts text is light.
DARK_PARTS = {"part-1", "part-2", "part-4"}
