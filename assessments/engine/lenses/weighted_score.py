"""The weighted score: as the confidence score, with weights.

Source: framework's extension for advanced readers; the weights are ours.
"""

from assessments.framework.schema import Framework

from ..answers import Answers
from ..decision import LensResult
from .score_stance import scored


def look(framework: Framework, answers: Answers) -> LensResult:
    """A score from −1 to 1, and its band."""
    fors, againsts = framework.keys("indicator"), framework.keys("anti_indicator")
    gained = sum(map(framework.weight, answers.those(fors)))
    lost = sum(map(framework.weight, answers.those(againsts)))
    total = sum(map(framework.weight, (*fors, *againsts)))
    score = (gained - lost) / total
    figures = {"gained": gained, "lost": lost, "total": total, "score": score}
    return scored(framework, "weighted_score", score, framework.thresholds.weighted, figures)
