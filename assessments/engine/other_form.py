"""What the form of the costs that does not count would say, beside the one that does."""

from .decision import Economics, Verdict
from .economics.detailed import detailed_economics, detailed_money
from .economics.summary import summary_economics


def other_economics(verdict: Verdict) -> Economics | None:
    """By the summary form where the detailed one counts, and the other way round; None where it has no lines."""
    framework, document = verdict.framework, verdict.document
    if document.detailed_in_force is not None:
        return summary_economics(framework, document)
    if document.detailed is None:
        return None
    closed = [key for key, standing in verdict.standings.items() if not standing.open]
    return detailed_economics(
        framework,
        document,
        document.detailed,
        detailed_money(framework, document),
        approach=verdict.approach,
        closed=closed,
    )
