"""The server of the Model Context Protocol: tools and resources, whatever it is reached by."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from mcp import MCPError, types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server

from assessments.api.faults import sent_fault
from assessments.engine.document import LARGEST_DOCUMENT

from .asking import Asker, Declined, sent_as
from .tools import TOOLS, AgentTool

Context = ServerRequestContext[Any, Any]
AskerOf = Callable[[Context], Asker]
"""Who asks, by what a request came with."""
_BY_NAME: Mapping[str, AgentTool] = {one.name: one for one in TOOLS}
_SCHEME = "ftdecide://"
_RESOURCES: Mapping[str, tuple[str, str]] = {
    "questions": ("What is asked", "Every question: its path in a document, its words, and what can be answered."),
    "method": ("The method in words", "The rules by which it is decided, each with its source."),
    "framework": ("The framework as data", "All that decides, with every threshold and its source. It is long."),
    "market": ("The market", "Where a tune can be bought and what base models cost, with sources and days."),
}
_ASKED_WITH = ("path", "label", "ask", "example", "find_out", "kind", "choices")
_INSTRUCTIONS = (
    "ftdecide decides whether a language model should be fine-tuned for a use case, or which cheaper lever comes "
    "first. Interview your person, or look in the code and the evaluations, with what_to_ask_next; never answer from "
    "what is usual, and leave out what nobody knows. What you add is marked as told by an agent and counts as opinion "
    "until a person confirms it. End with the link to the assessment: people confirm and sign there, you do not."
)
_log = logging.getLogger(__name__)


def server(asker_of: AskerOf) -> Server[Any]:
    async def list_tools(ctx: Context, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(one) for one in TOOLS])

    async def call_tool(ctx: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        asker = asker_of(ctx)
        try:
            told = await asyncio.to_thread(perform, asker, params.name, params.arguments or {})
        except Declined as refused:
            return types.CallToolResult(content=[types.TextContent(type="text", text=str(refused))], is_error=True)
        text = json.dumps(told, ensure_ascii=False)
        return types.CallToolResult(content=[types.TextContent(type="text", text=text)])

    async def list_resources(ctx: Context, params: Any) -> types.ListResourcesResult:
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=f"{_SCHEME}{name}", name=name, title=title, description=about, mime_type="application/json"
                )
                for name, (title, about) in _RESOURCES.items()
            ]
        )

    async def read_resource(ctx: Context, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        name, asker = str(params.uri).removeprefix(_SCHEME), asker_of(ctx)
        try:
            told = await asyncio.to_thread(_resource, asker, name)
        except Declined as refused:
            raise MCPError(code=types.INVALID_PARAMS, message=str(refused)) from None
        contents = types.TextResourceContents(
            uri=params.uri, mime_type="application/json", text=json.dumps(told, ensure_ascii=False)
        )
        return types.ReadResourceResult(contents=[contents])

    return Server(
        "ftdecide",
        title="ftdecide: should we fine-tune?",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )


def perform(asker: Asker, name: str, arguments: Mapping[str, Any]) -> Any:
    """What a tool answers. Raises Declined, in words; what went wrong here is told to the log alone."""
    tool = _BY_NAME.get(name)
    if tool is None:
        raise Declined(f"There is no such tool. There are: {', '.join(_BY_NAME)}.")
    if len(sent_as(arguments)) > LARGEST_DOCUMENT:
        raise Declined("That is too large: all arguments together are at most 1 MB. Nothing was changed.")
    try:
        asked = msgspec.convert(arguments, tool.takes)
    except msgspec.ValidationError as error:
        fault = sent_fault(error)
        raise Declined(f"{fault.path}: {fault.sentence}. Nothing was changed.") from None
    return _guarded(lambda: tool.perform(asker, asked))


def _resource(asker: Asker, name: str) -> Any:
    if name not in _RESOURCES:
        raise Declined(f"There is no such resource. There are: {', '.join(f'{_SCHEME}{one}' for one in _RESOURCES)}.")
    return _guarded(lambda: _questions(asker) if name == "questions" else asker.ask("GET", name))


def _questions(asker: Asker) -> Sequence[Mapping[str, Any]]:
    """What is asked, without what decides on the answers."""
    asked = [one for section in asker.ask("GET", "framework")["sections"] for one in section["questions"]]
    return [{name: one[name] for name in _ASKED_WITH if one.get(name)} for one in asked]


def _guarded(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except Declined:
        raise
    except Exception:
        _log.exception("a tool failed")
        raise Declined(
            "Something went wrong here. Nothing was changed. Try again, or tell whoever runs this."
        ) from None


def _described(one: AgentTool) -> types.Tool:
    hints = types.ToolAnnotations(
        read_only_hint=not one.changes, destructive_hint=False, idempotent_hint=not one.changes, open_world_hint=False
    )
    return types.Tool(name=one.name, title=one.title, description=one.about, input_schema=one.schema, annotations=hints)
