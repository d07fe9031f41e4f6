"""Counts, weights and names as they stand within a sentence."""

from django.utils.translation import pgettext

from assessments.speaking import speaks_german

from .formats import count, number


def weight_word(weight: str) -> str:
    """What a reason weighs, in a word.

    >>> weight_word("High"), weight_word("Medium")
    ('high', 'medium')
    """
    words = {"High": pgettext("weight", "high"), "Medium": pgettext("weight", "medium")}
    return words.get(weight, weight.lower())


def set_apart(text: str, within: str) -> str:
    """A name or a sentence that English takes into its own: German sets it in quotes or after a colon, as it is.

    >>> set_apart("A better prompt", "a better prompt")
    'a better prompt'
    """
    return text if speaks_german() else within


def spoken(many: int) -> str:
    """A small count as a word; in German, where such words bend with what they count, in digits.

    >>> from assessments.speaking import speaking
    >>> with speaking("de"):
    ...     told = spoken(1)
    >>> spoken(1), told
    ('one', '1')
    """
    return number(many) if speaks_german() else count(many)
