"""How far a share may be off that was found in a sample."""

import math

Z = 1.959963984540054  # two-sided 95 %


def wilson_interval(count: float, sample: int, z: float = Z) -> tuple[float, float]:
    """The 95 % interval of a share, 0 to 1 (Wilson 1927). Without a sample: (0, 1). Another `z`, another level.

    >>> [round(bound, 4) for bound in wilson_interval(10, 50)]
    [0.1124, 0.3304]
    >>> wilson_interval(0, 0)
    (0.0, 1.0)
    """
    if not sample:
        return 0.0, 1.0
    share = count / sample
    spread = z**2 / sample
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / sample + spread / (4 * sample))
    return max(0.0, middle - half), min(1.0, middle + half)
