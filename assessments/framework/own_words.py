"""Words for the few values that no file of a framework names, in the language that it is read in."""

from collections.abc import Mapping

from .notation import GERMAN, notation_of, words_of
from .schema import Framework

OWN_WORDS: Mapping[str, str] = {
    "Distribution": "Verteilung",
    "Costs that count": "Kosten, die zählen",
    "The short form": "Die kurze Form",
    "Costs in detail": "Kosten im Einzelnen",
    "Measured comparison": "Gemessener Vergleich",
    "Passed on to": "Weitergereicht an",
    "Which lever takes those requests over?": "Welcher Hebel übernimmt diese Anfragen?",
}
"""English, and what stands for it in German."""


def own_word(framework: Framework, english: str) -> str:
    """
    >>> from .loader import load_framework
    >>> own_word(load_framework(), "Distribution")
    'Distribution'
    """
    return OWN_WORDS[english] if words_of(notation_of(framework.notation)) == GERMAN else english
