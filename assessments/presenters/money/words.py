"""What the parts of the money section share: tables, names and exact amounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.engine.economics.inputs import STATUS_QUO, TUNING
from assessments.framework import Framework
from assessments.framework.notation import amount as with_sign
from assessments.framework.notation import written

from ..cost_form import approach_name
from ..formats import months
from ..words import dative, lower

NONE = "–"
IF_TUNED = gettext_noop("If you tuned")
"""What every figure of tuning begins with beside a verdict that is another, before it is translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    name: str
    cells: Sequence[str]
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of words; the head's first entry stands over the names of the rows."""

    caption: str
    head: Sequence[str]
    rows: Sequence[TableRow]


def short_names(framework: Framework) -> Mapping[str, str]:
    """What approaches are called where there is little room, the status quo first."""
    return {STATUS_QUO: approach_name(framework, STATUS_QUO), TUNING: _("Tuning")} | {
        approach.key: approach.name for approach in framework.approaches
    }


def is_if_tuned(framework: Framework, *, whose: str, verdict: str | None) -> bool:
    """Whether money of this approach must say that it is that of tuning, and not the verdict's own.

    The summary form is about tuning, whichever approach that would be; beside a verdict that tunes nothing is said.
    """
    tuning = {TUNING, *framework.approaches_named(("tuning",))}
    return whose in tuning and verdict not in tuning


def if_tuned(words: str, *, applies: bool = True) -> str:
    """
    >>> if_tuned("Pays back after 4 months"), if_tuned("CHF 5 upfront"), if_tuned("Upfront", applies=False)
    ('If you tuned: pays back after 4 months', 'If you tuned: CHF 5 upfront', 'Upfront')
    """
    if not applies:
        return words
    return f"{_(IF_TUNED)}: {lower(words) if words[1:2].islower() else words}"


def cents(amount: float, sign: str = "") -> str:
    """An amount to the hundredth, for those who calculate it again; without a sign where the head says what it is in.

    >>> cents(1040614.159, "$"), cents(-93109.314, "€"), cents(0)
    ('$1,040,614.16', '−€93,109.31', '0.00')
    """
    text = f"{abs(amount):,.2f}"
    return f"{'−' if amount < 0 and text.strip('0.,') else ''}{with_sign(text, sign)}"


def exact_months(value: float | None) -> str:
    """Months to four decimals, or as many as it takes not to read as a whole number that it is not.

    >>> exact_months(4.173851), exact_months(6.0000001), exact_months(0), exact_months(None)
    ('4.1739', '6.0000001', '0', 'never')
    """
    if value is None:
        return _("never")
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return written(text if "." in text or float(text) == value else repr(value))


def months_after(value: float | None) -> str:
    """A number of months as it stands behind “after”, “within” or “in”: German has another form there.

    >>> months_after(4), months_after(0), months_after(None)
    ('4 months', 'At once', 'Never')
    """
    return dative(months(value))


def months_shown(horizon: int) -> tuple[int, ...]:
    """The months that a table names: the first, the twelfth, and the last."""
    return tuple(sorted({1, min(12, horizon), horizon}))
