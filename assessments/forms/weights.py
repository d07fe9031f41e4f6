"""Weights of the matrix as they come in an address or a form."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.framework import Framework
from assessments.framework.notation import written

PREFIX = "w-"


def read_weights(framework: Framework, sent: Mapping[str, str]) -> tuple[dict[str, float], list[str]]:
    """The weights in an address or a form, and what is wrong with the rest."""
    rules = framework.matrix
    weights, faults = {}, []
    for criterion in rules.criteria:
        typed = sent.get(f"{PREFIX}{criterion.key}", "").strip()
        if not typed:
            continue
        typed = typed.replace(",", ".")  # decimals, in whichever language: no weight has thousands
        if re.fullmatch(r"\d{1,2}(\.\d{1,2})?", typed, re.ASCII) and float(typed) <= rules.maximum_weight:
            weights[criterion.key] = plain(typed)
        else:
            said = _("The weight of “{criterion}” must be a number from {least} to {most}, like 2 or {example}")
            least, most = (written(f"{end:g}") for end in (rules.minimum_weight, rules.maximum_weight))
            faults.append(said.format(criterion=criterion.name, least=least, most=most, example=written("2.5")))
    return weights, faults


def plain(typed: str) -> float:
    """A number without needless decimals."""
    number = float(typed)
    return int(number) if number == int(number) else number
