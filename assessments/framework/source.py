"""The texts that rules and sentences come from, by the code that stands beside each."""

from dataclasses import dataclass
from typing import Literal

Source = Literal["module", "framework", "glossary", "production", "workflow", "newer", "ours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A short text with the source it comes from."""

    text: str
    source: Source
