"""The method and what it rests on, as data: framework, rules in words, published cases, and the market in force."""

from functools import lru_cache
from typing import Any

import msgspec

from assessments import access
from assessments.access import OwnWorkspace
from assessments.framework import Framework, load_framework
from assessments.pages.problem import PathFault
from assessments.presenters.method import present_method
from assessments.services.market import current_market
from assessments.services.own_frameworks import framework_at, framework_for

from . import asked, shapes
from .operation import OPERATIONS, Call, NotDone


@lru_cache(maxsize=8)
def framework_data(framework: Framework) -> dict[str, Any]:
    """Without what has an address of its own. Beside each question: where its answer belongs, and what that can be."""
    told = plain(framework)
    for section, real in zip(told["sections"], framework.sections, strict=True):
        for row, question in zip(section["questions"], real.questions, strict=True):
            row.update(path=question.path, choices=question.choices)
    return {name: part for name, part in told.items() if name not in ("market", "precedents", "in_words")}


def plain(part: Any) -> dict[str, Any]:
    """A part of the method as JSON values."""
    return dict(msgspec.to_builtins(part, enc_hook=_plain))


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, (set, frozenset)) else dict(value)


def asked_framework(call: Call) -> Framework:
    """The one that is asked for by its key, else what a new assessment is under. Another workspace's is unknown."""
    assert isinstance(call.opened, OwnWorkspace)
    workspace, key = call.opened.workspace, call.asked.framework
    if not key:
        return framework_for(workspace)
    if key != load_framework().key and not access.published_in(workspace, key):
        fault = PathFault(path="framework", sentence="is none of this workspace; “frameworks” lists them")
        raise NotDone(422, "There is a problem", "There is no such framework here. Nothing was changed.", [fault])
    return framework_at(key)


@OPERATIONS.add("GET", "frameworks", opens="workspace", right="read", gives=shapes.FrameworkList)
def list_frameworks(call: Call) -> shapes.FrameworkList:
    """The frameworks that can be asked for by their keys: the built-in one, and what the workspace has published."""
    assert isinstance(call.opened, OwnWorkspace)
    workspace = call.opened.workspace
    published = [version.key for one in access.frameworks_of(workspace) for version in one.versions.all()]
    chosen = framework_for(workspace).key
    return shapes.FrameworkList(
        frameworks=[
            shapes.ListedFramework(
                key=one.key, title=one.title, base=one.base or one.key, sha256=one.sha256, for_new=one.key == chosen
            )
            for one in map(framework_at, (load_framework().key, *published))
        ]
    )


@OPERATIONS.add("GET", "framework", opens="workspace", right="read", asks=asked.FrameworkQuery, gives=dict[str, Any])
def read_framework(call: Call) -> dict[str, Any]:
    """What is asked, what closes and what ranks, with every threshold and its source."""
    return framework_data(asked_framework(call))


@OPERATIONS.add("GET", "method", opens="workspace", right="read", asks=asked.FrameworkQuery, gives=dict[str, Any])
def read_method(call: Call) -> dict[str, Any]:
    """The rules in words, as the page of the method has them."""
    return method_data(asked_framework(call))


def method_data(framework: Framework) -> dict[str, Any]:
    told = plain(present_method(framework))
    del told["framework"]
    return told


@OPERATIONS.add("GET", "precedents", opens="workspace", right="read", asks=asked.FrameworkQuery, gives=dict[str, Any])
def read_precedents(call: Call) -> dict[str, Any]:
    """Every published case that assessments are held against, with its source."""
    return plain(asked_framework(call).precedents)


@OPERATIONS.add("GET", "market", opens="workspace", right="read", gives=dict[str, Any])
def read_market(call: Call) -> dict[str, Any]:
    """Where a tune can be bought and what base models cost, each row with its source and its day."""
    return plain(current_market())
