"""What files propose: each proposal beside the answer that stands, with why, and with what accepting it does."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.engine.answers import STRENGTHS
from assessments.engine.decision import Verdict
from assessments.engine.fields import field_at
from assessments.engine.measured.found import Told
from assessments.engine.measured.proposals import Proposal, Undecided
from assessments.framework import Framework
from assessments.framework.notation import current
from assessments.framework.shown_in import as_read
from assessments.speaking import LANGUAGES, speaking

from ..changes import label_of, stated_words
from ..control import Conflict, Stored
from ..findings import present_findings
from ..formats import STRENGTH_WORDS, count, counted, either, listed, number, spelt
from ..verdict import headline
from ..words import in_words, lower, starting
from .read import day_written

ACCEPT, MINE, LATER = "accept", "mine", "later"
_MOST_OPEN, _MOST_NAMES, _LONGEST_CHOICE = 5, 2, 40
_FAILURES = "failures"
_LONGEST_TABLE = 200
"""Characters; a table of more is told by the names of its rows."""
Ways = Mapping[str, Sequence[Sequence[Proposal]]]
"""What is decided together, by the path that its answers share: one or more ways to answer, each of some values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What accepting would do: the verdicts after it, or why it cannot be accepted. Neither where it was not tried."""

    verdict: Verdict | None = None
    on_evidence: Verdict | None = None
    """The same on documented and measured answers alone."""
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """What stands now."""

    framework: Framework
    stored: Mapping[str, Stored]
    verdict: Verdict
    on_evidence: Verdict
    kept: Collection[str] = ()
    """Where somebody has said already that they keep their own answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One answer that files propose. Where files disagree, a question has several."""

    choice: str
    words: str
    why: str
    strength: str
    rules: Sequence[str]
    rests_on: Sequence[str]
    effects: Sequence[str]
    contradicts: Sequence[str]
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideOption:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    key: str
    """The path of the answer, or the one that several share."""
    anchor: str
    label: str
    yours: str
    """In words; empty where no answer stands."""
    yours_shown_by: str
    proposed: Sequence[Proposed]
    options: Sequence[DecideOption]
    revs: Sequence[tuple[str, str]]
    """What this page remembers of each value."""
    is_kept: bool
    is_done: bool
    """Whether it stands as it is proposed, or somebody keeps their own."""
    conflict: Conflict | None = None
    """What somebody else saved meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsView:
    heading: str
    rows: Sequence[ProposalRow]
    """What is still to be decided; of many the first few."""
    more: Sequence[ProposalRow]
    more_words: str
    done: Sequence[ProposalRow]
    done_words: str
    undecided: Sequence[tuple[str, str]]
    """Questions that the files do not settle, and why not."""
    open: int
    """How many are proposed where no answer stands yet."""
    all_effects: Sequence[str]
    """What accepting those would do."""


def present_proposals(
    now: Standpoint,
    rows: Sequence[ProposalRow],
    undecided: Sequence[Undecided],
    together: Trial,
) -> ProposalsView:
    left, done = [row for row in rows if not row.is_done], [row for row in rows if row.is_done]
    most = len(left) if len(left) <= _MOST_OPEN + 1 else _MOST_OPEN
    return ProposalsView(
        heading=_heading(left, rows, undecided),
        rows=left[:most],
        more=left[most:],
        more_words=_("{n} more proposals").format(n=number(len(left) - most)),
        done=done,
        done_words=ngettext("One decided", "{n} decided", len(done)).format(n=starting(count(len(done)))),
        undecided=_undecided(now.framework, undecided),
        open=sum(at_once(row) for row in left),
        all_effects=_effects(now, together),
    )


def at_once(row: ProposalRow) -> bool:
    """Whether no answer stands yet, and the files agree on one."""
    return not row.yours and len(row.proposed) == 1 and not row.proposed[0].refused


def _heading(left: Sequence[ProposalRow], rows: Sequence[ProposalRow], undecided: Sequence[Undecided]) -> str:
    if not rows:
        return _("No answer is proposed yet") if undecided else _("No answer is proposed")
    if not left:
        return _("All that is proposed is decided")
    return starting(spelt(len(left), "{n} answer is proposed", "{n} answers are proposed"))


def _undecided(framework: Framework, undecided: Sequence[Undecided]) -> Sequence[tuple[str, str]]:
    texts = framework.evidence.undecided
    return [
        (label_of(framework, one.path) if one.path else "", told_by_rule(framework, texts, one.told))
        for one in undecided
    ]


def alternatives(proposals: Sequence[Proposal]) -> Ways:
    """The counts of failures are decided together, and so are the costs of one approach."""
    groups: dict[str, list[Proposal]] = {}
    for one in proposals:
        groups.setdefault(_together(one.path), []).append(one)
    return {
        key: [[one] for one in group] if key == group[0].path else [list({one.path: one for one in group}.values())]
        for key, group in groups.items()
    }


