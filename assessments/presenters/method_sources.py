"""Sources as one word each, and how the method page fills figures into its texts."""

from collections.abc import Callable

from assessments.framework import Framework

Say = Callable[[str], str]
"""Fills the figures of a text in."""


def short_sources(framework: Framework) -> dict[str, str]:
    """The code of each source as a word for tables; their names stand at the end of the page."""
    return {citation.key: citation.key.capitalize() for citation in framework.citations}
