"""In which language the product speaks: the words of its pages, and how numbers and days stand among them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.utils import translation

from .framework.notation import GERMAN, current, words_of, written_for


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Whatever is put into words meanwhile is for readers of this language: a tag as browsers send it."""
    with written_for(language), translation.override(words_of(current())):
        yield


def speaks_german() -> bool:
    return words_of(current()) == GERMAN


class Words(Mapping[str, str]):
    """Words by key, each looked up in the catalogue when it is read: made of what `gettext_noop` marked.

    >>> words = Words(yes="Yes", no="No")
    >>> words["yes"], words.get("na"), list(words.items()), words | {"na": "Not here"}
    ('Yes', None, [('yes', 'Yes'), ('no', 'No')], {'yes': 'Yes', 'no': 'No', 'na': 'Not here'})
    """

    def __init__(self, words: Mapping[str, str] | None = None, **more: str) -> None:
        self._words = {**(words or {}), **more}

    def __getitem__(self, key: str) -> str:
        return translation.gettext(self._words[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __or__(self, other: Mapping[str, str]) -> dict[str, str]:
        return {**self, **other}