def changes_since(framework: Framework, older: Ways, newer: Ways) -> Sequence[str]:
    """What a newer run proposes otherwise than the one that it replaces."""

    def said(ways: Sequence[Sequence[Proposal]]) -> str:
        values = [_values_in_words(framework, {one.path: one.value for one in way}) for way in ways]
        return either(values) or _("nothing")

    moved = [(key, said(older.get(key, ())), said(newer.get(key, ()))) for key in dict.fromkeys([*older, *newer])]
    return [f"{_label(framework, key)}: {was} → {becomes}" for key, was, becomes in moved if was != becomes]


def choice_of(way: Sequence[Proposal]) -> str:
    """What a page sends where this way to answer is accepted. It tells the values that were shown from any other."""
    values = json.dumps([(one.path, one.value) for one in way], default=str)
    return f"{ACCEPT}-{hashlib.sha256(values.encode()).hexdigest()[:12]}"


def _together(path: str) -> str:
    parts = path.split(".")
    if parts[0] == _FAILURES:
        return _FAILURES
    return ".".join(parts[:3]) if path.startswith("costs.detailed.") and len(parts) > 3 else path


def proposal_row(
    now: Standpoint,
    key: str,
    ways: Sequence[Sequence[Proposal]],
    trials: Sequence[Trial],
    *,
    revs: Mapping[str, str],
    names: Mapping[str, str],
    chosen: str = "",
    conflict: Conflict | None = None,
) -> ProposalRow:
    """All that is proposed for one question, or for several that are decided together."""
    framework, paths = now.framework, list(dict.fromkeys(one.path for way in ways for one in way))
    yours = _values_in_words(framework, {path: _value(now, path) for path in paths})
    proposed = [_proposed(now, way, trial, names) for way, trial in zip(ways, trials, strict=True)]
    accept = [(one.choice, _accept_words(one, yours)) for one in proposed if not one.refused]
    mine = _("Keep what stands now") if conflict else _("Keep mine") if yours else _("Leave it open")
    options = [(MINE, mine), *accept, (LATER, _("Decide later"))]
    checked = chosen if chosen in dict(options) else LATER
    return ProposalRow(
        key=key,
        anchor=f"p-{key.replace('.', '-')}",
        label=_label(framework, key),
        yours=yours,
        yours_shown_by=next((now.stored[path].evidence for path in paths if path in now.stored), "") if yours else "",
        proposed=proposed,
        options=[DecideOption(value=value, label=label, checked=value == checked) for value, label in options],
        revs=[(path, revs[path]) for path in paths],
        is_kept=key in now.kept,
        is_done=key in now.kept or any(all(_stands(now, one, names) for one in way) for way in ways),
        conflict=conflict,
    )


def _label(framework: Framework, key: str) -> str:
    return _("Failures, kind by kind") if key == _FAILURES else label_of(framework, key)


def _accept_words(one: Proposed, yours: str) -> str:
    if one.words == yours:
        return _("Accept as {strength}").format(strength=lower(one.strength))
    if len(one.words) <= _LONGEST_CHOICE:
        return _("Accept: {answer}").format(answer=one.words)
    return _("Accept what is proposed")


def _value(now: Standpoint, path: str) -> Any:
    stored = now.stored.get(path)
    return stored.value if stored else None


def _values_in_words(framework: Framework, values: Mapping[str, Any]) -> str:
    """One value as it is, several with their names; those that are not there are left out."""
    words = {path: _value_in_words(framework, path, value) for path, value in values.items() if value is not None}
    if len(values) == 1:
        return next(iter(words.values()), "")
    return ", ".join(_named(framework, path, said) for path, said in words.items())


def _named(framework: Framework, path: str, said: str) -> str:
    """A value with its name; its unit goes where the name says it, as that of failures does."""
    field = field_at(framework, path)
    name, unit = (lower(field.label), field.unit) if field else (path, "")
    return f"{name} {said.removesuffix(f' {unit}') if unit == _FAILURES or unit in name.split() else said}"


def _value_in_words(framework: Framework, path: str, value: Any) -> str:
    """Of a long table the names of its rows: its figures stand above already."""
    words = stated_words(framework, path, value)
    if not isinstance(value, list) or len(words) <= _LONGEST_TABLE:
        return words
    rows = counted(len(value), "{n} row", "{n} rows")
    return f"{rows}: {', '.join(str(next(iter(row.values()))) for row in value)}"


def _stands(now: Standpoint, one: Proposal, names: Mapping[str, str]) -> bool:
    """Whether it was accepted, or the same was typed with the same words behind it."""
    stored = now.stored.get(one.path)
    if stored is None or stored.value != one.value:
        return False
    return stored.evidence in _in_every_language(now.framework, one, names)


def _in_every_language(framework: Framework, one: Proposal, names: Mapping[str, str]) -> Iterator[str]:
    """What shows it, first as it reads now: whoever accepted it may read another language."""
    for language in dict.fromkeys([current().key, *LANGUAGES]):
        with speaking(language):
            yield evidence_words(as_read(framework), one, names)


