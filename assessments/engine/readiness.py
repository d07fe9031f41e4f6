"""Whether the examples at hand are enough for the goal, label by label."""

from assessments.framework.schema import Framework

from .decision import DataReadiness, LabelGap
from .document import Document


def examples_at_hand(framework: Framework, document: Document) -> DataReadiness:
    """The labelled count beside the goal's range, and the labels that fall short. [framework, module]"""
    labelled = document.readiness.get("labelled_examples")
    return DataReadiness(
        goal=framework.goal.get(document.use_case.get("goal", "")),
        labelled=None if labelled is None else int(labelled),
        gaps=tuple(
            LabelGap(label=row.label, missing=row.required - row.available)
            for row in document.data
            if row.available < row.required
        ),
    )
