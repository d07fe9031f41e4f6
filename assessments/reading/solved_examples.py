"""Solved examples in the template of a prompt: the words that show them, quoted."""

import re

import msgspec

MOST_QUOTED = 200
NAMED = re.compile(r"^[ \t>*#-]*(?:example|beispiel|exemple|ejemplo)\b[^\n]*", re.IGNORECASE | re.MULTILINE)
PAIRS = re.compile(
    r"^[ \t>*#-]*(?P<asked>input|question|q|user|human|prompt|query)\**\s*:[ \t]*(?P<question>\S[^\n]*)\n+"
    r"[ \t>*#-]*(?P<answered>output|answer|a|assistant|ai|completion|response|label)\**\s*:[ \t]*(?P<answer>\S[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)


class TurnOfPrompt(msgspec.Struct):
    role: str
    content: object = ""


def examples_seen(template: str) -> str:
    """The words that show two or more solved examples, or an answer before the last question; empty where none do.

    >>> examples_seen("Label this.\\nExample: 'VPN drops' -> vpn_issue\\nExample: 'Odd login' -> incident\\n{{ticket}}")
    "Example: 'VPN drops' -> vpn_issue"
    >>> examples_seen("Label this.\\nInput: {{ticket}}\\nOutput:")
    ''
    >>> turns = '{"role":"user","content":"2+2"},{"role":"assistant","content":"4"},{"role":"user","content":"{{q}}"}'
    >>> examples_seen(f"[{turns}]")
    '4'
    """
    return _answer_before_last_question(template) or _two_or_more(template)


def _two_or_more(template: str) -> str:
    named = [found.group().strip() for found in NAMED.finditer(template)]
    pairs = [
        found.group().strip()
        for found in PAIRS.finditer(template)
        if "{{" not in found["question"] and "{{" not in found["answer"]
    ]
    shown = next((found for found in (named, pairs) if len(found) > 1), None)
    return shown[0][:MOST_QUOTED] if shown else ""


def _answer_before_last_question(template: str) -> str:
    if not template.lstrip().startswith("["):
        return ""
    try:
        turns = msgspec.json.decode(template, type=list[TurnOfPrompt])
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return ""
    asked = [place for place, turn in enumerate(turns) if turn.role == "user"]
    answers = (turn.content for turn in turns[: asked[-1]] if turn.role == "assistant") if asked else ()
    answer = next((content for content in answers if isinstance(content, str)), "")
    return answer.strip()[:MOST_QUOTED]
