"""The weighted score: as the confidence score, with weights.

Source: framework's extension for advanced readers; the weights are ours.
"""

from assessments.framework.schema import Framework

from ..answers import Answers
from ..decision import Condition, LensResult
from .score_stance import STANCE


def look(framework: Framework, answers: Answers) -> LensResult:
    """A score from −1 to 1, and its band."""
    fors, againsts = framework.keys("indicator"), framework.keys("anti_indicator")
    gained = sum(map(framework.weight, answers.those(fors)))
    lost = sum(map(framework.weight, answers.those(againsts)))
    total = sum(map(framework.weight, (*fors, *againsts)))
    score = (gained - lost) / total
    band = framework.thresholds.weighted.band(score)
    return LensResult(
        lens="weighted_score",
        stance=STANCE[band],
        value=score,
        band=band,
        conditions=(
            Condition(
                code="score",
                met=band == "strong",
                keys=(*fors, *againsts),
                figures={"gained": gained, "lost": lost, "total": total, "score": score, "band": band},
            ),
        ),
    )
