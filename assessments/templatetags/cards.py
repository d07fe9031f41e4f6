"""Parts of pages, drawn once for all who see the same: most of a questionnaire is the same words on every visit."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from django import template
from django.utils.safestring import SafeData, SafeString, mark_safe

from assessments.framework.notation import current
from assessments.framework.schema import Field, Section

register = template.Library()

MOST_KEPT, LONGEST_KEPT = 2_000, 20_000
_ID, _CSRF = "\x1aid", "\x1acsrf"
"""Stand for the id of the assessment, which addresses have, and for the form token, which is another one each time.
No text can have their first character.
"""

_kept: dict[tuple[Any, ...], str] = {}
"""Drawn parts by all that they are drawn from: the reader's way to write numbers, and everything that the objects say
which their template is given, with questions as their framework has them. A part of other content has another key, so
that none can be stale, and nobody is shown what their own page would not say: the words of a person are in the key.
"""


class Unkept(Exception):
    """A part that is drawn each time: something in it is no plain content."""


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

    def draw() -> str:
        drawn: str = context.template.engine.get_template(f"assessments/_shared.html#{kind}").render(context)  # type: ignore[union-attr]
        return drawn

    return mark_safe(_once(draw, kind, context["field"], own_id=own_id))


@register.tag
def kept(parser: template.base.Parser, token: template.base.Token) -> "KeptNode":
    """Draws what stands until `endkept` once for all that is named: all that differs in it but the assessment's id."""
    of = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodes, of)


class KeptNode(template.Node):
    def __init__(self, nodelist: template.NodeList, of: list[Any]):
        self.nodelist, self.of = nodelist, of

    def render(self, context: template.Context) -> SafeString:
        token = context.get("csrf_token")

        def draw() -> str:
            with context.push(csrf_token=_CSRF if token else token):
                return self.nodelist.render(context)

        own_id = getattr(context.get("assessment"), "pk", "")
        html = _once(draw, _Same(self), *[one.resolve(context) for one in self.of], own_id=own_id)
        return mark_safe(html.replace(_CSRF, str(token)) if _CSRF in html else html)


def _once(draw: Callable[[], str], *of: Any, own_id: str = "") -> str:
    try:
        key = (current().key, *[_content(one, own_id) for one in of])
    except Unkept:
        return draw()
    if (html := _kept.get(key)) is None:
        html = draw().replace(own_id, _ID) if own_id else draw()
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        if len(html) <= LONGEST_KEPT:
            _kept[key] = html
    return html.replace(_ID, own_id)


def _content(value: Any, own_id: str) -> Any:
    """What a part of a page says, to compare: texts as they are, parts of the framework by which they are.

    Raises Unkept for what is neither, and for words that name this very assessment.
    """
    if isinstance(value, str):
        if own_id and own_id in value:
            raise Unkept
        return (SafeString, str(value)) if isinstance(value, SafeData) else value
    if value is None:
        return value
    if isinstance(value, (bool, int, float, date)):
        return type(value), value  # 1, 1.0 and True are the same key by themselves
    if isinstance(value, (Field, Section, _Same)):
        return value if isinstance(value, _Same) else _Same(value)
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
