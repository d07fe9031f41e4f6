"""In which language the product speaks: the words of its pages, and how numbers and days stand among them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

from .framework.notation import current, words_of, written_for


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Whatever is put into words meanwhile is for readers of this language: a tag as browsers send it."""
    with written_for(language), translation.override(words_of(current())):
        yield
