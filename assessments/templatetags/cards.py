"""Cards of questions, drawn once for all who see the same: most of a questionnaire is the same words on every visit."""

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from assessments.framework.notation import current
from assessments.framework.schema import Field, Section

register = template.Library()

MOST_KEPT, LONGEST_KEPT = 2_000, 20_000
_ID = "\x1aid"
"""Stands for the id of the assessment, which addresses have. No text can have its first character."""

_kept: dict[tuple[Any, ...], str] = {}
"""Drawn cards by all that they are drawn from: the reader's way to write numbers, the question as their framework has
it, and everything that the card's `Control` says, which is all that its template is given. A card of other content
has another key, so that none can be stale, and nobody is shown what their own page would not say: the words of a
person are part of the key.
"""


class Unkept(Exception):
    """A card that is drawn each time: something in it is no plain content."""


class _Same:
    """A part of a framework, equal to itself alone. It is held, so that its identity is nobody else's."""

    __slots__ = ("part",)

    def __init__(self, part: object):
        self.part = part

    def __hash__(self) -> int:
        return id(self.part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.part is self.part


@register.simple_tag(takes_context=True)
def card(context: template.Context, kind: str) -> SafeString:
    """A question's card: a `choice` or a `fill` of the shared parts, of `field` and `assessment` in the context."""
    own_id = context["assessment"].pk
    try:
        key = (kind, current().key, _content(context["field"], own_id))
    except Unkept:
        return mark_safe(_drawn(context, kind))
    if (html := _kept.get(key)) is None:
        html = _drawn(context, kind).replace(own_id, _ID)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        if len(html) <= LONGEST_KEPT:
            _kept[key] = html
    return mark_safe(html.replace(_ID, own_id))


def _drawn(context: template.Context, kind: str) -> str:
    drawn: str = context.template.engine.get_template(f"assessments/_shared.html#{kind}").render(context)  # type: ignore[union-attr]
    return drawn


def _content(value: Any, own_id: str) -> Any:
    """What a part of a card says, to compare: texts as they are, parts of the framework by which they are.

    Raises Unkept for what is neither, such as a moment, and for words that name this very assessment.
    """
    if isinstance(value, str):
        if own_id in value:
            raise Unkept
        return value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (Field, Section)):
        return _Same(value)
    if isinstance(value, (list, tuple)):
        return tuple([_content(part, own_id) for part in value])
    if isinstance(value, dict) and not value:
        return ()
    if is_dataclass(value):
        kind: Any = type(value)
        return (kind, *(_content(getattr(value, name), own_id) for name in _names(kind)))
    raise Unkept


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
