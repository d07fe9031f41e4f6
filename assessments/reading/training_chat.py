"""Conversations as providers take them for training: what each turn says, and what some or all of them refuse."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from assessments.engine.measured.found import Told

from .training_lines import LineFault

_DECODE = msgspec.json.Decoder().decode
_ENCODE = msgspec.json.Encoder().encode
_BARE = frozenset(("role", "content"))


class Turn(NamedTuple):
    """Who says what. What a call asks of a tool is part of the text."""

    role: str
    """`system`, `user`, `assistant` or `tool`."""
    text: str
    is_learnt: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one layout writes a conversation."""

    roles: Mapping[str, str]
    role: str = "role"
    content: str = "content"
    keys: frozenset[str] = _BARE
    """Of a message."""


OPENAI = Dialect(
    roles={
        "system": "system",
        "developer": "system",
        "user": "user",
        "assistant": "assistant",
        "tool": "tool",
        "function": "tool",
    },
    keys=_BARE | {"name", "tool_calls", "tool_call_id", "function_call", "weight", "refusal", "audio", "prefix"},
)
BARE = Dialect(roles={"user": "user", "assistant": "assistant"})
COHERE = Dialect(roles={"System": "system", "User": "user", "Chatbot": "assistant", "Tool": "tool"})
GEMINI = Dialect(
    roles={"user": "user", "model": "assistant", "function": "tool"},
    content="parts",
    keys=frozenset(("role", "parts")),
)
SHAREGPT = Dialect(
    roles={
        "system": "system",
        "human": "user",
        "gpt": "assistant",
        "function_call": "assistant",
        "observation": "tool",
    },
    role="from",
    content="value",
    keys=frozenset(("from", "value", "weight")),
)


@dataclass(slots=True)
class Warned:
    """What only some providers refuse in one line: each kind once."""

    told: dict[str, Told] = field(default_factory=dict)

    def add(self, code: str, **figures: str | int | float) -> None:
        self.told.setdefault(code, Told(code=code, figures=figures))

    def unknown_keys(self, keys: Collection[str], known: frozenset[str]) -> None:
        if unknown := [key for key in keys if key not in known]:
            self.add("unknown_key", key=min(unknown)[:40])


def conversation(
    messages: object, warned: Warned, *, dialect: Dialect = OPENAI, tools: object = None, key: str = "messages"
) -> list[Turn]:
    """The turns of a conversation. Raises LineFault at the first message that a provider would refuse."""
    if not isinstance(messages, list):
        raise LineFault("no_list", key=key)
    if not messages:
        raise LineFault("no_messages", key=key)
    calls: set[object] = set()
    turns: list[Turn] = []
    for place, message in enumerate(messages, start=1):
        if not isinstance(message, dict):
            raise LineFault("message_no_object", message=place)
        role = dialect.roles.get(_word(message.get(dialect.role)))
        if role is None:
            raise LineFault("unknown_role", message=place, role=_word(message.get(dialect.role))[:40])
        warned.unknown_keys(message.keys(), dialect.keys)
        asked = _calls(message, place, calls, tools, warned) if role == "assistant" else ""
        if role == "tool" and "tool_call_id" in message and message["tool_call_id"] not in calls:
            raise LineFault("result_without_call", message=place)
        content = message.get(dialect.content)
        if content is None and not asked:
            raise LineFault("no_content", message=place)
        said = text_of(content, place)
        turns.append(Turn(role, f"{said}\n{asked}" if asked else said, _is_learnt(message, place)))
    _order(turns, warned)
    return turns


def end_in_answer(turns: Sequence[Turn]) -> int:
    """The place of the last answer that is learnt, from 0."""
    if turns[-1].role != "assistant":
        raise LineFault("last_is_no_answer")
    learnt = [place for place, turn in enumerate(turns) if turn.role == "assistant" and turn.is_learnt]
    if not learnt:
        raise LineFault("nothing_learnt")
    if not turns[learnt[-1]].text.strip():
        raise LineFault("empty_answer")
    return learnt[-1]


def text_of(content: object, place: int) -> str:
    """The text of a message: its text, or the texts of its parts; what is no text stands in it as JSON."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise LineFault("content_no_text", message=place)
    texts = []
    for part in content:
        if not isinstance(part, dict) or not isinstance(part.get("text", ""), str):
            raise LineFault("content_no_text", message=place)
        texts.append(part["text"] if "text" in part else as_text(part))
    return "\n".join(texts)


def as_text(value: object) -> str:
    """A value as JSON, which tells equal ones from others; nothing for what is empty."""
    return _ENCODE(value).decode() if value else ""


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_learnt(message: dict[str, object], place: int) -> bool:
    weight = message.get("weight")
    if weight is None:
        return True
    if isinstance(weight, bool) or weight not in (0, 1):
        raise LineFault("weight", message=place)
    return weight == 1


def _calls(message: dict[str, object], place: int, calls: set[object], tools: object, warned: Warned) -> str:
    """What the message asks of tools, as text; the ids of its calls join those before."""
    asked = message.get("tool_calls")
    if asked is None:
        old = message.get("function_call")
        return as_text(_function(old, place)) if old is not None else ""
    if not isinstance(asked, list):
        raise LineFault("call_no_function", message=place)
    functions = []
    for call in asked:
        if not isinstance(call, dict):
            raise LineFault("call_no_function", message=place)
        functions.append(_function(call.get("function"), place))
        if isinstance(call.get("id"), str):
            calls.add(call["id"])
        if functions[-1]["name"] not in _declared(tools):
            warned.add("tool_not_declared", message=place)
    return as_text(functions)


def _function(function: object, place: int) -> dict[str, object]:
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        raise LineFault("call_no_function", message=place)
    arguments = function.get("arguments")
    try:
        if not isinstance(arguments, str):
            raise ValueError
        _DECODE(arguments)
    except (ValueError, RecursionError):
        raise LineFault("arguments_no_json", message=place) from None
    return {"name": function["name"], "arguments": arguments}


def _declared(tools: object) -> set[str]:
    """The names of the tools that the line declares."""
    functions = [
        tool.get("function", tool) for tool in (tools if isinstance(tools, list) else ()) if isinstance(tool, dict)
    ]
    return {_word(function.get("name")) for function in functions if isinstance(function, dict)}


def _order(turns: Sequence[Turn], warned: Warned) -> None:
    for place, turn in enumerate(turns):
        if turn.role == "system" and place:
            warned.add("system_later", message=place + 1)
        if turn.role == "user" and place and turns[place - 1].role == "user":
            warned.add("user_twice", message=place + 1)
