"""The tools of agents: what each takes, says of itself and asks of the interface."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec

from assessments.engine.answers import Strength
from assessments.engine.paths import FORMAT, VERSION

from .asking import Asker

_MOST_FOUND = 10


def _told(words: str, **bounds: Any) -> Any:
    return msgspec.Meta(description=words, **bounds)


AssessmentId = Annotated[str, _told("The id of an assessment, as it was told.", pattern="^[-a-zA-Z0-9_]{1,64}$")]
Document = Annotated[
    dict[str, Any],
    _told(
        "An assessment document: `use_case` with a `name`, and what is known under `answers`, `failures`, `readiness` "
        "and `costs`. Leave out what nobody knows: it is never counted as a no. The paths, and what each can be, "
        "stand in the resource ftdecide://questions."
    ),
]
FrameworkKey = Annotated[
    str,
    _told(
        "The key of a framework of the workspace, as an assessment tells it; empty for the one of new assessments.",
        pattern="^[-a-zA-Z0-9_]{0,64}$",
    ),
]
Words = Annotated[str, _told("Words that must all be in it; empty for any.", max_length=200)]


class _Asked(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a tool is called with: what nobody asked for is refused."""


class DecideAsked(_Asked):
    document: Document
    framework: FrameworkKey = ""
    codes: Annotated[bool, _told("The whole result as codes and figures, instead of the brief in words.")] = False


class OneAsked(_Asked):
    assessment_id: AssessmentId


class StartAsked(_Asked):
    document: Document


class ToldAnswer(_Asked):
    path: Annotated[
        str,
        _told(
            "Where it belongs, such as answers.brand_voice; as told by what_to_ask_next. A lever joins the detailed "
            "costs by costs.detailed.LEVER as true, in the same call as its numbers."
        ),
    ]
    value: Annotated[Any, _told("One of the choices of the question, a number, or a text.")]
    evidence: Annotated[str, _told("What was seen, and where: a file and line, a run, or who said it and when.")] = ""
    link: Annotated[str, _told("An https address where it can be looked up.")] = ""
    strength: Annotated[
        Strength,
        _told("opinion: somebody says so. documented: it is written down, and evidence says where. measured: counted."),
    ] = "opinion"
    seen_version: Annotated[int, _told("The version that what_to_ask_next told; 0 where nothing was stored.", ge=0)] = 0


class AnswersAsked(_Asked):
    assessment_id: AssessmentId
    answers: Annotated[list[ToldAnswer], _told("All of them are kept, or none.", min_length=1, max_length=100)]


class FindAsked(_Asked):
    words: Words = ""


class PrecedentsAsked(_Asked):
    words: Words = ""
    task_kind: Annotated[str, _told("Such as classification, extraction or drafting; empty for any.")] = ""
    outcome: Annotated[str, _told("What won, such as fine_tune, rag or prompting; empty for any.")] = ""


