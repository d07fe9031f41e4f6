"""The few kinds of mistake that a check can find, each told in its own words."""

from collections.abc import Iterable, Iterator
from string import Formatter

from ..names import WRITINGS


def repeated(place: str, keys: Iterable[str]) -> Iterator[str]:
    """
    >>> list(repeated("goals.toml: goal", ["voice", "tone", "voice"]))
    ["goals.toml: goal 'voice' stands there twice"]
    """
    known = list(keys)
    for key in sorted({key for key in known if known.count(key) > 1}):
        yield f"{place} {key!r} stands there twice"


def not_the_same(place: str, found: Iterable[str], expected: Iterable[str]) -> Iterator[str]:
    """
    >>> list(not_the_same("goals.toml", ["voice", "tune"], ["voice", "tone"]))
    ['goals.toml: missing or unknown tone, tune']
    """
    if different := set(found) ^ set(expected):
        yield f"{place}: missing or unknown {', '.join(sorted(different))}"


def unknown(place: str, names: Iterable[str], known: Iterable[str], kind: str = "") -> Iterator[str]:
    """
    >>> list(unknown("goals.toml", ["voice", "tune"], ["voice", "tone"], "goal"))
    ['goals.toml: no goal tune']
    """
    if strange := set(names) - set(known):
        yield f"{place}: no {f'{kind} ' if kind else ''}{', '.join(sorted(strange))}"


def not_one_of(place: str, value: str, allowed: Iterable[str]) -> Iterator[str]:
    """
    >>> list(not_one_of("goals.toml: voice.kind", "bold", ["", "soft", "loud"]))
    ["goals.toml: voice.kind: 'bold' is not one of soft, loud"]
    """
    if value not in (known := list(allowed)):
        yield f"{place}: {value!r} is not one of {', '.join(filter(None, known))}"


def unfilled(place: str, text: str, figures: Iterable[str]) -> Iterator[str]:
    """The {blanks} of a text that nothing fills in, or that nobody knows how to write.

    >>> list(unfilled("goals.toml: voice", "{have} of {need}", ["have"])), list(unfilled("goals.toml: voice", "{", []))
    (['goals.toml: voice: no need'], ["goals.toml: voice: Single '{' encountered in format string"])
    >>> list(unfilled("goals.toml: voice", "{have:cuont}", ["have"]))
    ['goals.toml: voice: no writing cuont']
    """
    try:
        blanks = {name: spec for _, name, spec, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        yield f"{place}: {error}"
    else:
        yield from unknown(place, blanks, figures)
        yield from unknown(place, ((spec or "").partition(" ")[0] for spec in blanks.values()), WRITINGS, "writing")
