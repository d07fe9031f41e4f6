"""A framework as one team reads it: with the sign of its currency before every amount that is asked for."""

from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from .currency import sign_of
from .field import Field
from .schema import Framework

Asked = TypeVar("Asked", bound=Field)


@lru_cache(maxsize=32)
def in_currency(framework: Framework, currency: str) -> Framework:
    """The same framework with amounts shown in this currency. No number of it is another.

    Kept, so that what is kept for a framework is found again.
    """
    if currency == framework.currency:
        return framework
    inputs = framework.cost_inputs
    found = replace(
        framework,
        currency=currency,
        sections=tuple(
            replace(section, questions=_shown(section.questions, currency)) for section in framework.sections
        ),
        cost_inputs=replace(inputs, inputs=_shown(inputs.inputs, currency)),
    )
    vars(found)["sha256"] = framework.sha256
    return found


def _shown(fields: tuple[Asked, ...], currency: str) -> tuple[Asked, ...]:
    return tuple(replace(one, prefix=sign_of(currency)) if one.prefix else one for one in fields)
