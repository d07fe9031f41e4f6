"""What files propose: answers with the rule and the figures behind them, and what they leave open, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assessments.engine.answers import STRENGTHS
from assessments.engine.document import Document
from assessments.framework.schema import Framework

from .basis import YES, Basis, undecided
from .found import Choices, FileFound
from .from_changes import change_proposals
from .from_logs import log_proposals
from .from_runs import run_proposals
from .from_times import time_proposals
from .from_training import answer_proposals, training_proposals
from .proposed import Proposal as Proposal
from .proposed import Proposals as Proposals
from .proposed import Undecided as Undecided
from .targets import targets_of


def proposals_of(
    framework: Framework,
    document: Document,
    found: Sequence[FileFound],
    choices: Choices,
    *,
    earlier: Sequence[FileFound] = (),
) -> Proposals:
    """What the finds of one import propose for this document. `earlier` are finds of imports that were saved before.

    Nothing comes of what nobody confirmed to be real cases of this use case, nor of a run that was stopped. What a
    rule needs stands in `framework.evidence`; no question that is named there under `never` is proposed.

    >>> from assessments.framework import load_framework
    >>> proposals_of(load_framework(), Document(use_case={"name": "A"}), [], {})
    Proposals(proposals=(), undecided=())
    """
    targets = targets_of(framework, document)
    proposed: list[Proposal] = []
    left: list[Undecided] = []
    for one in found:
        beside = [other for other in (*found, *earlier) if other is not one]
        basis = Basis(
            framework=framework, document=document, found=one, choices=choices, targets=targets, beside=beside
        )
        for said in _said(basis):
            if isinstance(said, Proposal):
                proposed.append(said)
            else:
                left.append(said)
    merged = _merged(proposed)
    answered = {one.path for one in merged}
    open_yet = [one for place, one in enumerate(left) if one.path not in answered and one not in left[:place]]
    return Proposals(proposals=tuple(merged), undecided=tuple(open_yet))


def _said(basis: Basis) -> Iterator[Proposal | Undecided]:
    """Everything that one find says, or why it says nothing."""
    found = basis.found
    if found.changes:
        yield from change_proposals(basis, found.changes)
    if not any((found.run, found.failures, found.training, found.answers)):
        return
    if basis.chosen("real_cases") != YES:
        yield undecided("", "not_confirmed")
    elif not found.is_whole:
        yield undecided("", "stopped")
    else:
        if found.run:
            yield from run_proposals(basis, found.run)
            yield from time_proposals(basis, found.run)
        if found.failures:
            yield from log_proposals(basis, found.failures)
        if found.training:
            yield from training_proposals(basis, found.training)
        if found.answers:
            yield from answer_proposals(basis, found.answers)


def _merged(proposed: Sequence[Proposal]) -> list[Proposal]:
    """One proposal for each path and value: the strongest, with what else says the same."""
    merged: list[Proposal] = []
    for one in sorted(proposed, key=lambda one: -STRENGTHS.index(one.strength)):
        place = next((i for i, known in enumerate(merged) if (known.path, known.value) == (one.path, one.value)), None)
        if place is None:
            merged.append(one)
        else:
            known = merged[place]
            files = tuple(dict.fromkeys((*known.files, *one.files)))
            merged[place] = replace(known, also=(*known.also, one.told), files=files)
    order = list(dict.fromkeys(one.path for one in proposed))
    return sorted(merged, key=lambda one: order.index(one.path))
