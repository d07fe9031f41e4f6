"""Which parts of a release the files name that were imported: offered beside their fields, never filled in."""

from collections.abc import Mapping

from assessments.models import Assessment, ImportState

PARTS: Mapping[str, str] = {"release.data_version": "training", "release.evaluation_version": "run"}
"""By path of the part, the kind of file that names it."""


def offered_versions(assessment: Assessment) -> Mapping[str, list[str]]:
    """By path, each saved file with its hash, the newest import first."""
    saved = assessment.imports.filter(state=ImportState.SAVED).only("description", "assessment_id")
    found: dict[str, list[str]] = {path: [] for path in PARTS}
    for one in saved.prefetch_related("files"):
        kinds = {part.partition(":")[0] for part in one.description.split("+")}
        for path, kind in PARTS.items():
            if kind in kinds:
                found[path] += [f"{file.name}, SHA-256 {file.sha256}" for file in one.files.all()]
    return found
