"""What an encoding is called: a few names say which part of the world it is for."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_WITH_WORDS = frozenset(
    {
        gettext_noop("UTF-16 (big end first)"),
        gettext_noop("Windows-1252 (Western Europe)"),
        gettext_noop("ISO 8859-15 (Western Europe)"),
        gettext_noop("Windows-1250 (Central Europe)"),
        gettext_noop("Windows-1251 (Cyrillic)"),
        gettext_noop("Windows-1253 (Greek)"),
        gettext_noop("Windows-1254 (Turkish)"),
        gettext_noop("Shift JIS (Japanese)"),
        gettext_noop("GB 18030 (Chinese)"),
        gettext_noop("EUC-KR (Korean)"),
    }
)


def encoding_words(name: str) -> str:
    """
    >>> encoding_words("Shift JIS (Japanese)"), encoding_words("UTF-8")
    ('Shift JIS (Japanese)', 'UTF-8')
    """
    return _(name) if name in _WITH_WORDS else name
