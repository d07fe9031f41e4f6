"""The proposals of one import beside what stands: tried for looking, and made into entries for saving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.engine.decide import verdict_on
from assessments.engine.measured.found import WhatWasRead
from assessments.engine.measured.proposals import Proposal, Undecided, proposals_of
from assessments.engine.robustness import on_evidence_alone
from assessments.forms.values import read_seen
from assessments.models import EvidenceImport
from assessments.presenters.control import Conflict
from assessments.presenters.measured.proposals import (
    MINE,
    ProposalRow,
    ProposalsView,
    Standpoint,
    Trial,
    alternatives,
    at_once,
    choice_of,
    evidence_words,
    present_proposals,
    proposal_row,
)
from assessments.services import evidence
from assessments.services.answer_sheet import AnswerSheet
from assessments.services.values import Entry, ValuesRefused, tried

from .fields import refusal_words, rev_of

_MOST_TRIED = 20
"""So many are decided on for looking; what comes after them is shown without what it would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProposals:
    """What an import proposes on this sheet, by what is decided together."""

    imported: EvidenceImport
    sheet: AnswerSheet
    names: Mapping[str, str]
    ways: Mapping[str, Sequence[Sequence[Proposal]]]
    undecided: Sequence[Undecided]

    def entries(self, way: Sequence[Proposal], posted: Mapping[str, str] | None = None) -> list[Entry]:
        """What accepting saves: seen as the page that was sent had shown it, else as it stands now."""
        return [self._entry(one, posted) for one in way]

    def _entry(self, one: Proposal, posted: Mapping[str, str] | None) -> Entry:
        version = {"seen_version": self.sheet.version(one.path)}
        return Entry(
            path=one.path,
            value=one.value,
            evidence=evidence_words(self.sheet.framework, one, self.names),
            strength=one.strength,
            origin=evidence.origin_in(
                self.imported, self.sheet.framework, rule=one.rule, tool=one.tool, sha256s=one.files
            ),
            **(version if posted is None else read_seen(one.path, posted)),
        )

    def way(self, key: str, choice: str) -> Sequence[Proposal]:
        """The way to answer that was chosen; nothing where none was, or where another is proposed by now."""
        return next((way for way in self.ways.get(key, ()) if choice_of(way) == choice), ())


def proposals_in(imported: EvidenceImport, sheet: AnswerSheet, read: WhatWasRead) -> ImportProposals:
    earlier = [found for other in evidence.saved_before(imported) for found in evidence.what_was_read(other).found]
    said = proposals_of(sheet.framework, sheet.document, read.found, imported.choices, earlier=earlier)
    return ImportProposals(
        imported=imported,
        sheet=sheet,
        names={file.sha256: file.name for file in imported.files.all()},
        ways=alternatives(said.proposals),
        undecided=said.undecided,
    )


def proposals_view(
    found: ImportProposals, *, chosen: Mapping[str, str] | None = None, conflicts: Mapping[str, Conflict] | None = None
) -> ProposalsView:
    """`chosen` and `conflicts` are of what was sent and could not be saved."""
    sheet = found.sheet
    now = Standpoint(
        framework=sheet.framework,
        stored=sheet.values,
        verdict=sheet.verdict,
        on_evidence=verdict_on(sheet.framework, on_evidence_alone(sheet.document)),
        kept=found.imported.choices.get(evidence.KEPT, ()),
    )
    rows = [_row(now, found, key, place, chosen or {}, conflicts or {}) for place, key in enumerate(found.ways)]
    together = [entry for row in rows if at_once(row) for entry in found.entries(found.ways[row.key][0])]
    return present_proposals(now, rows, found.undecided, _trial(sheet, together) if together else Trial())


def _row(
    now: Standpoint,
    found: ImportProposals,
    key: str,
    place: int,
    chosen: Mapping[str, str],
    conflicts: Mapping[str, Conflict],
) -> ProposalRow:
    ways, values = found.ways[key], found.sheet.values
    paths = [one.path for way in ways for one in way]
    return proposal_row(
        now,
        key,
        ways,
        [_trial(found.sheet, found.entries(way)) if place < _MOST_TRIED else Trial() for way in ways],
        revs={path: rev_of(path, values.get(path)) for path in paths},
        names=found.names,
        chosen=chosen.get(key, ""),
        conflict=next((conflicts[path] for path in paths if path in conflicts), None),
    )


def _trial(sheet: AnswerSheet, entries: Sequence[Entry]) -> Trial:
    """What these entries would do, if they can be saved."""
    try:
        after = tried(sheet, entries)
    except ValuesRefused as error:
        return Trial(refused=refused_in_words(error))
    return Trial(verdict=after.verdict, on_evidence=verdict_on(after.framework, on_evidence_alone(after.document)))


def refused_in_words(error: ValuesRefused) -> str:
    path = next(iter(error.faults))
    return _("This cannot be accepted as it is. {reason}.").format(reason=refusal_words(path, error))


def chosen_of(found: ImportProposals, posted: Mapping[str, str]) -> Mapping[str, str]:
    """What was chosen for each proposal that the page had shown. One button accepts all where no answer stands."""
    shown = {key: posted[f"decide.{key}"] for key in found.ways if f"decide.{key}" in posted}
    if "all" in posted:
        open_yet = (key for key in shown if len(found.ways[key]) == 1 and not _stands(found, key))
        return shown | {key: choice_of(found.ways[key][0]) for key in open_yet}
    theirs = posted.get("use_theirs", "")
    return shown | ({theirs: MINE} if theirs in shown else {})


def _stands(found: ImportProposals, key: str) -> bool:
    return any(found.sheet.value(one.path) is not None for one in found.ways[key][0])
