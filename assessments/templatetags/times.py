"""Times of day as pages show them: in the site's zone, with its name, until a script turns them into the reader's.

And the language that a page is in, as its first tag says it.
"""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessments.framework import notation
from assessments.framework.notation import ENGLISH, GERMAN, current, in_words, words_of

register = template.Library()


@register.simple_tag
def page_language() -> str:
    """
    >>> page_language()
    'en-GB'
    """
    words = words_of(current())
    return "en-GB" if words == ENGLISH else words


@register.filter
def moment(value: datetime | None, form: str = "j F Y, H:i") -> SafeString | str:
    """A moment in Django's letters for dates, and the zone that it is told in.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 10, 14, 5, tzinfo=UTC), "H:i")
    '<time datetime="2026-11-10T14:05:00+00:00" data-moment="H:i">14:05 UTC</time>'
    """
    if value is None:
        return ""
    local = timezone.localtime(value)
    zone = local.tzname() or timezone.get_current_timezone_name()
    tag = current().key.replace("_", "-")
    language = "" if in_words() and words_of(current()) == ENGLISH else format_html(' data-language="{}"', tag)
    words = _in_words(local, form) if in_words() else _in_short(local, form)
    return format_html(
        '<time datetime="{}" data-moment="{}"{}>{} {}</time>', local.isoformat(), form, language, words, zone
    )


def _in_words(when: date, form: str) -> str:
    """In Django's letters, with the points that German has after the day and after a month cut short."""
    return written(when, form.replace("j ", "j. ").replace("M", "N") if words_of(current()) == GERMAN else form)


def _in_short(local: datetime, form: str) -> str:
    """The day as the reader's language writes it, the clock as in English."""
    day_form, _, clock = form.rpartition(", ")
    return ", ".join([*([notation.day(local.date())] if day_form else []), written(local, clock)])


@register.filter
def day(value: date | datetime | None, form: str = "j F Y") -> str:
    """A day in Django's letters for dates, or as the reader's language writes it.

    >>> day(date(2026, 11, 10)), day(date(2026, 11, 10), "j F"), day(None)
    ('10 November 2026', '10 November', '')
    >>> from assessments.speaking import speaking
    >>> with speaking("de"):
    ...     day(date(2026, 3, 10)), day(date(2026, 3, 10), "j F"), day(date(2026, 11, 10), "j M Y")
    ('10. März 2026', '10. März', '10. Nov. 2026')
    """
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return _in_words(local, form) if in_words() else notation.day(local)
