"""An assessment with all that operations are about."""

from dataclasses import dataclass

from assessments.framework import load_framework
from assessments.models import ImportState
from assessments.services import assessments, sharing
from assessments.services.versions import freeze

from ..documents import example_document
from ..imports import an_import
from ..people import Team


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Ids of an assessment and of what belongs to it."""

    assessment_id: str
    link_id: int = 1
    import_id: int = 1
    number: int = 1
    other: str = "now"


def set_up(team: Team, *, made_by: str = "owner") -> Stage:
    """An assessment with a version, a link of this person's, and files that were read."""
    user = team.users[made_by]
    one = assessments.start_from_document(
        team.workspace, "", user, load_framework(), example_document("service_desk") | {"costs": {}}
    )
    freeze(one, user, reason="")
    sharing.make_link(one, user)
    imported = an_import(one, ImportState.READ)
    imported.files.update(stored="here")
    return Stage(assessment_id=one.pk, link_id=one.share_links.get().pk, import_id=imported.pk)
