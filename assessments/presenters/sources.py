"""Where answers come from, in words: typed, measured in files, or computed, and the files that stand behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.engine.origins import (
    Kind,
    MeasuredFacts,
    MeasuredFile,
    Origin,
    ReadFile,
    SettledByRaters,
    ToldByAgent,
    TypedOver,
)
from assessments.framework import Framework
from assessments.framework.schema import Field

from .formats import STRENGTH_WORDS, count, counted, day, file_size, listed, number, spelt
from .words import lower, starting

SourceKind = Literal["typed", "file", "computed", "agent", "settled"]
_FILLED_IN: Mapping[Kind, str] = {
    "price_list": "From the price list",
    "tuning_price": "From the list of tuning prices",
    "workspace": "From the workspace",
}


TOLD = "Told by an agent"
_COUNTS_AS = "It counts as opinion until a person confirms it"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSource:
    kind: SourceKind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that answers rest on, as the document tells of it: the file itself may be gone."""

    name: str
    size: str
    sha256: str
    about: str
    """Which tool wrote it, when it was accepted, and how many answers rest on it."""
    removed: str
    """Since when it is gone from the assessment; empty while it is there."""


def answer_source(origin: Origin | None) -> AnswerSource:
    """Where one answer comes from. One without an origin was typed."""
    match origin and origin.facts:
        case MeasuredFacts() as facts:
            words = f"From {listed([file.name for file in facts.files[:3]])}, measured on {day(facts.when)}"
            gone = f". Its file was removed on {day(facts.removed)}" if facts.removed else ""
            return AnswerSource(kind="file", words=words + gone)
        case TypedOver() as facts:
            return AnswerSource(kind="typed", words=f"Typed; was measured on {day(facts.was_measured)}")
        case ReadFile() as facts:
            return AnswerSource(kind="file", words=f"From {facts.name}")
        case SettledByRaters() as facts:
            words = f"Settled from {count(facts.raters)} raters on {day(facts.when)}"
            return AnswerSource(kind="settled", words=words)
        case ToldByAgent() as facts:
            return AnswerSource(kind="agent", words=f"{TOLD} on {day(facts.when)}{_claims(facts)}. {_COUNTS_AS}")
    if origin is None or origin.kind == "typed":
        return AnswerSource(kind="typed", words="Typed")
    if origin.kind == "agent":
        return AnswerSource(kind="agent", words=f"{TOLD}. {_COUNTS_AS}")
    return AnswerSource(kind="computed", words=_FILLED_IN.get(origin.kind, "Computed"))


def _claims(facts: ToldByAgent) -> str:
    return "" if facts.claims == "opinion" else f", as {lower(STRENGTH_WORDS[facts.claims])}"


COMPUTED = AnswerSource(kind="computed", words="Computed from another answer")


def source_files(framework: Framework, origins: Mapping[str, Origin]) -> Sequence[SourceFile]:
    """Every file that values of a document rest on, by name."""
    resting: dict[str, list[MeasuredFacts]] = {}
    named: dict[str, MeasuredFile] = {}
    for origin in origins.values():
        if isinstance(origin.facts, MeasuredFacts):
            for file in origin.facts.files:
                named.setdefault(file.sha256, file)
                resting.setdefault(file.sha256, []).append(origin.facts)
    files = []
    for sha256, file in sorted(named.items(), key=lambda one: (one[1].name, one[0])):
        facts = resting[sha256]
        tools = sorted({framework.reading.tools.get(one.tool, one.tool) for one in facts if one.tool})
        last, removed = max(one.when for one in facts), [one.removed for one in facts if one.removed]
        told = [*tools, counted(len(facts), "{n} answer", "{n} answers"), f"accepted on {day(last)}"]
        gone = f"Removed on {day(max(removed))}" if removed else ""
        files.append(
            SourceFile(name=file.name, size=file_size(file.size), sha256=sha256, about=", ".join(told), removed=gone)
        )
    return files


def sources_words(sources: Sequence[AnswerSource]) -> str:
    """How many answers come from where."""
    kinds = [one.kind for one in sources]
    named: Mapping[SourceKind, str] = {
        "typed": "typed",
        "file": "measured in files",
        "computed": "computed",
        "agent": "told by an agent",
        "settled": "settled from several raters",
    }
    return listed([f"{number(kinds.count(kind))} {words}" for kind, words in named.items() if kind in kinds])


def told_sentence(origins: Mapping[str, Origin]) -> str:
    """How much of a document an agent told and no person has confirmed; empty where nothing is.

    >>> told_sentence({"use_case.name": Origin(kind="agent")})
    'One answer was told by an agent. It counts as opinion until a person confirms it.'
    """
    many = sum(one.kind == "agent" for one in origins.values())
    if many > 1:
        said = count(many).capitalize()
        return f"{said} answers and numbers were told by an agent. They count as opinion until a person confirms them."
    return f"One answer was told by an agent. {_COUNTS_AS}." if many else ""


def files_heading(files: Sequence[SourceFile]) -> str:
    return starting(spelt(len(files), "{n} file stands behind answers", "{n} files stand behind answers"))


def measured_by(framework: Framework, question: Field) -> str:
    """Which files can answer a question, as “an evaluation run”. Of the counts of failures the first one says it."""
    if question.place == "failures" and question.key != _first_failure(framework):
        return ""
    kinds = [kind for kind, keys in framework.evidence.answered_by.items() if question.key in keys]
    return " or ".join(lower(framework.reading.kinds[kind]) for kind in kinds)


def _first_failure(framework: Framework) -> str:
    return next(one.key for one in framework if one.place == "failures")