class OffersAsked(_Asked):
    words: Annotated[
        str, _told("Words in a provider, a model or a way of training, such as openai; empty for any.")
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentTool:
    """One tool. `takes` is the type that its arguments are checked against, and described by."""

    name: str
    title: str
    about: str
    takes: type[msgspec.Struct]
    perform: Callable[[Asker, Any], Any]
    changes: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """What it takes, as JSON Schema with the object at the top."""
        _, parts = msgspec.json.schema_components([self.takes], ref_template="#/$defs/{name}")
        top: dict[str, Any] = parts.pop(self.takes.__name__)
        return top | ({"$defs": parts} if parts else {})


def decide(asker: Asker, asked: DecideAsked) -> Any:
    path = "decide" if asked.codes else "decide/brief"
    return asker.ask("POST", f"{path}{_under(asked.framework)}", _document(asked.document))


def what_to_ask_next(asker: Asker, asked: OneAsked) -> Any:
    return asker.ask("GET", f"assessments/{asked.assessment_id}/next")


def start_assessment(asker: Asker, asked: StartAsked) -> Any:
    return asker.ask("POST", "assessments?told_by_agent=true", _document(asked.document))


def add_answers(asker: Asker, asked: AnswersAsked) -> Any:
    entries = [msgspec.to_builtins(one) | {"told_by_agent": True} for one in asked.answers]
    return asker.ask("PATCH", f"assessments/{asked.assessment_id}/values", {"entries": entries})


def read_brief(asker: Asker, asked: OneAsked) -> Any:
    at = f"assessments/{asked.assessment_id}"
    return asker.ask("GET", at) | {"brief": asker.ask("GET", f"{at}/brief")}


def find_assessments(asker: Asker, asked: FindAsked) -> Any:
    return asker.ask("GET", f"assessments?{urlencode({'q': asked.words, 'limit': _MOST_FOUND})}")


def look_up_precedents(asker: Asker, asked: PrecedentsAsked) -> Any:
    found = [
        case
        for case in asker.ask("GET", "precedents")["cases"]
        if asked.task_kind in ("", case["task_kind"])
        and asked.outcome in ("", case["outcome"])
        and _has(case, asked.words)
    ]
    return {"caution": _CAUTION, "found": len(found), "cases": found[:_MOST_FOUND]}


def look_up_offers(asker: Asker, asked: OffersAsked) -> Any:
    market = asker.ask("GET", "market")
    offers, models = ([row for row in market[part] if _has(row, asked.words)] for part in ("offers", "models"))
    return {
        "as_of": market["as_of"],
        "offers_found": len(offers),
        "offers": offers[:_MOST_FOUND],
        "models_found": len(models),
        "models": models[:_MOST_FOUND],
    }


_CAUTION = "Successes are published more often than failures, so a count of these cases is no probability."


def _document(sent: Mapping[str, Any]) -> dict[str, Any]:
    """The document with what every one begins with, so that nobody has to know it."""
    return {"format": FORMAT, "version": VERSION, **sent}


def _under(framework: str) -> str:
    return f"?framework={framework}" if framework else ""


def _has(row: Any, words: str) -> bool:
    """Whether all the words stand somewhere in a row."""
    text = " ".join(_texts(row)).casefold()
    return all(word in text for word in words.casefold().split())


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        part = part.values()
    if isinstance(part, str):
        yield part
    elif isinstance(part, Iterable):
        for one in part:
            yield from _texts(one)


TOOLS: Sequence[AgentTool] = (
    AgentTool(
        name="decide",
        title="Decide a use case",
        about=(
            "Says whether fine-tuning is worth it for a use case or which cheaper lever to pull first, with the "
            "reasons, how sure that is, and what to find out next. Nothing is kept. Use it to try what is known so far."
        ),
        takes=DecideAsked,
        perform=decide,
    ),
    AgentTool(
        name="what_to_ask_next",
        title="What to ask next",
        about=(
            "The open questions that would settle most, the most useful first: each in the words in which to ask a "
            "person, with an example, how to find out, and what can be answered. Ask them one at a time, or look in "
            "the code, the logs and the evaluations yourself. Do not answer from what is usual."
        ),
        takes=OneAsked,
        perform=what_to_ask_next,
    ),
    AgentTool(
        name="start_assessment",
        title="Start an assessment",
        about=(
            "Keeps a use case as a new assessment and gives its link for people. All that the document says is marked "
            "as told by an agent, and counts as opinion until a person confirms it on the pages."
        ),
        takes=StartAsked,
        perform=start_assessment,
        changes=True,
    ),
    AgentTool(
        name="add_answers",
        title="Add answers with evidence",
        about=(
            "Adds answers to an assessment, or changes them, each with what was seen and where. They are marked as "
            "told by an agent and count as opinion until a person confirms them. Where somebody else was faster, "
            "nothing is kept and the answer says what is stored now: show it to your person."
        ),
        takes=AnswersAsked,
        perform=add_answers,
        changes=True,
    ),
    AgentTool(
        name="read_brief",
        title="Read the brief",
        about=(
            "The brief of an assessment in words: what to do, how sure that is, what it costs, what stands in the way, "
            "and the link where people read, confirm and sign it off."
        ),
        takes=OneAsked,
        perform=read_brief,
    ),
    AgentTool(
        name="find_assessments",
        title="Find an assessment",
        about="The assessments of the workspace whose name has these words, with their links and how far they are.",
        takes=FindAsked,
        perform=find_assessments,
    ),
    AgentTool(
        name="look_up_precedents",
        title="Look up published cases",
        about="Published cases in which fine-tuning was compared with something else: what won, and by how much.",
        takes=PrecedentsAsked,
        perform=look_up_precedents,
    ),
    AgentTool(
        name="look_up_offers",
        title="Look up offers and prices",
        about=(
            "Where a tune can be bought, what base models cost and when they end, each row with its source and its day."
        ),
        takes=OffersAsked,
        perform=look_up_offers,
    ),
)
