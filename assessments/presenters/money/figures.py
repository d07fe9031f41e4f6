"""One figure of the money, by its name and in its unit, wherever it is spoken of."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.framework import Framework
from assessments.framework.schema import Field
from assessments.speaking import SpokenWords

from ..cost_form import value_words
from ..questionnaire import answer_words
from ..words import lower
from .words import short_names

WHERE_FROM = SpokenWords(
    sample=gettext_noop("our range, from the cases measured"),
    unmeasured=gettext_noop("our range, as nobody measured it"),
    effort=gettext_noop("our range of effort"),
    offer=gettext_noop("the offer's own range"),
    tenth=gettext_noop("our range of a tenth either way"),
)
"""Where a range comes from that nobody typed."""


def figure_name(framework: Framework, form: str, key: str, approach: str | None) -> str:
    """Its label, and whose it is."""
    label = figure_field(framework, form, key, approach).label
    if not approach:
        return label
    return _("{figure} ({lever})").format(figure=label, lever=lower(short_names(framework)[approach]))


def figure_words(field: Field, value: float) -> str:
    """The value with its sign or its per cent, without the unit."""
    words = value_words(field, value) if field.place.startswith("costs.detailed") else answer_words(field, value)
    return words.removesuffix(f" {field.unit}") if field.unit else words


def figure_field(framework: Framework, form: str, key: str, approach: str | None) -> Field:
    """The field of an input of the form that counts."""
    inputs = framework.cost_inputs
    if approach:
        return inputs.approach[key]
    if form == "detailed" and key in inputs.case:
        return inputs.case[key]
    return framework.questions[key]
