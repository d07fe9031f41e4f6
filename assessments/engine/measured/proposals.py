"""What files propose: answers with the rule and the figures behind them, and what they leave open, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assessments.engine.answers import STRENGTHS
from assessments.engine.diagnosis import diagnose
from assessments.engine.document import Document, document_from
from assessments.engine.findings import findings_in
from assessments.engine.paths import Stated
from assessments.framework.schema import Framework

from .basis import YES, Basis, undecided
from .found import Choices, FileFound
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
    merged = _with_dissent(framework, document, _merged(proposed))
    answered = {one.path for one in merged}
    open_yet = [one for place, one in enumerate(left) if one.path not in answered and one not in left[:place]]
    return Proposals(proposals=tuple(merged), undecided=tuple(open_yet))


def _said(basis: Basis) -> Iterator[Proposal | Undecided]:
    """Everything that one find says, or why it says nothing."""
    found = basis.found
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


def _with_dissent(framework: Framework, document: Document, merged: Sequence[Proposal]) -> list[Proposal]:
    """The same, each with what contradicts it: another file, or (by the code of the finding) another answer."""
    paths = [one.path for one in merged]
    twice = {path for path in paths if paths.count(path) > 1}
    raised = _contradictions(framework, document, {one.path: one.value for one in merged if one.path not in twice})
    return [
        replace(one, dissent=(one.path,) if one.path in twice else tuple(raised.get(one.path.rpartition(".")[2], ())))
        for one in merged
    ]


def _contradictions(framework: Framework, document: Document, values: Mapping[str, Any]) -> Mapping[str, list[str]]:
    """By question, the contradictions that these values bring in."""
    stated = {**document.stated, **{path: Stated(value=value) for path, value in values.items()}}
    raised: dict[str, list[str]] = {}
    before = _codes(framework, document)
    for code, keys in _codes(framework, document_from(framework, stated)).items():
        if code not in before:
            for key in keys:
                raised.setdefault(key, []).append(code)
    return raised


def _codes(framework: Framework, document: Document) -> dict[str, tuple[str, ...]]:
    findings = findings_in(framework, document, diagnose(framework, document.failures))
    return {one.code: one.keys for one in findings if one.kind == "contradiction"}
