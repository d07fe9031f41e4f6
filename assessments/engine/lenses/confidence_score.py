"""The confidence score: reasons for minus reasons against, over all factors.

Source: framework, step 4. Its worked example divides by ten; eleven factors are listed there, and
the product divides by the factors there are.
"""

from assessments.framework.schema import Framework

from ..answers import Answers
from ..decision import LensResult
from .decision_tree import count
from .score_stance import scored


def look(framework: Framework, answers: Answers) -> LensResult:
    """A score from −1 to 1, and its band.

    >>> from assessments.framework import load_framework
    >>> look(load_framework(), Answers()).value
    0.0
    """
    counts = count(framework, answers)
    factors = len(framework.keys("indicator")) + len(framework.keys("anti_indicator"))
    score = counts.net / factors
    figures = {
        "indicators": counts.indicators,
        "anti_indicators": counts.anti_indicators,
        "factors": factors,
        "score": score,
    }
    return scored(framework, "confidence_score", score, framework.thresholds.confidence, figures)
