"""The variants of saved imports, each with a control for its role in the controlled comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from assessments.engine.measured.comparison import MeasuredComparison
from assessments.engine.measured.figures import VariantFigures
from assessments.framework import Framework

from ..formats import counted, share


class Offered(Protocol):
    """A variant that can have a role."""

    @property
    def control(self) -> str: ...
    @property
    def figures(self) -> VariantFigures: ...
    @property
    def suggested(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleOption:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleControl:
    name: str
    label: str
    about: str
    options: Sequence[RoleOption]


def present_roles(
    framework: Framework, offered: Sequence[Offered], found: MeasuredComparison | None
) -> Sequence[RoleControl]:
    """Chosen is the role that a variant has, or, before there is a comparison, the one that it was read with."""
    labels = _labels(framework)
    return [
        RoleControl(
            name=one.control,
            label=one.figures.name,
            about=_("{cases}, {share} passed").format(
                cases=counted(one.figures.passed.of, "{n} case", "{n} cases"),
                share=share(one.figures.passed.share or 0.0),
            ),
            options=[
                RoleOption(value=value, label=label, checked=value == _chosen(one, found, labels))
                for value, label in {"": _("Not in the comparison"), **labels}.items()
            ],
        )
        for one in offered
    ]


def _labels(framework: Framework) -> dict[str, str]:
    """Every option in words: the roles first, then further levers."""
    found = {}
    for role in framework.guide.roles:
        for approach in role.approaches:
            more = f" ({framework.approach[approach].name})" if len(role.approaches) > 1 else ""
            found[f"{role.key}:{approach}"] = f"{role.name}{more}"
    covered = {role.approaches[0] for role in framework.guide.roles}
    return found | {f"{one.key}:{one.key}": one.name for one in framework.approaches if one.key not in covered}


def _chosen(one: Offered, found: MeasuredComparison | None, labels: dict[str, str]) -> str:
    if found is None:
        return next((value for value in labels if value.partition(":")[0] == one.suggested), "")
    same = (
        variant
        for variant in found.variants
        if variant.name == one.figures.name and variant.cases == one.figures.passed.of
    )
    return next((f"{variant.role}:{variant.approach}" for variant in same), "")
