"""What an assessment comes to: the result, how the levers stand, what to find out next, and the brief."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.core.cache import caches
from django.utils import timezone

from assessments.engine.result_json import result_json
from assessments.framework import Framework
from assessments.pages.reader import Reader
from assessments.presenters.brief import BriefView, present_brief
from assessments.presenters.brief_text import brief_as_markdown, brief_parts
from assessments.presenters.levers import present_levers
from assessments.services.answer_sheet import AnswerSheet, read_sheet, sheet_of_document
from assessments.services.market import framework_in_force

from . import asked, shapes
from .data import asked_framework
from .documents import checked_document
from .one_assessment import ONE
from .operation import DOCUMENT, OPERATIONS, Call


def _kept(call: Call, what: str, make: Callable[[AnswerSheet], Any]) -> bytes:
    """Made once for a state of the assessment, as the page of a result is; nothing in it hangs on who asks."""
    assessment = call.own.assessment
    key = f"api-{what}-{Reader(kind='owner', key=assessment.pk).state(assessment)}"
    body: bytes | None = caches["results"].get(key)
    if body is None:
        made = make(read_sheet(assessment))
        body = made.encode() if isinstance(made, str) else msgspec.json.encode(made)
        caches["results"].set(key, body)
    return body


@OPERATIONS.add("GET", f"{ONE}/result", opens="assessment", right="read", like="result", gives=dict[str, Any])
def read_result(call: Call) -> bytes:
    """The whole decision as codes and figures, as the command “decide” prints it."""
    return _kept(call, "result", lambda sheet: result_json(sheet.decision))


@OPERATIONS.add(
    "GET", f"{ONE}/standings", opens="assessment", right="read", like="result", gives=shapes.StandingsAnswer
)
def read_standings(call: Call) -> bytes:
    """How every lever stands, in words: the verdict, open, tried or closed, and why."""
    return _kept(call, "standings", _standings)


def _standings(sheet: AnswerSheet) -> shapes.StandingsAnswer:
    return shapes.StandingsAnswer(
        standings=[
            shapes.LeverStanding(approach=one.key, name=one.name, state=one.state, place=one.rank, reason=one.reason)
            for one in present_levers(sheet.decision)
        ]
    )


@OPERATIONS.add("GET", f"{ONE}/next", opens="assessment", right="read", like="result", gives=shapes.NextAnswer)
def read_next(call: Call) -> bytes:
    """What to find out next: the open questions that decide most, with words, example and how to find out."""
    return _kept(call, "next", next_questions)


def next_questions(sheet: AnswerSheet) -> shapes.NextAnswer:
    robustness = sheet.decision.robustness
    return shapes.NextAnswer(
        settled=robustness.settled, questions=[_ask(sheet, key) for key in robustness.find_out_next]
    )


def _ask(sheet: AnswerSheet, key: str) -> shapes.AskNext:
    question = sheet.framework.questions[key]
    return shapes.AskNext(
        path=question.path,
        label=question.label,
        ask=question.ask,
        why=question.why,
        example=question.example,
        find_out=question.find_out,
        choices=question.choices,
        version=sheet.version(question.path),
    )


@OPERATIONS.add("GET", f"{ONE}/brief", opens="assessment", right="read", like="result", gives=shapes.BriefAnswer)
def read_brief(call: Call) -> bytes:
    """The brief in words: what to do, how sure that is, what it costs and what stands in the way."""
    return _kept(call, "brief", brief_answer)


@OPERATIONS.add(
    "GET",
    f"{ONE}/brief.md",
    opens="assessment",
    right="read",
    gives=str,
    media="text/markdown; charset=utf-8",
    like="result",
)
def read_brief_as_markdown(call: Call) -> bytes:
    """The same brief as Markdown."""
    return _kept(call, "markdown", lambda sheet: brief_as_markdown(_brief(sheet)))


def _brief(sheet: AnswerSheet) -> BriefView:
    return present_brief(sheet.decision, answers=sheet.counted, today=timezone.localdate())


def brief_answer(sheet: AnswerSheet) -> shapes.BriefAnswer:
    view = _brief(sheet)
    return shapes.BriefAnswer(
        name=view.name,
        headline=view.headline.title,
        parts=[
            shapes.BriefPart(heading=one.heading, paragraphs=one.paragraphs, points=one.points)
            for one in brief_parts(view)
        ],
    )


@OPERATIONS.add(
    "POST", "decide", opens="workspace", right="read", sends=DOCUMENT, asks=asked.FrameworkQuery, gives=dict[str, Any]
)
def decide_document(call: Call) -> dict[str, Any]:
    """The decision on a document. Nothing of it is kept."""
    return decided(framework_in_force(asked_framework(call).key), call.sent)


def decided(framework: Framework, body: bytes) -> dict[str, Any]:
    return result_json(sheet_of_document(framework, checked_document(body, framework)).decision)


@OPERATIONS.add(
    "POST",
    "decide/brief",
    opens="workspace",
    right="read",
    sends=DOCUMENT,
    asks=asked.FrameworkQuery,
    gives=shapes.AdviceAnswer,
)
def advise_on_document(call: Call) -> shapes.AdviceAnswer:
    """The decision on a document in words: its brief, and what to find out next. Nothing of it is kept."""
    return advised(framework_in_force(asked_framework(call).key), call.sent)


def advised(framework: Framework, body: bytes) -> shapes.AdviceAnswer:
    sheet = sheet_of_document(framework, checked_document(body, framework))
    told = next_questions(sheet)
    return shapes.AdviceAnswer(
        framework_title=framework.title,
        approach=sheet.decision.approach,
        action=sheet.decision.action,
        settled=told.settled,
        brief=brief_answer(sheet),
        questions=told.questions,
    )
