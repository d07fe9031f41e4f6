"""Words as they stand within a sentence, where English writes the whole of them small."""

from django.utils.translation import pgettext

from assessments.speaking import speaks_german

from .formats import count, number
from .words import lower


def small(text: str) -> str:
    """All in small letters in English; in German nouns keep their capitals.

    >>> small("Prompt ceiling, GPT-4")
    'prompt ceiling, gpt-4'
    """
    return lower(text) if speaks_german() else text.lower()


def weight_word(weight: str) -> str:
    """What a reason weighs, in a word.

    >>> weight_word("High"), weight_word("Medium")
    ('high', 'medium')
    """
    words = {"High": pgettext("weight", "high"), "Medium": pgettext("weight", "medium")}
    return words.get(weight, weight.lower())


def spoken(many: int) -> str:
    """A small count as a word; in German, where such words bend with what they count, in digits.

    >>> from assessments.speaking import speaking
    >>> with speaking("de"):
    ...     told = spoken(1)
    >>> spoken(1), told
    ('one', '1')
    """
    return number(many) if speaks_german() else count(many)
