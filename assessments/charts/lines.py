"""Lines of several approaches in one plot: which looks how, and where its name stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import palette
from .chart import end_label
from .labels import spread, width_of

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


def end_labels(
    cast: Cast, ends: Mapping[str, float], amounts: Mapping[str, str], *, x: float, height: float, span: Sequence[float]
) -> list[dict[str, Any]]:
    """Each approach's name and amount beside the end of its line. Ends and span in the axis's own unit."""
    pixel = height / (span[1] - span[0])
    wanted = [(span[1] - end) * pixel for end in ends.values()]
    places = spread(wanted, low=0, high=height)
    return [
        end_label(
            f"{cast.names[approach]} {amounts[approach]}",
            short=cast.names[approach],
            x=x,
            y=end,
            down=place - want,
            colour=cast.colour(approach),
            strong=approach in (cast.main, cast.reference),
        )
        for (approach, end), want, place in zip(ends.items(), wanted, places, strict=True)
    ]


def room_for(labels: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Pixels at the right for the whole labels, and on a phone for the names alone."""
    return (
        width_of([label["text"] for label in labels]) + 20,
        width_of([label["name"] for label in labels]) + 20,
    )
