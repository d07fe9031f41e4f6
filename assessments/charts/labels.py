"""Places for labels at the ends of lines, so that none covers another."""

from collections.abc import Sequence

LINE_HEIGHT = 17.0
_LETTER = 6.9  # of 13 pixels, on average


def spread(wanted: Sequence[float], *, low: float, high: float, gap: float = LINE_HEIGHT) -> list[float]:
    """Places at least a gap apart, each as near to the wanted one as its neighbours allow.

    Where there is more than fits, the gap is narrowed. All in pixels; the order is kept.

    >>> spread([50, 52, 90], low=0, high=100, gap=10)
    [46.0, 56.0, 90.0]
    >>> spread([99, 99], low=0, high=100, gap=10)
    [90.0, 100.0]
    """
    if len(wanted) > 1:
        gap = min(gap, (high - low) / (len(wanted) - 1))
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    clusters: list[tuple[float, int]] = []  # the place of the first, how many
    for index in order:
        start, size = wanted[index], 1
        while clusters and clusters[-1][0] + clusters[-1][1] * gap > start:
            before, others = clusters.pop()
            # The middle of all of them stays where it was wanted on average.
            start = (before * others + (start - others * gap) * size) / (others + size)
            size += others
        clusters.append((start, size))
    places = [start + step * gap for start, size in clusters for step in range(size)]
    places = [max(place, low + step * gap) for step, place in enumerate(places)]
    places = [min(place, high - (len(places) - 1 - step) * gap) for step, place in enumerate(places)]
    found = [0.0] * len(wanted)
    for index, place in zip(order, places, strict=True):
        found[index] = float(place)
    return found


def width_of(texts: Sequence[str]) -> float:
    """About how many pixels the longest of these takes at 13 pixels."""
    return max((len(text) for text in texts), default=0) * _LETTER
