"""An assessment document that a program sends, checked as a file is."""

from typing import Any

from assessments.engine.document import LARGEST_DOCUMENT, DocumentError, parse_json, read_document
from assessments.framework import Framework
from assessments.pages.problem import NotDone, PathFault


def checked_document(body: bytes, framework: Framework) -> dict[str, Any]:
    """The document as JSON values. Every fault is named by its path."""
    if len(body) > LARGEST_DOCUMENT:
        raise NotDone(413, "That is too large", "The document is larger than 1 MB. Nothing was changed.")
    try:
        raw: dict[str, Any] = parse_json(body)
        read_document(raw, framework)
    except DocumentError as error:
        raise NotDone(422, "There is a problem", _told(error), [_fault(one) for one in error.faults]) from None
    return raw


def _told(error: DocumentError) -> str:
    many = len(error.faults)
    return f"{error.faults[0]}. Nothing was changed." if many == 1 else f"{many} places are wrong. Nothing was changed."


def _fault(text: str) -> PathFault:
    path, colon, sentence = text.partition(": ")
    return PathFault(path=path, sentence=sentence) if colon else PathFault(path="", sentence=text)
