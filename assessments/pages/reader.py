"""Who reads a result, and what of it they see."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.engine.measured.pilot import SignedCriteria
from assessments.framework.notation import current
from assessments.models import Assessment, Version
from assessments.presenters.pilot import record_sentence
from assessments.presenters.record_files import RECORD_FILES
from assessments.presenters.result_index import BRIEF, pages_shown
from assessments.rights import Right, may, rights_of
from assessments.services.answer_sheet import AnswerSheet, read_sheet
from assessments.services.extract import EVERYTHING, Scope, extract
from assessments.services.market import current_market
from assessments.services.pilots import record_of_team, signed_criteria
from assessments.services.versions import frozen_sheet, sheet_of_version
from assessments.speaking import speaking, words_now

from .figures import FIGURE_FILES, FigureFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: the owner in their browser, somebody with a link, or anybody looking at a sample.

    `key` is what stands in their addresses.
    """

    kind: Literal["owner", "version", "link", "sample"]
    key: str
    role: str = ""
    """Towards one's own assessment; none for somebody with a link or at a sample."""
    may_export: bool = False
    """Whether they may have the document: their PDF carries it along."""
    links_on: int = 0
    """How many links can be opened now."""
    scope: Scope = EVERYTHING
    version: Version | None = None
    """The frozen version that is read; the newest state without one."""

    @property
    def may_edit(self) -> bool:
        return bool(self.role) and may(self.role, "edit")

    def at(self, assessment: Assessment) -> datetime:
        """When what is read was last changed, or frozen."""
        return self.version.created_at if self.version else assessment.changed_at

    def sheet(self, assessment: Assessment, *, weights: Mapping[str, float] | None = None) -> AnswerSheet:
        """What this reader sees of the assessment, under other weights if there are any."""
        if self.version is None:
            sheet = read_sheet(assessment)
        elif self.scope.left_out:  # read apart: the reader goes to the template, where what is left out has no place
            sheet = frozen_sheet(self.version.pk)
        else:
            sheet = sheet_of_version(self.version)
        return extract(sheet.with_weights(weights) if weights else sheet, self.scope)

    def on_paper(self) -> AbstractContextManager[None]:
        """How what is taken away is written: a frozen version is the same for everybody who reads the same words."""
        return speaking(words_now() if self.version else current().key)

    def state(self, assessment: Assessment) -> str:
        """Tells what this reader sees now from what it was before, and from what others see."""
        content = f"version-{self.version.pk}" if self.version else str(assessment.changed_at.timestamp())
        who = f"{self.kind}-{self.key}-{self.may_edit}-{self.may_export}-{self.scope.key}"
        around = f"{current_market().digest[:12]}-{timezone.localdate():%Y%m%d}-{current().key}"
        return f"{assessment.pk}-{content}-{who}-{around}"

    def signed_criteria(self, assessment: Assessment) -> SignedCriteria | None:
        """The exit criteria that were signed; a frozen version has its own."""
        return signed_criteria(assessment) if self.version is None and self.scope.evidence else None

    def team_record(self, assessment: Assessment) -> str:
        """How the team's pilots ended, for whoever sees evidence. It moves on, so a frozen version has none."""
        shown = self.kind != "sample" and self.version is None and self.scope.evidence
        return record_sentence(record_of_team(assessment)) if shown else ""

    @property
    def may(self) -> dict[Right, bool]:
        return rights_of(self.role) if self.role else {}

    @property
    def pages(self) -> Sequence[str]:
        """The pages of the result that this reader sees."""
        return pages_shown(costs=self.scope.costs)

    @property
    def urls(self) -> Mapping[str, str]:
        """Where each page of the result stands."""
        return {key: self._result_url(key) for key in self.pages}

    def _result_url(self, page: str) -> str:
        kind = {"owner": "result", "version": "version", "link": "shared", "sample": "sample"}[self.kind]
        number = [self.version.number] if self.version and self.kind == "version" else []
        if page == BRIEF:
            return reverse("shared_result" if kind == "shared" else kind, args=[self.key, *number])
        return reverse(f"{kind}_page", args=[self.key, *number, page])

    @property
    def report_url(self) -> str:
        return self._url("report")

    @property
    def record_files(self) -> list[FigureFile]:
        """The decision record, in each of its kinds."""
        return [FigureFile(url=self._url("record", kind), words=_(words)) for kind, words in RECORD_FILES.items()]

    @property
    def chances_url(self) -> str:
        """Where the chances follow from; a frozen version has them in its page."""
        return "" if self.version else self._url("chances")

    @property
    def figure_files(self) -> list[FigureFile]:
        if self.version:  # frozen; its numbers are in its PDF
            return []
        return [FigureFile(url=self._url("figures", name), words=_(words)) for name, words in FIGURE_FILES.items()]

    def _url(self, name: str, *more: str) -> str:
        if self.version and self.kind == "version":
            return reverse(f"version_{name}", args=[self.key, self.version.number, *more])
        prefix = {"link": "shared_", "sample": "sample_"}.get(self.kind, "")
        return reverse(f"{prefix}{name}", args=[self.key, *more])
