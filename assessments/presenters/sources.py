"""Where answers come from, in words: typed, measured in files, or computed, and the files that stand behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from assessments.engine.origins import (
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
from assessments.speaking import SpokenWords

from .formats import STRENGTH_WORDS, count, counted, day, either, file_size, listed, number, spelt
from .words import lower, starting

SourceKind = Literal["typed", "file", "computed", "agent", "settled"]
_FILLED_IN = SpokenWords(
    price_list=gettext_noop("From the price list"),
    tuning_price=gettext_noop("From the list of tuning prices"),
    workspace=gettext_noop("From the workspace"),
)


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
            return AnswerSource(kind="file", words=_measured(facts))
        case TypedOver() as facts:
            words = _("Typed; was measured on {day}").format(day=day(facts.was_measured))
            return AnswerSource(kind="typed", words=words)
        case ReadFile() as facts:
            return AnswerSource(kind="file", words=_("From {file}").format(file=facts.name))
        case SettledByRaters() as facts:
            words = _("Settled from {many} raters on {day}")
            said = words.format(many=count(facts.raters), day=day(facts.when))
            return AnswerSource(kind="settled", words=said)
        case ToldByAgent() as facts:
            return AnswerSource(kind="agent", words=_told(facts))
    if origin is None or origin.kind == "typed":
        return AnswerSource(kind="typed", words=pgettext("answer", "Typed"))
    if origin.kind == "agent":
        words = _("Told by an agent. It counts as opinion until a person confirms it")
        return AnswerSource(kind="agent", words=words)
    return AnswerSource(kind="computed", words=_FILLED_IN.get(origin.kind) or _("Computed"))


def _measured(facts: MeasuredFacts) -> str:
    if facts.removed:
        words = _("From {files}, measured on {day}. Its file was removed on {removed}")
    else:
        words = _("From {files}, measured on {day}")
    files = listed([file.name for file in facts.files[:3]])
    return words.format(files=files, day=day(facts.when), removed=day(facts.removed) if facts.removed else "")


def _told(facts: ToldByAgent) -> str:
    if facts.claims == "opinion":
        words = _("Told by an agent on {day}. It counts as opinion until a person confirms it")
    else:
        words = _("Told by an agent on {day}, as {strength}. It counts as opinion until a person confirms it")
    return words.format(day=day(facts.when), strength=lower(STRENGTH_WORDS[facts.claims]))


def computed() -> AnswerSource:
    return AnswerSource(kind="computed", words=_("Computed from another answer"))


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
        told = [*tools, counted(len(facts), "{n} answer", "{n} answers"), _("accepted on {day}").format(day=day(last))]
        gone = _("Removed on {day}").format(day=day(max(removed))) if removed else ""
        files.append(
            SourceFile(name=file.name, size=file_size(file.size), sha256=sha256, about=", ".join(told), removed=gone)
        )
    return files


def sources_words(sources: Sequence[AnswerSource]) -> str:
    """How many answers come from where."""
    kinds = [one.kind for one in sources]
    named: Mapping[SourceKind, str] = {
        "typed": _("{n} typed"),
        "file": _("{n} measured in files"),
        "computed": _("{n} computed"),
        "agent": _("{n} told by an agent"),
        "settled": _("{n} settled from several raters"),
    }
    return listed([words.format(n=number(kinds.count(kind))) for kind, words in named.items() if kind in kinds])


def told_sentence(origins: Mapping[str, Origin]) -> str:
    """How much of a document an agent told and no person has confirmed; empty where nothing is.

    >>> told_sentence({"use_case.name": Origin(kind="agent")})
    'One answer was told by an agent. It counts as opinion until a person confirms it.'
    """
    many = sum(one.kind == "agent" for one in origins.values())
    if not many:
        return ""
    words = ngettext(
        "One answer was told by an agent. It counts as opinion until a person confirms it.",
        "{Many} answers and numbers were told by an agent. They count as opinion until a person confirms them.",
        many,
    )
    return words.format(Many=starting(count(many)))


def files_heading(files: Sequence[SourceFile]) -> str:
    return starting(spelt(len(files), "{n} file stands behind answers", "{n} files stand behind answers"))


def measured_by(framework: Framework, question: Field) -> str:
    """Which files can answer a question, as “an evaluation run”. Of the counts of failures the first one says it."""
    if question.place == "failures" and question.key != _first_failure(framework):
        return ""
    kinds = [kind for kind, keys in framework.evidence.answered_by.items() if question.key in keys]
    return either([lower(framework.reading.kinds[kind]) for kind in kinds])


def _first_failure(framework: Framework) -> str:
    return next(one.key for one in framework if one.place == "failures")
