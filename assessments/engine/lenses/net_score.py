"""The net score: reasons for minus reasons against.

Source: framework, phase 4.
"""

from assessments.framework.schema import Framework

from ..answers import Answers
from ..decision import LensResult
from .decision_tree import count
from .score_stance import scored


def look(framework: Framework, answers: Answers) -> LensResult:
    """A whole number from −5 to 6, and its band."""
    counts = count(framework, answers)
    figures = {"indicators": counts.indicators, "anti_indicators": counts.anti_indicators, "net": counts.net}
    return scored(framework, "net_score", counts.net, framework.thresholds.net, figures)
