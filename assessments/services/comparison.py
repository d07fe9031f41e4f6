"""The controlled comparison of an assessment: variants of its imports get roles, and become one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.engine.measured.comparison import ChosenVariant, comparison_from, comparison_value
from assessments.engine.measured.figures import VariantFigures
from assessments.engine.measured.same_run import is_among, outcomes_of
from assessments.engine.paths import COMPARISON
from assessments.framework import Framework
from assessments.models import Assessment, EvidenceImport, ImportState, User

from .answer_sheet import AnswerSheet
from .evidence import origin_in, what_was_read
from .values import Entry, Saving, change

RULE = "comparison"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedVariant:
    """A variant of a saved import that can have a role."""

    control: str
    """The name of its control on a page."""
    imported: EvidenceImport
    files: tuple[str, ...]
    """The SHA-256 of what it was read from."""
    tool: str
    figures: VariantFigures
    slice_of: Mapping[str, str]
    suggested: str
    """The role that was given to it when it was read; empty where none was."""


class RolesRefused(Exception):
    """The roles that were given make no comparison. The text says why."""


def offered_variants(assessment: Assessment) -> Sequence[OfferedVariant]:
    """The variants of all runs that were saved, those of the newest import first; one that came in twice is one."""
    saved = EvidenceImport.objects.filter(assessment=assessment, state=ImportState.SAVED)
    found = [one for imported in saved.prefetch_related("files").order_by("-pk") for one in _variants(imported)]
    kept: list[OfferedVariant] = []
    for one in sorted(found, key=lambda one: one.figures.p95 is None):  # the form that has times
        others = [outcomes_of(other.figures) for other in kept if other.imported != one.imported]
        if not is_among(outcomes_of(one.figures), others):
            kept.append(one)
    return [one for one in found if any(one is other for other in kept)]


def _variants(imported: EvidenceImport) -> Sequence[OfferedVariant]:
    """What was checked and graded, of runs of which nobody said that their cases are not real ones."""
    found = []
    for place, one in enumerate(what_was_read(imported).found):
        chosen = {choice.key: choice.chosen for choice in one.choices}
        if one.run is None or chosen.get("real_cases") == "no":
            continue
        for index, figures in enumerate(one.run.variants):
            if figures.is_checked and figures.outcomes:
                role = chosen.get(f"role.{figures.key}", "")
                found.append(
                    OfferedVariant(
                        control=f"role-{imported.pk}-{place}-{index}",
                        imported=imported,
                        files=one.files,
                        tool=one.tool,
                        figures=figures,
                        slice_of=one.run.slice_of,
                        suggested=role if isinstance(role, str) else "",
                    )
                )
    return found


def role_options(framework: Framework) -> Mapping[str, tuple[str, str]]:
    """Every role with the approach that it can stand for, by the value of its option."""
    roles = [(role.key, approach) for role in framework.guide.roles for approach in role.approaches]
    covered = {role.approaches[0] for role in framework.guide.roles}
    roles += [(key, key) for key in framework.approach if key not in covered]
    return {f"{role}:{approach}": (role, approach) for role, approach in roles}


def save_comparison(
    assessment: Assessment,
    actor: User | None,
    framework: Framework,
    given: Sequence[tuple[OfferedVariant, str]],
    *,
    seen_version: int,
) -> Saving:
    """Puts the comparison together from variants with the options that were chosen for them. Raises RolesRefused."""
    options = role_options(framework)
    roles = [options[option][0] for _variant, option in given]
    if len(given) < 2:
        raise RolesRefused(_("Give a role to two variants at least."))
    if len(set(roles)) < len(roles):
        raise RolesRefused(_("Two variants have the same role. Keep the better one, or give it a role of its own."))
    chosen = [
        ChosenVariant(role=options[option][0], approach=options[option][1], figures=one.figures)
        for one, option in given
    ]
    slices = {case: name for one, _option in given for case, name in one.slice_of.items()}
    value = comparison_value(comparison_from(chosen, slices))
    entry = Entry(
        path=COMPARISON,
        value=value,
        origin=_origin(framework, [one for one, _option in given]),
        seen_version=seen_version,
    )
    return change(assessment, actor, [entry], act="accept_evidence", at_once=True)


def forget_comparison(assessment: Assessment, actor: User | None) -> Saving:
    """Takes the comparison out, whatever it is by now."""

    def plan(sheet: AnswerSheet) -> Sequence[Entry]:
        return [Entry(path=COMPARISON, seen_version=sheet.version(COMPARISON))]

    return change(assessment, actor, plan, act="accept_evidence", at_once=True)


def _origin(framework: Framework, variants: Sequence[OfferedVariant]) -> dict[str, Any]:
    """One origin that names the files of all of them."""
    tools = {one.tool for one in variants}
    origins = [
        origin_in(one.imported, framework, rule=RULE, tool=min(tools) if len(tools) == 1 else "", sha256s=one.files)
        for one in variants
    ]
    files = {file["sha256"]: file for origin in origins for file in origin["files"]}
    return {**origins[0], "files": list(files.values())}
