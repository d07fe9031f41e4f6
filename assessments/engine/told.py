"""A document as an agent tells it: each of its values is the agent's, and counts as opinion until a person confirms."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from .origins import told_by_agent
from .paths import document_of, values_of

_FORM = "costs.detailed."


def told_document(document: Mapping[str, Any], when: datetime) -> dict[str, Any]:
    """The same document, which has been checked, with that origin for every value, whatever it says of itself.

    >>> answers = {"brand_voice": {"value": "yes", "evidence": "A test", "strength": "measured"}}
    >>> told_document({"answers": answers}, datetime.fromisoformat("2026-11-27T09:30:00+00:00"))
    ... # doctest: +NORMALIZE_WHITESPACE
    {'format': 'ftdecide/assessment', 'version': 1,
     'answers': {'brand_voice': {'value': 'yes', 'evidence': 'A test'}},
     'origins': {'answers.brand_voice': {'kind': 'agent', 'when': '2026-11-27T09:30:00+00:00', 'claims': 'measured'}}}
    """
    return document_of(
        {
            path: replace(
                said,
                strength="opinion",
                # that a lever stands in the form of the costs is no value of its own
                origin="" if path.startswith(_FORM) and said.value is True else told_by_agent(when, said.strength),
            )
            for path, said in values_of(document).items()
        }
    )
