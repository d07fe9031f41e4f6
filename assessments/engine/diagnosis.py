"""What the counted failures say: each group's share, its uncertainty, and what dominates."""

import math
from collections.abc import Mapping

from assessments.framework.schema import Framework

from .decision import Diagnosis, GroupShare
from .intervals import Z, wilson_interval


def diagnose(framework: Framework, failures: Mapping[str, int]) -> Diagnosis:
    """Shares of the failure groups in a sample, counts by mode. [production, phase 1]

    A group dominates when it has more than half of the sample.
    """
    sample = sum(failures.values())
    half = framework.thresholds.dominant_share
    groups = []
    for group in framework.failure_groups:
        count = sum(failures.get(mode, 0) for mode in group.modes)
        low, high = wilson_interval(count, sample)
        share = count / sample if sample else 0.0
        groups.append(GroupShare(key=group.key, count=count, share=share, low=low, high=high))
    largest = max(groups, key=lambda group: group.count)
    return Diagnosis(
        sample=sample,
        groups=tuple(groups),
        dominant=largest.key if largest.share > half else None,
        label_more=labels_until_sure(largest.count, sample, half) if sample else None,
    )


def labels_until_sure(count: float, sample: int, half: float, z: float = Z) -> int | None:
    """How many more failures to label until the interval leaves `half` on one side, at this share.

    0 when it does already; None where the share is exactly `half`, which no sample settles.

    >>> labels_until_sure(60, 100, 0.5)
    0
    >>> labels_until_sure(55, 100, 0.5)
    285
    """
    distance = count / sample - half
    if distance == 0:
        return None
    needed = z**2 * half * (1 - half) / distance**2
    return max(0, math.floor(needed) + 1 - sample)