def _proposed(now: Standpoint, way: Sequence[Proposal], trial: Trial, names: Mapping[str, str]) -> Proposed:
    framework = now.framework
    rules = [framework.evidence.rules[rule] for rule in dict.fromkeys(one.rule for one in way)]
    files = dict.fromkeys(sha256 for one in way for sha256 in one.files)
    elsewhere = _("A file of another import")
    return Proposed(
        choice=choice_of(way),
        words=_values_in_words(framework, {one.path: one.value for one in way}),
        why=" ".join(starting(told_by_rule(framework, framework.evidence.sentences, one)) for one in _why(way)),
        strength=STRENGTH_WORDS[min((one.strength for one in way), key=STRENGTHS.index)],
        rules=[f"{rule.name}. {_rule_words(framework, rule.says)}" for rule in rules],
        rests_on=[f"{names.get(sha256, elsewhere)}, SHA-256 {sha256[:12]}…" for sha256 in files],
        effects=_effects(now, trial),
        contradicts=_contradicts(now, trial),
        refused=trial.refused,
    )


def _why(way: Sequence[Proposal]) -> Sequence[Told]:
    """What was seen. Of counts that stand above already, how many there are and how firm they are."""
    first = way[0]
    if first.path.startswith(f"{_FAILURES}."):
        code = "failures_in_all_twice" if "labelled" in first.told.figures else "failures_in_all"
        return [Told(code=code, figures=first.told.figures)]
    return [told for one in way for told in (one.told, *one.also)]


def _rule_words(framework: Framework, says: str) -> str:
    return told_by_rule(framework, {"says": says}, Told(code="says"))


def evidence_words(framework: Framework, one: Proposal, names: Mapping[str, str]) -> str:
    """What shows an accepted answer: the tool, its day and its files, then what was seen."""
    files = [names[sha256] for sha256 in one.files if sha256 in names]
    figures = {
        "tool": framework.reading.tools.get(one.tool),
        "on": _(" of {day}").format(day=on) if (on := day_written(one.written_on)) else "",
        "files": listed(files),
    }
    if len(files) > _MOST_NAMES:
        figures["files"] = _("{files} and {n} more").format(
            files=", ".join(files[:_MOST_NAMES]), n=number(len(files) - _MOST_NAMES)
        )
    opening = in_words(framework, framework.evidence.openings[one.kind], figures)
    told = [told_by_rule(framework, framework.evidence.sentences, said) for said in (one.told, *one.also)]
    return f"{opening}{' '.join([told[0], *map(starting, told[1:])])}"


def told_by_rule(framework: Framework, texts: Mapping[str, str], told: Told) -> str:
    """The sentence of a code with its figures; the thresholds of the rules stand in it where it names them."""
    thresholds: dict[str, Any] = asdict(framework.evidence.thresholds)
    return in_words(framework, texts[told.code], thresholds | dict(told.figures))


def _effects(now: Standpoint, trial: Trial) -> Sequence[str]:
    """What it does to the verdict, and to the verdict on documented and measured answers alone."""
    if trial.verdict is None or trial.on_evidence is None:
        return ()
    moved = _moved(now.verdict, trial.verdict), _moved(now.on_evidence, trial.on_evidence)
    if not any(moved):
        return (_("The verdict stays."),)
    return (
        _("The verdict: {change}.").format(change=moved[0]) if moved[0] else _("The verdict stays."),
        _("On evidence alone: {change}.").format(change=moved[1]) if moved[1] else _("On evidence alone it stays."),
    )


def _moved(before: Verdict, after: Verdict) -> str:
    """From what to what; empty where it says the same."""
    was, becomes = headline(before).title.rstrip("."), headline(after).title.rstrip(".")
    return "" if was == becomes else f"{lower(was)} → {lower(becomes)}"


def _contradicts(now: Standpoint, trial: Trial) -> Sequence[str]:
    """Contradictions that would come up with it."""
    if trial.verdict is None:
        return ()
    known = {finding.code for finding in now.verdict.findings}
    new = [one for one in trial.verdict.findings if one.kind == "contradiction" and one.code not in known]
    return [finding.message for finding in present_findings(now.framework, new)]


def saved_words(resting: int, left: int) -> str:
    """What was saved of an import, and what is left.

    >>> saved_words(3, 1)
    'Three answers rest on this. One proposal is left. It stays here until you decide.'
    """
    saved = starting(spelt(resting, "{n} answer rests on this.", "{n} answers rest on this."))
    if not left:
        nothing = _("Nothing is left to decide.")
        return f"{saved} {nothing}"
    waiting = spelt(
        left,
        "{n} proposal is left. It stays here until you decide.",
        "{n} proposals are left. They stay here until you decide.",
    )
    return f"{saved} {starting(waiting)}"
