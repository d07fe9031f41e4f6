"""Hostile strings, made from a seed: markup, handlers, formulas, templates, and letters that hide others."""

from collections.abc import Iterator
from random import Random
from typing import Any

from ..hostile import SMALL_TEXTS
from ..pdf.vectors import FETCHING, filled
from ..presenters.test_sheets import FORMULAS

MADE = "x-hostile"
"""The name of an element that is there only where a string was taken for markup."""
IN_ONE = 100
"""So many strings stand in one assessment, each in a place of its own."""
_RUNS = "hits=(window.hits||0)+1"
_MARKUP = (
    f"<{MADE} onclick={_RUNS}>", f"<img src=x onerror={_RUNS}>", f"<svg onload={_RUNS}>", f"<script>{_RUNS}</script>",
    f"</textarea><script>{_RUNS}</script>", f"</script><script>{_RUNS}</script>", f"\"><{MADE}>", f"'><{MADE}>",
    f"' autofocus onfocus={_RUNS} x='", f"\" autofocus onfocus={_RUNS} x=\"", f"--><{MADE}>", f"]]><{MADE}>",
    f"<a href='javascript:{_RUNS}'>x</a>", f"</title></style><{MADE}>", f"<b>x</b><{MADE}/>", f"&lt;{MADE}&gt;",
    f"<math><mtext></form><form><mglyph><style></math><img src=x onerror={_RUNS}>", f"${{{_RUNS}}}", f"{{{{{_RUNS}}}}}",
)  # fmt: skip
_TEXTS = tuple(text for text in SMALL_TEXTS if text.isprintable() and text.strip())
_PARTS = (
    *_MARKUP * 3,
    *FORMULAS,
    *(text.format(url="//e.org", file="file:///x") for text in FETCHING.values()),
    *_TEXTS,
)


def hostile_strings(count: int) -> list[str]:
    chance = Random(2026)
    return ["".join(chance.choices(_PARTS, k=chance.randint(1, 3)))[:199].strip() or "=1" for _ in range(count)]


def documents(count: int) -> Iterator[dict[str, Any]]:
    """Documents that hold so many strings together."""
    strings = hostile_strings(count)
    for start in range(0, count, IN_ONE):
        yield filled(*strings[start : start + IN_ONE])
