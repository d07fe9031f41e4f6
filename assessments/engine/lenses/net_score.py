"""The net score: reasons for minus reasons against.

Source: framework, phase 4.
"""

from assessments.framework.schema import Framework

from ..answers import Answers
from ..decision import Condition, LensResult
from .decision_tree import count
from .score_stance import STANCE


def look(framework: Framework, answers: Answers) -> LensResult:
    """A whole number from −5 to 6, and its band."""
    counts = count(framework, answers)
    band = framework.thresholds.net.band(counts.net)
    return LensResult(
        lens="net_score",
        stance=STANCE[band],
        value=counts.net,
        band=band,
        conditions=(
            Condition(
                code="score",
                met=band == "strong",
                keys=(*framework.keys("indicator"), *framework.keys("anti_indicator")),
                figures={
                    "indicators": counts.indicators,
                    "anti_indicators": counts.anti_indicators,
                    "net": counts.net,
                    "band": band,
                },
            ),
        ),
    )
