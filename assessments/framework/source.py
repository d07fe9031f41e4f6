"""The texts that rules and sentences come from, by the code that stands beside each."""

from typing import Literal

Source = Literal["module", "framework", "glossary", "production", "workflow", "ours"]
