"""The layouts in which providers and trainers take examples, and the example that a line of each holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from .training_chat import (
    BARE,
    COHERE,
    GEMINI,
    OPENAI,
    SHAREGPT,
    Dialect,
    Turn,
    Warned,
    as_text,
    conversation,
    end_in_answer,
    text_of,
)
from .training_lines import LineFault

_Line = Mapping[str, object]
PAIRS = frozenset(("openai_preference", "trl_dpo", "trl_kto"))
"""Layouts whose examples are pairs: an answer that is wanted and one that is not, or one with a yes or no."""
TEXT_ONLY = "text_only"
_BESIDE_TEXT = frozenset(("text", "id", "meta", "metadata", "source"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example: what stands before the answer, the answer, and what else tells it from others."""

    turns: tuple[Turn, ...]
    answer: int | None
    """The place among the turns of what is learnt; None where the layout has no input."""
    beside: str = ""
    """Tools declared, the answer refused, the label."""

    @property
    def input(self) -> str:
        """Without system text. Where there is no input, the text itself: copies are looked for in it."""
        before = self.turns if self.answer is None else self.turns[: self.answer]
        return "\n".join(turn.text for turn in before if turn.role != "system")

    @property
    def output(self) -> str:
        return "" if self.answer is None else self.turns[self.answer].text

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(turn.text for turn in self.turns) + self.beside

    @property
    def size(self) -> int:
        """Bytes of all that is said, without the brackets and names of the layout."""
        return sum(len(turn.text.encode()) for turn in self.turns) + len(self.beside.encode())

    @property
    def hashes(self) -> tuple[int, int, int]:
        """Of the whole example, of all before the answer, of the answer. Only of use within this process."""
        before = hash((self.turns[: self.answer], self.beside))
        return hash((self.turns, self.beside)), before, hash(self.output)


def layout_of(line: _Line) -> str:
    """The layout of a line by its keys; empty where it has none that is known.

    >>> layout_of({"prompt": "a", "completion": "b"}), layout_of({"question": "a"})
    ('prompt_completion', '')
    """
    if "messages" in line:
        return _layout_of_messages(line)
    asked = line.get("input")
    if "preferred_output" in line or (isinstance(asked, dict) and "messages" in asked):
        return "openai_preference"
    if "prompt" in line and "completion" in line:
        return "trl_kto" if "label" in line else "prompt_completion"
    by_key = {"contents": "gemini", "conversations": "sharegpt", "chosen": "trl_dpo", "instruction": "alpaca"}
    found = next((layout for key, layout in by_key.items() if key in line), "")
    return found or (TEXT_ONLY if "text" in line and line.keys() <= _BESIDE_TEXT else "")


def _layout_of_messages(line: _Line) -> str:
    if "schemaVersion" in line:
        return "bedrock_conversation"
    if "system" in line:
        return "anthropic_bedrock"
    messages = line["messages"]
    first = messages[0] if isinstance(messages, list) and messages else None
    role = first.get("role") if isinstance(first, dict) else None
    return "cohere" if isinstance(role, str) and role in COHERE.roles else "openai_chat"


def example_of(line: _Line, layout: str, warned: Warned) -> Example:
    """The example in a line. Raises LineFault where a provider would refuse it or nothing would be learnt."""
    read, known = _LAYOUTS[layout]
    warned.unknown_keys(line.keys(), known)
    try:
        example = read(line, warned)
    except RecursionError:
        raise LineFault("too_deep") from None
    if "\0" in example.text:
        warned.add("nul")
    return example


def _chat(line: _Line, warned: Warned, *, dialect: Dialect = OPENAI, key: str = "messages") -> Example:
    tools = line.get("tools") or line.get("functions")
    turns = conversation(line.get(key), warned, dialect=dialect, tools=tools, key=key)
    return _answered(_system(line.get("system") or line.get("systemInstruction")) + turns, tools)


def _sharegpt(line: _Line, warned: Warned) -> Example:
    example = _chat(line, warned, dialect=SHAREGPT, key="conversations")
    turns = [turn for turn in example.turns if turn.role != "system"]
    for place, turn in enumerate(turns):
        if (turn.role == "assistant") != bool(place % 2):
            raise LineFault("turns_out_of_order", message=place + 1)
    return example


def _answered(turns: list[Turn], tools: object = None) -> Example:
    return Example(turns=tuple(turns), answer=end_in_answer(turns), beside=as_text(tools))


def _system(value: object) -> list[Turn]:
    """The system text beside a conversation: a text, parts, or an object that holds parts."""
    if not value:
        return []
    try:
        return [Turn("system", text_of(value.get("parts") if isinstance(value, dict) else value, 0))]
    except LineFault:
        raise LineFault("value_no_text", key="system") from None


