"""Times of day as pages show them: in the site's zone, with its name, until a script turns them into the reader's."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


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
    return format_html(
        '<time datetime="{}" data-moment="{}">{} {}</time>', local.isoformat(), form, written(local, form), zone
    )
