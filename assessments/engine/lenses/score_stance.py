"""What the band of a score says: shared by the three scores. Source: framework, step 4 and phase 4."""

from collections.abc import Mapping

from assessments.framework.schema import Framework, ScoreBands, Stance

from ..decision import Condition, Figures, LensResult

STANCE: Mapping[str, Stance] = {"strong": "for", "moderate": "pilot", "weak": "against"}


def scored(framework: Framework, lens: str, score: float, bands: ScoreBands, figures: Figures) -> LensResult:
    """A lens that is one score in its band."""
    band = bands.band(score)
    return LensResult(
        lens=lens,
        stance=STANCE[band],
        value=score,
        band=band,
        conditions=(
            Condition(
                code="score",
                met=band == "strong",
                keys=(*framework.keys("indicator"), *framework.keys("anti_indicator")),
                figures={**figures, "band": band},
            ),
        ),
    )