def _alpaca(line: _Line, warned: Warned) -> Example:
    asked, more = _text(line, "instruction"), _text(line, "input", is_needed=False)
    turns = _system(line.get("system"))
    history = line.get("history") or []
    if not isinstance(history, list):
        raise LineFault("history")
    for exchange in history:
        if not isinstance(exchange, list) or len(exchange) != 2 or not all(isinstance(one, str) for one in exchange):
            raise LineFault("history")
        turns += [Turn("user", exchange[0]), Turn("assistant", exchange[1])]
    said = f"{asked}\n{more}" if asked and more else asked or more
    return _answered([*turns, Turn("user", said), Turn("assistant", _text(line, "output"))])


def _prompt_completion(line: _Line, warned: Warned) -> Example:
    return _answered([*_said(line, "prompt", "user", warned), *_said(line, "completion", "assistant", warned)])


def _kto(line: _Line, warned: Warned) -> Example:
    example, label = _prompt_completion(line, warned), line.get("label")
    if not isinstance(label, bool):
        raise LineFault("label_no_yes_or_no")
    return Example(turns=example.turns, answer=example.answer, beside="yes" if label else "no")


def _dpo(line: _Line, warned: Warned) -> Example:
    asked = _said(line, "prompt", "user", warned) if line.get("prompt") is not None else []
    return _pair(asked, _said(line, "chosen", "assistant", warned), _said(line, "rejected", "assistant", warned))


def _openai_preference(line: _Line, warned: Warned) -> Example:
    asked = line.get("input")
    if not isinstance(asked, dict):
        raise LineFault("no_messages", key="input")
    tools = asked.get("tools")
    turns = conversation(asked.get("messages"), warned, tools=tools)
    wanted = conversation(line.get("preferred_output"), warned, tools=tools, key="preferred_output")
    refused = conversation(line.get("non_preferred_output"), warned, tools=tools, key="non_preferred_output")
    return _pair(turns, wanted, refused, tools)


def _pair(asked: list[Turn], wanted: list[Turn], refused: list[Turn], tools: object = None) -> Example:
    if wanted == refused:
        raise LineFault("same_answers")
    end_in_answer(refused)
    example = _answered([*asked, *wanted], tools)
    return Example(
        turns=example.turns,
        answer=example.answer,
        beside="\n".join([example.beside, *(turn.text for turn in refused)]).strip(),
    )


def _said(line: _Line, key: str, role: str, warned: Warned) -> list[Turn]:
    """A text, or messages, under one key."""
    value = line.get(key)
    return conversation(value, warned, key=key) if isinstance(value, list) else [Turn(role, _text(line, key))]


def _text(line: _Line, key: str, *, is_needed: bool = True) -> str:
    value = line.get(key)
    if value is None and not is_needed:
        return ""
    if value is None:
        raise LineFault("no_value", key=key)
    if not isinstance(value, str):
        raise LineFault("value_no_text", key=key)
    return value


def _text_only(line: _Line, warned: Warned) -> Example:
    text = _text(line, "text")
    if not text.strip():
        raise LineFault("nothing_learnt")
    return Example(turns=(Turn("text", text),), answer=None)


_LAYOUTS: Mapping[str, tuple[Callable[[_Line, Warned], Example], frozenset[str]]] = {
    "openai_chat": (_chat, frozenset(("messages", "tools", "parallel_tool_calls", "functions"))),
    "anthropic_bedrock": (partial(_chat, dialect=BARE), frozenset(("system", "messages"))),
    "bedrock_conversation": (partial(_chat, dialect=BARE), frozenset(("schemaVersion", "system", "messages"))),
    "gemini": (
        partial(_chat, dialect=GEMINI, key="contents"),
        frozenset(("systemInstruction", "contents", "tools", "generationConfig")),
    ),
    "cohere": (partial(_chat, dialect=COHERE), frozenset(("messages", "tools"))),
    "sharegpt": (_sharegpt, frozenset(("conversations", "system", "tools"))),
    "alpaca": (_alpaca, frozenset(("instruction", "input", "output", "system", "history"))),
    "prompt_completion": (_prompt_completion, frozenset(("prompt", "completion"))),
    "openai_preference": (_openai_preference, frozenset(("input", "preferred_output", "non_preferred_output"))),
    "trl_dpo": (_dpo, frozenset(("prompt", "chosen", "rejected"))),
    "trl_kto": (_kto, frozenset(("prompt", "completion", "label"))),
    TEXT_ONLY: (_text_only, _BESIDE_TEXT),
}
