"""The shape of reading.toml: what is said of files that were read, by the codes that the readers hand on."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTexts:
    """Sentences with {figures}, by code."""

    notes: Mapping[str, str]
    """What is said of a file before anything else."""
    faults: Mapping[str, str]
    """Why a row or line was not read, or was read with a warning."""
    refused: Mapping[str, str]
    """Why a file cannot be read, and what to do."""
    layouts: Mapping[str, str]
    tools: Mapping[str, str]
    kinds: Mapping[str, str]
    """What files prove, as people call it."""
    choices: Mapping[str, str]
    """What is asked, by what stands before the dot of its key, or by the whole key."""
    options: Mapping[str, str]
    """What can be chosen, where it is no text of the file."""
    tool_figures: Mapping[str, str]
    """What a tool's own figure is called."""
    modes: Mapping[str, tuple[str, ...]]
    """By failure mode the words by which logs call it, in lower case."""

    def choice(self, key: str) -> str:
        """What is asked with this key."""
        return self.choices.get(key) or self.choices[key.partition(".")[0]]
